"""The brief as one HTML file that works offline, its charts interactive."""

import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from functools import singledispatchmethod
from itertools import count
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs
from plotly.utils import PlotlyJSONEncoder

from briefing.charts import theme
from briefing.exhibits.exhibit import Exhibit
from briefing.exports.documents import outline
from briefing.exports.pictures.framed import NARROWEST
from briefing.exports.pictures.in_text import FONT
from briefing.exports.shared.office import LANGUAGE
from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.material.story import Cited

STYLE, SCRIPT = (Path(__file__).with_name(name) for name in ("brief.css", "brief.js"))
# Nothing may be asked of the network, whatever a script or a style would try.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)
LONG = 20  # characters of a cell that takes more than its share of a narrow screen
PUBLISHED = ("curves", "scenarios", "build_up", "when", "if_then")
ASSUMED = ("curves", "comparison", "scenarios", "build_up", "when", "if_then")


def document(
    material: Material,
    tier: Tier = Tier.full,
    banner: str = "",
    before: Mapping[str, str] | None = None,
) -> bytes:
    """The file's content; the same material and options give the same bytes.

    banner: its classification. before: the likelihood phrase per outcome id of the brief before.
    The reader's browser draws the charts.
    Raises what the forecast raises.
    """
    return laid_out(outline.outline(material, tier, banner, before, charted, whole_rules=True))


def charted(material: Material) -> list[Exhibit]:
    """The charts shown, more than on two printed pages; raises what the forecast raises."""
    names = PUBLISHED if material.assumptions.is_empty else ASSUMED
    return outline.exhibits_of(material, names)


def laid_out(brief: outline.Outline) -> bytes:
    """An outline as HTML in UTF-8, its provenance as JSON in the element `araxes`."""
    # Elements and not strings: no name or sentence of a user can become markup.
    root = Element("html", {"lang": LANGUAGE})
    root.append(_head(brief))
    root.append(_Body(brief).body)
    return b"<!DOCTYPE html>\n" + tostring(root, "utf-8", method="html")


def figure_json(exhibit: Exhibit) -> str:
    """The figure on `light` and on `dark` as JSON that can stand in a script element.

    Numbers are written out, NaN as null.
    """
    figure = go.Figure(exhibit.figure).update_layout(font_family=FONT)
    plain = {
        background: theme.inked(go.Figure(figure), background).to_plotly_json()
        for background in theme.INK
    }
    written = json.loads(json.dumps(plain, cls=PlotlyJSONEncoder))
    return _in_script(json.dumps(_written_out(written), ensure_ascii=False, allow_nan=False))


def _written_out(value):
    """Plotly's packed arrays as lists of numbers, which anybody can read and check; NaN as null."""
    if isinstance(value, list):
        return [_written_out(inner) for inner in value]
    if not isinstance(value, dict):
        return None if value != value else value
    if "bdata" not in value:
        return {name: _written_out(inner) for name, inner in value.items()}
    numbers = np.frombuffer(b64decode(value["bdata"]), value["dtype"])
    shape = [int(size) for size in value.get("shape", f"{len(numbers)}").split(",")]
    return _written_out(numbers.reshape(shape).tolist())


def _head(brief: outline.Outline) -> Element:
    head = Element("head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    for name, content in (
        ("viewport", "width=device-width, initial-scale=1"),
        ("color-scheme", "light dark"),
        ("keywords", f"run {brief.provenance.run}"),
    ):
        SubElement(head, "meta", {"name": name, "content": content})
    _child(head, "title", brief.title)
    _child(head, "style", STYLE.read_text(encoding="utf-8"))
    provenance = _in_script(brief.provenance.to_json())
    _child(head, "script", provenance, type="application/json", id="araxes")
    return head


