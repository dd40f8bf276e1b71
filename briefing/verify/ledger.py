"""The claims ledger: what a file says that no longer holds in another run."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from briefing.material.material import Material
from briefing.material.provenance import Provenance, Tier
from briefing.reading.content import Content, Item, Unknown, Unreadable
from briefing.reading.reader import form_of, opened, read_as
from briefing.verify import remake
from briefing.verify.compare import Difference, compare
from briefing.verify.verify import DIFFERS, MATCHES, UNKNOWN, Verdict, quoted
from briefing.words import numbers
from model.assumptions import Assumptions
from model.runs import Run

FINEST, COARSEST, SHARE = 0.001, 0.005, 0.1  # of an unrounded number's move that still holds


def against(path: Path, run_id: str, assume: Assumptions | None = None) -> Verdict:
    """Each sentence and figure of a file beside what a newer run says: 0 if all hold, 1 if not.

    The deadline, the assumptions and the likelihood words of the file are kept. An unrounded number
    holds while it moved by a tenth of itself at most, and by half a point at most.
    """
    try:
        file, told = opened(path)
        run = remake.run_of(run_id, "DAY")
        if told.deadline <= run.as_of:
            return _past(path, told, run)
        material = remake.material_of(told, run, assume)
        made = remake.remade(told, material, form_of(path), path)
    except (Unreadable, Unknown) as problem:
        return Verdict(UNKNOWN, [f"{path}: {problem}"])
    except ValueError as problem:
        return Verdict(DIFFERS, [f"{path}: cannot be told again in run {run_id}: {problem}"])
    lines = _lines(file, made, told, material)
    if not lines:
        return Verdict(MATCHES, [f"{path}: all of it holds in run {run.id}, as of {run.as_of}"])
    count = f"{len(lines)} {'claim' if len(lines) == 1 else 'claims'}"
    head = f"{path}: {count} of run {told.run} no longer hold in run {run.id}, as of {run.as_of}"
    return Verdict(DIFFERS, [head, *lines])


def _past(path: Path, told: Provenance, run: Run) -> Verdict:
    """A deadline that has passed: no forecast by it is left, only what came of it."""
    said = [
        f"{path}: its deadline, {told.deadline}, had passed when run {run.id} was made "
        f"(as of {run.as_of}): nothing is forecast by then any more"
    ]
    happened = Material(run).published.outcomes
    for row in happened.to_dict("records"):
        if numbers.is_settled(row):
            said.append(f"{row['title']}: happened {numbers.settled(row)}")
    return Verdict(DIFFERS, said)


def _lines(file: Content, made: Content, told: Provenance, material: Material) -> list[str]:
    """What differs, old and new side by side; then what the new run does not say at all."""
    old = _timeless(_all(file), told)
    new = _timeless(_all(made), material.provenance(told.kind, Tier.full))
    differences = [*_keyed(old, new), *compare(_unkeyed(old), _unkeyed(new))]
    moved = [one for one in differences if one.file is not None and one.run is not None]
    gone = [one for one in differences if one.run is None]
    return [*(_line(one) for one in moved), *_gone(gone)]


def _all(content: Content) -> list[Item]:
    """The items, spare copies left out, with those that the pictures carry."""
    items = [item for item in content.items if not item.spare]
    for place, one in enumerate((one for one in content.pictures if one.form), start=1):
        inside = read_as(one.form, one.content).items
        items += [
            Item(f"picture {place}, {item.where}", item.text, f"{item.key} of picture {place}")
            for item in inside
            if item.key
        ]
    return items


def _timeless(items: Sequence[Item], told: Provenance) -> list[Item]:
    """The items without their run's own id and days, which no claim is about."""
    own = {
        told.run: "RUN",
        told.answered_by: "RUN",
        numbers.long_date(told.as_of): "the as-of day",
        numbers.short_date(told.as_of): "the as-of day",
        numbers.long_date(told.data_date): "the last day of data",
    }
    return [Item(item.where, _replaced(item.text, own), item.key) for item in items]


def _replaced(text: str, own: dict[str, str]) -> str:
    for said, instead in own.items():
        text = text.replace(said, instead)
    return text


def _keyed(old: Sequence[Item], new: Sequence[Item]) -> list[Difference]:
    """Figures and cells by what they are about, wherever they stand now."""
    there = {item.key: item for item in new if item.key}
    found = []
    for item in (one for one in old if one.key):
        other = there.get(item.key)
        if other is None:
            found.append(Difference(item.where, item.text, None))
        elif not holds(item, other):
            found.append(Difference(item.where, item.text, other.text))
    return found


def _unkeyed(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if not item.key]


def holds(old: Item, new: Item) -> bool:
    """Whether a figure is still true enough to stand; texts are equal or not."""
    if old.text == new.text:
        return True
    if old.number is None or new.number is None:
        return False
    room = max(FINEST, min(COARSEST, SHARE * abs(old.number)))
    return abs(old.number - new.number) <= room


def _line(one: Difference) -> str:
    return f"{one.where}: it said {quoted(one.file)}, now {quoted(one.run)}"


def _gone(gone: Sequence[Difference]) -> list[str]:
    """What is not said any more, a line each; figures of one table or chart are counted."""
    lines = []
    for place, group in groupby(gone, key=lambda one: _table(one)):
        held = list(group)
        if len(held) > 3 and place:
            lines.append(f"{place}: {len(held)} figures are not forecast any more")
        else:
            lines += [f"{one.where}: it said {quoted(one.file)}, now nothing" for one in held]
    return lines


def _table(one: Difference) -> str:
    """The table or chart that a figure stands in, "" for a sentence."""
    parts = one.where.split(", ")
    return ", ".join(parts[:2]) if len(parts) > 2 else ""
