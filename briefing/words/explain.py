"""Sentences that explain a number: what matters most, what would flip it, what a gap is made of."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from briefing.words import assumptions, numbers, points, tables
from briefing.words.yardsticks import BANDS, ICD_203
from model.forecast.surprise import one_in
from model.scenario import Scenario

# ICD-203's last edge splits one word, so passing it would change nothing a reader sees.
EDGES = tuple(top for top, *_ in BANDS[ICD_203] if top < 0.99)


def next_edge(chance: float) -> float:
    """The next edge of ICD-203's bands above a chance, 0.05..0.95; from 95 % on it is 0.95."""
    # Half a point of room: a chance shown as 20% is not said to have 20% yet to pass.
    return next((edge for edge in EDGES[1:] if edge > chance + 0.005), EDGES[-1])


def widest(table: pd.DataFrame, title: str) -> str:
    """What moves an outcome most, as a sentence; `table` is that of `model.explain.tornado`."""
    first = table.iloc[0]
    # Not `<`: a swing of NaN, too few draws at one end, is no swing either.
    if not first["swing"] >= 0.001:
        return f"{title}: no driver moves it by a tenth of a point."
    return (
        f"{title}: {first['title']} matters most. It is {numbers.percent(first['at_low'])} with "
        f"the driver at {numbers.signed(first['low_level'])}, a usual move less, and "
        f"{numbers.percent(first['at_high'])} at {numbers.signed(first['high_level'])}, one more."
    )


def tornado_alt(table: pd.DataFrame, now: str) -> str:
    """What the tornado shows, as a text; `table` is that of `model.explain.tornado`.

    now: the chance as it stands, as it is told. Drivers without a number at both ends are left out.
    """
    bars = "; ".join(
        f"{row.title} {numbers.percent(row.at_low)} at {numbers.signed(row.low_level)}, "
        f"{numbers.percent(row.at_high)} at {numbers.signed(row.high_level)}"
        for row in table.dropna(subset=["at_low", "at_high"]).itertuples()
    )
    return f"Bars of the chance, now {now}, with one driver moved: {bars}."


def flip_point(
    table: pd.DataFrame,
    title: str,
    threshold: float,
    now: float,
    scenario: Scenario,
    as_of: date,
    levels: assumptions.Levels | None = None,
) -> str:
    """The least surprising single change past a threshold, or that there is none, as a sentence.

    table: that of `model.explain.flip_point`, the least surprising first. threshold, now: 0..1.
    levels: the drivers' on the as-of day, see `assumptions.settings`.
    """
    way = "past" if threshold > now else "under"
    reach = f"takes it {way} {numbers.percent(threshold)}"
    if table.empty:
        return (
            f"{title}: no single change {reach}, neither a driver set anywhere from −2 to +2 "
            "nor another outcome."
        )
    first = table.iloc[0]
    change = assumptions.setting(first["setting"], scenario, as_of, levels)
    return (
        f"{title}: the least surprising single change that {reach} is: {change} "
        f"({one_in(first['chance'])}). It is then {numbers.percent(first['probability'])}."
    )


def own_curves_alt(reading: Mapping) -> str:
    """What the two curves show, as a text.

    reading: a row of `tables.comparison` with its deadline.
    """
    published, own = both_readings(reading)
    by = numbers.long_date(reading["deadline"])
    what = f"Two curves of the chance of {reading['title']} over time"
    return f"{what}. By {by}: published {published}, yours {own}."


def both_readings(reading: Mapping) -> tuple[str, str]:
    """The published chance and one's own as they are told; a row of `tables.comparison`."""
    published = numbers.percent(reading["published"], reading["published_mcse"])
    if reading.get("given"):
        return published, numbers.GIVEN
    return published, numbers.percent(reading["own"], reading["own_mcse"])


def gap(title: str, ends: Mapping[str, tuple[float, float]]) -> str:
    """How far two sets are apart in one outcome, as a sentence that adds up, as its chart does.

    ends: each set's chance, 0..1, and its Monte Carlo error, by the set's name.
    """
    (first, before), (second, after) = ends.items()
    moved = after[0] - before[0]
    shown = points.waterfall(before[0], [moved], after[0], points.digit(before, after))
    ends = f"{shown.first} under {first}, {shown.last} under {second}"
    return f"{title}: {ends}, a gap of {shown.steps[0]}."


def gap_alt(table: pd.DataFrame, shown: points.Waterfall) -> str:
    """What the waterfall shows, as a text; `table` has a title per step."""
    named = zip(table["title"], shown.steps, strict=True)
    steps = "; ".join(f"{title} {step}" for title, step in named)
    return f"Steps from {shown.first} to {shown.last}, one per assumption: {steps}."


