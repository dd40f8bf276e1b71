"""The versions of one kept set: open one, sign it, remove the set."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from briefing.words import numbers
from model.scenario.plain_text import one_line
from model.workspace import workspace
from model.workspace.workspace import Signature, Version, Workspace
from pages.ui.frame import panels, pinned
from pages.ui.memory import forecasts, own
from pages.ui.memory import workspace as opened

WIDE = {
    "Note": st.column_config.Column(width=260),
    "Signed off": st.column_config.Column(width=260),
}


def visitor() -> str:
    """Who keeps and signs: a login's name, else the one that was typed; "" where there is none."""
    return opened.login_name() or one_line(st.session_state.get(opened.NAME, ""))


def section(kept: Workspace) -> None:
    """A kept set that the visitor chooses: its versions as a table, and what to do with one."""
    if not kept.versions:
        st.caption("Nothing is kept yet.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox("Kept set", list(kept.newest), key="workspace_set", width=230)
        versions = kept.of(name)
        place = st.selectbox(
            "Version",
            range(len(versions)),
            format_func=lambda place: _when(versions[place]),
            key=f"workspace_version {name}",
            width=230,
        )
        _steps(versions[place])
    panels.grid(in_words(versions), column_config=WIDE)


def _steps(version: Version) -> None:
    st.button("Open it", on_click=_open, args=(version,), key="workspace_open")
    st.button(
        "Sign it off",
        on_click=_sign,
        args=(version,),
        disabled=not visitor(),
        help="Says under your name that you stand behind this version, as of its day and run. "
        "Without a login, type your name first.",
        key="workspace_sign",
    )
    with st.popover("Remove the set"):
        st.caption("This removes every version, with its notes and signatures.")
        st.button(
            "Remove it for good", on_click=_remove, args=(version.name,), key="workspace_gone"
        )


def _open(version: Version) -> None:
    """Hold the set on its own day and by its own deadline."""
    own.adopt(version.assumptions)
    first, last = forecasts.as_of_range()
    # a file of a stranger may name any day
    if first <= version.as_of <= last:
        pinned.choose("as_of", version.as_of)
        pinned.choose("deadline", version.deadline)


def _sign(version: Version) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    signature = Signature(by=visitor(), at=now, checked=bool(opened.login_name()))
    opened.change(lambda kept: workspace.signed(kept, version, signature))


def _remove(name: str) -> None:
    opened.change(lambda kept: workspace.without(kept, name))


def in_words(versions: list[Version]) -> pd.DataFrame:
    """A row per version: when and by whom it was kept, its note, its view, who signed it off."""
    rows = [
        {
            "Kept": _when(version),
            "By": version.by or "–",
            "Note": version.note or "–",
            "As of": numbers.short_date(version.as_of),
            "Deadline": numbers.short_date(version.deadline),
            "Run": version.run[:12],
            "Signed off": "; ".join(map(_signature, version.signatures)) or "–",
        }
        for version in versions
    ]
    return pd.DataFrame(rows)


def _signature(signature: Signature) -> str:
    how = "by login" if signature.checked else "name typed, not checked"
    return f"{signature.by}, {numbers.short_date(signature.at.date())} ({how})"


def _when(version: Version) -> str:
    at = version.at.astimezone(UTC)
    return f"{numbers.short_date(at.date())}, {at:%H:%M} UTC"
