"""A fresh clone: what it installs, what its commands are, and that its documents match them."""

import ast
import importlib.metadata
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from subprocess import PIPE, STDOUT

import pytest

from tests.fresh_clone import make

ROOT = Path(__file__).parents[1]
CODE = ("model", "briefing", "pages", "tests")
MAKEFILE = (ROOT / "Makefile").read_text()
README = ROOT / "README.md"
# commands, types, and what xarray writes netCDF by
USED_WITHOUT_IMPORT = {"ruff", "mypy", "pandas_stubs", "scipy_stubs", "h5netcdf", "pip_licenses"}
# by the name of the import
NAMED_OTHERWISE = {
    "docx": "python_docx",
    "pydantic_core": "pydantic",
    "pptx": "python_pptx",
    "PIL": "pillow",
    "sksurv": "scikit_survival",
    "xdist": "pytest_xdist",
}
EXTRA = re.compile(r"\[[a-z]+\]")  # what a package installs on top, as in arviz-plots[plotly]


def python_files() -> list[Path]:
    return [ROOT / "app.py", *(file for folder in CODE for file in (ROOT / folder).rglob("*.py"))]


def imported_packages() -> set[str]:
    """Top-level packages that our code imports, without the standard library and ourselves."""
    nodes = [node for file in python_files() for node in ast.walk(ast.parse(file.read_text()))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    tops = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {*CODE, "app"}
    return {NAMED_OTHERWISE.get(name, name) for name in tops}


def requirement_lines() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def pins() -> dict[str, str]:
    """Version by name as it is imported: arviz_stats, not arviz-stats."""
    plain = [EXTRA.sub("", line).replace("-", "_") for line in requirement_lines()]
    return dict(line.split("==") for line in plain)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))


def readme_commands(start: str) -> set[str]:
    """The word after `start` in each command that the README shows."""
    return set(re.findall(rf"{start} ([a-z][a-z-]*)", README.read_text()))


def fake_python(file: Path, version: str) -> Path:
    file.write_text(f"#!/bin/sh\necho Python {version}\n")
    file.chmod(0o755)
    return file


def wait_for(file: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.1)


def test_every_requirement_is_pinned_to_one_version():
    assert [
        line
        for line in requirement_lines()
        if not re.fullmatch(r"[a-z][a-z0-9-]*==[\d.]+", EXTRA.sub("", line))
    ] == []


def test_every_pinned_version_is_the_installed_one():
    assert {name: importlib.metadata.version(name) for name in pins()} == pins()


def test_every_imported_package_is_pinned():
    assert imported_packages() - set(pins()) == set()


def test_every_pinned_package_is_used():
    assert set(pins()) - imported_packages() == USED_WITHOUT_IMPORT


def test_requirements_stand_in_named_groups():
    groups = re.findall(r"^# (\w+):", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert groups == ["dashboard", "fitting", "briefing", "shell", "tests"]


def test_python_version_is_3_13():
    assert (ROOT / ".python-version").read_text().strip() == "3.13"


def test_make_alone_lists_every_target():
    phony = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split())
    listed = set(re.findall(r"^make ([a-z-]+) ", make().stdout, re.MULTILINE))
    assert listed == targets() == phony - {"chromium", "office", "postgresql", "faketime"}


def test_every_module_that_make_runs_exists():
    modules = (
        set(re.findall(r"\$\(PY\) -m ([a-z_.]+)", MAKEFILE)) - set(pins()) - {"pip", "piplicenses"}
    )
    paths = [ROOT / module.replace(".", "/") for module in modules]
    assert [p for p in paths if not (p.with_suffix(".py").exists() or p.is_dir())] == []


@pytest.mark.parametrize("target", ["test", "dashboard"])
@pytest.mark.parametrize("version", ["2.7.18", "3.9.18", "3.11.15"])
def test_too_old_a_python_gives_one_clear_line(clone, target, version):
    old = fake_python(clone / "old", version)
    answer = make(target, f"PYTHON={old}", folder=clone)
    assert answer.returncode != 0
    assert (answer.stdout, answer.stderr.count("\n")) == ("", 1)
    assert "Python 3.12 or newer is needed" in answer.stderr
    assert f"{version} at {old}" in answer.stderr


def test_no_python_at_all_gives_one_clear_line(clone):
    answer = make("test", f"PYTHON={clone / 'nowhere'}", folder=clone)
    assert answer.returncode != 0
    assert answer.stderr.count("\n") == 1
    assert "found none" in answer.stderr


