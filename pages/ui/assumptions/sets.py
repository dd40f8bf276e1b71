"""The set as a whole: load, name, undo, reset; share by link, download, upload."""

import re
from urllib.parse import urlencode

import streamlit as st

from briefing.exhibits.entries_forecast import OWN as YOURS
from briefing.exhibits.entries_forecast import PUBLISHED
from briefing.words import numbers
from model.assumptions import NOTHING, Assumptions, files
from pages.ui.assumptions import pieces
from pages.ui.memory import forecasts, own

OWN = "Your own"
RESERVED = (OWN, YOURS, PUBLISHED)  # what pages call other sets


@st.fragment(key=pieces.Piece.BAR)
def bar() -> None:
    """One row of controls, and what the set that was chosen says; the address follows the set."""
    _problem()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _load()
        _name()
        st.button(
            "Undo",
            on_click=pieces.redraw,
            args=(own.undo,),
            disabled=not own.state().before,
            icon=":material/undo:",
            key="undo",
        )
        st.button(
            "Reset",
            on_click=pieces.redraw,
            args=(own.adopt, NOTHING),
            disabled=own.held() == NOTHING,
            icon=":material/restart_alt:",
            key="reset",
        )
        st.button(
            "Save",
            on_click=own.save,
            disabled=not _can_save(),
            icon=":material/bookmark:",
            help="Keeps the set under its name for this visit: in Start from, and on Compare.",
            key="save",
        )
        own.write_link()
        share = st.popover("Share", icon=":material/share:", key="share", on_change="rerun")
        if share.open:
            with share:
                _share()
    named = _loaded_name()
    if named and offered()[named].about:
        st.caption(offered()[named].about)


def _problem() -> None:
    if own.state().problem:
        said = numbers.as_typed(own.state().problem)
        st.warning(f"The assumptions in this address were not opened: {said}")


def _load() -> None:
    names, loaded = [OWN, *offered()], _loaded_name() or OWN
    st.selectbox(
        "Start from",
        names,
        index=names.index(loaded),
        key=own.key_showing(loaded, "start from"),
        on_change=pieces.redraw,
        args=(_loaded, own.key("start from")),
        width=230,
    )


def offered() -> dict[str, Assumptions]:
    """Sets to start from, by name: those saved in this visit, then the built-in ones."""
    return own.state().saved | forecasts.built_in_sets()


def _loaded_name() -> str | None:
    """The name of the set that is held unchanged, if one of those offered is."""
    return next((name for name, one in offered().items() if one == own.held()), None)


def _can_save() -> bool:
    """A set is saved under a name of its own, once it holds something."""
    held, taken = own.held(), {*RESERVED, *forecasts.built_in_sets()}
    return bool(held.name) and not held.is_empty and held.name not in taken


def _loaded(key: str) -> None:
    chosen = st.session_state[key]
    if chosen != OWN:
        own.adopt(offered()[chosen])


def _name() -> None:
    name = own.held().name
    st.text_input(
        "Name",
        value=name,
        max_chars=80,
        key=own.key_showing(name, "name"),
        on_change=_rename,
        width=190,
    )


def _rename() -> None:
    named = st.session_state[own.key("name")]
    own.keep(own.held().model_copy(update={"name": named}))


def _share() -> None:
    st.caption("This page's address holds the assumptions, the as-of date and the deadline.")
    st.code(_address(), language=None, wrap_lines=True)
    st.download_button(
        "Download as a file",
        files.to_toml(own.held()),
        file_name=f"{file_name(own.held())}.toml",
        mime="application/toml",
        icon=":material/download:",
        on_click="ignore",
        key="download",
    )
    file = st.file_uploader(
        "Open a file",
        type=["toml", "json"],
        key=own.key("upload"),
        max_upload_size=1,
        on_change=pieces.redraw,
        args=(_open, own.key("upload")),
    )
    found = file and _read(file)
    if isinstance(found, files.AssumptionsError):
        st.error(numbers.as_typed(f"{file.name}: {found}"))


def _open(key: str) -> None:
    file = st.session_state[key]
    found = file and _read(file)
    if isinstance(found, Assumptions):
        own.adopt(found)


def _read(file) -> Assumptions | files.AssumptionsError:
    """The set that an uploaded file holds, or what is wrong with the file."""
    try:
        return files.from_file(file.name, file.getvalue())
    except files.AssumptionsError as problem:
        return problem.with_traceback(None)


def _address() -> str:
    """This page's address with the set as it stands, whatever the browser shows yet."""
    page = (st.context.url or "").split("?")[0]
    asked = urlencode(st.query_params.to_dict())
    return f"{page}?{asked}" if asked else page


def file_name(assumptions: Assumptions) -> str:
    """A file name of the set's name: letters, digits and underscores."""
    return re.sub(r"\W+", "_", assumptions.name.lower()).strip("_") or "assumptions"
