"""How far an answer can be trusted: how it was found, and how surprising its settings are."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from briefing.words import assumptions as assumption_words
from briefing.words import explain, numbers
from briefing.words.sets import answers
from model.assumptions import NOTHING, Assumptions
from model.forecast import Forecast, Refused
from model.runs import Run
from model.scenario import Scenario
from pages.ui.assumptions import pieces
from pages.ui.login import visitor
from pages.ui.login.controls import button
from pages.ui.login.roles import Role
from pages.ui.memory import explanations, forecasts, own
from pages.ui.work import fitting

REMEMBERED = "refits asked for"


def method(run: Run, answer: Forecast) -> None:
    """Draw how the numbers were found; for one that is not reliable a refit is offered."""
    how = answers.how_answered(answer, run.manifest["diagnostics"]["draws"])
    if answer.method != "reweighted":
        st.caption(f":material/check: {how}")
    elif answer.reliable and not _asked(answer.assumptions):
        st.caption(f":material/check: {how}")
        button(
            Role.analyst,
            "Refit to check",
            on_click=_ask,
            args=(run, answer.assumptions),
            icon=":material/refresh:",
            help="Fits the model under these beliefs in the background, about half a minute.",
            key="refit",
        )
    else:
        if not answer.reliable:
            st.warning(f"{how} Fit the model under these beliefs for an answer that is.")
        fitting.refit_beliefs(run, answer.assumptions)


def refused(run: Run, assumptions: Assumptions, problem: ValueError, scenario: Scenario) -> None:
    """Draw why there is no answer, and the nearest setting that has one as a button."""
    reason = answers.refusal(problem, assumptions, scenario, run.as_of)
    st.warning(numbers.as_typed(reason))
    nearest = getattr(problem, "suggestion", None)
    if nearest is not None:
        button(
            Role.analyst,
            "Use the nearest setting that works",
            on_click=pieces.redraw,
            args=(own.adopt, nearest),
            icon=":material/near_me:",
            key="nearest",
        )
    if isinstance(problem, Refused) and assumptions.changes_the_fit:
        fitting.refit_beliefs(run, assumptions)


def follows(run: Run, assumptions: Assumptions, deadline: date) -> None:
    """Draw which drivers move with those that are set, and by how much; nothing where none does."""
    if sentence := explain.follows(explanations.moved_drivers(run, assumptions, deadline)):
        st.markdown(f":material/call_split: {sentence}")


def settings(
    run: Run, assumptions: Assumptions, scenario: Scenario, as_of: date, fits: bool
) -> None:
    """Draw every setting, how surprising it is where the set `fits` the run, and its removal."""
    settings = assumption_words.parts(assumptions)
    if not settings:
        return
    st.subheader("How surprising are your settings?" if fits else "Your settings", anchor=False)
    # A set with a fault cannot be weighed; its lines still show, so that each can be removed.
    table, together, pair = forecasts.surprise(run, assumptions if fits else NOTHING)
    chances = {(row.kind, row.id): row for row in table.itertuples()}
    now = forecasts.fitted_levels(run)
    texts = assumption_words.settings(assumptions, scenario, as_of, now)
    lines = [_line(*both, chances) for both in zip(settings, texts, strict=True)]
    st.markdown("\n".join(f"- {line}" for line in lines))
    if visitor.may(Role.analyst):
        _removing(settings, scenario)
    if pair is not None:
        st.markdown(answers.all_together(together, pair, scenario, bool(assumptions.beliefs)))
    if assumptions.switches:
        st.caption(answers.NO_CHANCE)
    if fits:
        st.caption("1 in N: the model expects something this extreme in one of N cases.")


def _line(setting, text: str, chances: Mapping) -> str:
    chance = answers.how_surprising(setting, chances)
    return f"{numbers.as_typed(numbers.capital(text))}{f' · **{chance}**' if chance else ''}"


def _removing(settings: Sequence, scenario: Scenario) -> None:
    """A press on a setting's name takes it out of the set."""
    key = own.key("remove")
    st.pills(
        "Remove",
        range(len(settings)),
        format_func=lambda place: (
            f":material/close: "
            f"{numbers.as_typed(assumption_words.subject(settings[place], scenario))}"
        ),
        key=key,
        on_change=pieces.redraw,
        # Read in the callback: only then does the state hold the name that was pressed.
        args=(lambda: _remove(settings[st.session_state[key]]),),
    )


def _remove(removed) -> None:
    current = own.current()
    rest = {
        name: tuple(setting for setting in getattr(current, name) if setting != removed)
        for name in ("drivers", "outcomes", "switches", "beliefs", "left_out", "events")
    }
    own.adopt(current.model_copy(update=rest))


def _asked(assumptions: Assumptions) -> bool:
    return assumptions.changes in st.session_state.get(REMEMBERED, ())


def _ask(run: Run, assumptions: Assumptions) -> None:
    st.session_state.setdefault(REMEMBERED, set()).add(assumptions.changes)
    fitting.ask(fitting.Wanted(run.as_of, assumptions.changes))
