"""Rules of scenario.toml beyond its types: references, clocks, and how sure a prior may be.

Each takes the folder as text and yields one Problem per key at fault; what a rule cannot read it
passes over.
"""

import math
from collections.abc import Iterator
from datetime import date

from model.check.problem import Problem
from model.check.scenario_folder import ScenarioFolder, day, unknown
from model.evidence.collected import FIRST_AS_OF
from model.scenario import did_you_mean

NARROWEST = 1.4  # no 90 % interval narrower than x/÷ this: nothing here is known better
FARTHEST_ON_A_CLAIM = 1.7  # per unit, for the centre of what rests on the article's word alone
MOST = 1e300  # of an end: TOML can write a whole number that no float holds
ROUNDING = 1e-9  # so that 1.4 and 1.7 themselves pass, as whoever writes them expects

# Where the scenario names an id: the tables, their key, and what it may be the id of.
REFERENCES = (
    (("effect",), "from", ("driver",)),
    (("effect",), "to", ("outcome",)),
    (("influence",), "from", ("driver",)),
    (("influence",), "to", ("driver",)),
    (("link",), "from", ("outcome",)),
    (("link",), "to", ("outcome",)),
    (("link",), "hazard_of", ("class",)),
    (("left_out",), "from", ("driver", "outcome")),
    (("outcome", "clock"), "classes", ("class",)),
    (("effect",), "claims", ("claim",)),
    (("influence",), "claims", ("claim",)),
    (("link",), "claims", ("claim",)),
    (("left_out",), "claims", ("claim",)),
)


def unique_ids(folder: ScenarioFolder) -> Iterator[Problem]:
    """Outcomes, drivers, classes and switches have their own ids; no arrow is drawn twice."""
    scenario, lines = folder.scenario, {}
    for kind in ("outcome", "driver", "class", "switch"):
        for path, table in scenario.tables(kind):
            namespace = kind if kind in ("class", "switch") else "outcome or driver"
            yield from _once(folder, lines, (namespace, scenario.text(table, "id")), path, "id")
    for kind in ("effect", "influence", "link", "left_out"):
        for path, table in scenario.tables(kind):
            arrow = f"{scenario.text(table, 'from')} -> {scenario.text(table, 'to')}"
            yield from _once(folder, lines, ("arrow", arrow), path, "from")


def _once(
    folder: ScenarioFolder, lines: dict, name: tuple[str, str], path: tuple, key: str
) -> Iterator[Problem]:
    """lines: where each name stood first; this one is added to it."""
    line = folder.scenario.line((*path, key))
    earlier = lines.setdefault(name, line)
    if earlier != line:
        message = f"the {name[0]} {name[1]!r} stands in line {earlier} too"
        yield folder.scenario.problem(path, key, f"{message}; expected once; rename or drop one")


def references(folder: ScenarioFolder) -> Iterator[Problem]:
    """Every id that the scenario mentions exists."""
    scenario, claims = folder.scenario, folder.column("claims", "claim")
    for names, key, kinds in REFERENCES:
        known = claims if kinds == ("claim",) else folder.ids(*kinds)
        for path, table in scenario.tables(*names):
            yield from _unknown_words(folder, path, table, key, " or ".join(kinds), known)
    deaths, outcomes = scenario.raw.get("deaths"), folder.ids("outcome")
    if isinstance(deaths, dict):
        yield from _unknown_words(folder, ("deaths",), deaths, "outcome", "outcome", outcomes)
    for path, outcome in scenario.tables("outcome"):
        record, place = outcome.get("record"), (*path, "record")
        if isinstance(record, dict):
            yield from _unknown_words(folder, place, record, "table", "table", list(folder.tables))


def _unknown_words(
    folder: ScenarioFolder, path: tuple, table: dict, key: str, kind: str, known: list[str] | None
) -> Iterator[Problem]:
    if known is None:
        return
    scenario = folder.scenario
    words = scenario.texts(table, key) or [scenario.text(table, key)]
    for word in filter(None, words):
        if word not in known:
            yield scenario.problem(path, key, unknown(kind, word, known), word)


