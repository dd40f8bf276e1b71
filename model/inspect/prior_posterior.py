"""What the data did to each prior (effects, links, influences, base rates, centres)."""

import numpy as np
import pandas as pd

from model.fit.priors import Z90
from model.fit.structure import Centre, centres, clock_name, clocks
from model.forecast.monte_carlo import INTERVAL
from model.runs import Run
from model.scenario import Effect, Influence, Link, Scenario
from model.scenario.scenario import ReferenceClass

SPAN = 2 * Z90  # standard deviations from end to end of a 90 % interval of a normal
COLUMNS = (
    "kind about title prior_low prior_high low median high narrowed shifted basis claims "
    "source source_url reason"
).split()


def prior_posterior(run: Run) -> pd.DataFrame:
    """One row per effect, link (of its own size), influence, base rate and centre.

    kind, about: as `model.assumptions.Belief` names them, `influence` and its name, or `centre` and
    its label in the priors; title: for readers. prior_low, prior_high: the scenario's 90 % interval
    of the hazard ratio, of the yearly rate one year in, of what a level adds to another driver's in
    a month, or of the level (-2..2) from which a driver counts; low, median, high: the posterior's
    quantiles. narrowed: the posterior's standard deviation (of the logarithm of ratios and rates)
    over the prior's (1: the data said nothing); shifted: how far its mean moved, in prior standard
    deviations. basis, claims, source, source_url, reason: where the prior is from.
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
        _influence_row(scenario, influence, run.paths["adds"][:, i])
        for i, influence in enumerate(scenario.influences)
    ]
    rows += [
        _row("base_rate", reference.title, reference, run.draws["log_rate"][:, i])
        for i, reference in enumerate(scenario.classes)
    ]
    rows += [
        _centre_row(scenario, centre, run.draws["centre"][:, i])
        for i, centre in enumerate(centres(scenario))
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
    moved = _moved(np.log(prior), logs)
    return kind, about, title, *prior, low, median, high, *moved, *_origin(subject)


def _centre_row(scenario: Scenario, centre: Centre, levels: np.ndarray) -> tuple:
    """A row of `prior_posterior`; levels: (draws,), from which the driver counts."""
    outcome, clock = clocks(scenario)[centre.clock]
    low, median, high = np.quantile(levels, (INTERVAL[0], 0.5, INTERVAL[1]))
    classes = " and ".join(scenario.reference_class(of).title for of in clock.classes)
    reason = f"Judged: where cases of these classes stood while they waited. {classes}."
    numbers = *centre.level, low, median, high, *_moved(np.array(centre.level), levels)
    title = centre_title(centre, scenario)
    about = f"{centre.driver} -> {outcome}, {clock_name(clock)}"
    return "centre", about, title, *numbers, "judgement", "", "ours", "", reason


def _influence_row(scenario: Scenario, influence: Influence, adds: np.ndarray) -> tuple:
    """A row of `prior_posterior`; adds: (draws,), levels per month."""
    low, median, high = np.quantile(adds, (INTERVAL[0], 0.5, INTERVAL[1]))
    numbers = *influence.adds, low, median, high, *_moved(np.array(influence.adds), adds)
    title = arrow_title(influence, scenario)
    return "influence", influence.name, title, *numbers, *_origin(influence)


def acting_on(table: pd.DataFrame, outcome: str) -> pd.Series:
    """(rows,): True of what ends at an outcome, and of influences on drivers that act on it.

    table: rows of `prior_posterior`, effects, links and influences.
    """
    ends = table["about"].str.split(" -> ", expand=True)
    mine = ends[1] == outcome
    drivers = set(ends.loc[mine & (table["kind"] == "effect"), 0])
    return mine | ((table["kind"] == "influence") & ends[1].isin(drivers))


def _moved(prior: np.ndarray, draws: np.ndarray) -> tuple[float, float]:
    """How far the posterior is narrower than the prior's 90 % interval, how far its mean moved."""
    sd = (prior[1] - prior[0]) / SPAN
    return draws.std() / sd, (draws.mean() - prior.mean()) / sd


def _origin(subject: Effect | Link | Influence | ReferenceClass) -> tuple[str, str, str, str, str]:
    """basis, claims, source, source_url and reason of a prior."""
    if isinstance(subject, ReferenceClass):
        return "class", "", "", "", subject.note
    claims = ", ".join(subject.claims)
    return subject.basis, claims, subject.source, subject.source_url, subject.reason


def arrow_title(arrow: Effect | Link | Influence, scenario: Scenario) -> str:
    """An arrow by the titles of its ends, as text."""
    titles = {end.id: end.title for end in (*scenario.drivers, *scenario.outcomes)}
    return f"{titles[arrow.from_]} → {titles[arrow.to]}"


def centre_title(centre: Centre, scenario: Scenario) -> str:
    """A centre by the titles of its driver and outcome and its clock's day or switch, as text."""
    titles = {end.id: end.title for end in (*scenario.drivers, *scenario.outcomes)}
    outcome, clock = clocks(scenario)[centre.clock]
    began = f"{clock.date.day} {clock.date:%B %Y}"
    if clock.switch is not None:
        began = f"“{scenario.switch(clock.switch).title}”"
    return f"{titles[centre.driver]} → {titles[outcome]}, clock of {began}"
