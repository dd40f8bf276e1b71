"""Pieces of a page: an outcome's card, a chart with its table, the line on the run."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from briefing.charts import curves, theme
from briefing.exhibits.exhibit import Exhibit
from briefing.material.material import Material
from briefing.words import glossary, numbers
from briefing.words.yardsticks import phrase
from model.runs import Run
from model.scenario import Outcome, Scenario
from pages.ui.frame import controls, downloads

MEASURED = 9  # rows after which Streamlit makes a column as wide as what stands in it
LETTER, SIDES = 7, 24  # pixels, of a letter of a table and beside its text
SENTENCE = 80  # letters; what is longer is no name
TWO_LINES = 62  # pixels; from here on Streamlit breaks a text into lines
# Figures with their signs and units, and a range of them; no day, which has letters or two dashes.
FIGURES = re.compile(r"[<>≤≥~]?[+−-]?\d[\d,.]*%?( ?(to|–) ?[<>]?[+−-]?\d[\d,.]*%?)?|[—–-]?")
BROKEN = 0.65  # of its letters that a text on two lines has on the longer of them, at most


def outcome_card(
    row: Mapping, outcome: Outcome, colour: str, yardstick: str, notes: Sequence[str]
) -> None:
    """Percent, phrase with range, dots, both sides and interval of a row of the outcomes table.

    outcome: whose question and rule stand behind the title's mark. colour: of the dots, #RRGGBB.
    yardstick: whose words the phrase takes. notes: sentences below, such as how the chance moved.
    """
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{row['title']}**", help=f"{outcome.question}\n\n{outcome.rule}")
        if numbers.is_settled(row):
            st.metric(row["title"], "Happened", label_visibility="collapsed")
            st.markdown(f"Already happened, {numbers.settled(row)}.")
            return
        chance, error = row["probability"], row["mcse"]
        # A title that is not drawn, but that a screen reader says before the number.
        st.metric(row["title"], numbers.percent(chance, error), label_visibility="collapsed")
        dots(row, colour)
        st.markdown(numbers.capital(phrase(chance, yardstick)))
        st.markdown(numbers.capital(numbers.both_sides(chance, error)))
        st.caption(numbers.capital(numbers.interval(row["low"], row["high"], error)))
        for note in notes:
            st.caption(note)


def dots(row: Mapping, colour: str) -> None:
    """The row's chance as dots among a hundred, drawn in `colour`."""
    # Six of these stand on the first page: without its pointer handlers a chart costs less.
    options = {"staticPlot": True, "displayModeBar": False}
    figure = curves.dots(row["probability"], colour)
    st.plotly_chart(figure, key=f"dots_{row['outcome']}", alt=numbers.dots_alt(row), config=options)


def outcome_cards(
    rows: list[Mapping], scenario: Scenario, yardstick: str, notes: Mapping[str, Sequence[str]]
) -> None:
    """One card per row, side by side; `notes`, sentences below the chance, are by outcome."""
    colours = theme.outcome_colours(scenario.outcome_ids)
    for column, row in zip(st.columns(len(rows)), rows, strict=True):
        id = row["outcome"]
        with column:
            outcome_card(row, scenario.outcome(id), colours[id], yardstick, notes.get(id, ()))


