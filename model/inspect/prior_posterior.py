"""What the data did to each prior: effects, links and base rates, before and after the fit."""

import numpy as np
import pandas as pd

from model.fit.priors import Z90
from model.forecast.monte_carlo import INTERVAL
from model.runs import Run
from model.scenario import Effect, Link, Scenario
from model.scenario.scenario import ReferenceClass

SPAN = 2 * Z90  # standard deviations from end to end of a 90 % interval of a normal
COLUMNS = (
    "kind about title prior_low prior_high low median high narrowed shifted basis claims "
    "source source_url reason"
).split()


def prior_posterior(run: Run) -> pd.DataFrame:
    """One row per effect, link (of its own size) and base rate.

    kind, about: as `model.assumptions.Belief` names them; title: for readers. prior_low,
    prior_high: the scenario's 90 % interval of the hazard ratio, or of the yearly rate one year in;
    low, median, high: the posterior's quantiles. narrowed: the posterior's standard deviation of
    the logarithm over the prior's (1: the data said nothing); shifted: how far its mean moved, in
    prior standard deviations. basis, claims, source, source_url, reason: where the prior is from.
    """
    scenario = run.scenario
    rows = [
        _row("effect", arrow_title(e, scenario), e, run.draws["effect"][:, i])
        for i, e in enumerate(scenario.effects)
    ]
    rows += [
        _row("link", arrow_title(link, scenario), link, run.draws["link_size"][:, i])
        for i, link in enumerate(scenario.links)
        if link.hazard_ratio
    ]
    rows += [
        _row("base_rate", reference.title, reference, run.draws["log_rate"][:, i])
        for i, reference in enumerate(scenario.classes)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(kind: str, title: str, subject: Effect | Link | ReferenceClass, logs: np.ndarray) -> tuple:
    """A row of `prior_posterior`; logs: (draws,) of the subject's hazard ratio or rate."""
    if isinstance(subject, ReferenceClass):
        about, prior = subject.id, subject.rate
    else:
        about, prior = subject.name, subject.hazard_ratio
    low, high = np.exp(np.quantile(logs, INTERVAL))
    median = np.exp(np.median(logs))
    return kind, about, title, *prior, low, median, high, *_moved(prior, logs), *_origin(subject)


def _moved(prior: tuple[float, float], logs: np.ndarray) -> tuple[float, float]:
    """How far the posterior is narrower than the prior, and how far its mean moved."""
    centre, sd = np.log(prior).mean(), np.diff(np.log(prior))[0] / SPAN
    return logs.std() / sd, (logs.mean() - centre) / sd


def _origin(subject: Effect | Link | ReferenceClass) -> tuple[str, str, str, str, str]:
    """basis, claims, source, source_url and reason of a prior."""
    if isinstance(subject, ReferenceClass):
        return "class", "", "", "", subject.note
    claims = ", ".join(subject.claims)
    return subject.basis, claims, subject.source, subject.source_url, subject.reason


def arrow_title(arrow: Effect | Link, scenario: Scenario) -> str:
    """An effect or link by the titles of its ends, as text."""
    titles = {end.id: end.title for end in (*scenario.drivers, *scenario.outcomes)}
    return f"{titles[arrow.from_]} → {titles[arrow.to]}"
