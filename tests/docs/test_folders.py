"""Each package's README names exactly what its folder holds: every Python file and package."""

import re

import pytest

from tests.docs.blocks import FOLDERS, ROOT

NAME = re.compile(r"`([\w./]+)`")
PACKAGES = sorted(
    path.parent
    for top in FOLDERS
    for path in (ROOT / top).rglob("README.md")
    if list(path.parent.glob("*.py"))
)


def named(folder) -> list[str]:
    """Python files and folders in the first column of the tables of a folder's README."""
    rows = [line for line in (folder / "README.md").read_text("utf-8").splitlines() if "|" in line]
    names = [name for row in rows for name in NAME.findall(row.split("|")[1])]
    return sorted(name for name in names if name.endswith((".py", "/")))


def there(folder) -> list[str]:
    """Python files, and folders with a README of their own; `__init__.py` holds nothing."""
    files = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
    return sorted(files + [f"{path.parent.name}/" for path in folder.glob("*/README.md")])


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_a_packages_readme_names_exactly_what_is_there(folder):
    assert named(folder) == there(folder)


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_a_link_in_a_readme_leads_to_something(folder):
    links = re.findall(r"\]\(([^)#:]+)\)", (folder / "README.md").read_text("utf-8"))
    assert [link for link in links if not (folder / link).exists()] == []
