"""`make fuzz` on a few cases: no fault, and a fault would be seen."""

import random
import sys

import pytest

from tests.faults import fuzz, mutations


def test_no_input_of_a_few_is_worse_than_refused(fitted, fitted_home, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    kinds = [kind for kind in fuzz.SHARES if kind != "addresses"]
    counts = fuzz.fuzz(40, 7, tmp_path, fitted, kinds)
    assert {kind: count.faults for kind, count in counts.items()} == {kind: [] for kind in kinds}
    # 12 sets and 12 links, 2 of the scenario, 4 tables, 2 imports, 3 files sent in, 4 calls
    assert sum(count.tried for count in counts.values()) == 39
    assert counts["sets"].outcomes["refused"] > 0


@pytest.mark.slow
def test_no_page_at_a_mutated_address_ends_in_an_error(fitted, fitted_home, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    (addresses,) = fuzz.fuzz(400, 7, tmp_path, fitted, ["addresses"]).values()
    assert (addresses.tried, addresses.faults) == (4, [])


def test_without_a_run_nothing_is_left_out_in_silence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["fuzz", "--inputs", "1"])
    assert fuzz.main() == 1
    assert capsys.readouterr().out == "no run is fitted yet: make refit\n"


def test_what_a_reader_may_not_raise_is_counted_as_a_fault():
    def broken(chance):
        raise KeyError("outcome")

    count = fuzz._counted(broken, range(3))
    assert count.outcomes == {"fault": 3} and count.faults[0] == "seed 0: KeyError: 'outcome'"


@pytest.mark.parametrize("seed", range(20))
def test_a_mutation_changes_what_it_is_given(seed):
    chance, content = random.Random(seed), 'name = "a"\n[[driver]]\nid = "b"\nlevel = 1\n'
    changed = [mutations.text(content, chance) for _ in range(5)]
    assert any(text != content for text in changed)
