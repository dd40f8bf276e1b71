"""Briefs in several states, each made once per session, with pictures that the browser draws."""

from functools import cache

import pandas as pd

from briefing.exports.documents import html as page
from briefing.exports.documents import outline as outlining
from briefing.exports.documents import pdf, word
from briefing.exports.pictures import in_text
from briefing.material.material import Material
from briefing.material.provenance import Tier

HOSTILE = (
    "</script><script>alert(1)</script> <b>#let</b> $x$ *bold* _it_ \"two\" 'one' & `code` \\ "
    "@ref [link](x) 🙂 Հայաստան — " + "a name that goes on and on " * 6
).strip()
WRITERS = {"docx": word.laid_out, "pdf": pdf.laid_out}


class Briefs:
    """Material, outlines and files by state: published, assumed (a hostile name), moved."""

    def __init__(self, run, sets):
        self._run, self._sets = run, sets
        self.outline = cache(self._outline)
        self.document = cache(self._document)
        self.material = cache(self._material)
        self._picture = cache(self._drawn)

    def _material(self, state: str) -> Material:
        if state == "published":
            return Material(self._run)
        assumptions = self._sets["Ankara all in"].model_copy(update={"name": HOSTILE})
        material = Material(self._run, assumptions, since=self._run if state == "moved" else None)
        if state == "moved":
            material.__dict__["moved"] = moved(material.published.outcomes)
        return material

    def _outline(self, state: str, tier: Tier = Tier.full, form: str = "docx", banner: str = ""):
        charts = page.charted if form == "html" else outlining.charted
        return outlining.outline(self.material(state), tier, banner, exhibits=charts)

    def _document(self, form: str, state: str, tier: Tier = Tier.full, banner: str = "") -> bytes:
        brief = self.outline(state, tier, form, banner)
        if form == "html":
            return page.laid_out(brief)
        return WRITERS[form](brief, lambda exhibit: self._picture(exhibit.name, state, tier))

    def _drawn(self, name: str, state: str, tier: Tier) -> bytes:
        exhibit = next(one for one in charts_of(self.outline(state)) if one.name == name)
        return in_text.pictures(self.material(state), tier)(exhibit)


def moved(outcomes: pd.DataFrame) -> pd.DataFrame:
    """As if every chance had been five points higher: one point for time passing, four for news."""
    return outcomes[["outcome", "title"]].assign(
        before=outcomes["probability"] + 0.05,
        now=outcomes["probability"],
        change_mcse=0.002,
        time_passing=-0.01,
        news=-0.04,
    )


def parts_of(brief, kind) -> list:
    return [part for block in brief.blocks for part in block.parts if isinstance(part, kind)]


def charts_of(brief) -> list:
    return [part.exhibit for part in parts_of(brief, outlining.Chart)]


def cited_in(brief) -> list:
    points = parts_of(brief, outlining.Points)
    return [one for part in points for one in part.items if one.source]


def rows_of(frame) -> list[list[str]]:
    """A table as a reader sees it: its head, then its rows."""
    return [list(frame.columns), *frame.astype(str).to_numpy().tolist()]


def sentences_of(brief) -> list[str]:
    """Everything that is said outside tables and charts, a paragraph each."""
    texts = [part.text for part in parts_of(brief, outlining.Paragraph)]
    points = parts_of(brief, outlining.Points)
    return [*brief.about, *texts, *(cited.sentence for part in points for cited in part.items)]