@pytest.mark.parametrize("version", ["3.12.0", "3.13.0", "3.14.1"])
def test_the_first_python_new_enough_makes_the_environment(clone, version):
    broken = clone / "broken"  # like a pyenv shim whose version is not there
    broken.write_text("#!/bin/sh\necho 'pyenv: version 3.13 is not installed' >&2\nexit 1\n")
    broken.chmod(0o755)
    old = fake_python(clone / "old", "3.11.7")
    new = fake_python(clone / "new", version)
    answer = make("--dry-run", "test", f"CANDIDATES={broken} {old} {new}", folder=clone)
    assert f"{new} -m venv --clear .venv" in answer.stdout


def test_packages_are_installed_again_only_when_the_requirements_change(clone):
    (clone / ".venv").mkdir()
    (clone / ".venv" / "installed").touch()
    assert make("--question", ".venv/installed", folder=clone).returncode == 0
    later = time.time() + 10
    for name in ("requirements.txt", "requirements.lock"):
        os.utime(clone / name, (later, later))
        assert make("--question", ".venv/installed", folder=clone).returncode == 1
        os.utime(clone / name, (0, 0))


def test_ci_only_calls_make_for_all_tests_but_the_slow_ones_and_then_for_these():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = [line for line in script.read_text().splitlines() if line and line[0] != "#"]
    assert commands[0] == "set -euo pipefail"
    assert [line for line in commands if line.startswith("make")] == [
        "make test",
        "make test-slow",
    ]
    assert len(commands) == 4  # set, cd and these


def test_the_dashboard_sends_no_statistics_and_loads_no_font():
    settings = (ROOT / ".streamlit" / "config.toml").read_text()
    read = tomllib.loads(settings)
    assert read["browser"]["gatherUsageStats"] is False
    assert "http" not in settings
    assert {"light", "dark"} <= set(read["theme"])


def test_the_start_command_runs_the_app_before_any_visitor_and_stops_on_ctrl_c(tmp_path):
    opened, app = tmp_path / "opened", tmp_path / "app.py"
    app.write_text(f"from pathlib import Path\nPath({str(opened)!r}).touch()\n")
    serve = f"from pages.ui.server.serve import serve; serve({str(app)!r}, ['--server.port', '0'])"
    command = [sys.executable, "-c", serve]
    with subprocess.Popen(command, cwd=ROOT, stdout=PIPE, stderr=STDOUT, text=True) as server:
        wait_for(opened, seconds=60)
        server.send_signal(signal.SIGINT)
        output, _ = server.communicate(timeout=20)
    assert opened.exists()
    assert server.returncode == 0
    assert "Traceback" not in output


def test_what_a_login_stands_on_is_written_down_in_the_settings():
    read = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert read["server"]["enableCORS"] and read["server"]["enableXsrfProtection"]
    assert not read["server"]["enableStaticServing"] and not read["server"]["enableAgentApi"]
    assert read["server"]["xsrfCookieSameSite"] == "strict"
    assert read["client"]["showErrorDetails"] == "none" and read["client"]["allowedOrigins"] == []


def test_every_folder_has_its_readme():
    tops = [ROOT / name for name in ("data", *CODE)]
    inside = [folder for top in tops for folder in top.rglob("*/")]
    own = [folder for folder in [ROOT, *tops, *inside] if "__pycache__" not in folder.parts]
    assert [folder for folder in own if not (folder / "README.md").exists()] == []


def test_every_make_command_of_the_readme_exists():
    shown = readme_commands("make")
    assert {"dashboard", "test"} <= shown
    assert shown <= targets()


def test_every_model_command_of_the_readme_exists():
    shown = readme_commands("python -m model")
    command = [sys.executable, "-m", "model", "--help"]
    known = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"check", "refit", "forecast"} <= shown
    assert {name for name in shown if not re.search(rf"\b{name}\b", known)} == set()


def test_the_readme_shows_the_plain_way_too():
    plain = ["pip install -r requirements.txt", "streamlit run app.py", "pytest"]
    assert [line for line in plain if line not in README.read_text()] == []


def test_the_code_is_ruff_clean():
    command = [sys.executable, "-m", "ruff", "check", "--quiet"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout == ""


def test_the_types_of_the_rooms_that_all_others_use_hold():
    command = [sys.executable, "-m", "mypy"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, ""), run.stdout
