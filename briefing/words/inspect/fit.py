"""The model in sentences and tables: intervals, origins of priors, claims, convergence."""

from collections.abc import Mapping

import pandas as pd

from briefing.words import numbers
from model.inspect.driver_coverage import ALL, SHARE
from model.scenario import Scenario

POOLED = "All drivers"
RECORD_TOO_SHORT = "The record up to this day is too short to ask it what came."
PIT_CAPTION = (
    "A bar: the share of what came that had so many of its futures below it, all drivers and as-of "
    "days together. Grey: where nine of ten worlds made by the model put it, were the futures "
    "right. Tall in the middle: the futures are too wide; tall at the ends: too narrow."
)
LINEAR = ("centre", "influence")  # kinds of levels, with a sign; others are ratios and rates
UNMOVED = 0.9  # posterior over prior standard deviation; above it the data hardly spoke


def how_much_the_data_said(table: pd.DataFrame) -> str:
    """How many of the rows are still as their priors have them, as a sentence.

    table: rows of `model.inspect.prior_posterior`.
    """
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
    """What the intervals show, as a text; `table` has rows of `model.inspect.prior_posterior`."""
    rows = "; ".join(
        f"{row.title} {span(row.kind, row.prior_low, row.prior_high)} became "
        f"{span(row.kind, row.low, row.high)}"
        for row in table.itertuples()
    )
    return f"Prior and posterior 90% intervals: {rows}."


def intervals_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """What, Prior, Posterior median, Posterior, Width left (percent of the prior's).

    One row per row of `table`, which is of `model.inspect.prior_posterior`.
    """
    return pd.DataFrame(
        {
            "What": table["title"],
            "Prior (90%)": _spans(table, "prior_low", "prior_high"),
            "Posterior median": [size(row.kind, row.median) for row in table.itertuples()],
            "Posterior (90%)": _spans(table, "low", "high"),
            "Width left": [f"{100 * share:.0f}%" for share in table["narrowed"]],
        }
    )


def origins_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """What, Prior, Basis, Claims, Reason, Source (an address): where each prior comes from.

    One row per row of `table`, which is of `model.inspect.prior_posterior`.
    """
    return pd.DataFrame(
        {
            "What": table["title"],
            "Prior (90%)": _spans(table, "prior_low", "prior_high"),
            "Basis": table["basis"],
            "Claims": table["claims"],
            "Reason": table["reason"],
            "Source": table["source_url"],
        }
    )


def claims_in_words(claims: pd.DataFrame, scenario: Scenario, table: pd.DataFrame) -> pd.DataFrame:
    """Claim, Says, Contested, Became, Prior, Posterior, About: what each claim became here.

    claims: rows of `claims.csv`. table: that of `model.inspect.prior_posterior`. A link that takes
    its size from a class has no interval.
    """
    sizes = table[table["kind"].isin(["effect", "link"])].set_index("about")
    by_class = {link.name for link in scenario.links if link.hazard_of}
    titles = {node.id: node.title for node in (*scenario.drivers, *scenario.outcomes)}
    drawn = {arrow.name for arrow in (*scenario.effects, *scenario.links)}

    def became(row) -> str:
        start = titles.get(row["from"], row["from"])
        if not row["to"]:
            return f"evidence on {start} ({_sign(row)})"
        arrow = f"{start} → {titles.get(row['to'], _plain(row['to']))} ({_sign(row)})"
        if _arrow_name(row) in drawn:
            return f"{row['kind']} {arrow}"
        return f"left out: {arrow}"

    rows = claims.fillna("").to_dict("records")
    about = [_arrow_name(row) for row in rows]
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


def _arrow_name(claim: Mapping) -> str:
    """What the scenario calls the arrow that a claim speaks of."""
    return f"{claim['from']} -> {claim['to']}"


def _plain(id: str) -> str:
    """What the scenario has no title for: its id in words."""
    return numbers.capital(id.replace("_", " "))


def left_out_in_words(scenario: Scenario) -> pd.DataFrame:
    """Arrow, Why it was left out: one row per arrow that was considered and not drawn."""
    titles = {node.id: node.title for node in (*scenario.drivers, *scenario.outcomes)}
    return pd.DataFrame(
        {
            "Arrow": [
                " → ".join(titles.get(id, _plain(id)) for id in (arrow.from_, arrow.to))
                for arrow in scenario.left_out
            ],
            "Why it was left out": [arrow.why for arrow in scenario.left_out],
        }
    )


