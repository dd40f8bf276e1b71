"""Assumptions in words: each setting as a line, what the verbs mean, how an answer was made."""

import re
from collections.abc import Mapping, Sequence
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
from model.forecast.surprise import one_in
from model.scenario import Scenario

Levels = Mapping[str, float]

# A file's verbs as everybody reads them: what is done, and what it means.
VERBS = {
    "make": ("Bring it about", "its causes stay as they are"),
    "assume": ("Learn it", "what goes with it moves too"),
}
CHANGE = ("Change the model", "an effect, a base rate, a hazard or the evidence is otherwise")
# Sources that are no one country's, as `sources.csv` has them.
MEDIA = {
    "several": "sources of several countries",
    "unknown": "sources whose country is not known",
}
# What can be supposed of an outcome: (verb, how its day counts, does it happen).
SUPPOSED = {
    ("assume", "by", True): "Learn that it has happened by",
    ("assume", "on", True): "Learn that it happens on",
    ("assume", "by", False): "Learn that it has not happened by",
    ("make", "on", True): "Bring it about on",
    ("make", "by", False): "Prevent it until",
}
SAID = {  # the same of an outcome by its title
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
    if driver.id in now:
        change = numbers.change_of_level(now[driver.id], driver.levels(as_of)[0][1])
        shown[0] = f"{shown[0][0]} ({change})", shown[0][1]
    levels = ", then ".join(" ".join(parts) for parts in shown)
    title, end = _title(scenario.drivers, driver.id), ""
    if driver.until:
        end = f" until {numbers.short_date(driver.until)}, then as the model expects"
    said = f"learn that {title} is" if driver.verb == "assume" else f"bring {title} to"
    return f"{said} {levels}{end}"


def _outcome(outcome: OutcomeAssumption, scenario: Scenario, as_of: date) -> str:
    said = SAID[supposed(outcome)].format(_title(scenario.outcomes, outcome.id))
    return f"{said} {numbers.short_date(outcome.day)}"


def _switch(switch: SwitchAssumption, scenario: Scenario, as_of: date) -> str:
    way = "on" if switch.on else "off"
    end = f" until {numbers.short_date(switch.until)}, then as it was" if switch.until else ""
    title = _title(scenario.switches, switch.id)
    return f"turn {way} “{title}” from {numbers.short_date(switch.from_ or as_of)}{end}"


def _belief(belief: Belief, scenario: Scenario, as_of: date) -> str:
    if belief.factor is not None:
        title = _title(scenario.outcomes, belief.outcome)
        return f"change the model: hazard of {title} × {belief.factor:g}"
    low, high = belief.rate or belief.hazard_ratio
    unit = "a year" if belief.base_rate else "times"
    return f"change the model: {about(belief, scenario)} {low:g} to {high:g} {unit} (90% interval)"


def subject(assumption, scenario: Scenario) -> str:
    """What a setting is about, without its value, as a text with a capital."""
    if isinstance(assumption, DriverAssumption):
        return _title(scenario.drivers, assumption.id)
    if isinstance(assumption, OutcomeAssumption):
        return _title(scenario.outcomes, assumption.id)
    if isinstance(assumption, SwitchAssumption):
        return _title(scenario.switches, assumption.id)
    if isinstance(assumption, Belief):
        return numbers.capital(about(assumption, scenario))
    if isinstance(assumption, AddedEvent):
        return f"What-if event: {assumption.what}"
    # Nothing that is left out has a day, so none is needed to name it.
    return numbers.capital(_left_out(assumption, scenario, None))


def about(belief: Belief, scenario: Scenario) -> str:
    """What a belief is about, as text by the scenario's titles: `effect Talks → Peace treaty`."""
    if belief.base_rate:
        return f"base rate of {_title(scenario.classes, belief.base_rate)}"
    if belief.outcome:
        return f"hazard of {_title(scenario.outcomes, belief.outcome)}"
    return f"{'effect' if belief.effect else 'link'} {arrow(belief.about, scenario)}"


def arrow(name: str, scenario: Scenario) -> str:
    """`from -> to` by their titles, as the text `Talks → Peace treaty`."""
    both = [*scenario.drivers, *scenario.outcomes]
    return " → ".join(_title(both, id) for id in name.split(" -> "))


def _left_out(left_out: LeftOut, scenario: Scenario, as_of: date) -> str:
    kind, named = next((k, v) for k, v in left_out.model_dump().items() if v)
    if kind == "driver":
        return f"leave out what was coded to {_title(scenario.drivers, named)}"
    if kind == "country":
        return f"leave out {MEDIA.get(named, f'the media of {named}')}"
    return f"leave out {'reference case' if kind == 'case' else kind} {named}"


def _added(event: AddedEvent, scenario: Scenario, as_of: date) -> str:
    return (
        f"add the event “{event.what}” of {numbers.short_date(event.date)}: "
        f"{_title(scenario.drivers, event.driver)} {evidence.strength(event.strength)}"
    )


def _title(among, id: str) -> str:
    return next((item.title for item in among if item.id == id), id)


def refusal(problem, asked: Assumptions, scenario: Scenario, as_of: date) -> str:
    """Why an answer is refused and what is nearest to it, as sentences.

    problem: the exception raised. Only the settings that the nearest set changes are named.
    """
    suggestion = getattr(problem, "suggestion", None)
    if suggestion is None:
        lines = (fault(line, scenario) for line in str(problem).splitlines())
        return " ".join(numbers.capital(f"{line}.") for line in lines)
    # The suggestion has the same settings in the same order, some of them with other values.
    moved = [
        setting(new, scenario, as_of)
        for old, new in zip(parts(asked), parts(suggestion), strict=True)
        if old != new
    ]
    nearest = f"The nearest that works: {'; '.join(moved)}."
    return f"Too far from what the model considers: {problem.few}. {nearest}"


def extreme(surprise: str) -> str:
    """How surprising a set is, as a sentence; `surprise` is a text such as `one_in` gives."""
    cases = surprise.replace("1 in ", "1 of ", 1)
    return f"The model expects something this extreme in {cases} cases."


def fault(line: str, scenario: Scenario) -> str:
    """A line of `model.assumptions.faults` for readers: titles in place of ids, days as we write.

    `driver 'turkish_backing': 2023-12-01 is not between …` → `Turkey's backing: 1 Dec 2023 is …`.
    """
    for item in (*scenario.drivers, *scenario.outcomes):
        line = re.sub(rf"(driver|outcome) '{item.id}'", item.title, line)
    return re.sub(
        r"\d{4}-\d\d-\d\d", lambda day: numbers.short_date(date.fromisoformat(day[0])), line
    )


def after(assumptions: Assumptions, scenario: Scenario, deadline: date) -> str:
    """Which drivers are set only after the deadline, as a sentence; "" where none is."""
    late = [
        _title(scenario.drivers, driver.id)
        for driver in assumptions.drivers
        # What is learned later tells of earlier days too; what is set later does not. A driver
        # without a day of its own is set on the as-of day, which no deadline precedes.
        if driver.verb == "make" and driver.levels(date.min)[0][0] >= deadline
    ]
    if not late:
        return ""
    verb = "starts" if len(late) == 1 else "start"
    by = numbers.long_date(deadline)
    return f"{', '.join(late)}: {verb} after the deadline, and so changes nothing by {by}."


def passed_over(names: Sequence[str], as_of: date) -> str:
    """Which sets cannot be asked as of a day, as a sentence; "" where all can."""
    if not names:
        return ""
    return f"Not asked: {', '.join(names)}, which {_do(names)} not fit {numbers.long_date(as_of)}."


def _do(names: Sequence[str]) -> str:
    return "does" if len(names) == 1 else "do"


def how_answered(answer, draws: int) -> str:
    """How the numbers came about, as a sentence.

    answer: a `model.forecast.Forecast`. draws: how many the run has.
    """
    left = f"rests on {answer.effective_draws:,.0f} of {draws:,} simulated worlds"
    if answer.method == "reweighted":
        fine = "fine" if answer.reliable else "not reliable"
        return f"Reweighted at once: {left}, k̂ {khat(answer.khat)} ({fine}; the limit is 0.7)."
    if answer.method == "refit":
        return f"Refitted under these beliefs (run {answer.run}): {left}."
    return f"{numbers.capital(left)}."


def khat(value: float) -> str:
    """A Pareto k-hat as text: `0.43`; one under 0.1 says no more than that."""
    return "under 0.1" if value < 0.1 else f"{value:.2f}"


def how_surprising(assumption, chances: Mapping) -> str | None:
    """`1 in 40` of a setting; None of one that the table has no chance of.

    chances: rows of the surprise table (chance 0..1, bound: at most that) by (kind, id).
    """
    kinds = {DriverAssumption: "driver", OutcomeAssumption: "outcome", Belief: "belief"}
    kind = kinds.get(type(assumption))
    name = assumption.about if kind == "belief" else getattr(assumption, "id", None)
    row = chances.get((kind, name))
    return None if row is None else one_in(row.chance, row.bound)


NO_CHANCE = "No chance is claimed of a switch: nothing in the model says how likely it is to turn."


def all_together(
    chance: float, pair: tuple[str, str, float], scenario: Scenario, bound: bool = False
) -> str:
    """How surprising the whole set is and its oddest two settings, as sentences with Markdown.

    chance: of the whole set, 0..1, at most that where `bound`. pair: two ids and their chance.
    """
    both = [*scenario.drivers, *scenario.outcomes]
    first, second = (_title(both, id) for id in pair[:2])
    return (
        f"All together: **{one_in(chance, bound)}**. "
        f"The most surprising pair: {first} with {second}, {one_in(pair[2])}."
    )
