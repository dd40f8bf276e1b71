"""A document to take away, and the paragraph to paste."""

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from briefing.files import briefs, chart_file, kept_words
from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.words import assumptions, numbers
from pages.ui.frame import downloads
from pages.ui.memory import explanations

FORMS = {"docx": "Word", "pptx": "PowerPoint", "pdf": "PDF", "html": "Web page"}
HOLDS = {
    "docx": "Two pages: bottom line, numbers, two charts, what would change our mind, sources.",
    "pptx": "Ten slides or so; every chart is native, so it can be edited with its numbers.",
    "pdf": "The two pages of the Word brief, ready to print.",
    "html": "One file with charts that answer to the pointer; it needs no network.",
}
TIERS = {
    Tier.full: "With sources and assumptions",
    Tier.unsourced: "Without the names of sources",
    Tier.numbers: "Numbers only",
}
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html",
}


def section(material: Material) -> None:
    """The choices and the button of a document on the left, the paragraph to paste on the right."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        tier = _document(material)
    with right:
        _paragraph(material, tier)


def _document(material: Material) -> Tier:
    """The choices of a document and its button; the tier that was chosen."""
    st.subheader("A document", anchor=False)
    form = st.segmented_control(
        "Form",
        list(FORMS),
        default="docx",
        required=True,
        format_func=FORMS.get,
        key="form",
        bind="query-params",
    )
    st.caption(HOLDS[form])
    tier = st.selectbox("What leaves the house", list(TIERS), format_func=TIERS.get, key="tier")
    banner = st.text_input(
        "Classification banner", key="banner", max_chars=60, placeholder="None"
    ).strip()
    template = None
    if form == "pptx":
        template = st.file_uploader("Your template", type=["pptx"], key="template")
    _button(material, form, tier, banner, template)
    return tier


def _button(material: Material, form: str, tier: Tier, banner: str, template) -> None:
    missing = downloads.missing() if form in briefs.PICTURED else None
    st.download_button(
        f"Make the {FORMS[form]} file",
        data=partial(make, material, form, tier, banner, template),
        file_name=chart_file.file_name_of("brief", material, form),
        mime=TYPES[form],
        icon=":material/download:",
        on_click="ignore",
        disabled=missing is not None,
        key="make",
    )
    if missing:
        st.caption(numbers.as_typed(numbers.capital(f"{missing}.")))


def make(material: Material, form: str, tier: Tier, banner: str, template) -> bytes:
    """The document's bytes; what a check of it needs later is stored.

    form: a key of `FORMS`. banner: the line on every page, empty for none. template:
    an uploaded PPTX, or None. Raises ValueError, one plain line, that the page shows.
    """
    before = kept_words.before(material)
    with tempfile.TemporaryDirectory() as folder:
        path = None
        if template is not None:
            # The last part alone: a name from outside must not lead out of the folder.
            path = Path(folder, Path(template.name).name)
            path.write_bytes(template.getvalue())
        options = briefs.Options(tier, banner, before, path)
        content = briefs.document(form, material, options)
    briefs.remember(material, options)  # last: a document that failed leaves nothing behind
    return content


def _paragraph(material: Material, tier: Tier) -> None:
    st.subheader("A paragraph to paste", anchor=False)
    try:
        paragraph = explanations.paragraph(material, tier)
    except ValueError as problem:
        reason = assumptions.refusal(
            problem, material.assumptions, material.scenario, material.as_of
        )
        st.warning(numbers.as_typed(reason))
        return
    st.code(paragraph, language=None, wrap_lines=True)
    st.caption("The button at its corner copies it.")
