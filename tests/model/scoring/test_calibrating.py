"""Simulated fits: real ones, few and short."""

import json

import pytest

from model.scoring import calibrating, ranks
from tests.model import real_evidence

TINY = calibrating.one_chain(draws=20)


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAXES_HOME", str(tmp_path_factory.mktemp("home")))
        yield calibrating.bench(real_evidence.evidence(), TINY)


@pytest.mark.slow
def test_a_second_call_makes_only_what_is_missing_and_workers_change_no_number(bench, tmp_path):
    from dataclasses import replace

    first = list(calibrating.simulated_fits(bench, 2))
    assert len(first) == 2 and bench.made(3) == 2
    (third,) = calibrating.simulated_fits(bench, 3)
    assert calibrating.read(bench, 3) == [*first, third]
    beside = replace(bench, folder=tmp_path)
    assert len(list(calibrating.simulated_fits(beside, 3, workers=2))) == 3
    assert calibrating.read(beside, 3) == calibrating.read(bench, 3)


@pytest.mark.slow
def test_a_fit_ranks_every_quantity_among_its_draws(bench):
    made = json.loads(json.dumps(calibrating.simulated_fit(bench, 5)))
    names = ranks.names(real_evidence.evidence().scenario)
    assert {kind: len(places) for kind, places in made["ranks"].items()} == {
        kind: len(places) for kind, places in names.items()
    }
    assert made["kept"] == 20
    assert all(0 <= rank <= 20 for places in made["ranks"].values() for rank in places)
