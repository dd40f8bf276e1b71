"""README.md names every command there is, of the shell and of make.

That it names none that is not there is tested in `tests/test_setup.py`.
"""

import re

import pytest

from model.__main__ import app
from tests.test_setup import README, readme_commands, targets

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands]


@pytest.mark.parametrize("name", [name.replace("_", "-") for name in COMMANDS])
def test_the_readme_has_every_command_of_the_shell(name):
    assert name in readme_commands("python -m model")


@pytest.mark.parametrize("name", sorted(targets() - {"help"}))
def test_the_readme_has_every_command_of_make(name):
    assert re.search(rf"^\| `make {name}` \|", README.read_text("utf-8"), re.MULTILINE)
