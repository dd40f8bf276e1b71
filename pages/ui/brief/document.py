"""A document to take away, made on one press with all that was typed; the paragraph to paste."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from briefing.exports.shared import fonts
from briefing.files import briefs, chart_file, kept_words
from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.words import numbers
from briefing.words.sets import answers
from model.scenario.plain_text import one_line
from pages.ui.frame import downloads
from pages.ui.login import visitor
from pages.ui.login.controls import left_out
from pages.ui.login.roles import Role
from pages.ui.memory import explanations

FORMS = {"docx": "Word", "pptx": "PowerPoint", "pdf": "PDF", "html": "Web page"}
HOLDS = {
    "docx": "Two pages or so: bottom line, numbers, two charts, what to watch, sources.",
    "pptx": "Ten slides or so; every chart is native, so it can be edited with its numbers.",
    "pdf": "The pages of the Word brief, ready to print.",
    "html": "One file with charts that answer to the pointer; it needs no network.",
}
TIERS = {
    Tier.full: "Sources and assumptions too",
    Tier.unsourced: "No names of sources",
    Tier.numbers: "Numbers only",
}
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html",
}
BANNER_MOST = 60  # characters, which fit on a line of every page
TEMPLATE_MOST = 50  # MB
TEMPLATES = ["pptx", "potx", "ppsx", "pptm", "potm", "ppsm"]  # macros are left out
MADE = "document made"


@dataclass(frozen=True)
class Made:
    """A document that was made in this visit: its bytes, its banner, and what it was made of."""

    content: bytes
    banner: str
    of: tuple[str, ...]


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
    if left_out(Role.analyst, "Documents"):
        return Tier.full
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
    tier = st.selectbox(
        "What the document may contain", list(TIERS), format_func=TIERS.get, key="tier"
    )
    of = form, material.provenance("brief", tier).to_json()
    # A form, since it sends what was typed along with the press: a button of its own would be
    # pressed before the page has heard of the banner.
    with st.form("document", border=False):
        banner = st.text_input("Classification banner", key="banner", placeholder="None").strip()
        template = _template() if form == "pptx" else None
        if _pressed(form):
            st.session_state.pop(MADE, None)
            _make(material, form, tier, banner, template, of)
    _offer(material, form, of)
    return tier


def _template():
    return st.file_uploader(
        "Your template", type=TEMPLATES, key="template", max_upload_size=TEMPLATE_MOST
    )


def _pressed(form: str) -> bool:
    missing = downloads.missing() if form in briefs.PICTURED else None
    pressed = st.form_submit_button(
        f"Make the {FORMS[form]} file", icon=":material/description:", disabled=missing is not None
    )
    if missing:
        st.caption(numbers.as_typed(numbers.capital(f"{missing}.")))
    return pressed


def _make(
    material: Material, form: str, tier: Tier, banner: str, template, of: tuple[str, ...]
) -> None:
    """Make the document and hold it for this visit, or say why there is none."""
    try:
        with st.spinner("Making the file"):
            content = make(material, form, tier, banner, template)
    except (ValueError, OSError) as problem:
        reason = answers.refusal(problem, material.assumptions, material.scenario, material.as_of)
        st.error(numbers.as_typed(f"There is no file. {reason}"))
        return
    st.session_state[MADE] = Made(content, banner, of)


@visitor.needs(Role.analyst)
def _offer(material: Material, form: str, of: tuple[str, ...]) -> None:
    """The document to save, while it is what the choices ask for."""
    made = st.session_state.get(MADE)
    if made is None or made.of != of:
        return
    banner = f"Banner: {made.banner}" if made.banner else "No banner"
    st.download_button(
        f"Save the {FORMS[form]} file",
        data=made.content,
        file_name=chart_file.file_name_of("brief", material, form),
        mime=TYPES[form],
        icon=":material/download:",
        on_click="ignore",
        key="save_document",
    )
    st.caption(numbers.as_typed(f"{banner}; {len(made.content) / 1e6:.1f} MB."))
    if boxes := fonts.said(material, form, made.banner):
        st.caption(numbers.as_typed(f"{boxes}."))


@visitor.needs(Role.analyst)
def make(material: Material, form: str, tier: Tier, banner: str, template) -> bytes:
    """The document's bytes; what a check of it needs later is stored.

    form: a key of `FORMS`. banner: the line on every page, empty for none. template:
    an uploaded PPTX, or None. Raises ValueError, one plain line, that the page shows.
    """
    if len(banner) > BANNER_MOST:
        raise ValueError(
            f"the banner has {len(banner)} characters, and {BANNER_MOST} fit on a page; shorten it"
        )
    before = kept_words.before(material)
    with tempfile.TemporaryDirectory() as folder:
        path = None
        if template is not None:
            path = Path(folder, file_name(template.name))
            path.write_bytes(template.getvalue())
        options = briefs.Options(tier, banner, before, path)
        try:
            content = briefs.document(form, material, options)
        except ValueError as problem:
            if folder in str(problem):  # of the template, whose folder means nothing to a reader
                raise ValueError(str(problem).replace(f"{folder}/", "")) from None
            raise
    briefs.remember(material, options)  # last: a document that failed leaves nothing behind
    return content


def file_name(name: str) -> str:
    """A name from outside as that of a file in a folder of ours, which it cannot lead out of."""
    last = one_line(Path(name).name)[-80:]
    return last if last.strip(".") else "template.pptx"


def _paragraph(material: Material, tier: Tier) -> None:
    st.subheader("A paragraph to paste", anchor=False)
    try:
        paragraph = explanations.paragraph(material, tier)
    except ValueError as problem:
        reason = answers.refusal(problem, material.assumptions, material.scenario, material.as_of)
        st.warning(numbers.as_typed(reason))
        return
    st.code(paragraph, language=None, wrap_lines=True)
    st.caption("The button at its corner copies it.")
