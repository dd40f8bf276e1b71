"""Commands answer of no folder that `check` refuses; of one called well it is asked but once.

What was called well is remembered in the state folder by all that the verdict rests on: the bytes
of the scenario's files and of the code that judges them.
"""

import hashlib
from contextlib import suppress
from functools import cache
from pathlib import Path

from model.refit import RefitError
from model.runs import whole_file
from model.scenario import places

JUDGES = ("scenario", "assumptions", "evidence", "check", "fit", "shell")  # rooms of `model`
NEWEST = 50  # verdicts that are kept


def insist(folder: Path) -> None:
    """Raises RefitError, one line, for a folder that `python -m model check` finds fault with."""
    folder = Path(folder)
    mark = places.home() / "checked" / _digest(folder)
    if mark.exists():
        return
    from model.shell import checking  # only now: it loads pandera

    faults = checking.faults(folder)
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        see = f"`python -m model check --scenario {folder}`"
        raise RefitError(f"{faults[0]}{more}; run {see} to see all")
    with suppress(OSError):  # a state folder that cannot be written: it is checked anew each time
        _keep(mark)


def _digest(folder: Path) -> str:
    """Twenty-four hexadecimal digits of every file of the folder, by name, and of the judges."""
    digest = hashlib.sha256(_of_code().encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(repr(path.relative_to(folder).as_posix()).encode())
        with suppress(OSError):  # `check` says what is wrong with it
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


@cache
def _of_code() -> str:
    files = sorted(path for room in JUDGES for path in (places.ROOT / "model" / room).rglob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _keep(mark: Path) -> None:
    mark.parent.mkdir(parents=True, exist_ok=True)
    whole_file.write(mark, b"")
    newest_first = sorted(
        mark.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True
    )
    for old in newest_first[NEWEST:]:
        old.unlink(missing_ok=True)
