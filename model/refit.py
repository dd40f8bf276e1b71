"""Refit: evidence as known on a day becomes a stored run."""

import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import betaincinv

from model.assumptions import NOTHING, Assumptions
from model.beliefs.believed import believed
from model.evidence import Evidence
from model.evidence.collected import as_of_problem, last_as_of
from model.evidence.evidence import cut, read_evidence
from model.fit import likelihood
from model.fit.futures import futures
from model.fit.observations import observations, occurrences
from model.fit.priors import Priors, priors
from model.runs import Run, Settings, identity, store
from model.runs.observed import Observed
from model.runs.settings import STANDARD

Progress = Callable[[str, float, str], None]  # phase, share of it done, 0..1, a line for people


def quiet(phase: str, share: float, line: str) -> None:
    """A `Progress` that tells nobody; share: 0..1 of the phase."""


class RefitError(Exception):
    """A refit that cannot be made; the message is one plain line."""


class StoreError(RefitError):
    """One that could not be kept, whatever the evidence."""


def refit(
    folder: Path,
    as_of: date | None = None,
    settings: Settings = STANDARD,
    progress: Progress = quiet,
    believing: Assumptions = NOTHING,
) -> Run:
    """Fit the model to what was known on `as_of` and store the run, served or not.

    folder: the scenario's. as_of: the scenario's own day where None. With `believing` the fit is
    made under the beliefs of that set; its other parts are ignored. progress: called with each
    step, while the sampler runs from a thread of its own. Takes minutes.

    Raises RefitError for tables that `check` finds fault with, or a day outside the evidence, and
    ValueError for a belief about what is not there.
    """
    progress("evidence", 0.0, "Reading the evidence")
    return fit(believed(known_evidence(folder, as_of), believing), settings, progress)


def fit(evidence: Evidence, settings: Settings = STANDARD, progress: Progress = quiet) -> Run:
    """Fit the model to this evidence, already cut at its day, and store the run, served or not.

    Raises OSError where the state folder cannot be written.
    """
    run = _published(fitted(evidence, settings, progress))
    store.save(run)
    progress("done", 1.0, f"Run {run.id} is stored")
    return run


def fitted(
    evidence: Evidence,
    settings: Settings = STANDARD,
    progress: Progress = quiet,
    cores: int | None = None,
) -> Run:
    """The judged run of a fit to this evidence, neither published nor stored.

    cores: how many chains are sampled at once (default: as many as there are cores); no number
    depends on it, nor on what this process fitted before.
    """
    began = time.monotonic()
    observed = observations(evidence)
    prior = priors(evidence.scenario)
    tree = _sampled(prior, observed, settings, progress, cores)
    progress("forecast", 0.0, "Forecasting and checking the run")
    return _judged(_run(evidence, prior, observed, tree, settings), tree, began)


def known_evidence(folder: Path, as_of: date | None = None) -> Evidence:
    """A scenario's evidence as known on a day (its own where None), once it was checked whole.

    A day that the evidence does not reach is answered with the last that it does.

    Raises RefitError, one plain line, for tables with a fault or a day outside the evidence.
    """
    whole = checked_evidence(folder)
    as_of = as_of or whole.scenario.default_as_of
    problem = as_of_problem(as_of)
    if problem:
        raise RefitError(problem)
    return cut(whole, min(as_of, last_as_of(whole.collected, whole.events)))


def checked_evidence(folder: Path) -> Evidence:
    """A scenario's evidence, uncut, once it was checked; raises RefitError for a fault in it."""
    from model.check.check import problems

    faults = problems(folder)
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise RefitError(f"{faults[0]}{more}; run `python -m model check` to see all")
    return read_evidence(folder)


def _sampled(
    prior: Priors, observed: Observed, settings: Settings, progress: Progress, cores: int | None
):
    progress("compile", 0.0, "Compiling the model (under a minute the first time)")
    model = compiled(prior, observed)
    progress("sample", 0.0, "Sampling")
    # only now: PyMC takes seconds to import, and whoever asks for RefitError need not wait for it
    from model.fit import posterior

    def report(share: float) -> None:
        progress("sample", share, "Sampling")

    return posterior.sample(model, prior, observed, settings, report, cores)


