"""Switches: facts that are on or off; a user turns one from a day on, for good or until another."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from briefing.words import numbers
from briefing.words.sets import answers
from model.assumptions import SwitchAssumption
from model.fit.clocks import running, turning_days
from model.scenario import Scenario, Switch
from pages.ui.assumptions import end_day, pieces
from pages.ui.frame import typed_day
from pages.ui.memory import own

TURNED = {"As it is": None, "Turn it on": True, "Turn it off": False}


def edit(scenario: Scenario, open_ids: Sequence[str], days: tuple[date, date]) -> None:
    """A row of controls per switch.

    open_ids: of the outcomes that have not happened. days: the first, the as-of day, and the last
    to choose.
    """
    st.caption(
        "Facts that decide which base rate applies. Once turned, it holds from its day on; its "
        f"causes stay as they are. {answers.NO_CHANCE}"
    )
    if not scenario.switches:
        st.info("This scenario has no switches.")
    for switch in scenario.switches:
        with st.container(border=True):
            _row(scenario, switch, open_ids, days)


def _turned(id: str) -> SwitchAssumption | None:
    return next((switch for switch in own.current().switches if switch.id == id), None)


def _row(
    scenario: Scenario, switch: Switch, open_ids: Sequence[str], days: tuple[date, date]
) -> None:
    turned = _turned(switch.id)
    st.markdown(f"**{switch.title}**  \n{switch.says}")
    st.caption(f"{_state(switch, days[0])} {_what_it_sets(scenario, switch, open_ids, days[0])}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _way(switch, turned.on if turned else None)
        if turned:
            _day(switch, turned, days)
            _end(switch, turned, days)


def _state(switch: Switch, as_of: date) -> str:
    """Whether it is on as of the day, and since when, as a sentence with its source."""
    turn = switch.turn(as_of, as_of)
    if turn is None:
        return f"Off as of {numbers.long_date(as_of)}: nothing known by then turned it on."
    state = "On" if turn.on else "Off"
    since = f"{state} since {numbers.long_date(turn.date)}: {turn.why}"
    return f"{since} [Source]({turn.source_url})"


def _what_it_sets(scenario: Scenario, switch: Switch, open_ids: Sequence[str], as_of: date) -> str:
    """What it decides while it is on, and whether that bears on anything, as a sentence."""
    titles = {item.id: item.title for item in (*scenario.outcomes, *scenario.classes)}
    about = switch.clock or switch.works
    if about and about not in open_ids:
        return f"It moves nothing any more: *{titles[about]}* has happened."
    if switch.works:
        return f"While on, what *{titles[switch.works]}* needs built is in its second, last stage."
    if switch.clock:
        clocks = scenario.outcome(switch.clock).clocks
        classes = [titles[of] for c in clocks if c.switch == switch.id for of in c.classes]
        return f"While on, *{titles[switch.clock]}* counts from its day as *{'; '.join(classes)}*."
    acts = "one does" if _runs(scenario, switch.of, as_of) else "none does"
    title = titles[switch.of or ""]
    return f"It is a trait of *{title}*, and acts while a clock of that class runs: {acts}."


def _runs(scenario: Scenario, of: str | None, as_of: date) -> bool:
    """Whether a clock of this class runs on some day, as the visitor has the switches."""
    turned = own.current().switches
    return any(
        of in running(scenario, outcome, day, as_of, turned).clock.classes
        for outcome in scenario.outcomes
        for day in {as_of, *turning_days(turned, as_of)}
    )


def _way(switch: Switch, on: bool | None) -> None:
    shown = next(label for label, state in TURNED.items() if state is on)
    st.segmented_control(
        f"{switch.title}: what you suppose",
        list(TURNED),
        default=shown,
        required=True,
        key=own.key_showing(shown, switch.id, "turned"),
        on_change=pieces.redraw,
        args=(_turn, switch.id),
        label_visibility="collapsed",
    )


def _turn(id: str) -> None:
    on, before = TURNED[st.session_state[own.key(id, "turned")]], _turned(id)
    days = {"from_": before.from_, "until": before.until} if before else {}
    _keep(id, None if on is None else SwitchAssumption(id=id, on=on, **days))


def _day(switch: Switch, turned: SwitchAssumption, days: tuple[date, date]) -> None:
    """The day from which it holds; empty where the set's is none that can be chosen."""
    last = turned.until - timedelta(days=1) if turned.until else days[1]
    day = turned.from_ or days[0]
    shown = day if days[0] <= day <= last else None
    key = own.key_showing(shown, switch.id, "from")
    st.session_state.setdefault(key, shown)
    typed_day.field(
        f"{switch.title}, from",
        key,
        (days[0], max(last, days[0])),
        lambda: pieces.redraw(_change_day, switch.id, days[0]),
        may_be_empty=shown is None,
    )


def _change_day(id: str, as_of: date) -> None:
    day, turned = st.session_state[own.key(id, "from")], _turned(id)
    if turned and day:
        from_ = None if day == as_of else day
        _keep(id, turned.model_copy(update={"from_": from_}))


def _end(switch: Switch, turned: SwitchAssumption, days: tuple[date, date]) -> None:
    """The day on which it is as it was; empty where it holds for good."""
    first = (turned.from_ or days[0]) + timedelta(days=1)
    if first > days[1]:
        return
    end_day.choose(
        f"{switch.title}, until",
        turned.until,
        (first, days[1]),
        switch.id,
        _change_end,
        "From this day on it is as it was. Empty: it holds for good.",
    )


def _change_end(id: str) -> None:
    until, turned = st.session_state[own.key(id, "until")], _turned(id)
    if turned:
        _keep(id, turned.model_copy(update={"until": until}))


def _keep(id: str, changed: SwitchAssumption | None) -> None:
    """Hold how a switch is turned, in the place that it had in the set."""
    current = own.current()
    by_id = {switch.id: switch for switch in current.switches} | {id: changed}
    switches = tuple(switch for switch in by_id.values() if switch)
    own.keep(current.model_copy(update={"switches": switches}))
