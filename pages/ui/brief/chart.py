"""One chart to take away: which, how large, and how it looks in the file."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from briefing.exhibits import catalogue
from briefing.exports.pictures import browser, images, sizes
from briefing.material.material import Material
from briefing.words import numbers
from briefing.words.sets import answers
from pages.ui.frame import downloads, panels
from pages.ui.memory import explanations

SIZES = {"slide": "Slide, 16:9", "a4": "A4 column", "square": "Square", "": "Other"}
STYLE = Path(__file__).with_name("alone.css")
PINNED = ("as_of", "deadline", "run", "set")  # of the address: what an embedded chart keeps
ON_THEIR_OWN_PAGE = ("gap", "belief")  # which ask for more than an outcome or a driver
TALL = 700  # pixels of a chart, of which a picture that does not grow makes small print
SMALL_PRINT = "A tall chart: its words are small at this size. The A4 column grows with it."


def section(material: Material) -> None:
    """The choices, the picture as the file holds it, and one button per form."""
    st.subheader("A chart", anchor=False)
    left, right = st.columns([2, 3], gap="large")
    with left:
        name, choices = _which(material)
        size, theme = _look()
    with right:
        _shown(material, name, choices, size, theme)


def is_wanted_alone() -> bool:
    """Whether the address asks for one chart and nothing else, as a page that embeds it does."""
    return st.query_params.get("only") == "chart"


def alone(material: Material) -> None:
    """The chart that the address names, with its choices, and where it comes from."""
    st.html(STYLE)
    asked = st.query_params.to_dict()
    name = asked.get("chart", next(iter(catalogue.CATALOGUE)))
    offered = catalogue.CATALOGUE[name].choices if name in catalogue.CATALOGUE else ()
    try:
        exhibit = catalogue.make(name, material, {c: asked[c] for c in offered if c in asked})
    except ValueError as problem:
        reason = answers.refusal(problem, material.assumptions, material.scenario, material.as_of)
        st.error(numbers.as_typed(reason))
        return
    st.subheader(exhibit.title, anchor=False)
    panels.exhibit(exhibit, material)
    st.caption(
        f"Araxes, as of {numbers.long_date(material.as_of)}, by "
        f"{numbers.long_date(material.deadline)}; run {material.run.id}."
    )


def _embedding(name: str, choices: Mapping[str, str]) -> None:
    """What to paste into another page to show the chart there."""
    page = (st.context.url or "").split("?")[0]
    kept = {key: st.query_params[key] for key in PINNED if key in st.query_params}
    query = urlencode({"embed": "true", "only": "chart", "chart": name} | kept | dict(choices))
    with st.expander("Embed this chart in a page", icon=":material/code:"):
        st.code(f'<iframe src="{page}?{query}" width="100%" height="560"></iframe>', language=None)


def _which(material: Material) -> tuple[str, Mapping[str, str]]:
    offered = [name for name in catalogue.CATALOGUE if name not in ON_THEIR_OWN_PAGE]
    name = st.selectbox(
        "Chart",
        offered,
        format_func=lambda chart: numbers.capital(catalogue.CATALOGUE[chart].shows),
        key="chart",
        bind="query-params",
    )
    choices = {}
    for choice in catalogue.CATALOGUE[name].choices:
        titles = catalogue.offers(material, choice)
        if titles:
            choices[choice] = st.selectbox(
                numbers.capital(choice), list(titles), format_func=titles.get, key=f"of:{choice}"
            )
    return name, choices


def _look() -> tuple[str, str]:
    size = st.segmented_control(
        "Size", list(SIZES), default="slide", required=True, format_func=SIZES.get, key="size"
    )
    if not size:
        # A form: the files hold the picture that is shown, whatever has since been typed.
        with st.form("pixels", border=False):
            size = st.text_input("Pixels", value="1200x800", key="pixels", help="Width x height.")
            st.form_submit_button("Draw", icon=":material/refresh:")
    theme = st.segmented_control(
        "Background",
        images.THEMES,
        default="light",
        required=True,
        format_func=str.capitalize,
        key="background",
    )
    return size, theme


def _shown(
    material: Material, name: str, choices: Mapping[str, str], size: str, theme: str
) -> None:
    try:
        grows = sizes.size_of(size).grows  # first: a typed size may be none, drawing takes seconds
        with st.spinner("Drawing"):
            exhibit = catalogue.make(name, material, choices)
            picture = explanations.picture(exhibit, material, size, theme)
    except browser.NoBrowser as problem:
        st.info(numbers.as_typed(numbers.capital(f"{problem}.")))
        return
    except ValueError as problem:
        reason = answers.refusal(problem, material.assumptions, material.scenario, material.as_of)
        st.warning(numbers.as_typed(reason))
        return
    st.image(picture, alt=exhibit.alt)  # which holds its caption
    if exhibit.figure.layout.height > TALL and not grows:
        st.caption(SMALL_PRINT)
    downloads.offer(exhibit, material, f"brief:{name}", size, theme)
    _embedding(name, choices)
