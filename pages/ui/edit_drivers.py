"""Drivers: a slider each; one that was moved also has its verb, its day and later levels."""

from datetime import date, timedelta

import streamlit as st

from briefing import assumption_words, words
from model.assumptions import Assumptions, Dated, DriverAssumption
from model.scenario import Driver
from pages.ui import own

LOWEST, HIGHEST, STEP = -2.0, 2.0, 0.1
HEIGHT = 640
LATER = timedelta(days=91)  # how much later an added level begins
MOVED = "a driver's slider was moved"


def edit(held: Assumptions, drivers, fitted: dict[str, float], days: tuple[date, date]):
    """The set with its drivers as the controls say; `days` are the first and the last to choose."""
    now = {part.id: part for part in held.drivers}
    with st.container(height=HEIGHT):
        for driver in drivers:
            chosen = _row(driver, fitted[driver.id], now.get(driver.id), days)
            now = now | {driver.id: chosen}
    return held.model_copy(update={"drivers": tuple(part for part in now.values() if part)})


def slider_moved() -> bool:
    """Whether a driver's slider began this run: the set then holds its level already."""
    return st.session_state.pop(MOVED, False)


def _row(driver: Driver, fitted: float, part: DriverAssumption | None, days):
    levels = part.levels(days[0]) if part else [(days[0], fitted)]
    level = _slider(driver, fitted, levels[0][1], days)
    sentence = words.level_sentence(driver.levels, level)
    if _as_fitted(level, fitted, part, levels):
        st.caption(f"{sentence} *As fitted.*")
        return None
    st.markdown(f"{sentence} :gray[Fitted {words.signed(fitted)}.]")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        verb = _verb(driver, part)
        chosen = [(_day(driver, "From", levels[0][0], days, 0), level)]
    for place, (day, later) in enumerate(levels[1:], start=1):
        chosen.append(_later(driver, day, later, days, place))
    chosen = sorted(dict(chosen).items())
    result = _said(driver.id, verb, chosen, part, days[0])
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
    held, level = own.held(), st.session_state[own.key(id, "level0")]
    part = next((one for one in held.drivers if one.id == id), None)
    levels = part.levels(days[0]) if part else [(days[0], fitted)]
    changed = None
    if not _as_fitted(level, fitted, part, levels):
        chosen = [(levels[0][0], level), *levels[1:]]
        changed = _said(id, part.verb if part else "make", chosen, part, days[0])
    now = {one.id: one for one in held.drivers} | {id: changed}
    own.keep(held.model_copy(update={"drivers": tuple(one for one in now.values() if one)}))
    st.session_state[MOVED] = True


def _verb(driver: Driver, part: DriverAssumption | None) -> str:
    return st.radio(
        f"Verb for {driver.title}",
        list(assumption_words.VERBS),
        index=list(assumption_words.VERBS).index(part.verb if part else "make"),
        format_func=str.capitalize,
        horizontal=True,
        key=own.key(driver.id, "verb"),
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
        help="Until this day the driver moves as the model expects.",
        width=170,
    )


def _later(driver: Driver, day: date, level: float, days, place: int) -> tuple[date, float]:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        day = _day(driver, "Then from", day, days, place)
    with right:
        title, key = f"{driver.title}, then", own.key(driver.id, f"level{place}")
        return day, st.slider(title, LOWEST, HIGHEST, level, STEP, format="%+.1f", key=key)


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
        on_click=do,
        icon=f":material/{icon}:",
        type="tertiary",
        key=own.key(driver.id, icon),
    )
