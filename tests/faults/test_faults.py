"""`make fuzz` on a few cases: no fault, and a fault would be seen."""

import random

import pytest

from tests.faults import fuzz, mutations


def test_no_input_of_a_few_is_worse_than_refused(fitted, fitted_home, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))
    counts = fuzz.fuzz(40, 7, tmp_path, fitted)
    assert {kind: count.faults for kind, count in counts.items()} == {k: [] for k in fuzz.SHARES}
    assert sum(count.tried for count in counts.values()) == 40
    assert counts["sets"].outcomes["refused"] > 0


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
