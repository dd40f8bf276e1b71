"""What the pages remember of explanations: what matters, what would flip it, what moved.

Keyed as in `cached.py`: by run, assumptions and deadline, and by the run that answers.
"""

from datetime import date

import streamlit as st

from briefing.exhibit import Exhibit
from briefing.exports import images, remembered_words
from briefing.exports import paragraph as paragraphs
from briefing.material import Material
from briefing.provenance import Tier
from model.assumptions import Assumptions
from model.attribution import shapley
from model.conditional import conditional_table
from model.flip_point import flip_points as find_flip_points
from model.movement import movement as find_movement
from model.store import Run
from model.tornado import tornado as find_tornado
from pages.ui import cached


def tornado(run: Run, assumptions: Assumptions, outcome: str, deadline: date):
    """What matters most to an outcome under a set; see `model.tornado`."""
    key = cached.basis_id(run, assumptions), assumptions.model_dump_json()
    return _tornado(run.id, run, key, assumptions, outcome, deadline)


def flip_points(run: Run, assumptions: Assumptions, outcome: str, threshold: float, deadline: date):
    """What takes an outcome past a chance under a set; see `model.flip_point`."""
    key = cached.basis_id(run, assumptions), assumptions.model_dump_json()
    return _flip_points(run.id, run, key, assumptions, outcome, threshold, deadline)


def gap(run: Run, one: Assumptions, other: Assumptions, outcome: str, deadline: date):
    """What the gap between two sets is made of; see `model.attribution`."""
    key = tuple(each.model_dump_json() for each in (one, other))
    basis = cached.basis_id(run, one), cached.basis_id(run, other)
    return _gap(run.id, run, basis, key, (one, other), outcome, deadline)


def if_then(run: Run, deadline: date, day: date):
    """Every pair of outcomes; see `model.conditional`."""
    return _if_then(run.id, run, deadline, day)


def paragraph(material: Material, tier: Tier) -> str:
    """A briefing as a paragraph to paste; see `briefing.exports.paragraph`."""
    key = material.provenance("paragraph", tier).to_json()
    return _paragraph(key, material, tier)


def picture(shown: Exhibit, material: Material, size: str, theme: str) -> bytes:
    """An exhibit as a PNG file holds it; see `briefing.exports.images`."""
    layout = {"size": size, "theme": theme}
    told = material.provenance("chart", name=shown.name, choices=dict(shown.choices), layout=layout)
    return _picture(told.to_json(), shown, material, size, theme)


def movement(previous: Run, now: Run, deadline: date):
    """What moved between two runs; see `model.movement`."""
    return _movement(previous.id, now.id, (previous, now), deadline)


@st.cache_resource(show_spinner=False, max_entries=200)
def _tornado(run_id: str, _run, key: tuple[str, str], _assumptions, outcome: str, deadline: date):
    return find_tornado(_run, _assumptions, outcome, deadline)


@st.cache_resource(show_spinner=False, max_entries=200)
def _flip_points(
    run_id: str, _run, key, _assumptions, outcome: str, threshold: float, deadline: date
):
    return find_flip_points(_run, _assumptions, outcome, threshold, deadline)


@st.cache_resource(show_spinner=False, max_entries=200)
def _gap(run_id: str, _run, basis, key, _sets, outcome: str, deadline: date):
    return shapley(_run, *_sets, outcome, deadline)


@st.cache_resource(show_spinner=False, max_entries=100)
def _if_then(run_id: str, _run, deadline: date, day: date):
    return conditional_table(_run, deadline, day)


@st.cache_resource(show_spinner=False, max_entries=100)
def _movement(previous_id: str, now_id: str, _runs, deadline: date):
    return find_movement(*_runs, deadline)


@st.cache_data(show_spinner="Writing", max_entries=100)
def _paragraph(key: str, _material: Material, _tier: Tier) -> str:
    return paragraphs.paragraph(_material, _tier, remembered_words.before(_material))


@st.cache_data(show_spinner=False, max_entries=50)
def _picture(key: str, _shown: Exhibit, _material: Material, size: str, theme: str) -> bytes:
    return images.picture(_shown, _material, "png", size, theme)
