"""What is ranked, and how: by hand, and beside the sums that other rooms take."""

import numpy as np
import pytest

from model.beliefs import density
from model.scoring import ranks
from model.scoring.design import by_class, design
from model.scoring.simulated_record import unlinked_hazards
from tests.model import real_evidence


def test_a_rank_is_the_number_of_draws_below_the_truth():
    draws = {"effect": np.array([[0.1, 5.0], [0.4, 6.0], [0.6, 7.0]])}
    truth = {"effect": np.array([[0.5, 4.0]])}
    assert ranks.ranks(truth, draws) == {"effect": [2, 0]}


def test_kept_draws_are_evenly_spaced_and_all_if_there_are_few():
    draws = {"log_rate": np.arange(500.0)}
    kept = ranks.thinned(draws)["log_rate"]
    assert len(kept) == 99 and (kept[0], kept[-1]) == (0, 499)
    assert set(np.diff(kept)) == {5, 6}
    assert list(ranks.thinned({"log_rate": np.arange(20.0)})["log_rate"]) == list(range(20))


@pytest.fixture(scope="module")
def ranked():
    draws = real_evidence.prior_draws(5, 9)
    return draws, ranks.quantities(draws, real_evidence.observed())


def test_every_quantity_has_a_name_and_a_place(ranked):
    _, values = ranked
    names = ranks.names(real_evidence.evidence().scenario)
    shapes = {kind: array.shape for kind, array in values.items()}
    assert shapes == {kind: (5, len(places)) for kind, places in names.items()}


def test_the_log_likelihood_is_that_of_all_evidence(ranked):
    draws, values = ranked
    # up to a constant, which no rank sees
    whole = density.log_likelihood(draws, real_evidence.prior(), real_evidence.observed())
    assert np.ptp(values["log_likelihood"][:, 0] - whole) < 1e-8


def test_the_hazards_are_those_of_the_last_week(ranked):
    draws, values = ranked
    real, first = design(real_evidence.evidence()), {n: v[0] for n, v in draws.items()}
    last = np.log(unlinked_hazards(first, by_class(first, real), real)[-1])
    # only a past offensive's links act, and the treaty's is one of them: outcomes that send no
    # link to it and get none are compared
    untouched = [k for k in range(6) if not acts_on(real, k)]
    assert untouched and values["hazard"][0, untouched] == pytest.approx(last[untouched])


def acts_on(real, outcome):
    weeks, structure = real.observed.weeks, real.observed.structure
    return (weeks.acting[-1] @ structure.link_to)[outcome] > 0
