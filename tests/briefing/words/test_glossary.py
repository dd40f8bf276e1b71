"""The vocabulary: one line a term, each once, the verbs as pages write them."""

from briefing.words.assumptions import VERBS
from briefing.words.glossary import TERMS


def test_each_term_is_one_short_line_that_ends_as_a_sentence():
    for term, line in TERMS.items():
        assert line.endswith(".") and "\n" not in line and len(line) <= 130, term
        assert ".  " not in line and line[0].isupper(), term


def test_the_verbs_of_assumptions_are_those_of_the_pages():
    for verb, meaning in VERBS.values():
        assert TERMS[verb].endswith(f"{meaning}.")
