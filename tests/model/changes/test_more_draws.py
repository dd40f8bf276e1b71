"""A fit that fails the gate is tried again with more draws, and one that passes is not."""

from dataclasses import replace

import pytest

from model.changes.more_draws import found_or_fitted, settings_tried, until_it_passes
from model.runs import Settings, store
from model.runs.settings import STANDARD


def test_twice_the_draws_are_tried():
    # 1000 a chain, then 2000; all else as asked for
    assert [s.draws for s in settings_tried(Settings(seed=7))] == [1000, 2000]
    assert {(s.seed, s.tune, s.chains) for s in settings_tried(Settings(seed=7))} == {(7, 300, 4)}


def test_a_run_that_passes_is_not_tried_again(fitted):
    assert until_it_passes(fitted) is fitted


def test_divergences_are_not_met_with_more_draws(fitted):
    diagnostics = fitted.manifest["diagnostics"] | {"divergences": 2}
    failed = replace(
        fitted, manifest=fitted.manifest | {"served": False, "diagnostics": diagnostics}
    )
    assert until_it_passes(failed) is failed


def test_what_was_fitted_before_is_found(fitted, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    store.save(fitted)
    stored = fitted.manifest["made"]

    def told(phase, share, line):
        raise AssertionError("a fit was begun")

    assert found_or_fitted(fitted.evidence, STANDARD, told).manifest["made"] == stored


@pytest.mark.slow  # a fit
def test_a_run_of_too_few_draws_is_tried_with_more(few, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(few.home))
    lines = []
    last = until_it_passes(few.run, lambda *step: lines.append(step))
    # 25 draws per chain hold no 400 effective ones, nor do 50
    assert last.manifest["settings"]["draws"] == 50 and last.manifest["served"] is False
    tried = [settings["draws"] for settings in store.stored()["settings"]]
    assert sorted(tried) == [25, 50]
    assert any("again, 50 draws per chain" in line for *_, line in lines)
