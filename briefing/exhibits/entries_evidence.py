"""The charts of the Evidence page by name, with their tables computed."""

from datetime import date

from briefing.exhibits import evidence
from briefing.exhibits.entry import Choices, Entry, chosen, outcome_of
from briefing.exhibits.exhibit import Exhibit
from briefing.material.material import Material
from model.evidence.event_table import chosen as chosen_events
from model.inspect.driver_history import driver_curves
from model.inspect.event_pulls import event_pulls
from model.scenario.plain_text import quoted


def _timeline(material: Material, choices: Choices) -> Exhibit:
    drivers = {driver.id: driver.title for driver in material.scenario.drivers}
    driver = chosen(drivers, choices, "about") if "about" in choices else None
    sources, media = (
        [text for text in choices.get(name, "").split("; ") if text]
        for name in ("sources", "media")
    )
    events = chosen_events(material.events, driver, sources, media, choices.get("q", ""))
    if events.empty:
        raise ValueError("no event fits these choices; choose fewer")
    first, last = events["date"].min().date(), material.as_of
    start, end = _day(choices, "from", first), _day(choices, "to", last)
    if start > end:
        raise ValueError(f"from: {start} is after to, {end}; choose a day up to it")
    filters = {name: choices[name] for name in evidence.FILTERS if name in choices}
    return evidence.timeline(events, start, end, filters)


def _day(choices: Choices, name: str, default: date) -> date:
    try:
        return date.fromisoformat(choices.get(name, default.isoformat()))
    except ValueError:
        asked = choices[name][:40]
        raise ValueError(f"{name}: {quoted(asked)} is no day; write it as 2023-09-21") from None


def _driver_curve(material: Material, choices: Choices) -> Exhibit:
    drivers = {driver.id: driver.title for driver in material.scenario.drivers}
    curves = driver_curves(material.run)
    driver = chosen(drivers, choices, "driver")
    return evidence.driver_curve(curves, material.events, driver, material.as_of)


def _pull(material: Material, choices: Choices) -> Exhibit:
    pulls = event_pulls(material.run, material.deadline)
    outcome = outcome_of(material, choices)
    return evidence.pull(pulls, material.events, outcome, material.scenario, material.deadline)


ENTRIES = {
    "timeline": Entry("the events by driver", ("from", "to", *evidence.FILTERS), _timeline),
    "driver_curve": Entry("one driver's level over time", ("driver",), _driver_curve),
    "pull": Entry("the events that pull an outcome most", ("outcome",), _pull),
}
