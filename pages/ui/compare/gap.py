"""What the gap between two sets is made of: one step per assumption."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from briefing.exhibits import assumptions as exhibits
from briefing.exhibits.entries_forecast import OWN, PUBLISHED
from briefing.material.material import Material
from briefing.words import explain, numbers
from model.assumptions import NOTHING, Assumptions, files
from model.explain.attribution import MOST, differing
from model.forecast import Forecast
from model.runs import Run
from pages.ui.frame import panels
from pages.ui.memory import explanations, forecasts

NAMES = "sets whose gap was shown"
ASKED = "gaps that were asked for"
AT_ONCE = 6  # assumptions, of which a gap is divided unasked: 64 forecasts, some seconds


def section(
    run: Run,
    sets: Mapping[str, Assumptions],
    answers: Mapping[str, Forecast],
    deadline: date,
) -> None:
    """Two of the sets and an outcome, chosen by the reader; the waterfall between them.

    sets, answers: each set and its forecast, by the set's name. Draws a warning where the gap
    cannot be divided.
    """
    st.subheader("What makes the difference?", anchor=False)
    # Which outcomes are open is a matter of the day, so any of the answers says it.
    start, end, outcome, title = _choices(list(sets), next(iter(answers.values())))
    if start == end:
        st.info("Choose two different sets.")
        return
    if not _is_asked(sets[start], sets[end]):
        return
    try:
        with st.spinner("Dividing the gap"):
            table = explanations.gap(run, sets[start], sets[end], outcome, deadline)
    except ValueError as problem:
        st.warning(numbers.as_typed(numbers.capital(f"{problem}.")))
        return
    ends = {name: _chance(answers[name], outcome) for name in (start, end)}
    st.markdown(numbers.as_typed(explain.gap(title, ends)))
    levels = forecasts.fitted_levels(run)
    shown = exhibits.gap(table, ends, outcome, run.scenario, run.as_of, levels)
    shown = replace(shown, choices={**shown.choices, **_links(run, sets, tuple(ends))})
    panels.exhibit(shown, Material(run, sets.get(OWN, NOTHING), deadline))


def _is_asked(start: Assumptions, end: Assumptions) -> bool:
    """Whether the gap is to be divided: one of many assumptions takes long, and waits for a press.

    One of too many is refused at once, in words.
    """
    many, asked = differing(start, end), st.session_state.setdefault(ASKED, set())
    pair = files.to_link(start), files.to_link(end)
    if not AT_ONCE < many <= MOST or pair in asked:
        return True
    st.markdown(
        f"They differ in {many} assumptions. To divide the gap takes {2**many} forecasts, and up "
        "to half a minute."
    )
    if st.button("Divide the gap", icon=":material/call_split:", key="divide_gap"):
        asked.add(pair)
        return True
    return False


def _links(run: Run, sets: Mapping[str, Assumptions], names: Sequence[str]) -> dict[str, str]:
    """The links of sets that only this visitor has, so that the chart can be made again."""
    known = {OWN, PUBLISHED, *forecasts.built_in_sets(run.as_of)}
    places = zip(("from_set", "to_set"), names, strict=True)
    return {place: files.to_link(sets[name]) for place, name in places if name not in known}


def _choices(names: list[str], answer: Forecast) -> tuple[str, str, str, str]:
    """The two sets' names, the outcome and its title."""
    titles = dict(zip(answer.open["outcome"], answer.open["title"], strict=True))
    _two_of(names)
    with st.container(horizontal=True):
        start, end = (
            st.selectbox(label, names, index=place, key=key, bind="query-params", width=250)
            for place, (label, key) in enumerate((("From", "from"), ("To", "to")))
        )
        outcome = st.selectbox(
            "Outcome", titles, format_func=titles.get, key="outcome", bind="query-params", width=250
        )
    return start, end, outcome, titles[outcome]


def _two_of(names: list[str]) -> None:
    """Where other sets are compared than before, the ends are the first two, or as they were."""
    before, st.session_state[NAMES] = st.session_state.get(NAMES), names
    ends = {st.session_state.get(key) for key in ("from", "to")} & {*names}
    if before not in (None, names) and len(ends) < 2:
        st.session_state["from"], st.session_state["to"] = names[:2]


def _chance(answer: Forecast, outcome: str) -> tuple[float, float]:
    """The chance and its Monte Carlo error, both 0..1."""
    row = answer.row(outcome)
    return float(row["probability"]), float(row["mcse"])
