"""Briefs by form: the one place that knows which writer makes which. A writer loads when needed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing.exports.pictures.in_text import Pictures
from briefing.material.material import Material
from briefing.material.provenance import Tier


@dataclass(frozen=True)
class Options:
    """How a brief is laid out. banner: its classification. template: a PPTX, for pptx only.

    tier: what may leave the house. before: the likelihood phrase per outcome id of the brief
    before, see `kept_words.asked`.
    """

    tier: Tier = Tier.full
    banner: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    template: Path | None = None


AS_IT_COMES = Options()
Writer = Callable[[Material, Options, Pictures | None], bytes]


def _pptx(material: Material, options: Options, pictures: Pictures | None) -> bytes:
    from briefing.exports.deck.deck import deck

    return deck(material, options.tier, options.template, options.banner, options.before)


def _docx(material: Material, options: Options, pictures: Pictures | None) -> bytes:
    from briefing.exports.documents.word import document

    return document(material, options.tier, options.banner, options.before, pictures)


def _pdf(material: Material, options: Options, pictures: Pictures | None) -> bytes:
    from briefing.exports.documents.pdf import document

    return document(material, options.tier, options.banner, options.before, pictures)


def _html(material: Material, options: Options, pictures: Pictures | None) -> bytes:
    from briefing.exports.documents.html import document

    return document(material, options.tier, options.banner, options.before)


# The third argument draws a document's charts, `in_text.pictures` where None; slides and pages
# need none, since the reader's own program draws theirs.
WRITERS: dict[str, Writer] = {"pptx": _pptx, "docx": _docx, "pdf": _pdf, "html": _html}
