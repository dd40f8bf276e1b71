"""What a user can put right ends a command with one line; a fault of the program is not hidden."""

import errno
import os
from pathlib import Path
from typing import Annotated, get_origin, get_type_hints

import pytest
import typer
from typer.testing import CliRunner

from model.__main__ import app
from model.cluster import ClusterError
from model.refit import RefitError
from model.shell import options
from model.shell.failing import fail, faults_in_one_line

TOO_LONG = "x" * 5000


def paths():
    """What Typer knows of each option and argument of a command that is a path."""
    for command in app.registered_commands:
        for name, hint in get_type_hints(command.callback, include_extras=True).items():
            if "Path" in str(hint) and get_origin(hint) is Annotated:
                yield pytest.param(hint.__metadata__[0], id=f"{command.callback.__name__} {name}")


@pytest.mark.parametrize("problem", [RefitError("a"), ValueError("a"), OSError("a")])
def test_what_a_user_can_mend_ends_with_one_line_and_code_1(problem, capsys):
    with pytest.raises(typer.Exit) as ended, faults_in_one_line():
        raise problem
    assert ended.value.exit_code == 1 and capsys.readouterr().err == "error: a\n"


def test_a_fault_of_the_program_passes_unless_a_command_names_it(capsys):
    with pytest.raises(ClusterError), faults_in_one_line():
        raise ClusterError("a")
    with pytest.raises(typer.Exit), faults_in_one_line(ClusterError):
        raise ClusterError("b")
    assert capsys.readouterr().err == "error: b\n"


def test_of_a_file_the_systems_words_are_said_and_not_its_number(capsys):
    # on Linux: [Errno 36] File name too long: 'xxx...'
    with pytest.raises(typer.Exit):
        fail(OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), "x" * 5000))
    assert capsys.readouterr().err == f"error: {'x' * 200}…: File name too long\n"


@pytest.mark.parametrize("asked", [*paths()])
def test_a_path_of_a_name_too_long_is_refused_before_any_work(asked):
    with pytest.raises(typer.BadParameter, match=r"^x{200}…: File name too long$"):
        asked.callback(Path(TOO_LONG))


def test_a_path_at_which_nothing_stands_yet_is_left_to_its_command(tmp_path):
    assert options.usable(tmp_path / "none") == tmp_path / "none" and options.usable(None) is None


def test_a_scenario_of_a_name_too_long_ends_check_in_plain_words():
    ended = CliRunner().invoke(app, ["check", "--scenario", TOO_LONG])
    assert ended.exit_code == 2 and "File name too long" in ended.output
    assert "Traceback" not in ended.output
