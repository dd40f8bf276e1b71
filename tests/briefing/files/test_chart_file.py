"""One chart or table as a file: what cannot be written is told before anything is computed."""

import re

import pytest

from briefing.files import chart_file

REFUSED = {
    "a picture of a table": ("moved", "a.png", "moved is a table, which has no picture; .*.csv"),
    "a document": ("curves", "a.docx", "cannot tell the form by its ending; .*.png"),
    "another name": ("curve", "a.csv", "no chart or table is called 'curve'; .*'curves'"),
    "no folder": ("moved", "none/a.csv", "there is no folder .*none; make it first"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_written_is_told_in_one_line(case, tmp_path):
    name, out, said = REFUSED[case]
    problem = chart_file.problem(name, tmp_path / out, "slide")
    assert re.search(said, problem) and "\n" not in problem


def test_of_what_can_be_written_nothing_is_said(tmp_path):
    assert chart_file.problem("moved", tmp_path / "a.csv", "slide") is None
