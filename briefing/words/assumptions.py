"""Assumptions in words: each setting as a line, what it is about, what the verbs mean."""

from collections.abc import Mapping
from datetime import date

from briefing.words import evidence, numbers
from model.assumptions import (
    AddedEvent,
    Assumptions,
    Belief,
    DriverAssumption,
    LeftOut,
    OutcomeAssumption,
    SwitchAssumption,
)
from model.scenario import Scenario

Levels = Mapping[str, float]

# A file's verbs as everybody reads them: what is done, and what it means.
VERBS = {
    "make": ("Bring it about", "its causes stay as they are"),
    "assume": ("Learn it", "what goes with it moves too"),
}
CHANGE = ("Change the model", "suppose another effect, base rate or hazard, or other evidence")
# Sources that are no one country's, as `sources.csv` has them.
MEDIA = {
    "several": "sources of several countries",
    "unknown": "sources whose country is not known",
    # of the countries in the tables those that English names with an article
    "Netherlands": "the media of the Netherlands",
    "United Kingdom": "the media of the United Kingdom",
    "United States": "the media of the United States",
}
# What can be supposed of an outcome: (verb, how its day counts, does it happen).
SUPPOSED = {
    ("assume", "by", True): "Learn that it has happened by",
    ("assume", "on", True): "Learn that it happens on",
    ("assume", "by", False): "Learn that it has not happened by",
    ("make", "on", True): "Bring it about on",
    ("make", "by", False): "Prevent it until",
}
CLAUSES = {  # the same, with a place for the outcome's title
    ("assume", "by", True): "learn that {} has happened by",
    ("assume", "on", True): "learn that {} happens on",
    ("assume", "by", False): "learn that {} has not happened by",
    ("make", "on", True): "bring about {} on",
    ("make", "by", False): "prevent {} until",
}


def supposed(assumed: OutcomeAssumption) -> tuple[str, str, bool]:
    """The key of `SUPPOSED`: verb, `on` or `by`, whether it happens.

    To bring about *by* a day is to bring about *on* it.
    """
    on = assumed.on is not None or (assumed.verb == "make" and assumed.happens)
    return assumed.verb, "on" if on else "by", assumed.happens


def settings(
    assumptions: Assumptions, scenario: Scenario, as_of: date, now: Levels | None = None
) -> list[str]:
    """One line per setting, as text without a full stop, in the order of `parts`.

    now: each driver's level on the as-of day, -2..2; with it a level says how far it is from there.
    """
    return [setting(assumption, scenario, as_of, now) for assumption in parts(assumptions)]


def parts(assumptions: Assumptions) -> list:
    """Every setting as one list: drivers, outcomes, beliefs, what is left out, what is added."""
    return [
        *assumptions.drivers,
        *assumptions.outcomes,
        *assumptions.switches,
        *assumptions.beliefs,
        *assumptions.left_out,
        *assumptions.events,
    ]


def setting(assumption, scenario: Scenario, as_of: date, now: Levels | None = None) -> str:
    """One setting as a line without a full stop; levels count from `as_of` on. now: as above."""
    if isinstance(assumption, DriverAssumption):
        return _driver(assumption, scenario, as_of, now or {})
    say = {
        OutcomeAssumption: _outcome,
        SwitchAssumption: _switch,
        Belief: _belief,
        LeftOut: _left_out,
        AddedEvent: _added,
    }
    return say[type(assumption)](assumption, scenario, as_of)


def _driver(driver: DriverAssumption, scenario: Scenario, as_of: date, now: Levels) -> str:
    shown = [
        (numbers.signed(level), f"from {numbers.short_date(day)}")
        for day, level in driver.levels(as_of)
    ]
    title, end = title_of(scenario.drivers, driver.id), ""
    verb = f"learn that {title} is" if driver.verb == "assume" else f"bring {title} to"
    if driver.id in now:
        first = driver.levels(as_of)[0][1]
        beside = f" ({numbers.change_of_level(now[driver.id], first)})"
        if round(now[driver.id], 1) == round(first, 1):
            verb = f"learn that {title} is still" if driver.verb == "assume" else f"keep {title}"
            verb, beside = f"{verb} at", ", where it stands now,"
        shown[0] = f"{shown[0][0]}{beside}", shown[0][1]
    levels = ", then ".join(" ".join(parts) for parts in shown)
    if driver.until:
        end = f" until {numbers.short_date(driver.until)}, then as the model expects"
    return f"{verb} {levels}{end}"


