"""What an installation brings: the same files in a year, by their hashes, and their licences."""

import importlib.metadata
import re
from pathlib import Path

import pytest

from tests.fresh_clone import ROOT, make

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
COPYLEFT = {"scikit-survival", "ecos"}  # the second comes with the first
# Says what it was called with; with hashes it ends as pip does where FAULT says so.
PIP = """#!/bin/sh
[ "$1" != --version ] || exec echo Python 3.13.0
echo "$*" >>calls
case "$*" in *--require-hashes*) [ -z "{fault}" ] || { echo "ERROR: {fault}" >&2; exit 1; };; esac
"""
OTHER_FILES = "THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."


def locked() -> dict[str, str]:
    """Version by name of every package that has a hash."""
    hashed = r"^([\w.-]+)==(\S+)[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}"
    return dict(re.findall(hashed, LOCK, re.M))


def test_the_lock_has_no_other_version_than_is_pinned_and_a_hash_of_every_package():
    versions = locked()
    assert len(versions) == len(re.findall(r"^[\w.-]+==", LOCK, re.M)) > 100
    pins = re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", PINS, re.M)
    shared = [(name.lower(), version) for name, version in pins if name.lower() in versions]
    assert len(shared) > 30 and shared == [(name, versions[name]) for name, _ in shared]
    assert "://" not in LOCK  # it comes from whatever index the machine has


def installed(clone: Path, fault: str, *options: str):
    """What `make` says that installs by a pip which meets this fault, and how pip was called."""
    pip = clone / ".venv" / "bin" / "python"
    pip.parent.mkdir(parents=True)
    pip.write_text(PIP.replace("{fault}", fault))
    pip.chmod(0o755)
    answer = make(".venv/installed", f"PYTHON={pip}", *options, folder=clone)
    calls = (clone / "calls").read_text().splitlines()
    return answer, [call for call in calls if " install " in call]


def test_packages_are_installed_by_their_hashes(clone):
    answer, calls = installed(clone, "")
    assert (answer.returncode, len(calls)) == (0, 1)
    assert calls[0].endswith("--require-hashes -r requirements.lock")


def test_an_index_with_files_of_its_own_is_told_of_and_gives_the_same_versions(clone):
    answer, calls = installed(clone, OTHER_FILES)
    assert (answer.returncode, len(calls)) == (0, 2)
    assert "without a look at their hashes" in answer.stdout
    assert calls[1].endswith("-r .venv/versions.txt")
    plain = (clone / ".venv" / "versions.txt").read_text()
    assert "hash" not in plain.split("alembic", 1)[1] and "\\" not in plain
    assert dict(re.findall(r"^([\w.-]+)==([^\s;]+)", plain, re.M)) == locked()


@pytest.mark.parametrize(
    ("fault", "options"), [(OTHER_FILES, ["STRICT=1"]), ("No space left on device", [])]
)
def test_an_installation_ends_where_hashes_are_insisted_on_or_something_else_is_wrong(
    clone,
    fault,
    options,
):
    answer, calls = installed(clone, fault, *options)
    assert (answer.returncode != 0, len(calls)) == (True, 1)
    assert not (clone / ".venv" / "installed").exists()
    assert (fault in answer.stderr) == (not options)


def test_no_package_but_those_that_the_readme_names_is_copyleft():
    here = {each.name.lower().replace("_", "-") for each in importlib.metadata.distributions()}
    found = {name for name in locked() if name in here and is_copyleft(terms(name))}
    assert found == COPYLEFT
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COPYLEFT if f"`{name}`" not in readme] == []


def terms(name: str) -> str:
    """What an installed package says of its licence; a whole text in one field says too much."""
    about = importlib.metadata.metadata(name)
    told = [about.get("License-Expression", ""), *about.get_all("Classifier", [])]
    return " ".join([*told, about.get("License", "")[:40]])


def is_copyleft(terms: str) -> bool:
    """Whether they are the GPL or the AGPL; the LGPL lets others use a library as it is."""
    return bool(re.search(r"\b(AGPL|GPL)", terms) or "Affero" in terms)


def test_the_lesser_licence_is_not_taken_for_the_other():
    assert is_copyleft("GPL-3.0-or-later") and is_copyleft("GPLv3")
    assert not is_copyleft("LGPL-3.0-only OR MIT")
