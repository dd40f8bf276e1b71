"""Assumptions in words: each setting as a line, what the verbs mean, how an answer was made."""

from datetime import date

from briefing.words import evidence, numbers
from model.assumptions import (
    AddedEvent,
    Assumptions,
    Belief,
    DriverAssumption,
    LeftOut,
    OutcomeAssumption,
)
from model.forecast.surprise import one_in
from model.scenario import Scenario

VERBS = {
    "make": "someone sets it, and nothing upstream moves",
    "assume": "we learn that it is so, and what goes with it moves too",
}
# Sources that are no one country's, as `sources.csv` has them.
MEDIA = {
    "several": "sources of several countries",
    "unknown": "sources whose country is not known",
}
# What can be supposed of an outcome: (verb, how its day counts, does it happen).
SUPPOSED = {
    ("assume", "by", True): "We learn that it happened by",
    ("assume", "on", True): "We learn that it happens on",
    ("assume", "by", False): "We learn that it did not happen by",
    ("make", "on", True): "It is brought about on",
    ("make", "by", False): "It is prevented until",
}


def supposed(assumed: OutcomeAssumption) -> tuple[str, str, bool]:
    """The key of `SUPPOSED`; to bring about *by* a day is to bring about *on* it."""
    on = assumed.on is not None or (assumed.verb == "make" and assumed.happens)
    return assumed.verb, "on" if on else "by", assumed.happens


def settings(assumptions: Assumptions, scenario: Scenario, as_of: date) -> list[str]:
    """One line a setting, in the order of `parts`."""
    return [setting(part, scenario, as_of) for part in parts(assumptions)]


def parts(assumptions: Assumptions) -> list:
    """Every setting of a set: drivers, outcomes, beliefs, what is left out, what is added."""
    return [
        *assumptions.drivers,
        *assumptions.outcomes,
        *assumptions.beliefs,
        *assumptions.left_out,
        *assumptions.events,
    ]


def setting(part, scenario: Scenario, as_of: date) -> str:
    """One setting as a line without a full stop."""
    say = {
        DriverAssumption: _driver,
        OutcomeAssumption: _outcome,
        Belief: _belief,
        LeftOut: _left_out,
        AddedEvent: _added,
    }
    return say[type(part)](part, scenario, as_of)


def _driver(part: DriverAssumption, scenario: Scenario, as_of: date) -> str:
    levels = ", then ".join(
        f"{numbers.signed(level)} from {numbers.short_date(day)}"
        for day, level in part.levels(as_of)
    )
    return f"{part.verb} {_title(scenario.drivers, part.id)} {levels}"


def _outcome(part: OutcomeAssumption, scenario: Scenario, as_of: date) -> str:
    said = SUPPOSED[supposed(part)]
    said = said[:1].lower() + said[1:]
    title = _title(scenario.outcomes, part.id)
    return f"{part.verb} {title}: {said} {numbers.short_date(part.day)}"


def _belief(part: Belief, scenario: Scenario, as_of: date) -> str:
    if part.factor is not None:
        return f"believe the hazard of {_title(scenario.outcomes, part.outcome)} × {part.factor:g}"
    low, high = part.rate or part.hazard_ratio
    unit = "a year" if part.base_rate else "times"
    return f"believe {about(part, scenario)} {low:g} to {high:g} {unit} (90% interval)"


def subject(part, scenario: Scenario) -> str:
    """What a setting is about, without its value."""
    if isinstance(part, DriverAssumption):
        return _title(scenario.drivers, part.id)
    if isinstance(part, OutcomeAssumption):
        return _title(scenario.outcomes, part.id)
    if isinstance(part, Belief):
        return numbers.capital(about(part, scenario))
    if isinstance(part, AddedEvent):
        return f"What-if event: {part.what}"
    return numbers.capital(_left_out(part, scenario, None))


def about(part: Belief, scenario: Scenario) -> str:
    """What a belief is about, by its titles."""
    if part.base_rate:
        return f"base rate of {_title(scenario.classes, part.base_rate)}"
    if part.outcome:
        return f"hazard of {_title(scenario.outcomes, part.outcome)}"
    return f"{'effect' if part.effect else 'link'} {arrow(part.about, scenario)}"


def arrow(name: str, scenario: Scenario) -> str:
    """`from -> to` by their titles."""
    both = [*scenario.drivers, *scenario.outcomes]
    return " → ".join(_title(both, id) for id in name.split(" -> "))


def _left_out(part: LeftOut, scenario: Scenario, as_of: date) -> str:
    kind, named = next((k, v) for k, v in part.model_dump().items() if v)
    if kind == "driver":
        return f"leave out what was coded to {_title(scenario.drivers, named)}"
    if kind == "country":
        return f"leave out {MEDIA.get(named, f'the media of {named}')}"
    return f"leave out {'reference case' if kind == 'case' else kind} {named}"


def _added(part: AddedEvent, scenario: Scenario, as_of: date) -> str:
    return (
        f"add the event “{part.what}” of {numbers.short_date(part.date)}: "
        f"{_title(scenario.drivers, part.driver)} {evidence.strength(part.strength)}"
    )


def _title(among, id: str) -> str:
    return next((one.title for one in among if one.id == id), id)


def refusal(problem, asked: Assumptions, scenario: Scenario, as_of: date) -> str:
    """Why an answer is refused and what is nearest to it; `problem` is the exception raised."""
    suggestion = getattr(problem, "suggestion", None)
    if suggestion is None:
        return numbers.capital(f"{problem}.")
    moved = [
        setting(new, scenario, as_of)
        for old, new in zip(parts(asked), parts(suggestion), strict=True)
        if old != new
    ]
    nearest = f"The nearest that works: {'; '.join(moved)}."
    return f"{numbers.capital(problem.few)}. {nearest}"


def how_answered(answer, draws: int) -> str:
    """How the numbers were found, as a sentence; `answer` is a forecast, `draws` those of a run."""
    left = f"{answer.effective_draws:,.0f} of {draws:,} draws count"
    if answer.method == "reweighted":
        fine = "fine" if answer.reliable else "not reliable"
        return f"Reweighted at once: {left}, k̂ {khat(answer.khat)} ({fine}; the limit is 0.7)."
    if answer.method == "refit":
        return f"Refitted under these beliefs (run {answer.run}): {left}."
    return f"Solved exactly in each draw: {left}."


def khat(value: float) -> str:
    """`0.43`; a k-hat under 0.1 says no more than that."""
    return "under 0.1" if value < 0.1 else f"{value:.2f}"


def how_surprising(part, chances) -> str | None:
    """`1 in 40` of a setting; `chances` are rows of the surprise table by (kind, id)."""
    kinds = {DriverAssumption: "driver", OutcomeAssumption: "outcome", Belief: "belief"}
    kind = kinds.get(type(part))
    row = chances.get((kind, part.about if kind == "belief" else getattr(part, "id", None)))
    return None if row is None else one_in(row.chance, row.bound)


def all_together(
    chance: float, pair: tuple[str, str, float], scenario: Scenario, bound: bool = False
) -> str:
    """How surprising the whole set is, at most where `bound`, and the oddest two settings."""
    both = [*scenario.drivers, *scenario.outcomes]
    one, other = (_title(both, id) for id in pair[:2])
    return (
        f"All together: **{one_in(chance, bound)}**. "
        f"The most surprising pair: {one} with {other}, {one_in(pair[2])}."
    )