_COMPILED: dict[bytes, object] = {}


def compiled(prior: Priors, observed: Observed):
    """The compiled model of this scenario structure, made once per process, in some ten seconds."""
    from model.fit import posterior

    # all that `posterior.build` fixes: the shapes of the priors and the structure's numbers
    key = repr(
        [(name, value.shape) for name, value in prior.location.items()]
        + [(name, value.tobytes()) for name, value in observed.structure.to_arrays().items()]
    ).encode()
    if key not in _COMPILED:
        _COMPILED[key] = posterior.compile_model(posterior.build(prior, observed))
    return _COMPILED[key]


def _run(evidence: Evidence, prior: Priors, observed: Observed, tree, settings: Settings) -> Run:
    """The run of what was sampled, not yet judged and so not served."""
    from model.fit import posterior
    from model.fit.diagnostics import sampling

    draws = likelihood.parameters(np, posterior.natural(tree, prior), observed)
    paths = futures(evidence.scenario, observed, draws["coder_noise"], settings.seed)
    manifest = _manifest(evidence, settings)
    return Run(manifest, evidence, draws, paths, observed, {}, sampling(tree))


def _manifest(evidence: Evidence, settings: Settings) -> dict:
    happened = {
        outcome: [day.date().isoformat() for day in days]
        for outcome, days in occurrences(evidence).items()
    }
    return {
        "id": identity.run_id(evidence, settings),
        "made_from": identity.made_from(evidence),
        "code": identity.code_version(),
        "libraries": identity.libraries(),
        "scenario": evidence.scenario.id,
        "as_of": evidence.as_of.isoformat(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": asdict(settings),
        "counts": _counts(evidence),
        "happened": happened,
        "settled_at_once": settled_at_once(evidence.cases),
        "served": False,
    }


def _judged(run: Run, tree, began: float) -> Run:
    """The run with its diagnostics, served if it passes the gate; `began` is when its fit did."""
    from model.fit.diagnostics import diagnose
    from model.forecast.solve import headline_draws
    from model.scenario import default_deadline

    settings, outcomes = run.manifest["settings"], run.scenario.outcome_ids
    shape = settings["chains"], settings["draws"], len(outcomes)
    headlines = headline_draws(run, default_deadline(run.as_of)).reshape(shape)
    diagnosis = diagnose(tree, headlines, outcomes)
    seconds = round(time.monotonic() - began, 1)
    judged = {"diagnostics": diagnosis, "served": not diagnosis["failures"], "seconds": seconds}
    # a manifest of its own: that of `run` is in other hands already
    return replace(run, manifest=run.manifest | judged)


def _published(run: Run) -> Run:
    """The run with the forecast of the empty set."""
    from model.forecast import forecast
    from model.forecast.answer import as_json

    return replace(run, published=as_json(forecast(run, NOTHING)))


def settled_at_once(cases: pd.DataFrame) -> dict[str, dict[str, float]]:
    """For each duration class the share of cases that settle at once: beta posterior, flat prior.

    cases: one row per case, with `class` and `at_once` (0 or 1). Returns class -> cases and at_once
    (counts), mean, low and high (shares, 0..1; 90 % interval).
    """
    shares = {}
    for of, rows in cases.groupby("class"):
        yes, no = int(rows["at_once"].sum()), int((rows["at_once"] == 0).sum())
        low, high = betaincinv(1 + yes, 1 + no, (0.05, 0.95))
        numbers = {"mean": (1 + yes) / (2 + yes + no), "low": low, "high": high}
        # plain floats: the manifest is JSON
        numbers = {name: float(value) for name, value in numbers.items()}
        shares[of] = {"cases": yes + no, "at_once": yes} | numbers
    return shares


def _counts(evidence: Evidence) -> dict[str, int]:
    tables = {
        "events": evidence.events,
        "codings": evidence.codings,
        "reference_cases": evidence.cases,
        "reference_cells": evidence.rates,
        "months_of_battle_deaths": evidence.deaths["month"].drop_duplicates(),
        "border_clashes": evidence.clashes,
    }
    return {name: len(table) for name, table in tables.items()} | {
        "origins": evidence.events["origin"].nunique()
    }
