"""A chart and its numbers as files to take away, each made when a reader asks for it."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from briefing.exhibits import tables
from briefing.exhibits.exhibit import Exhibit
from briefing.exports.data import files
from briefing.exports.pictures import browser, images
from briefing.files import chart_file
from briefing.material.material import Material
from briefing.words import numbers as words
from pages.ui.frame.offered import offered
from pages.ui.login import visitor
from pages.ui.login.controls import left_out
from pages.ui.login.roles import Role

TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}

FILES = "Files to take away"


def offer(
    shown: Exhibit, material: Material, key: str, size: str = "slide", theme: str | None = None
) -> None:
    """One button per form; pictures are in the reader's theme unless another is asked for.

    The shell makes the same files. Where no browser is found that draws them, their buttons are off
    and the remedy is said. key: tells these buttons from others on the page.
    """
    if not left_out(Role.analyst, FILES):
        _chart_files(shown, material, key, size, theme)


@st.fragment  # a press alone runs no more of the page than its buttons
def _chart_files(
    shown: Exhibit, material: Material, key: str, size: str, theme: str | None
) -> None:
    background, absent = theme or st.context.theme.type or "light", missing()
    with st.container(horizontal=True, gap="small"):
        for form in images.FORMS:
            make = partial(images.picture, shown, material, form, size, background)
            _button(shown, material, form, make, key, absent is not None)
        for form in files.FORMS:
            make = partial(files.table, shown, material, form)
            _button(shown, material, form, make, key)
    if absent:
        st.caption(words.as_typed(words.capital(f"{absent}.")))


def numbers(name: str, material: Material, choices: Mapping[str, str] | None = None) -> None:
    """A table that belongs to no chart as files; `name` is that of `briefing.exhibits.tables`."""
    if not left_out(Role.analyst, FILES):
        _table_files(name, material, choices)


@st.fragment
def _table_files(name: str, material: Material, choices: Mapping[str, str] | None) -> None:
    def make(form: str) -> bytes:
        return files.table(tables.make(name, material, choices), material, form)

    with st.container(horizontal=True, gap="small"):
        for form in files.FORMS:
            _button(tables.Table(name), material, form, partial(make, form), name)


@visitor.needs(Role.analyst)
def _button(
    shown: Exhibit,
    material: Material,
    form: str,
    make: Callable[[], bytes],
    key: str,
    off: bool = False,
) -> None:
    own_key, name = f"{form}:{key}", chart_file.file_name(shown, material, form)
    file = offered(own_key, name, visitor.still(Role.analyst, make))
    st.download_button(
        form.upper() if form != "parquet" else "Parquet",
        data=file.content,
        file_name=name,
        mime=TYPES[form],
        key=own_key,
        on_click=file.pressed,
        disabled=off,
        type="tertiary",
        icon=":material/download:",
    )


def missing() -> str | None:
    """Why no picture can be drawn here, None where one can."""
    try:
        browser.executable()
    except browser.NoBrowser as problem:
        return str(problem)
    return None
