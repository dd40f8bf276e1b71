"""What the data did to each prior: effects, links and base rates, before and after the fit."""

import numpy as np
import pandas as pd

from model.forecast.monte_carlo import INTERVAL
from model.runs import Run

# A 90 % interval of a normal spans so many standard deviations.
SPAN = 2 * 1.6448536269514722
COLUMNS = (
    "kind about title prior_low prior_high low median high narrowed shifted basis claims "
    "source source_url reason"
).split()


def prior_posterior(run: Run) -> pd.DataFrame:
    """One row an effect, link (of its own size) and base rate.

    kind, about: as `model.assumptions.Belief` names them; title: for readers. prior_low,
    prior_high: the scenario's 90 % interval of the hazard ratio, or of the rate a year one year in;
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
        _row("base_rate", of.title, of, run.draws["log_rate"][:, i])
        for i, of in enumerate(scenario.classes)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(kind: str, title: str, part, logs: np.ndarray) -> tuple:
    is_rate = kind == "base_rate"
    prior = part.rate if is_rate else part.hazard_ratio
    about = part.id if is_rate else part.name
    centre, sd = np.log(prior).mean(), np.diff(np.log(prior))[0] / SPAN
    low, high = np.exp(np.quantile(logs, INTERVAL))
    where = (
        ("class", "", "", "", part.note)
        if is_rate
        else (part.basis, ", ".join(part.claims), part.source, part.source_url, part.reason)
    )
    narrowed, shifted = logs.std() / sd, (logs.mean() - centre) / sd
    return (
        kind,
        about,
        title,
        *prior,
        low,
        np.exp(np.median(logs)),
        high,
        narrowed,
        shifted,
        *where,
    )


def arrow_title(part, scenario) -> str:
    """An effect or link by the titles of its ends."""
    titles = {one.id: one.title for one in (*scenario.drivers, *scenario.outcomes)}
    return f"{titles[part.from_]} → {titles[part.to]}"
