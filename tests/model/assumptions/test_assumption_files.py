"""Files of assumptions as people have them: marked, misplaced, far too long or not text."""

import pytest

from model.assumptions import NOTHING, Assumptions, DriverAssumption
from model.assumptions.files import AssumptionsError, from_file, from_json, read, to_json, to_toml

EXAMPLE = Assumptions(name="Ankara", drivers=(DriverAssumption(id="turkish_backing", level=1.4),))


def test_a_file_that_is_missing_or_not_text_is_named(tmp_path):
    (tmp_path / "photo.toml").write_bytes(b"\xff\xd8\xff")
    for name in ("photo.toml", "nowhere.toml"):
        with pytest.raises(AssumptionsError, match=f"{name}: cannot be read"):
            read(tmp_path / name)


@pytest.mark.parametrize("suffix, write", [("toml", to_toml), ("JSON", to_json)])
def test_a_mark_before_the_text_is_no_part_of_it(tmp_path, suffix, write):
    """Windows' Notepad saves UTF-8 with a byte order mark, and lines that end in two characters."""
    path = tmp_path / f"mine.{suffix}"
    path.write_bytes(b"\xef\xbb\xbf" + write(EXAMPLE).replace("\n", "\r\n").encode())
    assert read(path) == EXAMPLE == from_file(path.name, path.read_bytes())


def test_a_folder_and_a_file_far_too_long_get_one_plain_line(tmp_path):
    long = tmp_path / "long.toml"
    long.write_bytes(b"#" * 10**6)
    assert read(long) == NOTHING
    long.write_bytes(b"#" * (10**6 + 1))
    for path, message in (
        (tmp_path, "is a folder; name the "),
        (long, "the file is over 1 MB, too"),
    ):
        with pytest.raises(AssumptionsError) as problem:
            read(path)
        assert str(problem.value).startswith(f"{path}: {message}")
        assert len(str(problem.value).splitlines()) == 1


@pytest.mark.parametrize("text, kind", [("[]", "a list"), ('"a"', "a text"), ("null", "null")])
def test_json_that_is_no_object_is_told_what_was_expected(text, kind):
    with pytest.raises(AssumptionsError) as problem:
        from_json(text)
    assert str(problem.value) == (
        f"{kind} where a set of assumptions was expected; write an object with keys such as "
        '"driver", "outcome" and "belief"'
    )
