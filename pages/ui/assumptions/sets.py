"""The set as a whole: load, name, undo, reset; share by link, download, upload."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from briefing.words import numbers
from briefing.words.sets import answers
from model.assumptions import NOTHING, Assumptions, faults, files
from model.assumptions.standing import settled
from model.assumptions.validity import unknown_claims
from model.scenario.plain_text import one_line
from pages.ui.assumptions import pieces
from pages.ui.frame import controls
from pages.ui.frame.offered import offered
from pages.ui.login import visitor
from pages.ui.login.roles import Role
from pages.ui.memory import forecasts, offers, own


@st.fragment(key=pieces.Piece.BAR)
def bar(as_of: date, moved: Callable[[], str], story: Callable[[str], None]) -> None:
    """One row of controls, and what the set that was chosen says; the address follows the set.

    moved: what the set moves, as sentences; story: draws the rest of its story, under its name.
    Both are asked of a set that was chosen as it stands.
    """
    _problem()
    if not visitor.may(Role.analyst):
        own.write_link()
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _load(as_of)
        _name()
        _buttons(as_of)
        own.write_link()  # before the popover, which shows the address
        share = st.popover("Share", icon=":material/share:", key="share", on_change="rerun")
        if share.open:
            with share:
                _share(as_of)
    name = offers.chosen(as_of)
    offers.note_shown(as_of)
    if name:
        _says(offers.offered(as_of)[name], moved())
        folded = st.expander(
            "Its story: what is seen first, 3 to 36 months, the claims behind it",
            icon=":material/auto_stories:",
            key="story",
            on_change="rerun",
        )
        if folded.open:
            with folded:
                story(name)


def _buttons(as_of: date) -> None:
    st.button(
        "Undo",
        on_click=pieces.redraw,
        args=(own.undo,),
        disabled=not own.state().before,
        icon=":material/undo:",
        key="undo",
    )
    st.button(
        "Redo",
        on_click=pieces.redraw,
        args=(own.redo,),
        disabled=not own.state().after,
        icon=":material/redo:",
        key="redo",
    )
    st.button(
        "Reset",
        on_click=pieces.redraw,
        args=(own.adopt, NOTHING),
        disabled=own.current() == NOTHING,
        icon=":material/restart_alt:",
        key="reset",
    )
    st.button(
        "Save",
        # Not off while the name is missing: a name that is still being typed comes with the press.
        on_click=_save,
        args=(as_of,),
        disabled=own.current().is_empty,
        icon=":material/bookmark:",
        help="Keeps the set under its name for this visit: in Start from, and on Compare.",
        key="save",
    )
    name = offers.chosen(as_of)
    if name in own.state().saved:
        st.button(
            "Delete",
            on_click=pieces.redraw,
            args=(own.forget, name),
            icon=":material/bookmark_remove:",
            help="Takes the saved set out of Start from, of Compare and of this page's address. "
            "What you see stays as it is.",
            key="forget",
        )


def _says(chosen: Assumptions, moved: str) -> None:
    """What a set says, which claims of the article it speaks to, and what it moves."""
    claims = f"Claims of the article: {', '.join(chosen.claims)}." if chosen.claims else ""
    lines = [line for line in (chosen.about, claims, moved) if line]
    st.caption(numbers.as_typed(" ".join(lines)))


def _problem() -> None:
    if own.state().problem:
        problem = numbers.as_typed_lines(own.state().problem)
        st.warning(f"The assumptions in this address were not opened: {problem}")


def _load(as_of: date) -> None:
    names, loaded = [offers.OWN, *offers.offered(as_of)], offers.chosen(as_of) or offers.OWN
    st.selectbox(
        "Start from",
        names,
        index=names.index(loaded),
        key=own.key_showing(loaded, "start from"),
        on_change=pieces.redraw,
        args=(_adopt_chosen, own.key("start from"), as_of),
        width=205,
    )


def _save(as_of: date) -> None:
    if offers.can_save(as_of):
        own.save()
        st.toast(f"Saved: {numbers.as_typed(own.current().name)}", icon=":material/bookmark:")
    else:
        st.toast(
            "Not saved: give the set a name of its own first, in the field beside the button.",
            icon=":material/edit:",
        )


def _adopt_chosen(key: str, as_of: date) -> None:
    chosen = st.session_state[key]
    if chosen != offers.OWN:
        own.adopt(offers.offered(as_of)[chosen])


def _name() -> None:
    name = own.current().name
    st.text_input(
        "Name",
        value=name,
        max_chars=80,
        key=own.key_showing(name, "name"),
        on_change=_rename,
        width=150,  # as narrow as leaves one line to the bar in a window of 1280 pixels
    )


def _rename() -> None:
    name = one_line(st.session_state[own.key("name")])
    own.keep(own.current().model_copy(update={"name": name}))


@visitor.needs(Role.analyst)
def _share(as_of: date) -> None:
    st.caption(
        "This page's address holds the assumptions, the sets saved, the as-of date, the deadline "
        "and the run."
    )
    st.code(_address(), language=None, wrap_lines=True)
    name = f"{file_name(own.current())}.toml"
    make = partial(_toml, own.current(), as_of)
    file = offered("download", name, visitor.still(Role.analyst, make))
    st.download_button(
        "Download as a file",
        data=file.content,
        file_name=name,
        mime="application/toml",
        icon=":material/download:",
        on_click=file.pressed,
        key="download",
    )
    uploaded = st.file_uploader(
        "Open a file",
        type=["toml", "json"],
        key=own.key("upload"),
        max_upload_size=1,
        on_change=pieces.redraw,
        args=(_open, own.key("upload"), as_of),
    )
    opened = uploaded and _read(uploaded, as_of)
    if isinstance(opened, files.AssumptionsError):
        st.error(numbers.as_typed_lines(f"{uploaded.name[-80:]}: {opened}"))


def _toml(shared: Assumptions, as_of: date) -> bytes:
    day = f"# Made as of {as_of}; a level without a day of its own holds from the as-of day on.\n"
    return f"{day}{files.to_toml(shared)}".encode()


def _open(key: str, as_of: date) -> None:
    file = st.session_state[key]
    opened = file and _read(file, as_of)
    if isinstance(opened, Assumptions):
        own.adopt(opened)
        st.toast(f"Opened: {numbers.as_typed(file.name[-80:])}", icon=":material/file_open:")


def _read(file, as_of: date) -> Assumptions | files.AssumptionsError:
    """The set that an uploaded file holds, or why it does not take the place of the visitor's."""
    try:
        opened = _settled(files.from_file(file.name, file.getvalue(), as_of), as_of)
        _check(opened, as_of)
        return opened
    except files.AssumptionsError as problem:
        # Without its traceback, whose frames would keep the file until garbage is collected.
        return problem.with_traceback(None)


def _settled(opened: Assumptions, as_of: date) -> Assumptions:
    run = forecasts.run(as_of)
    return opened if run is None else settled(opened, forecasts.fitted_levels(run))


def _check(opened: Assumptions, as_of: date) -> None:
    """Raises AssumptionsError for a file's set that supposes nothing, or does not fit the day."""
    if opened.is_empty:
        raise files.AssumptionsError("supposes nothing; your set stays as it is")
    scenario = forecasts.scenario()
    wrong = faults(opened, scenario, as_of, controls.horizon_end(as_of))
    wrong += unknown_claims(opened, forecasts.claims())
    if wrong:
        lines = [answers.fault(line, scenario) for line in wrong]
        raise files.AssumptionsError("\n".join(["your set stays as it is, since here", *lines]))


def _address() -> str:
    """This page's address with the set as it stands, whatever the browser shows yet."""
    page = (st.context.url or "").split("?")[0]
    query = urlencode(st.query_params.to_dict())
    return f"{page}?{query}" if query else page


def file_name(assumptions: Assumptions) -> str:
    """The set's name as that of a file, without an ending: letters, digits and underscores."""
    return re.sub(r"\W+", "_", assumptions.name.lower()).strip("_") or "assumptions"
