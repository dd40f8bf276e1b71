"""A table as Excel leaves it is read, or refused with one line that tells the remedy."""

import pytest

from model.intake.sheets import Unreadable, read

PLAIN = "event,what happened\nE1,Café déjà vu\nE2,two\n"
TWO = [{"event": "E1", "what_happened": "Café déjà vu"}, {"event": "E2", "what_happened": "two"}]


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (PLAIN.encode(), "small letters"),
        (PLAIN.encode("utf-8-sig"), "small letters"),
        (PLAIN.encode("cp1252"), "Windows-1252"),
        (PLAIN.encode("utf-16"), "UTF-16"),
        (PLAIN.replace(",", ";").encode(), "semicolons"),
        (PLAIN.replace(",", "\t").encode(), "tabs"),
        (PLAIN.replace("\n", ",,\r\n").encode(), "2 empty columns"),
        ((PLAIN + ",\n ,\n").encode(), "small letters"),
        (PLAIN.replace("E2", "event,what happened\nE2").encode(), "repeated in line 3"),
        (b"sep=;\r\n" + PLAIN.replace(",", ";").encode(), "semicolons"),
        (PLAIN.replace("vu", "vu\N{NO-BREAK SPACE}").encode(), "small letters"),
        (PLAIN.replace("event,what happened", " Event ,What  Happened").encode(), "small letters"),
    ],
    ids=(
        "utf-8 bom windows-1252 utf-16 ; tabs trailing blank-rows sep no-break header-again spaces"
    ).split(),
)
def test_what_excel_does_to_a_table_leaves_the_same_rows(written, content, note):
    sheet = read(written(content))
    assert [row.cells for row in sheet.rows] == TWO
    assert any(note in line for line in sheet.notes)


def test_a_cell_that_was_made_harmless_for_a_spreadsheet_is_read_as_it_was_meant(written):
    sheet = read(written("event,what happened\nE1,'=1+1\nE2,'quoted'\nE3,'-3\n"))
    meant = [row.cells["what_happened"] for row in sheet.rows]
    assert meant == ["=1+1", "'quoted'", "'-3"]  # a number is written as it is


def test_a_row_knows_its_line_of_the_file_even_after_a_text_of_two_lines(written):
    sheet = read(written('event,text\nE1,"one\ntwo"\nE2,three\n'))
    assert [row.line for row in sheet.rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "wrong", "remedy"),
    [
        (b"PK\x03\x04rest", "Excel workbook", "save it in Excel as CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0rest", "Excel workbook", "save it in Excel as CSV UTF-8"),
        (b"a,b\n\x00\x01,2\n", "no text", "save it as CSV UTF-8"),
        (b"event,n\n2.02E+07,1\n", "made a number of an id", "set the column to Text"),
        (b"a,b\n1,2,3\n", "under no name", "put a text with a comma in quotes"),
        (b"a,b\n1\n", "too few cells", "in quotes"),
        (b"a,A\n1,2\n", "'a' twice", "rename or drop one"),
        (b'a,b\n"1,2\n', "not closed", "close it"),
        (b" \n,,\n", "empty", "expected a header line"),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_line(written, content, wrong, remedy):
    with pytest.raises(Unreadable) as problem:
        read(written(content))
    line = str(problem.value)
    assert wrong in line and remedy in line and "\n" not in line and "mine.csv" in line
