"""The image and the service: they name what is there, and systemd understands the unit."""

import importlib.util
import json
import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.fresh_clone import ROOT

UNIT = (ROOT / "deploy" / "araxes.service").read_text(encoding="utf-8")
IMAGE = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8").replace("\\\n", "")
HOME = "/srv/araxes"  # where a clone lies on the server, and in the image


def unit() -> ConfigParser:
    read = ConfigParser(strict=True, interpolation=None)
    read.optionxform = str
    read.read_string(UNIT)
    return read


def steps(word: str) -> list[str]:
    """What follows each instruction of the Containerfile of this name."""
    return re.findall(rf"^{word} +(.*)$", IMAGE, re.M)


def commands() -> list[str]:
    service = unit()["Service"]
    (image,) = (json.loads(step)[-1] for step in steps("CMD")[-1:])
    return [service["ExecStartPre"], service["ExecStart"], *image.split("&&")]


def verified(folder: Path, text: str) -> str:
    """What systemd finds fault with in a unit whose clone is this one, "" for nothing."""
    (folder / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
    python = folder / ".venv" / "bin" / "python"
    python.touch()
    python.chmod(0o755)
    (folder / "araxes.service").write_text(text.replace(HOME, str(folder)))
    command = ["systemd-analyze", "verify", "--man=no", str(folder / "araxes.service")]
    return subprocess.run(command, capture_output=True, text=True).stderr


def test_systemd_understands_the_unit_and_would_tell_of_a_mistake(tmp_path):
    if shutil.which("systemd-analyze"):  # another system has no other reader of units
        assert verified(tmp_path, UNIT) == ""
        assert "MemoryMost" in verified(tmp_path, UNIT.replace("MemoryMax", "MemoryMost"))
    assert {"User", "StateDirectory", "NoNewPrivileges"} <= {*unit()["Service"]}


@pytest.mark.parametrize("command", commands())
def test_what_unit_and_image_start_is_there(command):
    (module,) = re.findall(r"\.venv/bin/python -m ([\w.]+)", command)
    assert importlib.util.find_spec(module) is not None
    options = set(re.findall(r" (--[a-z-]+)", command))
    assert options <= {"--if-needed", "--server.port", "--server.address", "--server"}


def test_unit_and_image_keep_state_in_one_place_outside_of_the_code():
    (environment,) = steps("ENV")
    told = dict(word.split("=") for word in environment.split())
    asked = dict(word.split("=") for word in unit()["Service"]["Environment"].split())
    assert asked.items() <= told.items() and not told["ARAXES_HOME"].startswith(HOME)
    assert steps("VOLUME") == [told["ARAXES_HOME"]]


def test_the_image_takes_what_is_there_and_runs_as_nobody_in_particular():
    copied = [step.split()[1:-1] for step in steps("COPY")]
    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []
    assert "requirements.lock" in copied[0] and steps("USER") == ["araxes"]
    left_out = (ROOT / "deploy" / "Containerfile.dockerignore").read_text().split()
    assert {".git", ".venv", "var"} <= {*left_out}