def left_out_targets(folder: ScenarioFolder) -> Iterator[Problem]:
    """What is left out may point beyond the outcomes, but not to a misspelled id."""
    scenario = folder.scenario
    outcomes = scenario.ids("outcome")
    for path, table in scenario.tables("left_out"):
        word = scenario.text(table, "to")
        hint = did_you_mean(word, outcomes)
        # Near an id it is a slip of the pen; like none of them, a target of its own.
        if word not in outcomes and hint.startswith("did you mean"):
            yield scenario.problem(path, "to", unknown("outcome", word, outcomes), word)


def no_arrow_to_itself(folder: ScenarioFolder) -> Iterator[Problem]:
    """No outcome is linked to itself: a link has two ids."""
    for path, table in folder.scenario.tables("link"):
        if table.get("from") == table.get("to"):
            message = f"{table.get('to')!r} is linked to itself; expected two outcomes"
            yield folder.scenario.problem(path, "to", f"{message}; correct one end")


def interval_widths(folder: ScenarioFolder) -> Iterator[Problem]:
    """No 90 % interval of a hazard ratio is narrower than x/÷1.4."""
    for path, table in _arrows(folder):
        interval = _interval(table)
        # From low to high is twice from the centre to an end: the square of 1.4 as a ratio.
        spread = math.log(interval[1]) - math.log(interval[0]) if interval else math.inf
        if spread < 2 * math.log(NARROWEST) - ROUNDING:
            half = math.exp(spread / 2)
            message = f"the interval is x/÷{half:.2f}; expected x/÷{NARROWEST} or wider"
            yield _at_interval(folder, path, f"{message}, high / low >= 1.96; widen it")


def centres_on_a_claim(folder: ScenarioFolder) -> Iterator[Problem]:
    """No centre moves further than x1.7 per unit on a claim alone."""
    for path, table in _arrows(folder):
        interval = _interval(table)
        if interval and table.get("basis") == "claim":
            # of the logs, since the product of the ends may be too large or small for a number
            centre = (math.log(interval[0]) + math.log(interval[1])) / 2
            if abs(centre) > math.log(FARTHEST_ON_A_CLAIM) + ROUNDING:
                message = f"the centre is x{math.exp(centre):.2f} on a claim alone; expected within"
                limit = f"x/÷{FARTHEST_ON_A_CLAIM}; move the interval or name a better basis"
                yield _at_interval(folder, path, f"{message} {limit}")


def contested_claims(folder: ScenarioFolder) -> Iterator[Problem]:
    """Where the article's voices disagree, the hazard ratio's 90 % interval spans 1."""
    rows = folder.rows("claims", "claim", "contested")
    contested = {claim for _, claim, answer in rows if answer == "yes"}
    for path, table in _arrows(folder):
        interval = _interval(table)
        claims = sorted(contested.intersection(folder.scenario.texts(table, "claims")))
        if interval and claims and not interval[0] < 1 < interval[1]:
            message = f"claim {claims[0]} is contested; expected an interval that spans 1"
            yield _at_interval(folder, path, f"{message}; widen or move it")


def _arrows(folder: ScenarioFolder) -> Iterator[tuple[tuple, dict]]:
    for kind in ("effect", "link"):
        yield from folder.scenario.tables(kind)


def _interval(table: dict) -> tuple[float, float] | None:
    """The hazard ratio's ends where they are in order (the schema reports where not)."""
    match table.get("hazard_ratio"):
        case [int() | float() as low, int() | float() as high] if 0 < low < high < MOST:
            return float(low), float(high)


def _at_interval(folder: ScenarioFolder, path: tuple, message: str) -> Problem:
    return folder.scenario.problem(path, "hazard_ratio", message)


def clocks(folder: ScenarioFolder) -> Iterator[Problem]:
    """Each outcome's first clock is known by the first as-of day, none before its own day."""
    scenario = folder.scenario
    for path, _ in scenario.tables("outcome"):
        known = []
        for place, clock in scenario.tables("outcome", "clock"):
            if place[:2] != path or "switch" in clock:
                continue  # a clock of a switch has its days from there
            began, learned = clock.get("date"), clock.get("known_on", clock.get("date"))
            # As text: TOML has read a date, or anything else, which the types report.
            known.append(day(str(learned)))
            if day(str(began)) and known[-1] and known[-1] < day(str(began)):
                message = f"known on {learned}, before {began}; expected that day or later"
                yield scenario.problem(place, "known_on", f"{message}; correct one of the two")
        if None not in known and min(known, default=date.max) > FIRST_AS_OF:
            message = f"no clock is known by {FIRST_AS_OF}, the first as-of date"
            yield scenario.problem(path, "clock", f"{message}; expected one; add an earlier clock")


