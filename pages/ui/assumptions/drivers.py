"""Drivers: a slider each; one that was moved also has its verb, its day and later levels.

A row is a piece of the page by itself: its moved slider draws it, the chart and what else depends
on the level, and none of the other rows.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from briefing.words import assumptions, numbers
from model.assumptions import Assumptions, DriverAssumption
from model.scenario import HIGHEST, LOWEST, Driver, Scenario
from pages.ui.assumptions import driver_setting, end_day, mattering, pieces
from pages.ui.assumptions.driver_setting import Levels
from pages.ui.frame import typed_day
from pages.ui.memory import offers, own

STEP = 0.1
HEIGHT = 640  # pixels
LATER = timedelta(days=91)  # how much later an added level begins


def edit(
    scenario: Scenario,
    fitted: dict[str, float],
    ranges: Mapping[str, tuple[float, float]],
    days: tuple[date, date],
) -> None:
    """A row of controls per driver of the scenario, in a box that scrolls, as a line says.

    fitted: each driver's level as the sliders show it, -2..2 to one decimal. ranges: where 90 % of
    futures have it half a year on. days: the first and the last to choose.
    """
    # in a place of its own, since on a phone there is no box
    st.container(key="drivers_cue").caption(
        f"{numbers.capital(numbers.count(len(scenario.drivers)))} drivers; the box shows "
        "about five. Scroll in it for the others."
    )
    with st.container(height=HEIGHT, key="drivers"):
        for driver in scenario.drivers:
            # Made per call and not by a decorator: each row is a fragment with a key of its own.
            row = st.fragment(_row, key=pieces.row(driver.id))
            row(scenario, driver, fitted[driver.id], ranges[driver.id], days)


def _assumed(id: str) -> DriverAssumption | None:
    return next((driver for driver in own.current().drivers if driver.id == id), None)


def _set_with(id: str, assumed: DriverAssumption | None) -> Assumptions:
    """The set with what is now assumed of a driver, in the place that it had."""
    current = own.current()
    by_id = {driver.id: driver for driver in current.drivers} | {id: assumed}
    drivers = tuple(driver for driver in by_id.values() if driver)
    return current.model_copy(update={"drivers": drivers})


def _row(
    scenario: Scenario,
    driver: Driver,
    fitted: float,
    expected: tuple[float, float],
    days: tuple[date, date],
) -> None:
    """A driver's controls and its sentence, as the set has them."""
    assumed = _assumed(driver.id)
    levels = assumed.levels(days[0]) if assumed else [(days[0], fitted)]
    _slider(driver, fitted, levels[0][1], days)
    if assumed is None:
        sentence = numbers.level_sentence(driver.levels, levels[0][1])
        st.caption(f"{sentence} *As fitted.* {numbers.expected(*expected)}")
        return
    said = st.fragment(_said, key=pieces.said(driver.id))
    said(driver, fitted, expected, days[0])
    with st.container(horizontal=True, vertical_alignment="center"):
        _verb(driver, assumed, days[0])
        when = st.popover(
            "When", icon=":material/event:", key=own.key(driver.id, "when"), on_change="rerun"
        )
    for place in range(1, len(levels)):
        _later(driver, assumed, levels, days, place)
    mattering.choose(scenario, driver)
    if when.open:
        with when:
            _day(driver, "From", levels[0][0], days, 0)
            _end(driver, assumed, days)
            _more(driver, assumed, days)


def _said(driver: Driver, fitted: float, expected: tuple[float, float], as_of: date) -> None:
    """What a driver that is set is set to: all of its row that changes with the level alone."""
    if (assumed := _assumed(driver.id)) is None:
        return
    level = assumed.levels(as_of)[0][1]
    sentence = numbers.level_sentence(driver.levels, level)
    kept = level == fitted  # both are as sliders have them
    change = "kept where it stands now" if kept else numbers.change_of_level(fitted, level)
    st.markdown(f"{sentence} :gray[{numbers.capital(change)}.]{_ending(assumed)}")
    st.caption(numbers.expected(*expected))


def _ending(assumed: DriverAssumption) -> str:
    if assumed.until is None:
        return ""
    return f" Until {numbers.short_date(assumed.until)}, then as the model expects."


def _slider(driver: Driver, fitted: float, level: float, days: tuple[date, date]) -> None:
    """The slider of the first level."""
    st.slider(
        driver.title,
        LOWEST,
        HIGHEST,
        level,
        STEP,
        format="%+.1f",
        key=own.key_showing(level, driver.id, "level0"),
        help=driver.about,
        on_change=_move,
        args=(driver.id, fitted, days),
    )


def _move(id: str, fitted: float, days: tuple[date, date]) -> None:
    """Hold a driver at its moved slider's level; one put back to the fitted level is let go."""
    level, assumed = st.session_state[own.key(id, "level0")], _assumed(id)
    levels = assumed.levels(days[0]) if assumed else [(days[0], fitted)]
    changed = None
    # Exact: `fitted` is rounded as the slider is, so a slider put back gives the very number.
    if level != fitted or len(levels) > 1:
        path = [(levels[0][0], level), *levels[1:]]
        changed = driver_setting.of_levels(
            id, assumed.verb if assumed else "make", path, assumed, days[0]
        )
    own.keep(_set_with(id, changed))
    row = pieces.said(id) if assumed and changed else pieces.row(id)
    pieces.redraw_after_a_move(row, offers.is_bar_outdated())


