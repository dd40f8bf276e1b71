"""The first screen: what has been published, what became of it, and what that can prove."""

import streamlit as st

from briefing.material.material import Material
from briefing.words import numbers
from briefing.words import record as words
from model.record.ledger.where import LedgerError
from model.record.published import resolution
from pages.ui.memory import record
from pages.ui.memory.record import Record


def section(material: Material) -> None:
    """What stands above every part of the page."""
    st.markdown(words.HINDSIGHT)
    kept = record.record()
    if isinstance(kept, LedgerError):
        st.error(numbers.as_typed(str(kept)))
    else:
        if not kept.forecasts.empty:
            _counts(kept)
        _misses(kept, material)


def _counts(kept: Record) -> None:
    counts = resolution.counts(kept.forecasts)
    shown = {"Forecasts published": len(kept.forecasts)}
    shown |= {name.capitalize(): counts[name] for name in ("resolved", "open", "void")}
    # not in columns, which a phone stacks: the first screen would be of four numbers
    with st.container(horizontal=True, gap="large"):
        for name, count in shown.items():
            st.metric(name, f"{count:,}", width="content")


def _misses(kept: Record, material: Material) -> None:
    """The record in sentences, the worst miss before any score."""
    counted, *rest = words.sentences(kept.forecasts, material.scenario)
    if kept.forecasts.empty:
        st.markdown(
            f"{counted} What the model would have said on past days is scored under *Past days*; "
            "under *Published* you can publish this day's."
        )
        return
    st.markdown(numbers.as_typed(" ".join([*rest, counted])))
