"""Rules of the scenario's switches: what they name, how they turn, and that the fit can follow."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from model.check.problem import Problem
from model.check.scenario_folder import ScenarioFolder, day, unknown


def what_switches_set(folder: ScenarioFolder) -> Iterator[Problem]:
    """A switch's outcome, class and trait exist, and what it sets is there to be set."""
    scenario = folder.scenario
    outcomes, classes = scenario.ids("outcome"), _classes(folder)
    for path, switch in scenario.tables("switch"):
        for key in ("clock", "works"):
            word = scenario.text(switch, key)
            if word and word not in outcomes:
                yield scenario.problem(path, key, unknown("outcome", word, outcomes), word)
        of, trait = scenario.text(switch, "class"), scenario.text(switch, "trait")
        if of and of not in classes:
            yield scenario.problem(path, "class", unknown("class", of, list(classes)), of)
        elif of and trait and trait not in classes[of]:
            known = unknown(f"trait of {of}", trait, list(classes[of]))
            yield scenario.problem(path, "trait", known, trait)


def _classes(folder: ScenarioFolder) -> dict[str, dict]:
    """Class -> its traits as the file has them."""
    tables = [table for _, table in folder.scenario.tables("class")]
    traits = {folder.scenario.text(t, "id"): t.get("traits") for t in tables}
    return {of: given if isinstance(given, dict) else {} for of, given in traits.items()}


def clocks_of_switches(folder: ScenarioFolder) -> Iterator[Problem]:
    """A clock and its switch name each other, and a switch of works has what must be built."""
    scenario = folder.scenario
    sets = {scenario.text(t, "id"): scenario.text(t, "clock") for _, t in scenario.tables("switch")}
    outcomes = {path: scenario.text(table, "id") for path, table in scenario.tables("outcome")}
    named = set()
    for path, clock in scenario.tables("outcome", "clock"):
        word = scenario.text(clock, "switch")
        if word and word not in sets:
            yield scenario.problem(path, "switch", unknown("switch", word, list(sets)), word)
        elif word and sets[word] != outcomes.get(path[:2]):
            message = f"the switch {word!r} sets no clock of this outcome"
            expected = (
                f"expected `clock = {outcomes.get(path[:2])!r}` there; correct one of the two"
            )
            yield scenario.problem(path, "switch", f"{message}; {expected}")
        named.add(word)
    for path, switch in scenario.tables("switch"):
        if scenario.text(switch, "clock") and scenario.text(switch, "id") not in named:
            message = f"no clock of {scenario.text(switch, 'clock')!r} names this switch"
            yield scenario.problem(
                path, "clock", f"{message}; expected one; add it or drop the key"
            )
    yield from _works_without_a_build(folder)


def _works_without_a_build(folder: ScenarioFolder) -> Iterator[Problem]:
    scenario = folder.scenario
    built = {scenario.text(t, "id") for _, t in scenario.tables("class") if "gate_share" in t}
    outcomes = {path: scenario.text(table, "id") for path, table in scenario.tables("outcome")}
    building = {
        outcomes.get(path[:2])
        for path, clock in scenario.tables("outcome", "clock")
        if built.intersection(scenario.texts(clock, "classes"))
    }
    for path, switch in scenario.tables("switch"):
        works = scenario.text(switch, "works")
        if works in outcomes.values() and works not in building:
            message = f"no clock of {works!r} has a class that must be built"
            yield scenario.problem(
                path, "works", f"{message}; expected one; choose another outcome"
            )


def turns(folder: ScenarioFolder) -> Iterator[Problem]:
    """A switch turns on and off by turns, each on a later day, and none is known before its day."""
    scenario = folder.scenario
    by_switch: dict[tuple, list[tuple[tuple, dict]]] = {}
    for path, turn in scenario.tables("switch", "turn"):
        by_switch.setdefault(path[:2], []).append((path, turn))
        began, learned = (
            day(str(turn.get("date"))),
            day(str(turn.get("known_on", turn.get("date")))),
        )
        if began and learned and learned < began:
            message = f"known on {learned}, before {began}; expected that day or later"
            yield scenario.problem(path, "known_on", f"{message}; correct one of the two")
    for own in by_switch.values():
        if own[0][1].get("on") is False:
            message = "a switch is off before its first turn; expected `on = true`"
            yield scenario.problem(own[0][0], "on", f"{message}; drop this turn")
        for (_, before), (path, after) in pairwise(own):
            yield from _turn_after(folder, before, path, after)


def _turn_after(
    folder: ScenarioFolder, before: dict, path: tuple, after: dict
) -> Iterator[Problem]:
    if before.get("on") is after.get("on"):
        message = f"turned {'on' if after.get('on') else 'off'} twice in a row"
        yield folder.scenario.problem(path, "on", f"{message}; expected by turns; drop one")
    began, later = day(str(before.get("date"))), day(str(after.get("date")))
    if began and later and later <= began:
        message = f"{later} is not after {began}, the turn before; expected a later day"
        yield folder.scenario.problem(path, "date", f"{message}; put them in order")


def traits_that_the_record_knows(folder: ScenarioFolder) -> Iterator[Problem]:
    """While a clock of its class ran, a trait that a switch sets was as the fit takes it."""
    scenario, classes, starts = folder.scenario, _classes(folder), _first_days(folder)
    for path, switch in scenario.tables("switch"):
        of, trait = scenario.text(switch, "class"), scenario.text(switch, "trait")
        value, start = classes.get(of, {}).get(trait), starts.get(of)
        if value in (0, 1) and start and _states(folder, path, start) != {bool(value)}:
            message = f"it is not always {value:g} while a clock of {of!r} runs, from {start} on"
            expected = "expected the region's value, as the fit takes it; name another class then"
            yield scenario.problem(path, "trait", f"{message}; {expected}")


def _states(folder: ScenarioFolder, switch: tuple, start: date) -> set[bool]:
    """Whether a switch is on, or off, or both, from `start` on; switch: its path."""
    dated = [(day(str(turn.get("date"))), bool(turn.get("on"))) for turn in _turns(folder, switch)]
    before = [on for began, on in dated if began and began <= start]
    return {before[-1] if before else False} | {
        on for began, on in dated if began and began > start
    }


def _turns(folder: ScenarioFolder, switch: tuple) -> list[dict]:
    return [turn for path, turn in folder.scenario.tables("switch", "turn") if path[:2] == switch]


def _first_days(folder: ScenarioFolder) -> dict[str, date]:
    """Class -> the day on which the first clock that has it starts."""
    scenario, first = folder.scenario, {}
    switches = {scenario.text(switch, "id"): path for path, switch in scenario.tables("switch")}
    for _, clock in scenario.tables("outcome", "clock"):
        own = _turns(folder, switches.get(scenario.text(clock, "switch"), ()))
        begun = day(str(own[0].get("date") if own else clock.get("date")))
        for of in scenario.texts(clock, "classes"):
            first[of] = min(filter(None, (begun, first.get(of))), default=None)
    return {of: begun for of, begun in first.items() if begun}


SWITCH_RULES = (what_switches_set, clocks_of_switches, turns, traits_that_the_record_knows)
