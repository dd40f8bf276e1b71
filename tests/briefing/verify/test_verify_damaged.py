"""What is no file of ours, or half of one, is answered in one plain line."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from typer.testing import CliRunner

from briefing.exports.pictures import image_metadata
from briefing.reading import reader
from briefing.verify.verify import verify
from model.__main__ import app
from tests.briefing.verify.exported import NAMES

BROKEN = {
    "cut short": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "noise": lambda content: bytes(range(256)) * 40,
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_one_plain_line(exported, name, how):
    path = exported.path(name, BROKEN[how](exported.content(name)))
    if name == "outcomes.csv" and how == "cut short":
        return  # half a table is a table: see the missing rows below
    result = CliRunner().invoke(app, ["verify", str(path)])
    assert result.exit_code == 2 and len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output and result.output.startswith(str(path))


def test_half_a_table_lacks_rows(exported):
    content = exported.content("outcomes.csv")
    verdict = verify(exported.path("outcomes.csv", content[: len(content) - 200]))
    assert verdict.code == 1 and any("the file says nothing" in line for line in verdict.lines)


def test_a_zip_that_unpacks_to_far_too_much_is_refused_unread(exported):
    def inflated(content):
        stream = BytesIO(content)
        with ZipFile(stream, "a", ZIP_DEFLATED) as parts:
            with parts.open("ppt/media/zeros.bin", "w") as zeros:
                for _ in range(220):
                    zeros.write(bytes(10**6))
        return stream.getvalue()

    content = inflated(exported.content("brief.pptx"))
    assert len(content) < 5_000_000
    verdict = verify(exported.path("brief.pptx", content))
    assert verdict.code == 2 and "far more than ours do" in verdict.lines[0]


@pytest.mark.parametrize("entity", ['"secret"', 'SYSTEM "{file}"'])
def test_an_svg_that_brings_an_entity_is_refused_and_nothing_is_put_in_its_place(tmp_path, entity):
    (tmp_path / "secret.txt").write_text("secret")
    declared = entity.format(file=(tmp_path / "secret.txt").as_uri())
    path = tmp_path / "scenarios.svg"
    path.write_text(
        f"<!DOCTYPE svg [<!ENTITY named {declared}>]>"
        '<svg xmlns="http://www.w3.org/2000/svg"><metadata id="araxes">&named;</metadata>'
        "<text>&named;</text></svg>"
    )
    verdict = verify(path)
    assert (verdict.code, len(verdict.lines)) == (2, 1)
    assert "not a readable SVG" in verdict.lines[0] and "secret" not in verdict.lines[0]
    drawn = image_metadata.svg_root(path.read_bytes())
    assert "".join(drawn.itertext()).replace("&named;", "") == ""


def test_a_huge_file_is_refused_unread(exported):
    path = exported.folder / "huge.csv"
    with path.open("wb") as file:
        file.truncate(reader.MOST_BYTES + 1)  # sparse: takes no room
    verdict = verify(path)
    assert verdict.code == 2 and "far more than any file of ours" in verdict.lines[0]


@pytest.mark.parametrize("name", ["brief.txt", "brief", "nothing.pptx", "folder.csv"])
def test_another_ending_a_missing_file_and_a_folder_are_one_plain_line(exported, name):
    path = exported.folder / name
    if path.suffix == ".txt":
        path.write_text("hello")
    if name == "folder.csv":
        path.mkdir(exist_ok=True)
    verdict = verify(path)
    assert verdict.code == 2 and len(verdict.lines) == 1