class _Body:
    """The body of the page; sources are numbered as they are cited."""

    def __init__(self, brief: outline.Outline):
        self.body = Element("body")
        self._number, self._cited = count(1), []
        main = self._opened(brief)
        for block in brief.blocks:
            section = SubElement(main, "section", {"id": block.id})
            _child(section, "h2", block.heading)
            for part in block.parts:
                self.add(part, section)
        self._sources(main)
        self._closed(brief)

    def _opened(self, brief: outline.Outline) -> Element:
        if brief.banner:
            _child(self.body, "p", brief.banner, **{"class": "banner"})
        main = SubElement(self.body, "main")
        _child(main, "h1", brief.title)
        for line in brief.about:
            _child(main, "p", line, **{"class": "about"})
        return main

    def _closed(self, brief: outline.Outline) -> None:
        if brief.banner:
            _child(self.body, "p", brief.banner, **{"class": "banner"})
        for script in (get_plotlyjs(), SCRIPT.read_text(encoding="utf-8")):
            _child(self.body, "script", script)

    @singledispatchmethod
    def add(self, part: outline.Part, section: Element) -> None:
        raise TypeError(f"a brief has no part {type(part).__name__}")

    @add.register
    def _(self, part: outline.Paragraph, section: Element) -> None:
        paragraph = SubElement(section, "p", {"class": part.style})
        if part.head:
            _child(paragraph, "strong", part.head).tail = f" {part.text}"
        else:
            paragraph.text = part.text

    @add.register
    def _(self, part: outline.Points, section: Element) -> None:
        points = SubElement(section, "ul")
        for cited in part.items:
            item = _child(points, "li", cited.sentence)
            if cited.source:
                item.append(self._reference(cited))

    @add.register
    def _(self, part: outline.Numbers, section: Element) -> None:
        section.append(_table(part.frame, part.title))

    @add.register
    def _(self, part: outline.Chart, section: Element) -> None:
        exhibit = part.exhibit
        figure = SubElement(section, "figure")
        figure.append(_drawing(exhibit))
        _child(figure, "script", figure_json(exhibit), type="application/json")
        if exhibit.caption:
            _child(figure, "figcaption", exhibit.caption)
        numbers = SubElement(figure, "details")
        _child(numbers, "summary", "The numbers")
        numbers.append(_table(exhibit.in_words, exhibit.title))

    def _reference(self, cited: Cited) -> Element:
        number = next(self._number)
        self._cited.append(cited)
        raised = Element("sup")
        link = {"href": f"#source-{number}", "id": f"cited-{number}", "role": "doc-noteref"}
        _child(raised, "a", str(number), **link)
        return raised

    def _sources(self, main: Element) -> None:
        if not self._cited:
            return
        section = SubElement(main, "section", {"id": "sources", "role": "doc-endnotes"})
        _child(section, "h2", "Sources")
        notes = SubElement(section, "ol")
        for number, cited in enumerate(self._cited, start=1):
            note = _child(notes, "li", f"{cited.source}. ", id=f"source-{number}")
            # An address may come from a user's table: none that runs a script becomes a link.
            if cited.url.startswith(("https://", "http://")):
                _child(note, "a", cited.url, href=cited.url, rel="noreferrer").tail = " "
            back = {"href": f"#cited-{number}", "role": "doc-backlink"}
            _child(note, "a", "↩", **back, **{"aria-label": "Back to the text"})


def _drawing(exhibit: Exhibit) -> Element:
    """Where a chart is drawn: as high as on the screen, scrolled where it would be too narrow."""
    box = Element("div", {"class": "scrolled"})
    narrowest, height = NARROWEST.get(exhibit.name, 0), exhibit.figure.layout.height
    size = f"height: {height}px; min-width: {narrowest}px"
    spoken = {"role": "img", "aria-label": exhibit.alt}
    SubElement(box, "div", {"class": "chart", "style": size} | spoken)
    return box


def _table(frame: pd.DataFrame, title: str) -> Element:
    """The table in a box that scrolls by itself on a narrow screen."""
    box = Element("div", {"class": "table", "tabindex": "0", "role": "group", "aria-label": title})
    table = SubElement(box, "table")
    _child(table, "caption", title)
    _row(SubElement(table, "thead"), frame.columns, ["col"] * len(frame.columns))
    body = SubElement(table, "tbody")
    for texts in frame.astype(str).itertuples(index=False):
        _row(body, texts, ["row", *[""] * (len(texts) - 1)])
    return box


def _row(parent: Element, texts: Sequence[str], scopes: Sequence[str]) -> None:
    row = SubElement(parent, "tr")
    for text, scope in zip(texts, scopes, strict=True):
        if scope:
            _child(row, "th", text, scope=scope)
        else:
            _child(row, "td", text, **({"class": "long"} if len(text) > LONG else {}))


def _child(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element


def _in_script(text: str) -> str:
    """JSON that no text in it can end the script element of."""
    return text.replace("<", "\\u003c")
