"""The model in sentences and tables."""

import pandas as pd

from briefing.words import numbers
from model.scenario import YEAR_DAYS, Scenario

UNMOVED = 0.9  # posterior over prior standard deviation; above it the data hardly spoke


def how_much_the_data_said(table: pd.DataFrame) -> str:
    """How many of the rows are still as their priors have them, as a sentence."""
    still = int((table["narrowed"] > UNMOVED).sum())
    if still == 0:
        return f"The data narrowed all {len(table)} of them."
    if still == len(table):
        some = f"All {still}"
    else:
        some = f"{numbers.capital(numbers.count(still))} of {numbers.count(len(table))}"
    return (
        f"{some} are still about as wide "
        "as their priors: the data say little of them, so what they do is judgement."
    )


def interval_alt(table: pd.DataFrame) -> str:
    """What the intervals show; `table` has rows of `model.inspect.prior_posterior`."""
    said = "; ".join(
        f"{row.title} {ratio(row.prior_low)}–{ratio(row.prior_high)} became "
        f"{ratio(row.low)}–{ratio(row.high)}"
        for row in table.itertuples()
    )
    return f"Prior and posterior 90% intervals: {said}."


def intervals_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """What, Prior, Posterior median, Posterior, Width left."""
    return pd.DataFrame(
        {
            "What": table["title"],
            "Prior (90%)": _spans(table["prior_low"], table["prior_high"]),
            "Posterior median": [ratio(value) for value in table["median"]],
            "Posterior (90%)": _spans(table["low"], table["high"]),
            "Width left": [f"{100 * share:.0f}%" for share in table["narrowed"]],
        }
    )


def origins_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """What, Prior, Basis, Claims, Reason, Source: where each prior comes from."""
    return pd.DataFrame(
        {
            "What": table["title"],
            "Prior (90%)": _spans(table["prior_low"], table["prior_high"]),
            "Basis": table["basis"],
            "Claims": table["claims"],
            "Reason": table["reason"],
            "Source": table["source_url"],
        }
    )


def claims_in_words(claims: pd.DataFrame, scenario: Scenario, table: pd.DataFrame) -> pd.DataFrame:
    """Claim, Says, Contested, Became, Prior, Posterior, About: what each claim became here.

    table: that of `model.inspect.prior_posterior`. A link that takes its size from a class has no
    interval.
    """
    sizes = table[table["kind"] != "base_rate"].set_index("about")
    by_class = {link.name for link in scenario.links if link.hazard_of}
    titles = {one.id: one.title for one in (*scenario.drivers, *scenario.outcomes)}
    drawn = {(arrow.from_, arrow.to) for arrow in (*scenario.effects, *scenario.links)}

    def became(row) -> str:
        start = titles.get(row["from"], row["from"])
        if not row["to"]:
            return f"evidence on {start} ({_sign(row)})"
        pair = row["from"], row["to"]
        arrow = f"{start} → {titles.get(row['to'], _plain(row['to']))} ({_sign(row)})"
        if pair in drawn:
            return f"{row['kind']} {arrow}"
        return f"left out: {arrow}"

    rows = claims.fillna("").to_dict("records")
    about = [f"{row['from']} -> {row['to']}" for row in rows]
    return pd.DataFrame(
        {
            "Claim": [row["claim"] for row in rows],
            "Says": [row["says"] for row in rows],
            "Contested": ["contested" if row["contested"] == "yes" else "" for row in rows],
            "Became": [became(row) for row in rows],
            "Prior (90%)": _sizes(sizes, by_class, about, "prior_low", "prior_high"),
            "Posterior (90%)": _sizes(sizes, by_class, about, "low", "high", "median"),
            "About": [row["actor"] for row in rows],
        }
    )


def _plain(id: str) -> str:
    """What the scenario has no title for: its id in words."""
    return numbers.capital(id.replace("_", " "))


def left_out_in_words(scenario: Scenario) -> pd.DataFrame:
    """Arrow, Why: what was considered and not drawn."""
    titles = {one.id: one.title for one in (*scenario.drivers, *scenario.outcomes)}
    return pd.DataFrame(
        {
            "Arrow": [
                f"{titles.get(a.from_, _plain(a.from_))} → {titles.get(a.to, _plain(a.to))}"
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
            "Cases still waiting": [numbers.percent(share) for share in found.seen["survival"]],
            "Fitted": [
                f"{numbers.percent(row['survival'])} ({numbers.span(row['low'], row['high'])})"
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
    return f"{said} The region stands at {_long(waited)}."


def _long(years: float) -> str:
    """`2.9 years`; a short time in days."""
    days = round(YEAR_DAYS * years)
    if years >= 0.5:
        return f"{years:.1f} years"
    return "one day" if days == 1 else f"{days} days"


def cases_in_words(cases: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """The cases of a class, the heaviest first, with what each does to the base rate.

    cases: `Case` and more columns by the case's id. weights: that of `model.inspect.case_weight`; a
    case settled at once has no duration and no weight.
    """
    ratios = weights.set_index("case")["ratio"]
    order = [*ratios.index, *cases.index.difference(ratios.index, sort=False)]
    moved = pd.Series(order, index=order).map(ratios)
    rows = cases.loc[order]
    rows.insert(1, "Moves the base rate by", ["" if pd.isna(v) else _by(v) for v in moved])
    return rows.reset_index(drop=True)


def weights_said(cases: pd.DataFrame, weights: pd.DataFrame) -> str:
    """The cases that weigh most, as a sentence; `cases` and `weights` as for `cases_in_words`."""
    names = [
        f"{cases.at[row.case, 'Case']} ({_by(row.ratio)})" for row in weights.head(3).itertuples()
    ]
    return f"Most of all the base rate is moved by {', '.join(names[:-1])} and {names[-1]}."


def _by(ratio_of_rates: float) -> str:
    return f"{100 * (ratio_of_rates - 1):+.0f}%".replace("-", "−")


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
    """What acts on an outcome, on the map; `table` has rows of `model.inspect.prior_posterior`."""
    said = "; ".join(f"{row.title} × {ratio(row.median)}" for row in table.itertuples())
    return f"A map of what acts on {title}, with posterior median hazard ratios: {said}."


def _sign(row: dict) -> str:
    return str(row["sign"]).replace("-", "−")


def _sizes(
    sizes: pd.DataFrame, by_class: set[str], about: list[str], low: str, high: str, median: str = ""
) -> list[str]:
    """The hazard ratio of each arrow as an interval, after its median if asked; else nothing."""
    said = []
    for one in about:
        if one not in sizes.index:
            said.append("from a class" if one in by_class else "")
            continue
        row = sizes.loc[one]
        span = f"{ratio(row[low])}–{ratio(row[high])}"
        said.append(f"{ratio(row[median])} ({span})" if median else span)
    return said


def _spans(lows, highs) -> list[str]:
    return [f"{ratio(low)}–{ratio(high)}" for low, high in zip(lows, highs, strict=True)]


def ratio(value: float) -> str:
    """`1.3`, `0.85`, `0.012`: two digits, or a tenth from 10 on."""
    return f"{value:.0f}" if value >= 10 else f"{float(f'{value:.2g}'):g}"
