"""The walk-forward in sentences: what it is, what it missed worst, what a path shows."""

from collections.abc import Mapping

import pandas as pd

from briefing.words import numbers
from briefing.words.held_out.skill import interval, skill
from model.record.resolution import HAPPENED
from model.record.walk.forecasters import MODEL, YEAR_END
from model.record.walk.resolved import counts
from model.record.walk.stored_walk import About, WalkForward

NOT_WALKED = (
    "No walk-forward is stored for this scenario; `python -m model backtest` makes one, and goes "
    "on where it was stopped."
)
FORECASTERS = {
    MODEL: "The model",
    "class_rate": "Rate of the class",
    "own_record": "Region's own record",
    "drivers_off": "Model without drivers",
    "last_value": "Model, one date before",
    "crowd": "The crowd",
}
WHAT_THEY_ARE = (
    "Rate of the class: only the yearly rate of the outcome's reference class after its first "
    "year. Region's own record: only how often it has happened here since November 2020. Model "
    "without drivers: the same fit with every driver's effect set to zero. Model, one date before: "
    "what it had said for the same term one as-of day earlier, so without that month's news."
)
TRANSFER = (
    "The rates of the reference classes fit their own cases. Whether they hold for this region is "
    "the weakest step of the model. Said to come: the sum of the chances. If right: how many would "
    "come, in nine of ten records, if every chance were right."
)
SETS = (
    "Each set is scored like a forecaster who believes what it says, beside the model. The best "
    "stands first. Refused: forecasts for which too few draws were left to answer from."
)
CONDITIONALS = (
    "Where A happened by the deadline, the chance of B given A is scored beside the chance of B "
    "without a condition. Where A did not happen, the condition failed: such a forecast cannot be "
    "judged, and is only counted."
)
PATH_CAPTION = (
    "Line: the chance for this term, as of each day; shaded: its 90% interval. Dashes: the rate "
    "of the class. Dots: the region's own record. Filled circle: it happened by the deadline; "
    "empty circle: it did not; no circle: not decided yet. Vertical lines: the days on which it "
    "happened."
)
ABOVE = " Where the dots are missing they lie above the axis."


def walked_said(walk: WalkForward, present: str) -> str:
    """How it was made and of which version of the model; present: that of what is shown."""
    about, fits = walk.about, walk.fits
    draws = about.settings["draws"] * about.settings["chains"]
    mcse = walk.forecasts["mcse"].median()
    first, last = (numbers.long_date(day) for day in (min(fits["as_of"]), max(fits["as_of"])))
    return (
        f"{len(fits)} as-of days from {first} to {last}, each fitted only to what was known then, "
        f"with {draws:,} draws (median Monte Carlo error of a chance: {100 * mcse:.1g} points). "
        f"{_gate(fits)} {_version(about, present)}"
    )


def _gate(fits: pd.DataFrame) -> str:
    failed = fits["failures"].fillna("") != ""
    if not failed.any():
        return "All fits passed the gate."
    return (
        f"{numbers.capital(numbers.count(int(failed.sum())))} of the fits failed the gate (R-hat "
        f"up to {fits['rhat'].max():.3f}); their forecasts count like the others, and the table of "
        "fits says which they are."
    )


def _version(about: About, present: str) -> str:
    made = numbers.long_date(about.made)
    if about.version == present:
        return f"Made on {made} by the version of the model that is shown here."
    return (
        f"Made on {made} by version {about.version}. **The model shown here ({present}) is "
        "another**: code, priors or the scenario have changed since."
    )


def counted(walk: WalkForward) -> str:
    """How many forecasts came, did not, are open and void, as a sentence."""
    count = counts(walk.forecasts)
    until = numbers.long_date(walk.about.until)
    return (
        f"Of {len(walk.forecasts):,} forecasts {count[HAPPENED]:,} came by their deadline and "
        f"{count['not']:,} did not; {count['open']:,} are open, since their deadline is later than "
        f"{until}, the last day of which we know what happened; {count['void']:,} are void, since "
        "the outcome had already happened on their as-of day."
    )


def misses_said(misses: pd.DataFrame, titles: Mapping[str, str]) -> list[str]:
    """A paragraph per miss, the worst first, in Markdown; misses: of `record.walk.misses`."""
    return [_miss(row, titles[row.outcome]) for row in misses.itertuples()]


def _miss(row, title: str) -> str:
    forecast = numbers.both_sides(row.probability, row.mcse)
    day, deadline = numbers.long_date(row.as_of), numbers.long_date(row.deadline)
    came = "it did not happen"
    if row.happened:
        came = f"it happened on {numbers.long_date(pd.Timestamp(row.resolved_on))}"
    return (
        f"**{title}** by {deadline}, as of {day}: {forecast}; {came}. {_why(row)} {_alike(row)}"
    ).rstrip()