def _outcome(outcome: OutcomeAssumption, scenario: Scenario, as_of: date) -> str:
    clause = CLAUSES[supposed(outcome)].format(title_of(scenario.outcomes, outcome.id))
    return f"{clause} {numbers.short_date(outcome.day)}"


def _switch(switch: SwitchAssumption, scenario: Scenario, as_of: date) -> str:
    way = "on" if switch.on else "off"
    end = f" until {numbers.short_date(switch.until)}, then as it was" if switch.until else ""
    title = title_of(scenario.switches, switch.id)
    return f"turn {way} “{title}” from {numbers.short_date(switch.from_ or as_of)}{end}"


def _belief(belief: Belief, scenario: Scenario, as_of: date) -> str:
    if belief.factor is not None:
        title = title_of(scenario.outcomes, belief.outcome)
        return f"change the model: hazard of {title} × {belief.factor:g}"
    low, high = belief.interval
    if belief.influence:
        ends = f"{numbers.monthly(low)} to {numbers.monthly(high)} points a month (90% interval)"
        return f"change the model: {about(belief, scenario)} {ends}"
    unit = "a year" if belief.base_rate else "times"
    return f"change the model: {about(belief, scenario)} {low:g} to {high:g} {unit} (90% interval)"


def subject(assumption, scenario: Scenario) -> str:
    """What a setting is about, without its value, as a text with a capital."""
    if isinstance(assumption, DriverAssumption):
        return title_of(scenario.drivers, assumption.id)
    if isinstance(assumption, OutcomeAssumption):
        return title_of(scenario.outcomes, assumption.id)
    if isinstance(assumption, SwitchAssumption):
        return title_of(scenario.switches, assumption.id)
    if isinstance(assumption, Belief):
        return numbers.capital(about(assumption, scenario))
    if isinstance(assumption, AddedEvent):
        return f"What-if event: {assumption.what}"
    # Nothing that is left out has a day, so none is needed to name it.
    return numbers.capital(_left_out(assumption, scenario, None))


def about(belief: Belief, scenario: Scenario) -> str:
    """What a belief is about, as text by the scenario's titles: `effect Talks → Peace treaty`."""
    if belief.base_rate:
        return f"base rate of {title_of(scenario.classes, belief.base_rate)}"
    if belief.outcome:
        return f"hazard of {title_of(scenario.outcomes, belief.outcome)}"
    return f"{belief.kind} {arrow(belief.about, scenario)}"


def arrow(name: str, scenario: Scenario) -> str:
    """`from -> to` by their titles, as the text `Talks → Peace treaty`."""
    both = [*scenario.drivers, *scenario.outcomes]
    return " → ".join(title_of(both, id) for id in name.split(" -> "))


def _left_out(left_out: LeftOut, scenario: Scenario, as_of: date) -> str:
    kind, named = next((k, v) for k, v in left_out.model_dump().items() if v)
    if kind == "driver":
        return f"leave out what was coded to {title_of(scenario.drivers, named)}"
    if kind == "country":
        return f"leave out {MEDIA.get(named, f'the media of {named}')}"
    return f"leave out {'reference case' if kind == 'case' else kind} {named}"


def _added(event: AddedEvent, scenario: Scenario, as_of: date) -> str:
    return (
        f"add the event “{event.what}” of {numbers.short_date(event.date)}: "
        f"{title_of(scenario.drivers, event.driver)} {evidence.strength(event.strength)}"
    )


def title_of(among, id: str) -> str:
    """The title of what has this id among drivers, outcomes and the like; an unknown id itself."""
    return next((item.title for item in among if item.id == id), id)
