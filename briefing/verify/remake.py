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
from briefing.reading import pictures, reader
from briefing.reading.content import Content, Unknown, Unreadable, cleaned
from model.assumptions import Assumptions
from model.assumptions import files as sharing
from model.changes import kept
from model.changes.difference import NOT_COMPARED, Difference
from model.explain.built_in import built_in
from model.record.ledger.where import LedgerError
from model.record.published.stored import Altered, Stored, as_marked, stored
from model.runs import Run, store
from model.runs.wholeness import UnusableRun
from model.scenario import places


def run_of(id: str, as_of) -> Run:
    """The stored run of this id; raises Unknown, with the remedy, where there is none or no use.

    as_of: the day that the remedy names, or DAY.
    """
    # The id comes out of a file that anybody may have written, and becomes part of a path.
    if not (id.isalnum() and id.isascii() and len(id) < 40):
        raise Unknown(f"unknown run {cleaned(id)[:40]!r}: that is no run's id")
    try:
        return store.load(id)
    except UnusableRun as problem:
        raise Unknown(str(problem)) from None
    except OSError:
        raise Unknown(
            f"unknown run {id}: it is not in {places.home() / 'runs'}; fit the day again with "
            f"`python -m model refit --as-of {as_of}`, or point ARAXES_HOME to where it is stored"
        ) from None


def assumptions_of(provenance: Provenance, run: Run, given: Assumptions | None) -> Assumptions:
    """The set that the file was made under; raises Unknown where only its hash is known.

    run: whose built-in sets are looked through. given: a set that the user names, if any.
    """
    if provenance.assumptions is not None:
        return sharing.from_link(provenance.assumptions)
    if given is not None and hash_of(given) == provenance.assumptions_hash:
        return given
    stored = kept_sets.by_hash(provenance.assumptions_hash, built_in(run).values())
    if stored is not None:
        return stored
    remedy = "the set given with --assume is another" if given else "name it with --assume FILE"
    raise Unknown(
        f"run {provenance.run} is known, but not the assumptions, which this file keeps back "
        f"(hash {provenance.assumptions_hash}); {remedy}"
    )


def material_of(provenance: Provenance, run: Run, given: Assumptions | None) -> Material:
    """What the file was made of, but of `run`; raises Unknown and AssumptionsError.

    given: see `assumptions_of`. An earlier run that is not before `run` is left out.
    """
    since = None if provenance.since is None else run_of(provenance.since, "DAY")
    if since is not None and since.as_of >= run.as_of:
        since = None
    assumptions = assumptions_of(provenance, run, given)
    return Material(
        run,
        assumptions,
        provenance.deadline,
        since,
        provenance.yardstick,
        record_of(provenance, run),
        difference_of(provenance, run),
    )


def record_of(provenance: Provenance, run: Run) -> Stored:
    """The track record that the file tells of; raises Unknown where it is not here any more."""
    if not provenance.record:
        return Stored()
    try:
        return as_marked(stored(run.scenario), provenance.record)
    except (Altered, LedgerError) as problem:
        raise Unknown(
            f"run {provenance.run} is known, but not the track record: {problem}"
        ) from None


def difference_of(provenance: Provenance, run: Run) -> Difference:
    """What moved the run, as the file tells of it; raises Unknown where that is not here."""
    if not provenance.difference:
        return NOT_COMPARED
    try:
        found = kept.kept(run.id)
    except ValueError as problem:
        raise Unknown(str(problem)) from None
    if found is None or kept.mark(found) != provenance.difference:
        raise Unknown(
            f"run {run.id} is known, but not what moved it, which this file tells of: "
            f"{'nothing is kept of it' if found is None else 'it was made anew since'}"
        )
    return found


def remade(provenance: Provenance, material: Material, form: str, original: Path) -> Content:
    """What a file of this provenance and form says, made of `material`, pictures not drawn.

    original: the file, whose own slides serve as the template where it had one. Raises what making
    it raises.
    """
    if provenance.kind == "chart":
        return _chart(provenance, material)
    return reader.read_as(form, _file(provenance, material, form, original), provenance.kind)


def _file(provenance: Provenance, material: Material, form: str, original: Path) -> bytes:
    if provenance.kind == "table":
        table = tables.make(provenance.name, material, provenance.choices)
        return files.table(table, material, form, provenance.tier)
    if form not in WRITERS:
        kind = provenance.kind
        raise Unreadable(f"it says that it is a {kind}, and no {kind} is a .{form}")
    template = original if "template" in provenance.layout else None
    banner = provenance.layout.get("banner", "")
    options = Options(provenance.tier, banner, provenance.likelihoods, template)
    # A blank in place of each chart carries the same label, and no browser has to draw it.
    pictures = in_text.pictures(material, provenance.tier, in_text.blank)
    return WRITERS[form](material, options, pictures)


def _chart(provenance: Provenance, material: Material) -> Content:
    exhibit = tables.make(provenance.name, material, provenance.choices)
    label = label_of(exhibit, material, provenance, framed.sentences(exhibit, material, provenance))
    background = provenance.layout.get("theme", "light")
    size = size_of(provenance.layout.get("size", "slide"))
    figure = framed.framed(exhibit, material, size, background, provenance).figure
    items = pictures.label_items({"Title": label.title, "Description": label.alt} | label.fields())
    return Content(provenance.to_json(), tuple(items), shown=tuple(_drawn_texts(figure)))


def _drawn_texts(figure) -> list[str]:
    """The annotations' lines and the marks' texts, as a drawing must show them."""
    notes = [note.text for note in figure.layout.annotations if note.visible is not False]
    marks = [text for trace in figure.data for text in _texts_of(trace)]
    return [text for marked in [*notes, *marks] if (text := cleaned(_unmarked(marked)))]


def _texts_of(trace) -> list[str]:
    shows = "text" in str(getattr(trace, "mode", None) or "") or trace.type in ("bar", "heatmap")
    text = getattr(trace, "text", None)
    if not shows or text is None:
        return []
    return [text] if isinstance(text, str) else [str(value) for value in _flat(text)]


def _flat(values):
    for value in values:
        if isinstance(value, (str, Mapping)) or not hasattr(value, "__iter__"):
            yield value
        else:
            yield from _flat(value)


def _unmarked(text: str | None) -> str:
    """A figure's text without the few tags of HTML that plotly draws."""
    lines = re.sub(r"<br\s*/?>", " ", text or "")
    return unescape(re.sub(r"</?(b|i|sup|sub|span|a)\b[^>]*>", "", lines))
