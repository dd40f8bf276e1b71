"""The model in sentences and tables."""

import pandas as pd

from briefing import words
from briefing.model_charts import ratio
from model.scenario import Scenario

UNMOVED = 0.9  # posterior over prior standard deviation; above it the data hardly spoke


def how_much_the_data_said(table: pd.DataFrame) -> str:
    """How many of the rows are still as their priors have them, as a sentence."""
    still = int((table["narrowed"] > UNMOVED).sum())
    if still == 0:
        return f"The data narrowed all {len(table)} of them."
    if still == len(table):
        some = f"All {still}"
    else:
        some = f"{words.capital(words.count(still))} of {words.count(len(table))}"
    return (
        f"{some} are still about as wide "
        "as their priors: the data say little of them, so what they do is judgement."
    )


def interval_alt(table: pd.DataFrame) -> str:
    said = "; ".join(
        f"{row.title} {ratio(row.prior_low)}–{ratio(row.prior_high)} became "
        f"{ratio(row.low)}–{ratio(row.high)}"
        for row in table.itertuples()
    )
    return f"Prior and posterior 90% intervals: {said}."


def intervals_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """What, Prior, Posterior, Width left, Basis, Claims, Reason, Link."""
    return pd.DataFrame(
        {
            "What": table["title"],
            "Prior (90%)": _spans(table["prior_low"], table["prior_high"]),
            "Posterior median": [ratio(value) for value in table["median"]],
            "Posterior (90%)": _spans(table["low"], table["high"]),
            "Width left": [f"{100 * share:.0f}%" for share in table["narrowed"]],
            "Basis": table["basis"],
            "Claims": table["claims"],
            "Reason": table["reason"],
            "Source": table["source_url"],
        }
    )


def claims_in_words(claims: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Claim, Says, Became, Contested: what each claim of the article became in the model."""
    titles = {one.id: one.title for one in (*scenario.drivers, *scenario.outcomes)}
    drawn = {(arrow.from_, arrow.to) for arrow in (*scenario.effects, *scenario.links)}
    why = {(arrow.from_, arrow.to): arrow.why for arrow in scenario.left_out}

    def became(row) -> str:
        start = titles.get(row["from"], row["from"])
        if not row["to"]:
            return f"evidence on {start} ({row['sign']})"
        pair = row["from"], row["to"]
        arrow = f"{start} → {titles.get(row['to'], row['to'])} ({row['sign']})"
        if pair in drawn:
            return f"{row['kind']} {arrow}"
        return f"left out: {arrow}. {why.get(pair, '')}".strip()

    rows = claims.fillna("").to_dict("records")
    return pd.DataFrame(
        {
            "Claim": [row["claim"] for row in rows],
            "About": [row["actor"] for row in rows],
            "Says": [row["says"] for row in rows],
            "Became": [became(row) for row in rows],
            "Contested": ["contested" if row["contested"] == "yes" else "" for row in rows],
        }
    )


def left_out_in_words(scenario: Scenario) -> pd.DataFrame:
    """Arrow, Why: what was considered and not drawn."""
    titles = {one.id: one.title for one in (*scenario.drivers, *scenario.outcomes)}
    return pd.DataFrame(
        {
            "Arrow": [
                f"{titles.get(a.from_, a.from_)} → {titles.get(a.to, a.to)}"
                for a in scenario.left_out
            ],
            "Why it was left out": [arrow.why for arrow in scenario.left_out],
        }
    )


def survival_in_words(found) -> pd.DataFrame:
    """Years, Cases still waiting, Fitted: a row a step of the cases' curve."""
    fitted = [
        found.fitted.iloc[(found.fitted["years"] - years).abs().argmin()]
        for years in found.seen["years"]
    ]
    return pd.DataFrame(
        {
            "Years": [f"{years:.1f}" for years in found.seen["years"]],
            "Cases still waiting": [words.percent(share) for share in found.seen["survival"]],
            "Fitted": [
                f"{words.percent(row['survival'])} ({words.span(row['low'], row['high'])})"
                for row in fitted
            ],
        }
    )


def survival_said(title: str, found, waited: float | None) -> str:
    """How many cases there are, how many ended, and where the region stands."""
    after = f" counted from year {found.entry:.2g} on" if found.entry else ""
    said = (
        f"{title}: {found.cases} cases{after}, in {found.events} of them it came about; "
        f"the others are censored."
    )
    if waited is None:
        return f"{said} No clock of the region runs on this class on the as-of date."
    return f"{said} The region stands at {waited:.1f} years."


def convergence_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Parameter, R-hat, bulk and tail effective sample size, Monte Carlo error of the mean."""
    return pd.DataFrame(
        {
            "Parameter": table["parameter"],
            "R-hat": [f"{value:.4f}" for value in table["rhat"]],
            "Bulk ESS": table["ess_bulk"].round().astype(int),
            "Tail ESS": table["ess_tail"].round().astype(int),
            "Monte Carlo error": [f"{value:.1g}" for value in table["mcse"]],
        }
    )


def arrows_alt(table: pd.DataFrame, title: str) -> str:
    said = "; ".join(f"{row.title} × {ratio(row.median)}" for row in table.itertuples())
    return f"A map of what acts on {title}, with posterior median hazard ratios: {said}."


def _spans(lows, highs) -> list[str]:
    return [f"{ratio(low)}–{ratio(high)}" for low, high in zip(lows, highs, strict=True)]
