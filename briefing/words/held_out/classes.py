"""Reference classes held out, in sentences and tables: where the model is not better, first."""

import pandas as pd

from briefing.words import numbers
from briefing.words.held_out.skill import compared, skill, sum_of
from model.scenario import Scenario

WAYS = {
    "case": "Each case left out",
    "dyad": "All cases of the same two sides left out",
    "period": "Cases begun in 1990 or later, by earlier ones",
}
RULES = {
    "kaplan_meier": "Kaplan-Meier",
    "constant": "constant hazard",
    "pooled": "one rate for all classes",
}
WHAT = (
    "Each reference case is forecast by a fit that was not given it, from the moment it came under "
    "watch, and so are three simple rules: the share of its class's other cases that still waited "
    "(Kaplan-Meier), a constant hazard of that class, and one rate of all classes together. "
    "The class's prior was written by people who knew the cases."
)
NOT_STORED = "Nothing is stored for this scenario; `python -m model held-out` makes it."
SKILL_CAPTION = (
    "Skill: how much lower the model's Brier score is than the rule's, as a share of the rule's; "
    "under 0 the rule is better. Bars: 90% intervals, by resampling pairs of sides. Cases that "
    "were lost earlier count by the inverse of the chance to be lost."
)
RELIABILITY_CAPTION = (
    "Four groups of cases, by what the model said of them. Horizontal: the mean chance said. "
    "Vertical: the share that came (Kaplan-Meier), with its 90% interval. Dashed line: as many "
    "came as was said."
)
PIT_CAPTION = (
    "For each share of chances, how many more events came below it than right chances would have "
    "put there, with a 90% interval at each point; a line that runs along 0 is right."
)
CLASSES_CAPTION = (
    "Expected: events by the cumulative hazards of the time that each case was watched, by fits "
    "without it; the interval is of a Poisson number with the events that came. D-calibration: "
    "under 0.05 the chances at the events are uneven. Log densities in nats with their standard "
    "error, above 0 the model is better. A case whose k-hat is above 0.7 cannot be left out "
    "reliably by reweighting: it is left out by a refit, and so are the cases that set the "
    "shortest building time."
)


def class_title(of: str, scenario: Scenario) -> str:
    """A class's title; `all` is every class."""
    titles = {reference.id: reference.title for reference in scenario.classes}
    return titles.get(of, "All classes")


def not_better(brier: pd.DataFrame, scenario: Scenario) -> str:
    """Where the model is not better than a rule, as sentences; of cases left out one by one.

    brier: that of `model.held_out.class_scores.brier_table`.
    """
    rows = brier[brier["way"] == "case"]
    # by the difference: where nothing came both scores are near 0, and a skill may be anything
    worse = rows[rows["better"] <= 0].sort_values("better", kind="stable")
    if worse.empty:
        return f"In none of {len(rows)} comparisons is a rule as good as the model."
    listed = "; ".join(_comparison(row, scenario) for row in worse.head(3).to_dict("records"))
    sure = int((worse["better_high"] < 0).sum())
    return (
        f"**Where the model is not better: {len(worse)} of {len(rows)} comparisons** "
        f"({_counted(rows)}). The largest differences: {listed}. In {numbers.count(sure)} of the "
        f"{len(worse)} the 90% interval of the difference lies wholly on the rule's side."
    )


def _counted(rows: pd.DataFrame) -> str:
    groups, horizons, rules = (rows[name].nunique() for name in ("class", "months", "baseline"))
    return f"{groups} groups of cases, {horizons} horizons, {rules} rules"


def _comparison(row: dict, scenario: Scenario) -> str:
    return (
        f"{class_title(row['class'], scenario)}, {row['months']} months, beside "
        f"{RULES[row['baseline']]}: Brier {row['own']:.3f} where the rule has {row['base']:.3f}"
    )


def skill_said(rows: pd.DataFrame, title: str, way: str) -> str:
    """The skill of one class over the horizons, as a sentence; rows: of `brier_table`."""
    parts = []
    for rule, series in rows.groupby("baseline", sort=False):
        ends = series.iloc[0], series.iloc[-1]
        values = ", ".join(f"{skill(end['skill'])} at {end['months']} months" for end in ends)
        parts.append(f"beside {RULES[rule]} {values}")
    return f"{title}. {WAYS[way]}: skill {'; '.join(parts)}."


