"""The walk-forward: what past days would have forecast, against what came; misses first."""

import streamlit as st

from briefing.exhibits.walk import walk_forward as exhibits
from briefing.material.material import Material
from briefing.words.walk import sentences as words
from briefing.words.walk import tables as walk_tables
from model.record.walk import stored_walk
from model.record.walk.stored_walk import WalkForward
from model.scenario import Scenario
from pages.ui.frame import downloads, panels
from pages.ui.memory import tables

QUERY = "query-params"
FULL = "content"  # a table as tall as its rows
FILES = {
    "walk_forecasts": "Every forecast and what came",
    "walk_fits": "The fits",
    "walk_skills": "Skill against the rules",
    "walk_scores": "Scores and their parts",
    "walk_transfer": "From the classes to the region",
    "walk_sets": "The built-in sets",
    "walk_conditionals": "If A then B",
}


def section(material: Material) -> None:
    """Misses, paths, skill, the transfer from the classes, the crowd, sets and conditionals."""
    walk = tables.walk_forward(material.run)
    if walk is None:
        st.info(words.NOT_WALKED)
        return
    scenario = material.scenario
    st.markdown(words.walked_said(walk, stored_walk.version(scenario)))
    st.markdown(words.counted(walk))
    _misses(walk, scenario)
    _path(walk, material)
    _skill(walk, material)
    _transfer(walk, material)
    _crowd(walk)
    _supposed(walk, material)
    _files(material)


def _misses(walk: WalkForward, scenario: Scenario) -> None:
    st.subheader("The worst misses", anchor=False)
    for paragraph in words.misses_said(walk.misses, _titles(scenario)):
        st.markdown(f"- {paragraph}")


def _path(walk: WalkForward, material: Material) -> None:
    titles = _titles(material.scenario)
    st.subheader("What was said, and what came", anchor=False)
    left, right = st.columns(2)
    outcome = left.selectbox(
        "Outcome", titles, format_func=titles.get, key="walked_outcome", bind=QUERY
    )
    term = right.selectbox("How far ahead", exhibits.TERM_ORDER, key="walked_term", bind=QUERY)
    panels.exhibit(exhibits.path(walk, material.scenario, outcome, term), material)


def _skill(walk: WalkForward, material: Material) -> None:
    st.subheader("Against simple rules", anchor=False)
    shown = exhibits.skills(walk, material.scenario)
    st.markdown(words.skill_said(exhibits.whole_skills(walk)))
    panels.exhibit(shown, material)
    titles = _titles(material.scenario)
    panels.table("By outcome and by term", lambda: walk_tables.skills_in_words(walk.skills, titles))
    panels.table(
        "Scores and what they are made of",
        lambda: walk_tables.scores_in_words(walk.scores, titles),
    )


def _transfer(walk: WalkForward, material: Material) -> None:
    st.subheader("From the classes to the region", anchor=False)
    titles = _titles(material.scenario)
    st.markdown(words.TRANSFER)
    st.markdown(walk_tables.transfer_said(walk.transfer, titles))
    table = walk_tables.transfer_in_words(walk.transfer, titles)
    panels.grid(table, height=FULL)


def _crowd(walk: WalkForward) -> None:
    paragraphs = words.crowd_said(walk)
    if paragraphs:
        st.subheader("Beside the crowd", anchor=False)
        st.markdown("\n\n".join(paragraphs))


def _supposed(walk: WalkForward, material: Material) -> None:
    st.subheader("The built-in sets as forecasters", anchor=False)
    st.markdown(words.SETS)
    names = {name: of.name or name for name, of in material.evidence.sets.items()}
    panels.grid(walk_tables.sets_in_words(walk.sets, names), height=FULL)
    st.subheader("If A then B", anchor=False)
    st.markdown(words.CONDITIONALS)
    titles = _titles(material.scenario)
    scored = walk_tables.conditionals_in_words(walk.conditionals, titles)
    if len(scored):
        panels.grid(scored, height=FULL)
    if never := words.never_came(walk.conditionals, titles):
        st.caption(never)


def _files(material: Material) -> None:
    """Every table of this part to take away, each under its name, folded."""
    folded = st.expander(
        "Every table as a file", icon=":material/table:", key="walk_files", on_change="rerun"
    )
    if folded.open:
        with folded:
            for name, title in FILES.items():
                st.markdown(f"**{title}**")
                downloads.numbers(name, material)


def _titles(scenario: Scenario) -> dict[str, str]:
    return {outcome.id: outcome.title for outcome in scenario.outcomes}