def _alike(row) -> str:
    if not row.alike:
        return ""
    many = numbers.capital(numbers.count(int(row.alike)))
    return f"{many} forecasts of the same event gave less than 50% to what came."


def _why(row) -> str:
    """What the parts of the model had said, so that one sees which of them was off."""
    drivers = "raised" if row.probability > row.drivers_off else "lowered"
    ours, without, of_class, record = (
        numbers.percent(chance, row.mcse)
        for chance in (row.probability, row.drivers_off, row.class_rate, row.own_record)
    )
    return (
        f"The rate of the class alone said {of_class}, the region's own record {record}; without "
        f"drivers the model said {without}, and the drivers {drivers} it to {ours}."
    )


def crowd_said(walk: WalkForward) -> list[str]:
    """A paragraph per question of the crowd: how it differs from ours, and what both said."""
    asked = walk.forecasts.dropna(subset=["crowd", MODEL])
    paragraphs = []
    for question in walk.about.questions:
        rows = asked[asked["outcome"] == question.outcome]
        forecasts = "; ".join(
            f"as of {numbers.long_date(row.as_of)} the crowd {numbers.percent(row.crowd)}, the "
            f"model {numbers.percent(row.probability, row.mcse)} ({_became(row)})"
            for row in rows.itertuples()
        )
        both = forecasts or "there is no as-of day here on which both were asked"
        paragraphs.append(
            f"**{numbers.as_typed(question.question)}.** {question.differs} "
            f"{numbers.capital(both)}."
        )
    return paragraphs


def _became(row) -> str:
    return {"happened": "it came", "not": "it did not come"}.get(row.resolution, "still open")


def skill_said(skills: pd.DataFrame) -> str:
    """Against which baselines the model is better, worse, or not to be told apart, misses first.

    skills: rows of one score, of all outcomes and terms together.
    """
    worse = skills[skills["skill_high"] < 0]["baseline"].map(FORECASTERS)
    better = skills[skills["skill_low"] > 0]["baseline"].map(FORECASTERS)
    verdicts = {"worse than": worse, "better than": better}
    parts = [
        f"{how} {', '.join(map(_named, names))}" for how, names in verdicts.items() if len(names)
    ]
    rest = len(skills) - len(worse) - len(better)
    if rest:
        among = f"{numbers.count(rest)} of the {numbers.count(len(skills))} rules"
        parts.append(f"not clearly different from {among}")
    return f"By the Brier score the model is {'; '.join(parts)}."


def _named(forecaster: str) -> str:
    return f"the {forecaster.lower().removeprefix('the ')}"


def never_came(table: pd.DataFrame, titles: Mapping[str, str]) -> str:
    """Which conditions never came, so that no pair of theirs has a score, as a sentence; or "".

    table: of `walk_scores.conditional_scores`.
    """
    without = table[table["met"] == 0]
    if without.empty:
        return ""
    named = ", ".join(titles.get(id, id) for id in dict.fromkeys(without["given"]))
    pairs = f"{numbers.count(len(without))} pair{'' if len(without) == 1 else 's'}"
    begin = "that begins with one has" if len(without) == 1 else "that begin with one have"
    return f"None of these happened by any of the deadlines, so {pairs} {begin} no score: {named}."


def path_alt(rows: pd.DataFrame, title: str, term: str) -> str:
    """What the path shows, as a text; rows: forecasts of one outcome and term, by as-of day."""
    asked = rows.dropna(subset=[MODEL])
    top = asked.loc[asked[MODEL].idxmax()]
    last = asked.iloc[-1]
    came = sorted(set(rows["resolved_on"].dropna()))
    days = ", ".join(numbers.long_date(pd.Timestamp(day)) for day in came) or "no day"
    return (
        f"{title}, {ahead(term)}: {numbers.percent(last[MODEL], last['mcse'])} as of "
        f"{numbers.long_date(last['as_of'])}, at most {numbers.percent(top[MODEL], top['mcse'])} "
        f"as of {numbers.long_date(top['as_of'])}. It happened on {days}."
    )


def ahead(term: str) -> str:
    """`12 months ahead`, `by year end`."""
    return "by year end" if term == YEAR_END else f"{term} ahead"


def skills_alt(skills: pd.DataFrame) -> str:
    """What the skills show, as a text; skills: rows of one score."""
    listed = "; ".join(
        f"{FORECASTERS[row.baseline]} {skill(row.skill)}, 90% interval "
        f"{interval(row.skill_low, row.skill_high)}"
        for row in skills.itertuples()
    )
    return f"Skill of the model against each rule, over 0 is better: {listed}."
