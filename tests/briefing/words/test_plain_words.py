"""No sentence of pages, files and commands has words that readers stumbled over."""

import ast
import re
from collections.abc import Iterator

from briefing.words.evidence import PULL
from tests.test_architecture import ROOT

# Each with what stands in its place.
STUMBLED_OVER = {
    r"nothing upstream": "causes stay as they are",
    r"one goes at least as far": "the model expects something this extreme in 1 of N cases",
    r"[Ss]olved exactly in each draw|of [\d{][^ ]* draws count": "rests on N of M simulated worlds",
    r"With nothing changed this page": "With nothing assumed the forecast is the run's",
    r"[Ww]hat leaves the house": "What the document may contain",
    r"still what its run says": "Check an exported file",
    r"Which futures?\b": "Most likely combinations",
    r"carry a headline": "Which events matter most?",
    r"[Ss]peaks? to\b": "is evidence about",
    r"best case against": "The set that raises it most",
    r"The article makes": "the article by name, with its link",
    r"one unit of": "one point of",
    r"one level (less|more|of)|levels a month": "one point on the -2 to +2 scale",
    r"Got it": "a fold that needs no dismissal",
    r"was coded of": "bears on no driver",
    r"said to come, ": "of N forecasts M were to come true by their chances",
    r"held to have never": "as if the model had never seen it",
    r"of which the box shows": "the box shows about five",
    r"chance less the chance": "the chance minus the chance",
}


def sentences() -> Iterator[tuple[str, str]]:
    """Each text in the code of what readers meet, with its file: no docstring, no comment."""
    for room in ("briefing", "pages", "model/shell"):
        for file in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            about = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    if id(node) not in about:
                        yield str(file.relative_to(ROOT)), node.value


def test_no_text_has_what_readers_stumbled_over():
    texts = [*sentences()]
    assert ("briefing/words/evidence.py", PULL) in texts  # texts are found at all
    found = [
        (file, text, instead)
        for file, text in texts
        for words, instead in STUMBLED_OVER.items()
        if re.search(words, text)
    ]
    assert found == []


def test_who_says_it_comes_first_in_what_happened():
    table = (ROOT / "data/south_caucasus/events.csv").read_text(encoding="utf-8")
    assert len(table) > 10_000
    assert [line for line in table.splitlines() if ", according to " in line] == []
