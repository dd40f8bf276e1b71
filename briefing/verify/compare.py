"""Two readings of the same content beside each other: what differs, what is only in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.reading.content import Item

ALIKE = 0.5  # texts less alike than this are not the same sentence changed


@dataclass(frozen=True)
class Difference:
    """Where a file and a run say different things; None: that one does not say it."""

    where: str
    file: str | None
    run: str | None


def compare(file: Sequence[Item], run: Sequence[Item]) -> list[Difference]:
    """The differences in the order of the file; `run` is None for what only the file says.

    Kinds of spare copies that the file has none of are not missed. Numbers are the same to nine
    digits.
    """
    # A program that saves a file again drops such copies as a whole kind or not at all.
    kinds_of_file = {item.spare for item in file}
    run = [item for item in run if not item.spare or item.spare in kinds_of_file]
    start, end = _same_ends(file, run)
    file, run = file[start : len(file) - end], run[start : len(run) - end]
    matcher = SequenceMatcher(None, *([item.text for item in side] for side in (file, run)), False)
    differences = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            differences += _pairs(file[a:b], run[c:d])
    return differences


def _same_ends(file: Sequence[Item], run: Sequence[Item]) -> tuple[int, int]:
    """How many items are the same at the start and at the end; it saves the slow comparison."""
    shorter = min(len(file), len(run))
    start = 0
    while start < shorter and file[start].text == run[start].text:
        start += 1
    end = 0
    while end < shorter - start and file[-1 - end].text == run[-1 - end].text:
        end += 1
    return start, end


def _pairs(file: Sequence[Item], run: Sequence[Item]) -> list[Difference]:
    """Each text of one side with the text of the other that it was, as far as there is one."""
    if len(file) == len(run):
        return [_difference(a, b) for a, b in zip(file, run, strict=True) if not same(a, b)]
    differences, rest = [], list(run)
    for item in file:
        place = next((i for i, other in enumerate(rest) if related(item, other)), None)
        if place is None:
            differences.append(_difference(item, None))
            continue
        differences += [_difference(None, skipped) for skipped in rest[:place]]
        differences.append(_difference(item, rest[place]))
        rest = rest[place + 1 :]
    return differences + [_difference(None, item) for item in rest]


def same(a: Item, b: Item) -> bool:
    """Whether two texts are equal; numbers to a relative 1e-9, an absolute one below 1."""
    if a.text == b.text:
        return True
    if a.number is None or b.number is None:
        return False
    # `cleaned` rounds to nine digits, so two texts of one number may differ in the last of them.
    return abs(a.number - b.number) <= 1e-9 * max(1.0, abs(a.number))


def related(a: Item, b: Item) -> bool:
    """Whether one may be the other, changed: the same key, or texts at least half alike."""
    if a.key and b.key:
        return a.key == b.key
    return SequenceMatcher(None, a.text, b.text, False).ratio() >= ALIKE


def _difference(file: Item | None, run: Item | None) -> Difference:
    where = (file or run).where
    return Difference(where, file.text if file else None, run.text if run else None)
