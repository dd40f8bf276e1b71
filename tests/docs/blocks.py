"""The fenced blocks of the repo's documents as things to run, by Sybil: what each language means.

python: run by itself. shell: every line by itself, see `shell_line`. toml: read as a set of
assumptions. text: no code.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from sybil import Document, Example, Region, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer

from model.assumptions import files
from tests.docs.shell_line import run

ROOT = Path(__file__).parents[2]
FOLDERS = ("data", "model", "briefing", "pages", "tests")
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(path for top in FOLDERS for path in (ROOT / top).rglob("*.md"))]
)
LANGUAGES = ("python", "shell", "toml", "text")


def examples() -> list[Example]:
    """What is to be run of all documents, in their order."""
    return [example for path in DOCUMENTS for example in parsed(path)]


def parsed(path: Path) -> Document:
    """A document, cut into what is to be run of it."""
    return Sybil([_PYTHON, _TOML, shell_lines]).parse(path)


def shell_lines(document: Document) -> Iterable[Region]:
    """A region per line of every shell block, so that each is a test by its own line number."""
    for block in FencedCodeBlockLexer("shell")(document):
        source = block.lexemes["source"]
        start = block.start + source.offset
        for line in source.splitlines(keepends=True):
            if line.strip():
                yield Region(start, start + len(line), line.strip(), _run_line)
            start += len(line)


def _run_line(example: Example) -> None:
    run(example.parsed)


def _run_python(example: Example) -> None:
    example.namespace.clear()  # a reader who copies one block has not run the one above it
    PythonEvaluator()(example)


def _read_set(example: Example) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "set.toml"
        path.write_text(example.parsed, encoding="utf-8")
        assert not files.read(path).is_empty


_PYTHON, _TOML = CodeBlockParser("python", _run_python), CodeBlockParser("toml", _read_set)
