"""Drivers: a slider each; one that was moved also has its verb, its day and later levels.

A row is a piece of the page by itself: its moved slider draws it, the chart and what else depends
on the level, and none of the other rows.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from briefing import assumption_words, words
from model.assumptions import Dated, DriverAssumption
from model.scenario import HIGHEST, LOWEST, Driver
from pages.ui import own, pieces

STEP = 0.1
HEIGHT = 640
LATER = timedelta(days=91)  # how much later an added level begins


def edit(drivers: Sequence[Driver], fitted: dict[str, float], days: tuple[date, date]) -> None:
    """Keep the drivers as the controls say; `days` are the first and the last to choose."""
    with st.container(height=HEIGHT):
        for driver in drivers:
            st.fragment(_edit_one, key=pieces.row(driver.id))(driver, fitted[driver.id], days)


def _edit_one(driver: Driver, fitted: float, days: tuple[date, date]) -> None:
    _keep(driver.id, _row(driver, fitted, _held(driver.id), days))


def _held(id: str) -> DriverAssumption | None:
    return next((one for one in own.held().drivers if one.id == id), None)


def _keep(id: str, part: DriverAssumption | None) -> None:
    """Hold what is now assumed of a driver, in the place that it had in the set."""
    held = own.held()
    now = {one.id: one for one in held.drivers} | {id: part}
    own.keep(held.model_copy(update={"drivers": tuple(one for one in now.values() if one)}))


def _row(driver: Driver, fitted: float, part: DriverAssumption | None, days):
    levels = part.levels(days[0]) if part else [(days[0], fitted)]
    level = _slider(driver, fitted, levels[0][1], days)
    sentence = words.level_sentence(driver.levels, level)
    if _as_fitted(level, fitted, part, levels):
        st.caption(f"{sentence} *As fitted.*")
        return None
    st.markdown(f"{sentence} :gray[Fitted {words.signed(fitted)}.]")
    with st.container(horizontal=True, vertical_alignment="center"):
        verb = _verb(driver, part)
        when = st.popover(
            "When", icon=":material/event:", key=own.key(driver.id, "when"), on_change="rerun"
        )
    first = levels[0][0]
    if when.open:
        with when:
            first = _day(driver, "From", first, days, 0)
    chosen = [(first, level)]
    for place, (day, later) in enumerate(levels[1:], start=1):
        chosen.append(_later(driver, day, later, days, place))
    result = _said(driver.id, verb, sorted(dict(chosen).items()), part, days[0])
    if when.open:
        with when:
            _more(driver, result, days)
    return result


def _as_fitted(level: float, fitted: float, part: DriverAssumption | None, levels) -> bool:
    """Whether nothing is assumed: a slider that was moved back no longer is."""
    return level == fitted and (part is None or (len(levels) == 1 and levels[0][1] != fitted))


def _slider(driver: Driver, fitted: float, level: float, days) -> float:
    """The slider of the first level, which changes the set before anything is drawn."""
    return st.slider(
        driver.title,
        LOWEST,
        HIGHEST,
        level,
        STEP,
        format="%+.1f",
        key=own.key(driver.id, "level0"),
        help=driver.about,
        on_change=_move,
        args=(driver.id, fitted, days),
    )


def _move(id: str, fitted: float, days: tuple[date, date]) -> None:
    level, part = st.session_state[own.key(id, "level0")], _held(id)
    levels = part.levels(days[0]) if part else [(days[0], fitted)]
    changed = None
    if not _as_fitted(level, fitted, part, levels):
        chosen = [(levels[0][0], level), *levels[1:]]
        changed = _said(id, part.verb if part else "make", chosen, part, days[0])
    _keep(id, changed)
    pieces.redraw_after_a_move(id)


def _verb(driver: Driver, part: DriverAssumption | None) -> str:
    return st.radio(
        f"Verb for {driver.title}",
        list(assumption_words.VERBS),
        index=list(assumption_words.VERBS).index(part.verb if part else "make"),
        format_func=str.capitalize,
        horizontal=True,
        key=own.key(driver.id, "verb"),
        on_change=pieces.redraw,
        label_visibility="collapsed",
        width="content",
    )


def _day(driver: Driver, label: str, day: date, days: tuple[date, date], place: int) -> date:
    return st.date_input(
        label,
        value=min(max(day, days[0]), days[1]),
        min_value=days[0],
        max_value=days[1],
        format="YYYY-MM-DD",
        key=own.key(driver.id, f"from{place}"),
        on_change=pieces.redraw,
        help="Until this day the driver moves as the model expects.",
        width=170,
    )


def _later(driver: Driver, day: date, level: float, days, place: int) -> tuple[date, float]:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        day = _day(driver, "Then from", day, days, place)
    with right:
        title, key = f"{driver.title}, then", own.key(driver.id, f"level{place}")
        return day, st.slider(
            title, LOWEST, HIGHEST, level, STEP, format="%+.1f", key=key, on_change=pieces.redraw
        )


def _said(id: str, verb: str, levels, part: DriverAssumption | None, as_of: date):
    """The assumption, written as it was where it says the same."""
    if len(levels) > 1:
        path = tuple(Dated(from_=day, level=level) for day, level in levels)
        return DriverAssumption(id=id, path=path, verb=verb)
    ((day, level),) = levels
    same = part is not None and not part.path and day == (part.from_ or as_of)
    from_ = part.from_ if same else None if day == as_of else day
    return DriverAssumption(id=id, level=level, from_=from_, verb=verb)


def _more(driver: Driver, part: DriverAssumption, days: tuple[date, date]) -> None:
    """Add a later level, or take the last one away."""
    levels = part.levels(days[0])
    with st.container(horizontal=True):
        if levels[-1][0] < days[1]:
            after = (min(levels[-1][0] + LATER, days[1]), levels[-1][1])
            _step(driver, "Add a later level", "add", [*levels, after], part, days)
        if len(levels) > 1:
            _step(driver, "Remove the last level", "remove", levels[:-1], part, days)


def _step(driver: Driver, label: str, icon: str, levels, part, days) -> None:
    changed = _said(driver.id, part.verb, levels, None, days[0])

    def do() -> None:
        now = own.held()
        others = tuple(changed if p.id == changed.id else p for p in now.drivers)
        own.adopt(now.model_copy(update={"drivers": others}))

    st.button(
        label,
        on_click=pieces.redraw,
        args=(do,),
        icon=f":material/{icon}:",
        type="tertiary",
        key=own.key(driver.id, icon),
    )
