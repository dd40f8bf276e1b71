"""Sets of assumptions that files keep back, to be had again by their hash."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from briefing.material.provenance import Tier, hash_of, keeps_back
from model.assumptions import NOTHING, Assumptions, files
from model.runs import whole_file
from model.scenario import places

MOST = 5000  # sets, of some kilobytes each; a file whose set is gone is verified with --assume


def keep(assumptions: Assumptions, tier: Tier) -> None:
    """Put a set that a file of this tier keeps back into the state folder, for `by_hash`.

    Whoever writes the file calls this; a folder that cannot be written keeps none.
    """
    if assumptions.is_empty or not keeps_back(tier, assumptions):
        return
    path = _path(hash_of(assumptions))
    # The file itself is made all the same: only `verify` will ask for the set.
    with suppress(OSError):
        if path.exists():
            path.touch()
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        whole_file.write(path, files.to_json(assumptions).encode())
        _forget_the_oldest(path.parent)


def _forget_the_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("[!.]*.json"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-MOST]:
        path.unlink(missing_ok=True)


def by_hash(hash: str, built_in: Iterable[Assumptions]) -> Assumptions | None:
    """The set of this hash: the empty one, one of the built-in ones, or one exported from here.

    hash: that of `provenance.hash_of`. None where no set has it, or the stored one
    was edited.
    """
    for candidate in (NOTHING, *built_in):
        if hash_of(candidate) == hash:
            return candidate
    try:
        stored = files.read(_path(hash))
    except files.AssumptionsError:
        return None
    return stored if hash_of(stored) == hash else None


def _path(hash: str) -> Path:
    return places.home() / "sets" / f"{hash}.json"
