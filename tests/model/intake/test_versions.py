"""Tables of one import are all there or none, whenever the writer ends, and come back by undo."""

import os

import pytest

from model.evidence.whole_set import finish
from model.intake import versions
from model.intake.versions import NothingToUndo

OLD, NEW = {"events": b"old e", "codings": b"old c"}, {"events": b"new e", "codings": b"new c"}


@pytest.fixture
def place(tmp_path):
    for name, content in OLD.items():
        (tmp_path / f"{name}.csv").write_bytes(content)
    return tmp_path


def tables(place):
    return {path.stem: path.read_bytes() for path in place.glob("*.csv")}


def test_an_import_is_written_and_undone_in_turn(place):
    versions.write(place, NEW, "the first")
    versions.write(place, {"events": b"newer e"}, "the second")
    assert tables(place) == NEW | {"events": b"newer e"}
    assert versions.undo(place) == "the second"
    assert tables(place) == NEW
    assert versions.undo(place) == "the first"
    assert tables(place) == OLD
    with pytest.raises(NothingToUndo, match="none is kept"):
        versions.undo(place)


def test_a_table_that_was_changed_since_is_not_overwritten_by_an_undo(place):
    versions.write(place, NEW, "an import")
    (place / "codings.csv").write_bytes(b"by hand")
    with pytest.raises(NothingToUndo, match=r"codings\.csv was changed since"):
        versions.undo(place)
    assert tables(place) == NEW | {"codings": b"by hand"}


class Killed(BaseException):
    """A writer that ends at once, as by a signal: nothing it would still do is done."""


@pytest.mark.parametrize("step", range(12))
def test_killed_at_any_step_the_tables_are_all_old_or_all_new_for_whoever_reads(
    place, monkeypatch, step
):
    # Every step that others can see is a rename or a replacement: the writer ends at one of them.
    left = [step]
    for name in ("replace", "rename"):
        whole = getattr(os, name)

        def counted(*args, whole=whole):
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return whole(*args)

        monkeypatch.setattr(os, name, counted)
    try:
        versions.write(place, NEW, "an import")
    except Killed:
        pass
    monkeypatch.undo()
    finish(place)
    assert tables(place) in (OLD, NEW)
    if tables(place) == NEW:
        assert versions.undo(place) == "an import"
        assert tables(place) == OLD


def test_no_space_left_leaves_the_tables_as_they_were(place, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(versions.whole_file, "write", full)
    with pytest.raises(OSError, match="No space left"):
        versions.write(place, NEW, "an import")
    monkeypatch.undo()
    assert tables(place) == OLD and not list((place / ".intake").glob("making-*"))


def test_only_so_many_imports_are_kept(place, monkeypatch):
    monkeypatch.setattr(versions, "KEPT", 2)
    for number in range(4):
        versions.write(place, {"events": f"{number}".encode()}, f"import {number}")
    assert [versions.undo(place) for _ in range(2)] == ["import 3", "import 2"]
    with pytest.raises(NothingToUndo):
        versions.undo(place)
