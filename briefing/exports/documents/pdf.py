"""The brief as a PDF by typst: tagged, with footnotes, the fonts inside, the same bytes again."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import singledispatch
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdf
import typst

from briefing.exhibits.exhibit import Exhibit
from briefing.exports.documents import outline
from briefing.exports.pictures import in_text
from briefing.exports.shared import pdf_marks
from briefing.material.material import Material
from briefing.material.provenance import TOOL, Provenance, Tier

LAYOUT = Path(__file__).with_name("brief.typ")


def document(
    material: Material,
    tier: Tier = Tier.full,
    banner: str = "",
    before: Mapping[str, str] | None = None,
    pictures: in_text.Pictures | None = None,
) -> bytes:
    """The PDF's bytes; the arguments are those of `word.document`, as is what it raises."""
    brief = outline.outline(material, tier, banner, before)
    return laid_out(brief, pictures or in_text.pictures(material, tier))


def laid_out(brief: outline.Outline, pictures: in_text.Pictures) -> bytes:
    """An outline as a PDF, its provenance in the information dictionary under `pdf_marks.KEY`.

    pictures: an exhibit as a PNG.
    """
    day = datetime.combine(brief.provenance.as_of, time(), UTC)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for exhibit in _exhibits(brief):
            (place / _file(exhibit)).write_bytes(pictures(exhibit))
        (place / "content.json").write_text(json.dumps(_content(brief)), encoding="utf-8")
        (place / LAYOUT.name).write_bytes(LAYOUT.read_bytes())
        # Fonts of the machine would break lines, and so pages, in another way on each.
        content = typst.compile(
            place / LAYOUT.name, root=place, timestamp=day, ignore_system_fonts=True
        )
    return _signed(content, brief.provenance)


def _content(brief: outline.Outline) -> dict:
    """What `brief.typ` reads, as texts, so that none of them is run as typst's markup."""
    return {
        "title": brief.title,
        "about": brief.about,
        "banner": brief.banner,
        "author": TOOL,
        "keywords": f"run {brief.provenance.run}",
        "foot": f"Run {brief.provenance.run}",
        "blocks": [
            {"heading": block.heading, "parts": [_plain(part) for part in block.parts]}
            for block in brief.blocks
        ],
    }


@singledispatch
def _plain(part: outline.Part) -> dict:
    raise TypeError(f"a brief has no part {type(part).__name__}")


@_plain.register
def _(part: outline.Paragraph) -> dict:
    return {"kind": "paragraph", "text": part.text, "head": part.head, "style": part.style}


@_plain.register
def _(part: outline.Points) -> dict:
    return {"kind": "points", "items": [asdict(cited) for cited in part.items]}


@_plain.register
def _(part: outline.Numbers) -> dict:
    frame = part.frame
    rows = frame.astype(str).to_numpy().tolist()
    shares = outline.shares(frame)
    return {"kind": "numbers", "columns": list(frame.columns), "rows": rows, "shares": shares}


@_plain.register
def _(part: outline.Chart) -> dict:
    exhibit = part.exhibit
    about = {"alt": exhibit.alt, "caption": exhibit.caption}
    return {"kind": "chart", "file": _file(exhibit)} | about


def _exhibits(brief: outline.Outline):
    for block in brief.blocks:
        yield from (part.exhibit for part in block.parts if isinstance(part, outline.Chart))


def _file(exhibit: Exhibit) -> str:
    return f"{exhibit.name}.png"


def _signed(content: bytes, provenance: Provenance) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(content))
    digests = json.dumps(pdf_marks.digests(pypdf.PdfReader(BytesIO(content))))
    writer.add_metadata({pdf_marks.KEY: provenance.to_json(), pdf_marks.PICTURES: digests})
    signed = BytesIO()
    writer.write(signed)
    return signed.getvalue()
