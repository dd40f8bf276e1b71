"""The same file made again from what it says of itself: what `verify` compares it with."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from briefing.exhibits import tables
from briefing.exports.data import files
from briefing.exports.pictures import framed, in_text
from briefing.exports.pictures.image_metadata import label_of
from briefing.exports.pictures.sizes import size_of
from briefing.exports.writers import WRITERS, Options
from briefing.material import kept_sets
from briefing.material.material import Material
from briefing.material.provenance import Provenance, hash_of
from briefing.reading import pictures
from briefing.reading.content import Content, Unknown, Unreadable, cleaned
from model.assumptions import Assumptions
from model.assumptions import files as sharing
from model.runs import Run, store
from model.scenario import places


def run_of(id: str, as_of) -> Run:
    """The stored run of this id; raises Unknown where there is none."""
    if not (id.isalnum() and id.isascii() and len(id) < 40):
        raise Unknown(f"unknown run {cleaned(id)[:40]!r}: that is no run's id")
    try:
        return store.load(id)
    except (OSError, ValueError, KeyError):
        raise Unknown(
            f"unknown run {id}: it is not in {places.home() / 'runs'}; fit the day again with "
            f"`python -m model refit --as-of {as_of}`, or point ARAXES_HOME to where it is stored"
        ) from None


def assumptions_of(told: Provenance, run: Run, given: Assumptions | None) -> Assumptions:
    """The set that the file was made under; raises Unknown where only its hash is known.

    run: whose built-in sets are looked through.
    """
    if told.assumptions is not None:
        return sharing.from_link(told.assumptions)
    if given is not None and hash_of(given) == told.assumptions_hash:
        return given
    found = kept_sets.by_hash(told.assumptions_hash, run.evidence.sets.values())
    if found is not None:
        return found
    asked = "the set given with --assume is another" if given else "name it with --assume FILE"
    raise Unknown(
        f"run {told.run} is known, but not the assumptions, which this file keeps back "
        f"(hash {told.assumptions_hash}); {asked}"
    )


def material_of(told: Provenance, run: Run, given: Assumptions | None) -> Material:
    """What the file was made of, but of `run`; raises Unknown and AssumptionsError."""
    since = None if told.since is None else run_of(told.since, "DAY")
    if since is not None and since.as_of >= run.as_of:
        since = None
    assumed = assumptions_of(told, run, given)
    return Material(run, assumed, told.deadline, since, told.yardstick)


def remade(told: Provenance, material: Material, form: str, original: Path) -> Content:
    """What a file of this provenance and form says, made of `material`, pictures not drawn.

    original: the file, whose own slides serve as the template where it had one. Raises what making
    it raises.
    """
    from briefing.reading.reader import read_as

    if told.kind == "chart":
        return _chart(told, material)
    return read_as(form, _file(told, material, form, original), told.kind)


def _file(told: Provenance, material: Material, form: str, original: Path) -> bytes:
    if told.kind == "table":
        shown = tables.make(told.name, material, told.choices)
        return files.table(shown, material, form, told.tier)
    if form not in WRITERS:
        raise Unreadable(f"it says that it is a {told.kind}, and no {told.kind} is a .{form}")
    template = original if "template" in told.layout else None
    options = Options(told.tier, told.layout.get("banner", ""), told.likelihoods, template)
    return WRITERS[form](material, options, in_text.pictures(material, told.tier, in_text.blank))


def _chart(told: Provenance, material: Material) -> Content:
    exhibit = tables.make(told.name, material, told.choices)
    label = label_of(exhibit, material, told, framed.said(exhibit, material, told))
    background = told.layout.get("theme", "light")
    size = size_of(told.layout.get("size", "slide"))
    drawn = framed.framed(exhibit, material, size, background, told).figure
    items = pictures.label_items({"Title": label.title, "Description": label.alt} | label.fields())
    return Content(told.to_json(), tuple(items), shown=tuple(_drawn_texts(drawn)))


def _drawn_texts(figure) -> list[str]:
    """The annotations' lines and the marks' texts, as a drawing must show them."""
    written = [one.text for one in figure.layout.annotations if one.visible is not False]
    marks = [text for trace in figure.data for text in _texts_of(trace)]
    return [text for one in [*written, *marks] if (text := cleaned(_unmarked(one)))]


def _texts_of(trace) -> list[str]:
    shows = "text" in str(getattr(trace, "mode", None) or "") or trace.type in ("bar", "heatmap")
    text = getattr(trace, "text", None)
    if not shows or text is None:
        return []
    return [text] if isinstance(text, str) else [str(one) for one in _flat(text)]


def _flat(values):
    for one in values:
        if isinstance(one, (str, Mapping)) or not hasattr(one, "__iter__"):
            yield one
        else:
            yield from _flat(one)


def _unmarked(text: str | None) -> str:
    lines = re.sub(r"<br\s*/?>", " ", text or "")
    return unescape(re.sub(r"</?(b|i|sup|sub|span|a)\b[^>]*>", "", lines))
