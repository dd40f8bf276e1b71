"""The stored result: read as it was written, and of a version that only the model moves."""

from datetime import date

import numpy as np
import pytest

from model.scoring import stored
from model.scoring.stored import Calibration
from tests.model import real_evidence
from tests.model.runs.test_identity import closure

NAMES = {"effect": ("a -> b", "c -> b"), "log_likelihood": ("all evidence",)}


def result(**changes):
    made = {
        "made": date(2026, 11, 26),
        "version": "0123456789ab",
        "as_of": date(2023, 9, 21),
        "kept": 99,
        "divergent": 1,
        "ranks": {"effect": np.array([[3, 99], [0, 7]]), "log_likelihood": np.array([[5], [50]])},
        "names": NAMES,
    }
    return Calibration(**made | changes)


def test_what_is_read_is_what_was_written(tmp_path):
    stored.write(result(), tmp_path / "new" / "result.json")
    read = stored.read(tmp_path / "new" / "result.json")
    assert (read.made, read.version, read.as_of) == (date(2026, 11, 26), "0123456789ab", real_day())
    assert (read.kept, read.divergent, read.fits, read.names) == (99, 1, 2, NAMES)
    for kind, ranks in result().ranks.items():
        assert (read.ranks[kind] == ranks).all()


def real_day():
    return date(2023, 9, 21)


def test_a_file_of_another_form_is_said_in_one_line(tmp_path):
    (tmp_path / "other.json").write_text('{"made": "2026-11-26"}')
    with pytest.raises(ValueError, match=r"^[^\n]*other\.json holds no result[^\n]*make sbc`$"):
        stored.read(tmp_path / "other.json")


def test_a_version_stands_for_numbers_and_not_for_sentences():
    scenario = real_evidence.evidence().scenario
    first, *others = scenario.effects
    reworded = first.model_copy(update={"reason": "Another reason."})
    stronger = first.model_copy(update={"hazard_ratio": (1.1, 1.7)})

    def of(effect):
        return stored.version(scenario.model_copy(update={"effects": (effect, *others)}))

    assert of(reworded) == stored.version(scenario) != of(stronger)


def test_a_version_covers_all_of_fit_and_scoring_that_a_simulated_fit_imports():
    imported = closure("model.scoring.calibrating")
    ours = sorted(name for name in imported if name.split("/")[0] in ("fit", "scoring"))
    assert [name for name in ours if not name.endswith("__init__.py")] == [*stored.SIMULATED_CODE]


def fit(effect, kept=99, divergences=0):
    scenario = real_evidence.evidence().scenario
    names = stored.ranks.names(scenario)
    ranks = {kind: [effect] * len(places) for kind, places in names.items()}
    return {"ranks": ranks, "kept": kept, "divergences": divergences}


def test_fits_are_put_together_in_their_order():
    scenario = real_evidence.evidence().scenario
    made = stored.collected(scenario, real_day(), [fit(3), fit(97, divergences=2)])
    assert made.fits == 2 and made.divergent == 1 and made.kept == 99
    assert made.ranks["hazard"].tolist() == [[3] * 6, [97] * 6]


def test_fits_of_different_lengths_are_no_result():
    scenario = real_evidence.evidence().scenario
    with pytest.raises(ValueError, match="one number of draws, found \\[20, 99\\]"):
        stored.collected(scenario, real_day(), [fit(3), fit(3, kept=20)])
    with pytest.raises(ValueError, match="found none"):
        stored.collected(scenario, real_day(), [])
