"""Sentences about numbers: percentages, both sides, likelihood words, dates, names, alt texts.

Probabilities are 0..1. `mcse` is a probability's Monte Carlo error: it decides how many digits
are shown. A likelihood word always carries its range.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from briefing.words.yardsticks import ICD_203, judgement
from model.scenario.plain_text import one_line

GIVEN = "assumed"  # in place of a chance: it is supposed, not forecast
STEPS = (0.1, 1.0, 5.0, 10.0)
NUMBER_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def step(probability: float, mcse: float | None = None) -> float:
    """The last digit's size, in percentage points: never finer than twice the Monte Carlo error.

    Tenths are kept for the first and last ten percent; an unknown error allows whole points.
    """
    error = 0.5 if mcse is None or math.isnan(mcse) else 100 * mcse
    size = next((size for size in STEPS if 2 * error <= size + 1e-9), STEPS[-1])
    # From where a tenth would round to 10.0% or 90.0%, inwards, whole points are shown.
    in_the_middle = 0.0995 <= probability <= 0.9005
    return 1.0 if size < 1 and in_the_middle else size


def step_between(*ends: tuple[float, float | None]) -> float:
    """The size of a change's last digit, in points: the coarsest of the chances that it joins.

    ends: each a chance and its Monte Carlo error. A finer digit would join ends that look alike.
    """
    return max(step(probability, mcse) for probability, mcse in ends)


def percent(probability: float, mcse: float | None = None) -> str:
    """`6%`, `1.2%`, `<1%`, `>99%`; `about 5%` where the Monte Carlo error allows no more."""
    size, share = step(probability, mcse), 100 * probability
    if share < size:
        return f"<{size:g}%"
    if share > 100 - size:
        return f">{100 - size:g}%"
    number = _nearest(share, size)
    return f"{'about ' if size > 1 else ''}{number:.{1 if size < 1 else 0}f}%"


def told(row: Mapping) -> str:
    """An outcome's chance as `percent` has it; `assumed` where a set says so, by its `given`."""
    return GIVEN if row.get("given") else percent(row["probability"], row["mcse"])


def frequency(probability: float, mcse: float | None = None) -> str:
    """`6 in 100`; at the ends `fewer than 1 in 100` and `more than 99 in 100`."""
    size = max(1.0, step(probability, mcse))
    if 100 * probability < size:
        return f"fewer than {size:g} in 100"
    if 100 * probability > 100 - size:
        return f"more than {100 - size:g} in 100"
    return f"{'about ' if size > 1 else ''}{_nearest(100 * probability, size):g} in 100"


def both_sides(probability: float, mcse: float | None = None) -> str:
    """A probability 0..1 as text for and against: `6 in 100 for, 94 in 100 against`."""
    size = max(1.0, step(probability, mcse))
    # The far side is 100 less the near one as shown, so that a half cannot round up twice.
    shown = _nearest(100 * probability, size) / 100
    inside = size <= 100 * probability <= 100 - size
    against = 1 - (shown if inside else probability)
    return f"{frequency(probability, mcse)} for, {frequency(round(against, 9), mcse)} against"


def interval(low: float, high: float, mcse: float | None = None) -> str:
    """`90% interval 1–16%`."""
    return f"90% interval {span(low, high, mcse)}"


def span(low: float, high: float, mcse: float | None = None) -> str:
    """`1–16%`; ends under one percent get a tenth where `mcse` allows it."""
    tenths = step(0.0, mcse) < 1
    ends = list(dict.fromkeys([_end(low, tenths), _end(high, tenths)]))
    return f"{'–'.join(ends)}%"


def headline(verb: str, row: Mapping, as_of: date, yardstick: str = ICD_203) -> str:
    """One sentence on one outcome; `row` is a row of the outcomes table, `verb` the outcome's.

    An outcome that happened before the as-of date is said to have happened.
    """
    if is_settled(row):
        return f"As of {long_date(as_of)}: {row['title']} has already happened ({settled(row)})."
    return (
        f"As of {long_date(as_of)}, {judgement(verb, row['probability'], yardstick)} "
        f"by {long_date(row['deadline'])}: {both_sides(row['probability'], row['mcse'])}."
    )


def likeliest(row: Mapping) -> str:
    """The likeliest joint scenario, as a sentence; `row` is the first of `tables.scenarios`."""
    name = row["name"]
    name = f"none{name[4:]} outcomes" if name.startswith("None of") else name
    return f"The likeliest future, at {percent(row['probability'], row['mcse'])}: {name}."


def supposed(row: Mapping) -> str:
    """An outcome that is certain since a set says so, as a sentence; row: of the outcomes table."""
    happens = "" if row["probability"] > 0.5 else "not "
    by = long_date(row["deadline"])
    return f"{row['title']}: assumed {happens}to have happened by {by}, which is no forecast."


def own_view(
    verb: str,
    published: Mapping,
    own: Mapping,
    yardstick: str = ICD_203,
    is_supposed: bool = False,
) -> str:
    """The user's forecast of one outcome beside the published one, as a sentence.

    verb: the outcome's. published, own: its rows of the two outcomes tables. is_supposed: whether
    the user's is certain since their set says so.
    """
    if is_settled(own):
        return f"{own['title']} has already happened ({settled(own)})."
    if is_supposed:
        return (
            f"{supposed(own)} Published: {both_sides(published['probability'], published['mcse'])}."
        )
    sentence = judgement(verb, own["probability"], yardstick)
    return (
        f"In your view {sentence} by {long_date(own['deadline'])}: "
        f"{both_sides(own['probability'], own['mcse'])}; "
        f"published, {both_sides(published['probability'], published['mcse'])}."
    )