def as_of_within_evidence(folder: ScenarioFolder) -> Iterator[Problem]:
    """The default as-of day lies between the first allowed and the last that is collected."""
    default = day(str(folder.scenario.raw.get("default_as_of")))
    last = folder.as_of_days()[-1]
    if default and last > FIRST_AS_OF and not FIRST_AS_OF <= default <= last:
        message = f"{default} is outside the evidence; expected {FIRST_AS_OF} to {last}"
        yield folder.scenario.problem((), "default_as_of", f"{message}; choose such a day")


def clocks_that_can_run(folder: ScenarioFolder) -> Iterator[Problem]:
    """A clock has the ids of one class that waits, and of at most one that must be built."""
    scenario = folder.scenario
    built = {scenario.text(t, "id") for _, t in scenario.tables("class") if "gate_share" in t}
    for path, clock in scenario.tables("outcome", "clock"):
        classes = scenario.texts(clock, "classes")
        building = sum(of in built for of in classes)
        if len(classes) - building != 1 or building > 1:
            message = f"{len(classes) - building} classes wait and {building} are built"
            expected = "expected one that waits and at most one that is built (`gate_share`)"
            yield scenario.problem(path, "classes", f"{message}; {expected}; correct the list")


def typical_levels_of_drivers_that_act(folder: ScenarioFolder) -> Iterator[Problem]:
    """A clock's typical levels are of drivers that have an effect on its outcome."""
    scenario = folder.scenario
    arrows = [
        (scenario.text(t, "from"), scenario.text(t, "to")) for _, t in scenario.tables("effect")
    ]
    outcomes = {path: scenario.text(table, "id") for path, table in scenario.tables("outcome")}
    if not {end for _, end in arrows} <= set(outcomes.values()):
        return  # a misspelled outcome is told where it stands, and once is enough
    for path, clock in scenario.tables("outcome", "clock"):
        acting = [start for start, end in arrows if end == outcomes.get(path[:2])]
        typical = clock.get("typical")
        for driver in typical if isinstance(typical, dict) else ():
            if driver not in acting:
                message = unknown("driver with an effect on this outcome", driver, acting)
                yield scenario.problem(path, "typical", message)


def constant_hazards_for_links(folder: ScenarioFolder) -> Iterator[Problem]:
    """A link may take its size from a class only if that class's hazard, per year, is constant."""
    scenario = folder.scenario
    durations = [t for _, t in scenario.tables("class") if t.get("kind") == "duration"]
    clocked = {scenario.text(duration, "id") for duration in durations}
    for path, link in scenario.tables("link"):
        hazard_of = scenario.text(link, "hazard_of")
        if hazard_of and hazard_of in clocked:
            message = f"{hazard_of!r} is a duration class, its hazard changes with time"
            yield scenario.problem(path, "hazard_of", f"{message}; expected a rate or a judgement")


def repeated_outcomes_fade(folder: ScenarioFolder) -> Iterator[Problem]:
    """What can happen again must have links that fade, with a half-life in days.

    Its record is read from the table of clashes.
    """
    scenario = folder.scenario
    for path, outcome in scenario.tables("outcome"):
        if outcome.get("happens_again") and "link_half_life_days" not in outcome:
            message = "an outcome that happens again needs links that fade"
            what = "expected link_half_life_days; add it"
            yield scenario.problem(path, "happens_again", f"{message}; {what}")
        record = outcome.get("record")
        if isinstance(record, dict) and record.get("table") != "border_clashes":
            message = f"a record is counted from border_clashes only, not {record.get('table')!r}"
            yield scenario.problem((*path, "record"), "table", f"{message}; correct the table")


SCENARIO_RULES = (
    unique_ids,
    references,
    left_out_targets,
    no_arrow_to_itself,
    interval_widths,
    centres_on_a_claim,
    contested_claims,
    clocks,
    as_of_within_evidence,
    clocks_that_can_run,
    typical_levels_of_drivers_that_act,
    constant_hazards_for_links,
    repeated_outcomes_fade,
)
