"""A watched folder is told of at once, and again when its files have changed and come to rest."""

import threading

from model.shell.nightly import watching


def test_a_change_is_told_once_it_has_come_to_rest(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "PAUSE", 0.02)
    monkeypatch.setattr(watching, "SETTLED", 0.1)
    file = tmp_path / "events.csv"
    file.write_text("a")
    changes = watching.as_files_change(tmp_path)
    first = next(changes)
    # five writes within a tenth of a second: one change
    writes = [threading.Timer(0.02 * n, file.write_text, ["b" * n]) for n in range(1, 6)]
    for write in writes:
        write.start()
    second = next(changes)
    assert second != first and file.read_text() == "bbbbb"


def test_a_file_that_goes_away_while_it_is_looked_at_ends_no_watch(tmp_path, monkeypatch):
    stamps = iter(["before", "before", FileNotFoundError(), "after", "after"])

    def stamp(folder):
        now = next(stamps)
        if isinstance(now, FileNotFoundError):
            raise now
        return now

    monkeypatch.setattr(watching, "stamp", stamp)
    monkeypatch.setattr(watching, "PAUSE", 0.0)
    monkeypatch.setattr(watching, "SETTLED", 0.0)
    changes = watching.as_files_change(tmp_path)
    assert [next(changes), next(changes)] == ["before", "after"]