def is_settled(row: Mapping) -> bool:
    """Whether the outcome happened before the as-of date (`settled_on` is a date, not NaT)."""
    day = row["settled_on"]
    # NaT is unequal to itself; a row built by hand has None.
    return day is not None and day == day


def settled(row: Mapping) -> str:
    """When an outcome happened, as "on 12 June 2024"."""
    return f"on {long_date(row['settled_on'])}"


def signed(level: float) -> str:
    """`+0.4`, `−1.5`, `0.0`: a driver's level to a tenth, with a real minus sign."""
    rounded = round(level, 1) + 0.0
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


def monthly(added: float, digits: int = 3) -> str:
    """`+0.02`, `−0.035`, `0`: what an influence adds in a month, with a real minus sign."""
    rounded = float(f"{added:.{digits - 1}e}")
    return f"{rounded:+g}".replace("-", "−") if rounded else "0"


def expected(low: float, high: float) -> str:
    """Where 90 % of futures have a driver half a year on, as a sentence; both in -2..2."""
    return f"Expected half a year on: {signed(low)} to {signed(high)} (90%)."


def change_of_level(now: float, level: float) -> str:
    """`up 1.9 from −0.9 now` of a level, in tenths that add up; both in -2..2."""
    now, level = round(now, 1), round(level, 1)
    way = "down" if level < now else "up"
    return f"{way} {abs(level - now):.1f} from {signed(now)} now"


def nearest_level(level: float) -> int:
    """The described level nearest to `level`, -2..2; halfway goes away from neutral."""
    # Not `round`, which takes a half to the even number: 0.5 to 0, and 1.5 to 2.
    return int(math.copysign(min(2, math.floor(abs(level) + 0.5)), level))


def level_sentence(levels: Sequence[str], level: float) -> str:
    """The sentence of the nearest described level; `levels` are the driver's five, -2 first."""
    return levels[nearest_level(level) + 2]


def scenario_name(happened: Iterable[str], titles: Mapping[str, str]) -> str:
    """`None of the six`, `Peace treaty only`, `Peace treaty + Corridor open`.

    happened: ids of outcomes. titles: by id, of the outcomes still open, in order; others in
    `happened` are not named.
    """
    ids = set(happened)
    named = [title for outcome, title in titles.items() if outcome in ids]
    if not named:
        return f"None of the {count(len(titles))}" if len(titles) > 1 else "It does not happen"
    if len(named) == 1:
        return f"{named[0]} only"
    return f"All {count(len(named))}" if len(named) == len(titles) else " + ".join(named)


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def as_typed(text: str) -> str:
    """The text as one line, Markdown's signs escaped: nobody's text becomes markup."""
    escaped = re.sub(r"([\\`*_\[\]$~<>:#!|&@^])", r"\\\1", one_line(text))
    # An address without a scheme would become a link, and some signs start a list or a heading.
    escaped = re.sub(r"(?i)\b(www)\.", r"\1\\.", escaped)
    return re.sub(r"^([-+=]|\d+(?=[.)]))", _escaped_start, escaped)


def as_typed_lines(text: str) -> str:
    """`as_typed` line by line, such as one per fault, each on a line of its own."""
    return "  \n".join(map(as_typed, text.splitlines()))


def _escaped_start(start: re.Match) -> str:
    return f"{start[0]}\\" if start[0].isdigit() else f"\\{start[0]}"


def count(number: int) -> str:
    """A number below ten in words, `none` to `nine`; a larger one in digits."""
    return NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else str(number)


def long_date(day: date) -> str:
    """`31 December 2023`."""
    return f"{day.day} {day:%B %Y}"


def short_date(day: date) -> str:
    """`31 Dec 2023`."""
    return f"{day.day} {day:%b %Y}"


def curves_alt(readings: Sequence[Mapping]) -> str:
    """What the probability curves show, as a text; `readings` are rows of the outcomes table."""
    deadline = long_date(readings[0]["deadline"])
    listed = "; ".join(
        f"{row['title']} {told(row)}"
        + ("" if row.get("given") else f", {interval(row['low'], row['high'], row['mcse'])}")
        for row in readings
    )
    what = "Curves of the chance that each outcome has happened by a date."
    return f"{what} By {deadline}: {listed}."


def dots_alt(row: Mapping) -> str:
    """What the hundred dots show, as a text; `row` is a row of the outcomes table."""
    if row.get("given"):
        return supposed(row)
    return f"{row['title']}: {frequency(row['probability'], row['mcse'])} dots are filled."


def scenarios_alt(rows: Sequence[Mapping]) -> str:
    """What the bars show, as a text; `rows` are rows of `tables.scenarios`."""
    listed = "; ".join(f"{row['name']} {percent(row['probability'], row['mcse'])}" for row in rows)
    return f"Bars of the joint scenarios, likeliest first: {listed}."


def comparison_alt(rows: Sequence[Mapping], beside: str = "yours") -> str:
    """What the dumbbell shows, as a text; `rows` are rows of `tables.comparison`.

    beside: what the forecast beside the published one is called.
    """
    listed = "; ".join(
        f"{row['title']} from {percent(row['published'], row['published_mcse'])} "
        f"to {GIVEN if row.get('given') else percent(row['own'], row['own_mcse'])}"
        for row in rows
    )
    return f"The chance of each outcome, published and {beside}: {listed}."


def _nearest(share: float, size: float) -> float:
    """Half up, as readers expect; the nudge undoes binary fractions such as 6.4999999."""
    return math.floor(share / size + 0.5 + 1e-9) * size


def _end(probability: float, tenths: bool) -> str:
    share = 100 * probability
    if tenths and share < 1:
        return f"{_nearest(share, 0.1):g}" if share >= 0.1 else "<0.1"
    if share < 1:
        return "<1"
    return ">99" if share > 99 else f"{_nearest(share, 1.0):g}"
