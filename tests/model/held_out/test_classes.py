"""Reference classes held out: what is told of each case, and a real, short round of it."""

import numpy as np
import pytest

from model.held_out import class_scores
from model.held_out.classes import MONTHS, WAYS, held_out_chances
from model.runs import Settings
from tests.model import real_evidence

SHORT = Settings(draws=50, tune=150, chains=1)


@pytest.mark.slow
def test_every_case_is_told_of_in_every_way_by_fits_that_it_was_left_out_of(thin):
    told = []
    cases, chances = held_out_chances(thin, SHORT, told.append)
    observed = real_evidence.observed()
    number = len(observed.cases.id) + len(observed.builds.id)
    by_way = cases.groupby("way", sort=False).size()
    assert by_way.index.tolist() == [*WAYS]
    assert by_way["case"] == by_way["dyad"] == number > by_way["period"]
    assert (cases.query("way == 'period'")["began"] >= 1990).all()
    assert len(chances) == len(MONTHS) * len(cases)
    said = chances[["model", "kaplan_meier", "constant", "pooled"]]
    assert ((said >= 0) & (said <= 1)).to_numpy().all()
    # The case that sets the shortest building time is refitted whatever its weights.
    assert "Fitting without COR-kartarpur" in told
    assert cases.query("refitted == False")["khat"].max() <= 0.7
    assert np.isfinite(class_scores.tables(cases, chances)["density"]["elpd"]).all()
