"""`refit --watch` as it is left running: each change of the folder goes the whole way."""

import json
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from model.intake import importing
from model.runs import publication, store
from model.scenario import ROOT, SCENARIO_FOLDER
from model.shell.nightly import codes, pipeline

NEWS = {
    "events": {
        "event": "E20230920-9",
        "date": "2023-09-20",
        "precision": "day",
        "known_on": "2023-09-20",
        "actors": "AZE;ARM",
        "kind": "offensive",
        "what_happened": "Lines are crossed in many places of the northern front",
        "reliability": "B",
        "origin": "fact-20230920-9",
        "source": "OC Media",
        "source_url": "https://example.org/news",
    },
    "codings": {
        "event": "E20230920-9",
        "driver": "azerbaijani_coercion",
        "first_coder": "3",
        "second_coder": "3",
        "reason": "a front gives way",
    },
}


@pytest.fixture
def home(fitted, tmp_path, monkeypatch):
    """A state folder with the run of the default day, so that the first look fits nothing."""
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "home"))
    store.save(fitted)
    return tmp_path


@contextmanager
def watched(folder):
    """What a watching process says, line by line as JSON, until it is told to stop."""
    # a process inherits that the signal is ignored, as where these tests run in the background
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    options = ["--watch", str(folder), "--as-of", "2023-09-21", "--hold-at", "0", "--log", "json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "model", "refit", *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    signal.signal(signal.SIGINT, before)
    try:
        yield process, (json.loads(line) for line in process.stderr if line.startswith("{"))
    finally:
        process.kill()
        process.wait()


def until_the_end(lines):
    """The steps of one way through, and its last line."""
    steps = []
    for line in lines:
        steps.append(line["step"])
        if line["step"] == "end":
            return list(dict.fromkeys(steps)), line
    raise AssertionError(f"it ended after {steps}")


@pytest.mark.slow  # two fits of the real evidence
def test_a_row_that_comes_in_is_checked_fitted_judged_and_held_and_gone_again_is_published(
    home, fitted
):
    folder = shutil.copytree(SCENARIO_FOLDER, home / "scenario")
    with watched(folder) as (process, lines):
        steps, end = until_the_end(lines)
        assert (end["code"], end["run"]) == (codes.DONE, fitted.id)
        import_news(folder, home)
        steps, end = until_the_end(lines)
        assert steps == ["check", "fit", "gate", "compare", "end"] and end["code"] == codes.HELD
        assert end["run"] != fitted.id
        importing.undo(folder)
        steps, end = until_the_end(lines)
        assert end["message"] == f"published: {pipeline.BEFORE}"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == codes.DONE
    (decision,) = publication.decisions()
    assert decision.run != fitted.id and publication.published(fitted.as_of).run == fitted.id


def import_news(folder, home):
    files = [home / f"{table}.csv" for table in NEWS]
    for file in files:
        row = NEWS[file.stem]
        file.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    made, written = importing.bring_in(folder, files)
    assert written, made
