"""Does a file still say what its run says? The file is made again, and both are compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing.material import signature
from briefing.material.material import Material
from briefing.material.provenance import Provenance
from briefing.material.signature import Seal
from briefing.reading.content import Content, Picture, Unknown, Unreadable, cleaned
from briefing.reading.guard import read_as
from briefing.reading.reader import bytes_of, form_of, provenance_of
from briefing.verify import foreign, remake
from briefing.verify.compare import Difference, compare
from model import __version__
from model.assumptions import Assumptions
from model.scenario.plain_text import counted

MATCHES, DIFFERS, UNKNOWN, CHANGED = 0, 1, 2, 3
MOST_SHOWN = 200  # lines; the rest are counted
SEALS = {
    Seal.changed: "the file was changed after it was exported",
    Seal.elsewhere: "it was signed elsewhere, so whether it was changed cannot be known here",
    Seal.missing: "it has no signature, which another program drops when it saves a file",
}


@dataclass(frozen=True)
class Verdict:
    """code: 0 unaltered, 1 differs, 2 unknown or unreadable, 3 matches and is not as exported.

    lines: what to print.
    """

    code: int
    lines: Sequence[str] = field(default=())


def verify(path: Path, assume: Assumptions | None = None) -> Verdict:
    """Compare every text and number of a file with its run.

    assume: the set of assumptions of a file that keeps it back. Never raises for what a file holds.
    """
    try:
        form, content = form_of(path), bytes_of(path)
        file = read_as(form, content)
        provenance = provenance_of(file)
        run = remake.run_of(provenance.run, provenance.as_of)
        material = remake.material_of(provenance, run, assume)
        made = remake.remade(provenance, material, form, path)
    except (Unreadable, Unknown) as problem:
        return Verdict(UNKNOWN, [f"{path}: {problem}"])
    except ValueError as problem:  # what the provenance asks for cannot be made
        refusal = f"run {provenance.run} refuses: {problem}"
        return Verdict(DIFFERS, [f"{path}: numbers differ: {refusal}"])
    return judged(path, content, file, provenance, material, made)


def judged(
    path: Path,
    content: bytes,
    file: Content,
    provenance: Provenance,
    material: Material,
    made: Content,
) -> Verdict:
    """The verdict on what was read of a file, once the same file is `made` again of `material`.

    Lines that only the file has are listed; a file whose signature is whole has none.
    """
    seal = signature.seal_of(content, form_of(path))
    differences = compare(file.items, made.items)
    other = [line_of(difference) for difference in differences if difference.run is not None]
    wrong = [*_own_words(provenance, material), *other]
    drawn = [*file.changed, *_pictures(file, made), *_drawing(file, made)]
    if wrong or drawn:
        return _differs(path, provenance, seal, wrong, drawn)
    if seal is Seal.whole:
        return Verdict(MATCHES, [f"{path}: unaltered, and matches run {provenance.run}"])
    added = [_added(difference) for difference in differences if difference.run is None]
    return _changed(path, provenance, file, seal, [*added, *foreign.elements(file, made)])


def line_of(difference: Difference) -> str:
    """`slide 2, table, Peace treaty, Probability: the file says 18%, the run says 13%`."""
    of_file = "nothing" if difference.file is None else quoted(difference.file)
    of_run = quoted(difference.run or "")
    return f"{difference.where}: the file says {of_file}, the run says {of_run}"


def _added(difference: Difference) -> str:
    return f"added, not checked: {difference.where}: {difference.file}"


def quoted(text: str) -> str:
    """A text as it is shown in a line, cut after 300 characters."""
    return f"“{text if len(text) <= 300 else f'{text[:297]}…'}”"


def _own_words(provenance: Provenance, material: Material) -> list[str]:
    """Where the provenance itself says something else than the run does."""
    of_run = material.provenance(provenance.kind, provenance.tier)
    names = ("scenario", "as_of", "data_date", "assumptions_hash", "answered_by")
    return [
        f"provenance, {name}: the file says {quoted(str(getattr(provenance, name)))}, the run says "
        f"{quoted(str(getattr(of_run, name)))}"
        for name in names
        if getattr(provenance, name) != getattr(of_run, name)
    ]


def _pictures(file: Content, made: Content) -> list[str]:
    """Pictures of a document, by what they carry themselves, in order."""
    ours, lines = [], []
    for picture in file.pictures:
        label = _label_of(picture)
        if isinstance(label, str):
            lines.append(f"{picture.where}, picture: {label}")
        elif label is not None:
            ours.append((picture.where, label))
    expected = [_label_of(picture) for picture in made.pictures]
    if len(ours) < len(expected):
        lines.append(f"pictures: the file has {len(ours)} of ours, the run makes {len(expected)}")
    # Not strict: a picture too few is told above, and what a user added comes last.
    for (where, label), of_run in zip(ours, expected, strict=False):
        lines += [f"{where}, picture: {line}" for line in label.changed]
        differences = compare(label.items, of_run.items)
        lines += [f"{where}, picture: {line_of(difference)}" for difference in differences]
    return lines


def _label_of(picture: Picture) -> Content | str | None:
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
    # Spaces say nothing: each program breaks and joins the lines of a drawing in its own way.
    whole = cleaned(" ".join(file.shown)).replace(" ", "")
    return [
        f"drawing: it does not show {quoted(text)}, which the run's chart does"
        for text in dict.fromkeys(made.shown)
        if text.replace(" ", "") not in whole
    ]


def _differs(
    path: Path, provenance: Provenance, seal: Seal, wrong: Sequence[str], drawn: Sequence[str]
) -> Verdict:
    lines = [*wrong, *drawn]
    count = counted(len(lines), "difference")
    what = "numbers differ" if wrong else "the drawing differs"
    head = [f"{path}: {what}: {count} from run {provenance.run}"]
    if seal is Seal.whole:
        head.append("the file itself is as it was exported: the run or this program has changed")
    if provenance.version != __version__:
        head.append(f"it was written by version {provenance.version}; this is {__version__}")
    return Verdict(DIFFERS, [*head, *_most(lines)])


def _changed(
    path: Path, provenance: Provenance, file: Content, seal: Seal, lines: Sequence[str]
) -> Verdict:
    by = f"; re-saved by {file.saved_by}" if file.saved_by else ""
    head = f"{path}: the numbers match run {provenance.run}, but {SEALS[seal]}{by}"
    return Verdict(CHANGED, [head, *_most(lines)])


def _most(lines: Sequence[str]) -> list[str]:
    more = len(lines) - MOST_SHOWN
    return [*lines[:MOST_SHOWN], *([f"… and {more} more"] if more > 0 else [])]