def _verb(driver: Driver, assumed: DriverAssumption, as_of: date) -> None:
    st.radio(
        f"Verb for {driver.title}",
        list(assumptions.VERBS),
        index=list(assumptions.VERBS).index(assumed.verb),
        format_func=lambda verb: assumptions.VERBS[verb][0],
        horizontal=True,
        key=own.key_showing(assumed.verb, driver.id, "verb"),
        on_change=pieces.redraw,
        args=(_change_verb, driver.id, as_of),
        label_visibility="collapsed",
        width="content",
    )


def _change_verb(id: str, as_of: date) -> None:
    verb, assumed = st.session_state[own.key(id, "verb")], _assumed(id)
    if assumed:
        own.keep(_set_with(id, driver_setting.with_verb(assumed, verb, as_of)))


def _day(driver: Driver, label: str, day: date, days: tuple[date, date], place: int) -> None:
    """The day that a level begins; empty where the set's is none that can be chosen."""
    shown = day if days[0] <= day <= days[1] else None
    key = own.key_showing(shown, driver.id, f"from{place}")
    st.session_state.setdefault(key, shown)
    typed_day.field(
        label,
        key,
        days,
        lambda: pieces.redraw(_change_day, driver.id, place, days[0]),
        may_be_empty=shown is None,
        help="Until this day the driver moves as the model expects, towards a level that is "
        "learned. Unless you choose a day, one that is learned is so half a year on: within a "
        "month no driver can have moved far.",
    )


def _change_day(id: str, place: int, as_of: date) -> None:
    _change_level(id, place, as_of, day=st.session_state[own.key(id, f"from{place}")])


def _end(driver: Driver, assumed: DriverAssumption, days: tuple[date, date]) -> None:
    """The day on which the setting ends; empty where it has no end."""
    first = assumed.levels(days[0])[-1][0] + timedelta(days=1)
    if first > days[1]:
        return
    end_day.choose(
        "Until",
        assumed.until,
        (first, days[1]),
        driver.id,
        _change_end,
        "From this day on the driver goes on as the model expects, from the level that it was "
        "set to. Empty: the level stays.",
    )


def _change_end(id: str) -> None:
    until, assumed = st.session_state[own.key(id, "until")], _assumed(id)
    if assumed:
        own.keep(_set_with(id, assumed.model_copy(update={"until": until})))


def _later(
    driver: Driver, assumed: DriverAssumption, levels: Levels, days: tuple[date, date], place: int
) -> None:
    """The controls of a later level, the one at `place` of `levels`."""
    day, level = levels[place]
    left, middle, right = st.columns([5, 5, 3], vertical_alignment="bottom")
    with left:
        _day(driver, "Then from", day, days, place)
    with right:
        rest = [*levels[:place], *levels[place + 1 :]]
        _step(driver, "Remove", f"remove{place}", rest, assumed, days)
    with middle:
        st.slider(
            f"{driver.title}, then",
            LOWEST,
            HIGHEST,
            level,
            STEP,
            format="%+.1f",
            key=own.key_showing(level, driver.id, f"level{place}"),
            on_change=pieces.redraw,
            args=(_move_later, driver.id, place, days[0]),
        )


def _move_later(id: str, place: int, as_of: date) -> None:
    _change_level(id, place, as_of, level=st.session_state[own.key(id, f"level{place}")])


def _change_level(
    id: str, place: int, as_of: date, day: date | None = None, level: float | None = None
) -> None:
    """Hold a driver with another day or level at this place; of two on one day the later stays.

    Nothing is changed where another control of the same step has taken the place away.
    """
    assumed = _assumed(id)
    levels = assumed.levels(as_of) if assumed else []
    if place < len(levels):
        was_from, was_at = levels[place]
        levels[place] = day or was_from, was_at if level is None else level
        changed = driver_setting.of_levels(
            id, assumed.verb, sorted(dict(levels).items()), assumed, as_of
        )
        own.keep(_set_with(id, changed))


def _more(driver: Driver, assumed: DriverAssumption, days: tuple[date, date]) -> None:
    """Add a later level."""
    levels = assumed.levels(days[0])
    last = assumed.until - timedelta(days=1) if assumed.until else days[1]
    if levels[-1][0] < last:
        later = (min(levels[-1][0] + LATER, last), levels[-1][1])
        _step(driver, "Add a later level", "add", [*levels, later], assumed, days)


def _step(
    driver: Driver,
    label: str,
    key: str,
    levels: Levels,
    assumed: DriverAssumption,
    days: tuple[date, date],
) -> None:
    changed = driver_setting.of_levels(driver.id, assumed.verb, levels, assumed, days[0])
    st.button(
        label,
        on_click=pieces.redraw,
        args=(lambda: own.adopt(_set_with(driver.id, changed)),),
        icon=":material/close:" if label == "Remove" else ":material/add:",
        type="tertiary",
        key=own.key(driver.id, key),
    )
