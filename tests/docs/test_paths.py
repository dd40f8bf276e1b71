"""The paths of ARCHITECTURE.md are those that the program takes: each is run, and its rooms seen.

The path from evidence to a draw is with the tests that fit, in `tests/model/test_refit.py`.
"""

import json
import shutil
import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from tests.docs.architecture import path, rooms_of_the_map
from tests.docs.rooms_entered import rooms_entered
from tests.test_architecture import FLOOR, ROOT

DRIVER, LEVEL = "western_mediation", 0.7  # a set that no other test asks for
PATIENCE = 120


@pytest.fixture
def home(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    return fitted_home


def test_a_moved_slider_comes_to_the_repainted_chart_as_the_map_says(home):
    page = AppTest.from_file(ROOT / "pages" / "assumptions.py", default_timeout=PATIENCE).run()
    slider = next(one for one in page.slider if DRIVER in one.key)
    with rooms_entered() as rooms:
        slider.set_value(LEVEL).run()
    assert not page.exception
    assert rooms == path("A moved slider")


def rooms_of_command(*arguments: str) -> list[str]:
    """The rooms that a command of the shell enters, without the one where commands stand."""
    command = [sys.executable, "-m", "tests.docs.rooms_entered", *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    # options are looked at before the command's own function begins
    options, command_itself, *rooms = json.loads(ended.stdout.splitlines()[-1])
    assert command_itself == "model/__main__.py"
    return [options, *rooms]


@pytest.mark.slow
def test_a_number_comes_to_a_slide_and_back_as_the_map_says(home, tmp_path):
    shutil.rmtree(home / "checked", ignore_errors=True)  # as for a folder that nobody asked of yet
    deck = str(tmp_path / "brief.pptx")
    assert rooms_of_command("brief", deck) == path("A number to a slide")
    assert rooms_of_command("verify", deck) == path("The slide back")


def test_the_map_names_every_room_in_its_order():
    named = rooms_of_the_map()
    assert sorted(named) == sorted(FLOOR)
    assert [FLOOR[room] for room in named] == sorted(FLOOR.values())
