"""What moved a run from the one before it, kept in the state folder beside the runs."""

import json
from datetime import date

import pandas as pd

from model.changes.difference import Difference
from model.runs import identity, store, whole_file
from model.scenario import home

FOLDER = "changes"


def keep(difference: Difference) -> None:
    """Write it under the newer run's id, whole or not at all; raises OSError."""
    folder = home() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    whole_file.write(folder / f"{difference.new}.json", _content(difference))


def mark(difference: Difference) -> str:
    """Twelve hexadecimal digits that stand for its numbers; "" for `NOT_COMPARED`."""
    return identity.digest(_content(difference))[:12] if difference.new else ""


def _content(difference: Difference) -> bytes:
    content = {
        "old": difference.old,
        "new": difference.new,
        "deadline": difference.deadline.isoformat(),
        "moves": difference.moves.drop(columns="deadline").to_dict("records"),
        "parts": difference.parts.to_dict("records"),
    }
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def kept(new: str) -> Difference | None:
    """What `keep` was given for the run of this id; None where nothing is kept of it.

    Raises FileNotFoundError for what is no run's id, and ValueError for a damaged file.
    """
    path = home() / FOLDER / f"{store.folder_of(new).name}.json"
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_bytes())
        deadline = date.fromisoformat(content["deadline"])
        moves, parts = pd.DataFrame(content["moves"]), pd.DataFrame(content["parts"])
        moves.insert(2, "deadline", deadline)
        return Difference(content["old"], content["new"], deadline, moves, parts)
    except (ValueError, KeyError, TypeError) as problem:
        again = f"make it again with `python -m model diff OLD {new}`"
        raise ValueError(f"{path} is damaged ({type(problem).__name__}); {again}") from None
