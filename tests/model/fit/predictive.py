"""What the model expects to see: runs made of prior draws, and replicated evidence."""

from dataclasses import replace

import numpy as np

from model.fit import likelihood
from model.fit.futures import drawn
from model.runs import Run
from model.scoring.simulated import waiting_times
from tests.model import real_evidence

DRAWS = 1000
FEWEST = 3


def prior_run(seed=1):
    """A run whose draws come from the priors, its drivers from their durations history."""
    evidence, observed = real_evidence.evidence(), real_evidence.observed()
    free = real_evidence.prior_draws(DRAWS, seed)
    noise = np.einsum("ncd,tcd->ntd", free["coder_noise"], observed.history.noise)
    raw = observed.history.mean + noise
    paths = drawn(evidence.scenario, raw, evidence.scenario.horizon_months + 1, seed)
    manifest = {
        "id": "prior",
        "as_of": evidence.as_of.isoformat(),
        "happened": {"renewed_offensive": ["2022-09-13"]},
        "settings": {"chains": 1, "draws": DRAWS, "tune": 0, "seed": seed},
    }
    draws = likelihood.parameters(np, free, observed)
    return Run(manifest, evidence, draws, paths, observed, {})


def deaths(draws, observed, rng):
    """Replicated battle deaths (draws, months)."""
    _, pull = likelihood.driver_pulls(np, draws, observed)
    mean = np.exp(likelihood.death_mean(np, draws, observed.structure, pull))
    size = np.exp(draws["death_dispersion"])
    return rng.poisson(rng.gamma(size, mean / size))


def record(draws, observed, rng):
    """Replicated numbers of events in the record (draws, outcomes)."""
    pull, _ = likelihood.driver_pulls(np, draws, observed)
    weeks = replace(observed.weeks, event=0 * observed.weeks.event)
    nothing = replace(observed, weeks=weeks)
    terms = likelihood.record_terms(np, draws, nothing, pull)
    return rng.poisson(-terms).sum(axis=1)


def counted(cases, class_id):
    """By how much each ending counts, 0 to 1: by what two readers saw of it where that decides."""
    evidence = real_evidence.evidence()
    trait = evidence.scenario.reference_class(class_id).counts
    event = cases["event"].to_numpy(float)
    if trait is None:
        return event
    rows = evidence.case_codings.query("trait == @trait").set_index("case")
    seen = (rows["first_reader"] + rows["second_reader"]) / 2
    return event * [seen.get(case, 0.0) for case in cases["case"]]


def spells(cases, class_id):
    """A duration class's cases in years: entry, time, event, and how long each could be watched."""
    durations = cases[(cases["class"] == class_id) & (cases["at_once"] == 0)]
    time = (durations["end"] - durations["start"]).dt.days.clip(lower=1).to_numpy() / 365.25
    entry = durations["entry_years"].fillna(0.0).to_numpy()
    as_of = np.datetime64(real_evidence.AS_OF)
    ever = (as_of - durations["start"].to_numpy()) / np.timedelta64(1, "D") / 365.25
    event = counted(durations, class_id)
    risk = time > entry
    watched = np.where(event == 1, ever, time)
    return tuple(column[risk] for column in (entry, time, event, watched)), durations[risk]


def kaplan_meier(entry, time, event, years):
    """Share not yet ended after each of `years`, cases counted from their entry on.

    event: by how much each ending counts, 0 to 1. Endings while fewer than three cases are watched,
    as before late entries, are passed over.
    """
    ends = np.unique(time[event > 0])
    at_risk = ((entry < ends[:, None]) & (time >= ends[:, None])).sum(axis=1)
    ended = (event * (time == ends[:, None])).sum(axis=1)
    left = np.where(at_risk >= FEWEST, 1 - ended / np.maximum(at_risk, 1), 1.0)
    return np.array([left[ends <= until].prod() for until in years])


def replicated_kaplan_meier(draws, observed, class_id, years, rng):
    """The class's Kaplan-Meier shares (draws, years) in replicated cases."""
    (entry, _, _, watched), cases = spells(real_evidence.evidence().cases, class_id)
    built = np.isin(cases["case"], observed.builds.id).all()
    table = observed.builds if built else observed.cases
    rows = [list(table.id).index(case) for case in cases["case"]]
    c = real_evidence.evidence().scenario.class_ids.index(class_id)
    traits = draws["trait"] @ table.traits[rows].T
    rate = np.exp(draws["log_rate"][:, c, None] + traits)
    replicated = []
    for draw in range(len(rate)):
        if built:
            stages = rng.exponential(1 / (2 * rate[draw]), (2, len(rows))).sum(axis=0)
            time = draws["gate"][draw, c] + stages
        else:
            time = waiting_times(rate[draw], draws["shape"][draw, c], entry, rng)
        seen = np.minimum(time, watched)
        replicated.append(kaplan_meier(entry, seen, time <= watched, years))
    return np.array(replicated)