def heading(title: str, zoomable: bool = False) -> bool:
    """Draw a chart's heading, if `zoomable` with a switch; whether that asks for a zoomed axis."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.subheader(title, anchor=False, width="content")
        return zoomable and controls.zoom()


def exhibit(shown: Exhibit, material: Material, key: str | None = None) -> None:
    """A chart in the reader's theme with its alt text, its caption, and its table, folded.

    material: what it was made of, for the files that a reader takes away.
    """
    key = key or shown.name
    folded = drawn(shown, key, f"As a table or file: {shown.title}")
    if folded.open:
        with folded:
            downloads.offer(shown, material, key)


def drawn(shown: Exhibit, key: str, folded_title: str = "As a table"):
    """A chart as `exhibit` has it, without files. Gives the fold of its table, an `st.expander`."""
    theme.inked(shown.figure, st.context.theme.type or "light")
    st.plotly_chart(
        shown.figure, key=f"chart:{key}", alt=shown.alt, config={"displayModeBar": False}
    )
    if shown.caption:
        st.caption(shown.caption)
    return table(folded_title, shown.in_words, f"table:{key}")


def table(title: str, rows: pd.DataFrame | Callable[[], pd.DataFrame], key: str | None = None):
    """A table in words, folded; made when a reader opens it. Gives the fold, an `st.expander`.

    rows: the table, or what finds it.
    """
    folded = st.expander(
        title, icon=":material/table:", key=key or f"table:{title}", on_change="rerun"
    )
    if folded.open:
        with folded:
            grid(rows() if callable(rows) else rows)
    return folded


def grid(rows: pd.DataFrame, **drawn: Any) -> None:
    """A table of words: no name is cut, however narrow the screen, and a sentence is broken.

    drawn: what `st.dataframe` is told beside it. A column that its column_config names is left as
    it is; row_height=TWO_LINES breaks its texts.
    """
    config = drawn.pop("column_config", {})
    texts = [rows[name] for name in rows if name not in config and _is_text(rows[name])]
    if any(column.map(len).max() > SENTENCE for column in texts):
        drawn.setdefault("row_height", TWO_LINES)
    share = BROKEN if "row_height" in drawn else 1.0
    looks = {
        name: _look(name, rows[name], share) for name in rows if name not in config and len(rows)
    }
    looks = {name: look for name, look in looks.items() if look}
    st.dataframe(rows, hide_index=True, column_config=looks | config, **drawn)


def _look(name: str, column: pd.Series, share: float) -> Any:
    """How a column stands: numbers, written or not, to the right; long names in their width."""
    if not _is_text(column):
        is_whole = pd.api.types.is_integer_dtype(column)
        return st.column_config.NumberColumn(format="localized") if is_whole else None
    sizes = column.map(len)
    width = _width(name, sizes, share) if _is_cut(sizes) else None
    right = "right" if column.map(FIGURES.fullmatch).notna().all() else None
    return st.column_config.Column(width=width, alignment=right) if width or right else None


def _is_text(column: pd.Series) -> bool:
    return len(column) > 0 and all(isinstance(value, str) for value in column)


def _is_cut(sizes: pd.Series) -> bool:
    return sizes.max() > sizes.iloc[:MEASURED].max()


def _width(name: str, sizes: pd.Series, share: float) -> int:
    letters = max(len(name), share * min(SENTENCE, sizes.max()))
    return int(LETTER * letters + SIDES)


def identity(reproduced: bool, run_id: str) -> None:
    """Draw whether the published forecast, computed again, is the stored one: `reproduced`."""
    if reproduced:
        sentence = f"With nothing assumed the forecast is run {run_id}'s, bit for bit."
        st.caption(f":material/check: {sentence}")
    else:
        st.error(
            f"With nothing assumed the forecast is not run {run_id}'s: another version of the "
            "program stored it. Fit it again with `python -m model refit`."
        )


def run_line(run: Run) -> None:
    """The foot of the page: the run's id, its evidence and diagnostics, a way to the glossary."""
    counts, diagnostics = run.manifest["counts"], run.manifest["diagnostics"]
    facts = [
        f"Run {run.id}",
        f"{counts['events']:,} events, {counts['origins']:,} independent",
        f"{counts['reference_cases']:,} reference cases",
        f"{diagnostics['draws']:,} draws, R-hat {diagnostics['rhat']:.3f}",
    ]
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(" · ".join(facts), width="content")
        terms = st.popover(
            "Glossary", icon=":material/dictionary:", key="glossary", on_change="rerun"
        )
        if terms.open:
            terms.markdown(glossary.as_list())