def skill_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Months, Beside, Cases, Pairs of sides, Brier scores, Skill with interval: a row each."""
    return pd.DataFrame(
        {
            "Months": rows["months"],
            "Beside": rows["baseline"].map(RULES),
            "Cases": rows["cases"],
            "Pairs of sides": rows["dyads"],
            "Brier, model": [f"{value:.3f}" for value in rows["own"]],
            "Brier, rule": [f"{value:.3f}" for value in rows["base"]],
        }
        | compared(rows)
    )


def calibration_in_words(
    calibration: pd.DataFrame, density: pd.DataFrame, way: str, scenario: Scenario
) -> pd.DataFrame:
    """One row per class: cases, events that came and were expected, D-calibration, log densities.

    calibration, density: those of `model.held_out.class_scores`.
    """
    rows = calibration[calibration["way"] == way].set_index("class")
    denser = density[density["way"] == way].set_index(["baseline", "class"])
    return pd.DataFrame(
        {
            "Class": [class_title(of, scenario) for of in rows.index],
            "Cases": rows["cases"].to_list(),
            "Events": [f"{came:g}" for came in rows["came"]],
            "Expected": [f"{value:.1f}" for value in rows["expected"]],
            "90% interval of events": [
                f"{low:.1f}–{high:.1f}" for low, high in zip(rows["low"], rows["high"], strict=True)
            ],
            "D-calibration, p": [f"{p:.2f}" for p in rows["p_value"]],
            "Log density less constant hazard's": _gains(denser, "constant", rows.index),
            "less one rate for all": _gains(denser, "pooled", rows.index),
            "Worst k-hat": [f"{k:.2f}" if k == k else "–" for k in rows["khat_worst"]],
            "Refitted": rows["refitted"].to_list(),
        }
    )


def _gains(denser: pd.DataFrame, rule: str, classes: pd.Index) -> list[str]:
    rows = denser.loc[rule].loc[list(classes)]
    return [sum_of(*pair) for pair in zip(rows["better"], rows["error"], strict=True)]


def calibration_said(calibration: pd.DataFrame, way: str) -> str:
    """How many events were expected and came, and whether their chances were even: sentences."""
    row = calibration[(calibration["way"] == way) & (calibration["class"] == "all")].iloc[0]
    inside = row["low"] <= row["expected"] <= row["high"]
    verdict = "lies inside" if inside else "lies outside"
    return (
        f"{WAYS[way]}: {row['expected']:.0f} events were expected and {row['came']:g} came; "
        f"what was expected {verdict} the 90% interval of what came "
        f"({row['low']:.0f}–{row['high']:.0f}). Evenness of the chances at the events "
        f"(D-calibration): p {row['p_value']:.2f}; under 0.05 would be uneven."
    )


def reliability_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Cases, Said, Came, 90% interval: one row per group."""
    return pd.DataFrame(
        {
            "Cases": rows["cases"],
            "Said, mean": [numbers.percent(value) for value in rows["said"]],
            "Came": ["–" if v != v else numbers.percent(v) for v in rows["came"]],
            "90% interval": [
                "–" if low != low else numbers.span(low, high)
                for low, high in zip(rows["low"], rows["high"], strict=True)
            ],
        }
    )


def reliability_said(rows: pd.DataFrame, way: str, months: int) -> str:
    """How many groups have the share that came where it was said to be, as a sentence."""
    inside = int(((rows["said"] >= rows["low"]) & (rows["said"] <= rows["high"])).sum())
    asked = int(rows["came"].notna().sum())
    return (
        f"{WAYS[way]}, {months} months after entry: in {numbers.count(inside)} of "
        f"{numbers.count(asked)} groups what was said lies inside the 90% interval of what came."
    )


def pit_said(rows: pd.DataFrame, title: str, way: str) -> str:
    """How far the curve strays from even, as a sentence; rows: of `class_scores.pit_table`."""
    gap = (rows["below"] - rows["share"]).abs().max()
    return (
        f"{title}. {WAYS[way]}: the line strays from even by "
        f"{100 * gap:.0f} points at the most, over {len(rows) - 1} different chances."
    )


def pit_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Chance up to, Of the events below, 90% interval: one row per chance."""
    return pd.DataFrame(
        {
            "Chance up to": [numbers.percent(value) for value in rows["share"]],
            "Of the events below": [numbers.percent(value) for value in rows["below"]],
            "90% interval": [
                numbers.span(low, high) for low, high in zip(rows["low"], rows["high"], strict=True)
            ],
        }
    )