def furthest_apart(chances: pd.DataFrame) -> str:
    """Where sets differ most, as a sentence.

    chances: 0..1, one row per outcome (index: its title), one column per set; NaN for what a set
    supposes, where a difference is by decree.
    """
    chances = chances[chances.notna().sum(axis=1) > 1]
    if chances.empty:
        return "Every outcome is supposed by these sets: there is nothing to compare."
    spread = chances.max(axis=1) - chances.min(axis=1)
    if not spread.max() >= 0.001:
        return "These sets give the same forecast."
    title = spread.idxmax()
    row = chances.loc[title]
    return (
        f"They differ most on {title}: {numbers.percent(row.min())} under {row.idxmin()}, "
        f"{numbers.percent(row.max())} under {row.idxmax()}."
    )


def tornado_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Driver, Level, A usual move less and more, Swing (percentage points): a row per driver.

    table: that of `model.explain.tornado`.
    """
    return pd.DataFrame(
        {
            "Driver": table["title"],
            "Level": [numbers.signed(level) for level in table["level"]],
            "A usual move less": [
                f"{numbers.signed(row.low_level)}: {_percent(row.at_low)}"
                for row in table.itertuples()
            ],
            "A usual move more": [
                f"{numbers.signed(row.high_level)}: {_percent(row.at_high)}"
                for row in table.itertuples()
            ],
            "Swing": [_swing(row) for row in table.itertuples()],
        }
    )


def flip_points_in_words(
    table: pd.DataFrame, scenario: Scenario, as_of, levels: assumptions.Levels | None = None
) -> pd.DataFrame:
    """Change, How surprising, Chance then: one row per change that passes the threshold.

    table: that of `model.explain.flip_point`. levels: see `flip_point`.
    """
    settings = [assumptions.setting(s, scenario, as_of, levels) for s in table["setting"]]
    return pd.DataFrame(
        {
            "Change": [numbers.capital(setting) for setting in settings],
            "How surprising": [one_in(chance) for chance in table["chance"]],
            "Chance then": [numbers.percent(chance) for chance in table["probability"]],
        }
    )


def gap_in_words(table: pd.DataFrame, shown: points.Waterfall) -> pd.DataFrame:
    """Assumption, Before, After, Share of the gap (percentage points); rows of `named_gap`."""
    return pd.DataFrame(
        {
            "Assumption": table["title"],
            "Before": table["said_before"],
            "After": table["said_after"],
            "Share of the gap": list(shown.steps),
        }
    )


def named_gap(
    table: pd.DataFrame, scenario: Scenario, as_of, levels: assumptions.Levels | None = None
) -> pd.DataFrame:
    """The rows of `model.explain.attribution` with title, said_before, said_after for readers.

    levels: see `flip_point`.
    """

    def sentence(settings) -> str:
        lines = [assumptions.setting(s, scenario, as_of, levels) for s in settings or ()]
        return numbers.capital("; ".join(lines)) if lines else "as fitted"

    titles = [
        assumptions.subject((row.after or row.before)[0], scenario) for row in table.itertuples()
    ]
    return table.assign(
        title=titles,
        said_before=[sentence(settings) for settings in table["before"]],
        said_after=[sentence(settings) for settings in table["after"]],
    )


def sets_side_by_side(
    chances: pd.DataFrame, errors: pd.DataFrame, given: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Outcome, then one column per set: percentages whose digits follow the Monte Carlo error.

    chances, errors: 0..1, one row per outcome (index: its title), one column per set. given: of the
    same shape, whether a chance is certain since the set says so.
    """
    shown = chances.copy().astype(object)
    for name in chances:
        pairs = zip(chances[name], errors[name], strict=True)
        shown[name] = [numbers.percent(chance, error) for chance, error in pairs]
    columns = shown if given is None else shown.mask(given, tables.GIVEN)
    return pd.DataFrame({"Outcome": list(chances.index)} | columns.to_dict("list"))


def _percent(chance: float) -> str:
    return "too few draws" if chance != chance else numbers.percent(chance)


def _swing(row) -> str:
    if row.swing != row.swing:
        return "–"
    size = numbers.step_between((row.at_low, None), (row.at_high, None))
    return points.difference(row.swing, size).lstrip("+")


def follows(moved: pd.DataFrame) -> str:
    """What moves with the settings of drivers, as a sentence; "" where nothing does.

    moved: rows of `model.explain.follows.moved_drivers`, all of one day.
    """
    if moved.empty:
        return ""
    changes = [f"{row.title} {numbers.signed(row.change)}" for row in moved.itertuples()]
    return f"With that, by {numbers.short_date(moved['day'].iloc[0])}: {', '.join(changes)}."
