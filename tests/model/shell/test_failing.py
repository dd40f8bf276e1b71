"""What a user can put right ends a command with one line; a fault of the program is not hidden."""

import pytest
import typer

from model.cluster import ClusterError
from model.refit import RefitError
from model.shell.failing import faults_in_one_line


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
