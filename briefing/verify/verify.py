"""Does a file still say what its run says? The file is made again, and both are compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing.material.material import Material
from briefing.material.provenance import Provenance
from briefing.reading import content
from briefing.reading.content import Content, Unreadable, cleaned
from briefing.reading.reader import form_of, opened, read_as
from briefing.verify import remake
from briefing.verify.compare import Difference, compare
from model import __version__
from model.assumptions import Assumptions

MATCHES, DIFFERS, UNKNOWN = 0, 1, 2
MOST_SHOWN = 200  # lines; the rest are counted


@dataclass(frozen=True)
class Verdict:
    """code: 0 matches, 1 differs, 2 unknown or unreadable. lines: what to print."""

    code: int
    lines: Sequence[str] = field(default=())


def verify(path: Path, assume: Assumptions | None = None) -> Verdict:
    """Compare every text and number of a file with its run.

    assume: the set of assumptions of a file that keeps it back. Never raises for what a file holds.
    """
    try:
        file, told = opened(path)
        run = remake.run_of(told.run, told.as_of)
        material = remake.material_of(told, run, assume)
        made = remake.remade(told, material, form_of(path), path)
    except (Unreadable, content.Unknown) as problem:
        return Verdict(UNKNOWN, [f"{path}: {problem}"])
    except ValueError as problem:  # what the provenance asks for cannot be made
        return Verdict(DIFFERS, [f"{path}: numbers differ: run {told.run} refuses: {problem}"])
    return judged(path, file, told, material, made)


def judged(
    path: Path, file: Content, told: Provenance, material: Material, made: Content
) -> Verdict:
    """The verdict on what was read of a file, once the same file is made again of `material`."""
    wrong = [*_own_words(told, material), *file.changed]
    found = compare(file.items, made.items)
    wrong += [line_of(one) for one in found if one.run is not None]
    wrong += [*_pictures(file, made), *_drawing(file, made)]
    added = [f"added, not checked: {one.where}: {one.file}" for one in found if one.run is None]
    return _verdict(path, told, file, wrong, added)


def line_of(one: Difference) -> str:
    """`slide 2, table, Peace treaty, Probability: the file says 18%, the run says 13%`."""
    said = "nothing" if one.file is None else quoted(one.file)
    return f"{one.where}: the file says {said}, the run says {quoted(one.run or '')}"


def quoted(text: str) -> str:
    """A text as it is shown in a line, cut where it is very long."""
    return f"“{text if len(text) <= 300 else f'{text[:297]}…'}”"


def _own_words(told: Provenance, material: Material) -> list[str]:
    """Where the provenance itself says something else than the run does."""
    true = material.provenance(told.kind, told.tier)
    names = ("scenario", "as_of", "data_date", "assumptions_hash", "answered_by")
    return [
        f"provenance, {name}: the file says {quoted(str(getattr(told, name)))}, the run says "
        f"{quoted(str(getattr(true, name)))}"
        for name in names
        if getattr(told, name) != getattr(true, name)
    ]


def _pictures(file: Content, made: Content) -> list[str]:
    """Pictures of a document, by what they carry themselves, in order."""
    ours, found = [], []
    for one in file.pictures:
        label = _label_of(one)
        if isinstance(label, str):
            found.append(f"{one.where}, picture: {label}")
        elif label is not None:
            ours.append((one.where, label))
    wanted = [(one.where, _label_of(one)) for one in made.pictures]
    if len(ours) < len(wanted):
        found.append(f"pictures: the file has {len(ours)} of ours, the run makes {len(wanted)}")
    for (where, label), (_, expected) in zip(ours, wanted, strict=False):
        found += [f"{where}, picture: {line}" for line in label.changed]
        differences = compare(label.items, expected.items)
        found += [f"{where}, picture: {line_of(one)}" for one in differences]
    return found


def _label_of(picture) -> Content | str | None:
    """What a picture carries; None for one that is not ours, a line for one that cannot be read."""
    if not picture.form:
        return None
    try:
        label = read_as(picture.form, picture.content)
    except Unreadable as problem:
        return str(problem)
    return label if label.provenance else None


def _drawing(file: Content, made: Content) -> list[str]:
    """Texts of a chart that do not stand in its drawing; a PNG has no texts to read."""
    if not file.shown:
        return []
    whole = cleaned(" ".join(file.shown)).replace(" ", "")
    return [
        f"drawing: it does not show {quoted(text)}, which the run's chart does"
        for text in dict.fromkeys(made.shown)
        if text.replace(" ", "") not in whole
    ]


def _verdict(path: Path, told: Provenance, file: Content, wrong, added) -> Verdict:
    if not wrong:
        by = f"; re-saved by {file.saved_by}" if file.saved_by else ""
        return Verdict(MATCHES, [f"{path}: matches run {told.run}{by}", *added])
    count = f"{len(wrong)} {'difference' if len(wrong) == 1 else 'differences'}"
    lines = [f"{path}: numbers differ: {count} from run {told.run}", *wrong[:MOST_SHOWN]]
    if told.version != __version__:
        lines.insert(1, f"it was written by version {told.version}; this is {__version__}")
    if len(wrong) > MOST_SHOWN:
        lines.append(f"… and {len(wrong) - MOST_SHOWN} more")
    return Verdict(DIFFERS, [*lines, *added])