def convergence_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Parameter, R-hat, bulk and tail effective sample size, Monte Carlo error of the mean.

    One row per parameter, as in `table`, which is that of `model.inspect.convergence`.
    """
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
    """What acts on an outcome, on the map, as a text.

    table: rows of `model.inspect.prior_posterior`.
    """
    arrows = "; ".join(f"{row.title} {arrow_size(row)}" for row in table.itertuples())
    return f"A map of what acts on {title}, with posterior medians: {arrows}."


def arrow_size(row) -> str:
    """`× 1.3` of an effect or a link, `+0.03 a month` of an influence; a row of the same table."""
    if row.kind == "influence":
        return f"{size(row.kind, row.median)} a month"
    return f"× {ratio(row.median)}"


def _sign(row: dict) -> str:
    return str(row["sign"]).replace("-", "−")


def _sizes(
    sizes: pd.DataFrame,
    by_class: set[str],
    arrows: list[str],
    low: str,
    high: str,
    median: str = "",
) -> list[str]:
    """The hazard ratio of each arrow as an interval, after its median if asked; else nothing."""
    texts = []
    for arrow in arrows:
        if arrow not in sizes.index:
            texts.append("from a class" if arrow in by_class else "")
            continue
        row = sizes.loc[arrow]
        span = f"{ratio(row[low])}–{ratio(row[high])}"
        texts.append(f"{ratio(row[median])} ({span})" if median else span)
    return texts


def _spans(table: pd.DataFrame, low: str, high: str) -> list[str]:
    return [span(*row) for row in zip(table["kind"], table[low], table[high], strict=True)]


def span(kind: str, low: float, high: float) -> str:
    """An interval of `model.inspect.prior_posterior` as text: `0.8–1.6`, of levels `−0.2 to +1`."""
    between = " to " if kind in LINEAR else "–"
    return f"{size(kind, low)}{between}{size(kind, high)}"


def size(kind: str, value: float) -> str:
    """A driver's level, or an influence's levels per month, with a sign; else a ratio or a rate."""
    if kind == "influence":
        return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0.00"
    return numbers.signed(value) if kind == "centre" else ratio(value)


def ratio(value: float) -> str:
    """A hazard ratio or a rate as text: `1.3`, `0.85`, `0.012`: two digits; from 10 on, whole."""
    # By way of a float: `.2g` alone writes 9.96 as 1e+01.
    return f"{value:.0f}" if value >= 10 else f"{float(f'{value:.2g}'):g}"


def futures_said(coverage: pd.DataFrame) -> str:
    """The pooled shares, the drivers' spread and what chance gives, as sentences.

    coverage: rows of `model.inspect.driver_coverage.driver_coverage`.
    """
    pooled, single = coverage[coverage["driver"] == ALL], coverage[coverage["driver"] != ALL]
    shares = ", ".join(f"{row.inside:.0%} {row.months} months ahead" for row in pooled.itertuples())
    inside = single["inside"].between(single["by_chance_low"], single["by_chance_high"])
    return (
        f"From the first of each month the record is asked what came: it lay inside the "
        f"{SHARE:.0%} band in {shares}, all drivers together. By driver the share goes from "
        f"{single['inside'].min():.0%} to {single['inside'].max():.0%}. The days overlap, so there "
        "are far fewer independent trials than days, and even of futures that are right the share "
        "strays far: in brackets, where it lies in nine of ten worlds made by the model. "
        f"{numbers.capital(numbers.count(int(inside.sum())))} of the {len(single)} shares of "
        "single drivers lie there."
    )


def futures_in_words(coverage: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Driver, then a column of shares for each horizon; all drivers together come last.

    titles: driver's id -> title.
    """
    named = coverage.assign(
        Driver=coverage["driver"].map(dict(titles) | {ALL: POOLED}),
        column=[f"{row.months} months ({row.days} days)" for row in coverage.itertuples()],
        share=[_beside_chance(row, row.inside) for row in coverage.itertuples()],
    )
    columns, order = named["column"].unique(), [*titles.values(), POOLED]
    wide = named.pivot(index="Driver", columns="column", values="share")
    return wide.loc[[title for title in order if title in wide.index], columns].reset_index()


def pits_said(tenths: pd.DataFrame) -> str:
    """How many tenths stray beyond chance, and which holds most, as sentences.

    tenths: rows of `model.inspect.driver_coverage.pit_tenths`.
    """
    outside = ~tenths["share"].between(tenths["by_chance_low"], tenths["by_chance_high"])
    most = tenths.loc[tenths["share"].idxmax()]
    return (
        "What came, by how many of its futures lay below it: each tenth would hold 10% if the "
        f"futures were right. {numbers.capital(numbers.count(int(outside.sum())))} of "
        f"{len(tenths)} shares lie beyond what chance gives in nine of ten worlds; the largest is "
        f"{most['share']:.0%}, {int(most['months'])} months ahead."
    )


def pits_in_words(tenths: pd.DataFrame) -> pd.DataFrame:
    """Futures below what came, then a column of shares for each horizon."""
    named = tenths.assign(
        tenth=[f"{low:.0%} to {low + 0.1:.0%}" for low in tenths["low"]],
        column=[f"{months} months" for months in tenths["months"]],
        share=[_beside_chance(row, row.share) for row in tenths.itertuples()],
    )
    wide = named.pivot(index="tenth", columns="column", values="share")
    wide = wide.loc[named["tenth"].unique(), named["column"].unique()]
    return wide.rename_axis(index="Futures below what came", columns=None).reset_index()


def _beside_chance(row, share: float) -> str:
    return f"{share:.0%} ({row.by_chance_low:.0%} to {row.by_chance_high:.0%})"
