"""Every fenced block of a document does what it says: it is run, and none is left out."""

import re
import shutil

import pytest

from tests.docs import blocks
from tests.docs.shell_line import is_dear, run

OPENING = re.compile(r"^\s*(?:```+|~~~+)(.*)$")


def name(path) -> str:
    return path.relative_to(blocks.ROOT).as_posix()


def fences(path) -> list[str]:
    """The words after every opening fence of a document, read without Sybil."""
    marks = [found[1].strip() for line in lines(path) if (found := OPENING.match(line))]
    assert len(marks) % 2 == 0, "a fence is not closed"
    return marks[::2]


def lines(path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def as_test(example):
    where = f"{name(blocks.Path(example.path))}:{example.line}"
    slow = isinstance(example.parsed, str) and is_dear(example.parsed)
    return pytest.param(example, id=where, marks=[pytest.mark.slow] if slow else [])


@pytest.fixture
def home(fitted_home, tmp_path, monkeypatch):
    """A state folder of the block's own, with the run of the default day."""
    shutil.copytree(fitted_home, tmp_path / "home")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(blocks.ROOT)


@pytest.mark.parametrize("example", [as_test(example) for example in blocks.examples()])
def test_a_block_of_a_document_runs(example, home):
    example.evaluate()


@pytest.mark.parametrize("path", blocks.DOCUMENTS, ids=name)
def test_every_block_has_a_language_that_is_run_or_is_no_code(path):
    assert set(fences(path)) <= {*blocks.LANGUAGES}


@pytest.mark.parametrize("path", blocks.DOCUMENTS, ids=name)
def test_no_block_is_left_out(path):
    found = fences(path)
    whole = {example.parsed for example in blocks.parsed(path) if "\n" in example.parsed}
    assert len(whole) == found.count("python") + found.count("toml")
    shell = re.findall(r"^```shell\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(shell) == found.count("shell")
    ran = [example.parsed for example in blocks.parsed(path) if "\n" not in example.parsed]
    assert ran == [line.strip() for block in shell for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("path", blocks.DOCUMENTS, ids=name)
def test_no_code_stands_outside_a_fence(path):
    inside, loose = False, []
    for line in lines(path):
        if OPENING.match(line):
            inside = not inside
        elif line.startswith(("    ", "\t")) and not inside:
            loose.append(line)
    assert loose == []


@pytest.mark.parametrize(
    "line", ["make tea", "python -c 'raise SystemExit(3)'", "python nowhere.py"]
)
def test_a_line_that_does_not_end_well_is_a_failure(line):
    with pytest.raises(AssertionError, match="No rule to make target|SystemExit|No such file"):
        run(line)
