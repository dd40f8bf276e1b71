"""A run is asked of the evidence it was fitted to, wherever that came from, whatever is now."""

import pickle
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from briefing.material.material import Material
from model import refit
from model.assumptions import NOTHING, Assumptions, Belief, LeftOut
from model.beliefs.believed import believed
from model.beliefs.density import fit_inputs, log_density
from model.beliefs.reweighting import reweighted
from model.evidence import evidence
from model.explain.attribution import shapley
from model.explain.tornado import chance
from model.forecast import answered, basis_id, forecast
from model.forecast.basis import basis
from model.runs import identity
from model.runs.settings import STANDARD
from model.scenario import default_deadline, places
from tests.model.real_evidence import AS_OF

ELBONIA = Assumptions(left_out=(LeftOut(country="Elbonia"),))
IRAN = Assumptions(left_out=(LeftOut(country="Iran"),))
TREATY = "peace_treaty"


@pytest.fixture
def folder(tmp_path):
    """A scenario in which the media of Iran are of a country that the shipped one lacks."""
    folder = Path(shutil.copytree(places.SCENARIO_FOLDER, tmp_path / "elsewhere"))
    sources = evidence.read_table(folder, "sources")
    write(folder, "sources", sources.replace({"country": {"Iran": "Elbonia"}}))
    return folder


def write(folder, table, frame):
    frame.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")


@pytest.fixture
def elsewhere(thin, folder):
    """The run as if it had been fitted to that folder, which gives the same numbers."""
    return replace(thin, evidence=evidence.load_evidence(folder, AS_OF))


def test_a_refit_leaves_out_a_country_that_only_its_own_folder_knows(folder, monkeypatch):
    monkeypatch.setattr(refit, "fit", lambda evidence, *rest: evidence)
    fitted_to = refit.refit(folder, AS_OF, believing=ELBONIA)
    known = evidence.load_evidence(places.SCENARIO_FOLDER, AS_OF)
    gone = known.events[evidence.countries(known) == "Iran"]
    assert len(fitted_to.events) == len(known.events) - len(gone) < len(known.events)
    assert not set(fitted_to.events["source"]) & set(gone["source"])


def test_every_answer_looks_a_country_up_where_the_run_was_fitted(thin, elsewhere):
    deadline = default_deadline(AS_OF)
    assert chance(elsewhere, ELBONIA, TREATY, deadline) == chance(thin, IRAN, TREATY, deadline)
    there, here = (
        shapley(run, NOTHING, without, TREATY, deadline)["share"].item()
        for run, without in ((elsewhere, ELBONIA), (thin, IRAN))
    )
    assert there == here != 0
    assert "Elbonia" in set(Material(elsewhere).events["country"])
    with pytest.raises(ValueError, match="media of 'Elbonia'"):
        answered(thin, ELBONIA, deadline)


def test_tables_edited_after_the_fit_move_no_weight(elsewhere, folder, monkeypatch):
    before = reweighted(elsewhere, ELBONIA)
    codings = evidence.read_table(folder, "codings")
    write(folder, "codings", codings.assign(first_coder="-3"))
    (folder / "scenario.toml").unlink()
    monkeypatch.setattr(evidence, "read_table", None)  # whoever reads a table fails
    again = replace(elsewhere)
    after = reweighted(again, ELBONIA)
    assert after is not before and after.khat == before.khat
    assert after.log_weight.tobytes() == before.log_weight.tobytes()
    assert basis_id(again, ELBONIA) == again.id


def test_the_weights_are_the_new_density_less_that_of_the_arrays_the_run_was_fitted_to(thin):
    """Arrays that another version made of the same tables: the old side is theirs."""
    cases = replace(thin.observed.cases, event=2 * thin.observed.cases.event)
    twice = replace(thin.observed, cases=cases)
    run = replace(thin, observed=twice)
    new = fit_inputs(believed(run.evidence, IRAN))
    ratio = log_density(run.draws, *new) - log_density(
        run.draws, fit_inputs(run.evidence)[0], twice
    )
    log_weight, order = reweighted(run, IRAN).log_weight, np.argsort(ratio)
    middle = order[: len(order) // 2]  # the tail that is smoothed lies above
    expected = ratio[middle] - ratio[middle[0]]
    assert log_weight[middle] - log_weight[middle[0]] == pytest.approx(expected, abs=1e-6)
    assert np.ptp(expected) > 1


def test_the_id_of_a_refit_is_of_the_runs_own_evidence_and_beliefs(thin, elsewhere):
    """Two runs of one id, as a reweighted run and its own are, have each their own refits."""
    fewer = replace(thin, evidence=believed(thin.evidence, IRAN))
    assert fewer.id == thin.id
    belief = Assumptions(beliefs=(Belief(base_rate="alliance_exits", rate=(0.1, 0.5)),))
    ids = [identity.run_id(believed(run.evidence, belief), STANDARD) for run in (thin, fewer)]
    assert ids[0] != ids[1]
    from model.forecast.served import _believed_id

    assert [_believed_id(run, belief) for run in (thin, fewer, thin)] == [*ids, ids[0]]


def test_what_a_set_is_answered_from_says_how(thin):
    exact, weighed = basis(thin, NOTHING), basis(thin, IRAN)
    assert (exact.run, exact.log_weight, exact.method, exact.khat) == (thin, None, "exact", None)
    assert weighed.method == "reweighted" and weighed.khat == reweighted(thin, IRAN).khat
    assert weighed.run is not thin and weighed.log_weight.shape == (400,)


def test_a_forecast_survives_another_process_with_its_curves(thin):
    answer = forecast(thin, IRAN)
    back = pickle.loads(pickle.dumps(answer))
    pd.testing.assert_frame_equal(back.curves, answer.curves)
    assert (back.run, back.method, back.khat) == (thin.id, "reweighted", answer.khat)


def opened(folder, work):
    """How often `work` opens each file of a folder."""
    counts, watching = {}, [True]

    def watch(event, arguments):
        if watching and event == "open" and str(arguments[0]).startswith(str(folder)):
            name = Path(str(arguments[0])).name
            counts[name] = counts.get(name, 0) + 1

    sys.addaudithook(watch)  # for good, so it is told to look away
    work()
    watching.clear()
    return counts


def test_a_refit_reads_each_file_once_beside_the_check(folder, monkeypatch):
    monkeypatch.setattr("model.check.check.problems", lambda folder: [])
    counts = opened(folder, lambda: refit.known_evidence(folder, None))
    assert set(counts.values()) == {1} and {"events.csv", "scenario.toml"} <= set(counts)


@pytest.mark.parametrize("failures", [[], ["R-hat is 1.1"]])
def test_a_run_is_judged_without_a_change_to_what_was_handed_over(thin, monkeypatch, failures):
    monkeypatch.setattr("model.fit.diagnostics.diagnose", lambda *_: {"failures": failures})
    settings = thin.manifest["settings"] | {"draws": 100}
    run = replace(thin, manifest={"as_of": thin.manifest["as_of"], "settings": settings})
    run.manifest.update(happened=thin.manifest["happened"], served=False)
    before = dict(run.manifest)
    judged = refit._judged(run, None, 0.0)
    assert run.manifest == before and judged.manifest["served"] is (not failures)
    assert judged.manifest["diagnostics"] == {"failures": failures}
