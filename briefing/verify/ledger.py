"""The claims ledger: what a file says that no longer holds in another run."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from briefing.material.material import Material
from briefing.material.provenance import Provenance, Tier
from briefing.reading.content import Content, Item, Unknown, Unreadable
from briefing.reading.guard import read_as
from briefing.reading.reader import bytes_of, form_of, provenance_of
from briefing.verify import remake
from briefing.verify.compare import Difference, compare
from briefing.verify.verify import DIFFERS, MATCHES, UNKNOWN, Verdict, quoted
from briefing.words import numbers
from model.assumptions import Assumptions
from model.runs import Run
from model.scenario.plain_text import counted

# How far an unrounded probability may move and still hold: a share of itself where it is small, and
# never more than half a point, beyond which a whole percentage may read differently.
FINEST, COARSEST, SHARE = 0.001, 0.005, 0.1


def against(path: Path, run_id: str, assume: Assumptions | None = None) -> Verdict:
    """Each sentence and figure of a file beside what a newer run says.

    The verdict's code is 0 if all hold, 1 if not, 2 if the file or a run is unknown. The deadline,
    the assumptions and the likelihood words of the file are kept. An unrounded number holds while
    it moved by a tenth of itself at most, and by half a point at most.
    """
    try:
        file = read_as(form_of(path), bytes_of(path))
        provenance = provenance_of(file)
        run = remake.run_of(run_id, "DAY")
        if provenance.scenario != run.scenario.id:
            raise Unknown(
                f"run {run.id} is of {run.scenario.id}, the file of {provenance.scenario}"
            )
        if provenance.deadline <= run.as_of:
            return _past(path, provenance, run)
        material = remake.material_of(provenance, run, assume)
        made = remake.remade(provenance, material, form_of(path), path)
    except (Unreadable, Unknown) as problem:
        return Verdict(UNKNOWN, [f"{path}: {problem}"])
    except ValueError as problem:
        return Verdict(DIFFERS, [f"{path}: cannot be told again in run {run_id}: {problem}"])
    lines = _lines(file, made, provenance, material)
    if not lines:
        return Verdict(MATCHES, [f"{path}: all of it holds in run {run.id}, as of {run.as_of}"])
    count = counted(len(lines), "claim")
    claims = f"{count} of run {provenance.run} no longer hold in run {run.id}, as of {run.as_of}"
    return Verdict(DIFFERS, [f"{path}: {claims}", *lines])


def _past(path: Path, provenance: Provenance, run: Run) -> Verdict:
    """A deadline that has passed: no forecast by it is left, only what came of it."""
    lines = [
        f"{path}: its deadline, {provenance.deadline}, had passed when run {run.id} was made "
        f"(as of {run.as_of}): nothing is forecast by then any more"
    ]
    outcomes = Material(run).published.outcomes
    lines += [
        f"{row['title']}: happened {numbers.settled(row)}"
        for row in outcomes.to_dict("records")
        if numbers.is_settled(row)
    ]
    return Verdict(DIFFERS, lines)


def _lines(file: Content, made: Content, provenance: Provenance, material: Material) -> list[str]:
    """What differs, old and new side by side; then what the new run does not say at all."""
    old = _timeless(_all(file), provenance)
    new = _timeless(_all(made), material.provenance(provenance.kind, Tier.full))
    differences = [*_keyed(old, new), *compare(_unkeyed(old), _unkeyed(new))]
    # What only the new run says is no claim of the file.
    of_file = [difference for difference in differences if difference.file is not None]
    moved = [_line(difference) for difference in of_file if difference.run is not None]
    return [*moved, *_gone([difference for difference in of_file if difference.run is None])]


def _all(content: Content) -> list[Item]:
    """The items, spare copies left out, with those that the pictures carry."""
    items = [item for item in content.items if not item.spare]
    ours = [picture for picture in content.pictures if picture.form]
    for place, picture in enumerate(ours, start=1):
        inside = read_as(picture.form, picture.content).items
        items += [
            Item(f"picture {place}, {item.where}", item.text, f"{item.key} of picture {place}")
            for item in inside
            if item.key
        ]
    return items


def _timeless(items: Sequence[Item], provenance: Provenance) -> list[Item]:
    """The items without their run's own id and days, which no claim is about."""
    stand_ins = {
        provenance.run: "RUN",
        provenance.answered_by: "RUN",
        numbers.long_date(provenance.as_of): "the as-of day",
        numbers.short_date(provenance.as_of): "the as-of day",
        numbers.long_date(provenance.data_date): "the last day of data",
    }
    return [Item(item.where, _replaced(item.text, stand_ins), item.key) for item in items]


def _replaced(text: str, stand_ins: dict[str, str]) -> str:
    for text_of_run, stand_in in stand_ins.items():
        text = text.replace(text_of_run, stand_in)
    return text


def _keyed(old: Sequence[Item], new: Sequence[Item]) -> list[Difference]:
    """Figures and cells by what they are about, wherever they stand now."""
    by_key = {item.key: item for item in new if item.key}
    differences = []
    for item in (item for item in old if item.key):
        new_item = by_key.get(item.key)
        if new_item is None:
            differences.append(Difference(item.where, item.text, None))
        elif not holds(item, new_item):
            differences.append(Difference(item.where, item.text, new_item.text))
    return differences


def _unkeyed(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if not item.key]


def holds(old: Item, new: Item) -> bool:
    """Whether a figure is still true enough to stand: a move of 0.001 to 0.005; texts are equal."""
    if old.text == new.text:
        return True
    if old.number is None or new.number is None:
        return False
    room = max(FINEST, min(COARSEST, SHARE * abs(old.number)))
    return abs(old.number - new.number) <= room


def _line(difference: Difference) -> str:
    return f"{_it_said(difference)}, now {quoted(difference.run)}"


def _it_said(difference: Difference) -> str:
    return f"{difference.where}: it said {quoted(difference.file)}"


def _gone(gone: Sequence[Difference]) -> list[str]:
    """What is not said any more, one line each; figures of one table or chart are counted."""
    lines = []
    for place, group in groupby(gone, key=_table):
        differences = list(group)
        if len(differences) > 3 and place:
            lines.append(f"{place}: {len(differences)} figures are not forecast any more")
        else:
            lines += [f"{_it_said(difference)}, now nothing" for difference in differences]
    return lines


def _table(difference: Difference) -> str:
    """The table or chart that a figure stands in, "" for a sentence."""
    parts = difference.where.split(", ")
    return ", ".join(parts[:2]) if len(parts) > 2 else ""
