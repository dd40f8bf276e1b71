"""Text of anybody's in a message or a table: one line, short, harmless, and read again as meant."""

import pytest

from model.scenario.plain_text import as_meant, counted, neutral, quoted


@pytest.mark.parametrize(
    "text, shown",
    [
        ("slide", "'slide'"),
        ("a\nb\u202e\x00", "'a b'"),
        (
            "P\xadubli\u3164sh\u180e\U000e0101ed\u034f\u115f",
            "'Published'",
        ),  # letters that nobody sees
        ("x" * 5000, f"'{'x' * 60}…'"),
        ("", "''"),
    ],
)
def test_what_somebody_wrote_is_quoted_in_one_line_and_cut_where_it_is_long(text, shown):
    assert quoted(text) == shown


@pytest.mark.parametrize("cell", ["=1+1", "-3", "+1.5", "@x", "plain", "'quoted'", "'=1", ""])
def test_a_cell_that_was_made_harmless_reads_back(cell):
    # one that starts as a harmless cell does is taken for one
    assert as_meant(neutral(cell)) == (cell if cell != "'=1" else "=1")


def test_one_of_a_thing_is_not_called_several_and_thousands_are_set_apart():
    said = [counted(many, "row") for many in (0, 1, 2, 1534)]
    assert said == ["0 rows", "1 row", "2 rows", "1,534 rows"]
