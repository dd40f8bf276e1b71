"""The workspace as a part of the Assumptions page: open one, keep a version, all as one file."""

from datetime import UTC, date, datetime
from urllib.parse import urlencode

import streamlit as st

from briefing.reading import guard
from briefing.words import numbers
from model.runs import Run
from model.scenario.plain_text import one_line
from model.workspace import files, workspace
from pages.ui.frame.offered import offered
from pages.ui.login import visitor
from pages.ui.login.controls import left_out
from pages.ui.login.roles import Role
from pages.ui.memory import own
from pages.ui.memory import workspace as opened
from pages.ui.workspace import history

ABOUT = (
    "Sets that you keep here stay on this server, with every version, your notes and who signed "
    f"them off: up to {workspace.MOST_SETS} sets of {workspace.MOST_VERSIONS} versions. Beyond "
    "that the oldest unsigned version is removed; so may be a workspace that nobody opens for a "
    "year."
)
OF_THE_LINK = (
    "Keep this link: it is the only way back, and whoever has it can read and change the "
    "workspace. No other link on these pages contains it."
)
NOTE = "workspace note"


def section(run: Run, deadline: date) -> None:
    """The workspace, folded; what is in it is read when a reader opens it."""
    problem = opened.state().problem
    folded = st.expander(
        "Workspace: sets that stay",
        icon=":material/inventory_2:",
        key="workspace",
        on_change="rerun",
        expanded=bool(problem),
    )
    if not (folded.open or problem):
        return
    with folded:
        kept = opened.current()
        if opened.state().problem:
            st.warning(numbers.as_typed(numbers.capital(opened.state().problem)))
        st.caption(ABOUT)
        if left_out(Role.analyst, "Workspaces"):
            return
        if kept is None:
            st.button("Open a new workspace", on_click=opened.new, key="workspace_new")
            _import()
            return
        _link()
        _keep(run, deadline)
        history.section(kept)
        _files(kept)


def _link() -> None:
    """How to come back: by the secret link, or by logging in."""
    if not opened.state().secret:
        st.caption(numbers.as_typed(f"Kept under your login, {opened.login_name()}."))
        return
    page = (st.context.url or "").split("?")[0]
    query = urlencode({opened.PARAMETER: opened.state().secret})
    st.code(f"{page}?{query}", language=None, wrap_lines=True)
    st.caption(OF_THE_LINK)


def _keep(run: Run, deadline: date) -> None:
    with (
        st.form("workspace keep", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        if not opened.login_name():
            st.text_input("Your name", max_chars=80, key=opened.NAME, width=170)
        st.text_input("Note", max_chars=1000, key=NOTE, placeholder="What is new, and why")
        st.form_submit_button(
            "Keep the set as it stands",
            on_click=_keep_now,
            args=(run, deadline),
            icon=":material/inventory_2:",
        )


def _keep_now(run: Run, deadline: date) -> None:
    version = workspace.Version(
        assumptions=own.current(),
        at=datetime.now(UTC).replace(microsecond=0),
        by=history.visitor(),
        note=one_line(st.session_state.get(NOTE, "")),
        as_of=run.as_of,
        deadline=deadline,
        run=run.id,
    )
    if own.current().is_empty:
        opened.state().problem = "The set has no assumptions, so there is nothing to keep."
    elif opened.change(lambda now: workspace.kept(now, version)):
        st.session_state[NOTE] = ""


@visitor.needs(Role.analyst)
def _files(kept: workspace.Workspace) -> None:
    """The whole workspace as one file, to save and to add from."""
    if kept.versions:
        key, name = "workspace_download", "araxes_workspace.json"
        file = offered(key, name, visitor.still(Role.analyst, lambda: files.to_json(kept)))
        st.download_button(
            "Download the workspace",
            data=file.content,
            file_name=name,
            mime="application/json",
            icon=":material/download:",
            on_click=file.pressed,
            key=key,
        )
    _import()


def _import() -> None:
    key = own.key("workspace_file")
    st.file_uploader(
        "Add a workspace's file",
        type=["json"],
        key=key,
        max_upload_size=1,
        on_change=_add,
        args=(key,),
        help="Versions that are not here yet are added. Signatures in the file count as typed "
        "names, not as logins: a file can claim anything.",
    )


def _add(key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    try:
        added = guard.workspace(file.getvalue())
    except workspace.WorkspaceError as problem:
        opened.state().problem = f"The file {file.name[-80:]}: {problem}."
        return
    if not opened.state().key:
        opened.new()
    opened.change(lambda now: workspace.merged(now, added))
