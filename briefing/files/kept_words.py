"""The likelihood phrases of the brief before, so that a word does not change at a band's edge.

They are kept in the state folder, in words.json: for each scenario, outcome, yardstick and set of
assumptions the phrase that was last put into a file.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from briefing.material.material import Material
from briefing.material.provenance import hash_of
from briefing.words.yardsticks import BANDS
from model.runs import whole_file
from model.scenario import places


def before(material: Material) -> dict[str, str]:
    """The phrase of each outcome in the brief before; empty where there was none."""
    kept = _stored()
    keys = {one: _key(material, one) for one in material.scenario.outcome_ids}
    return {one: kept[key] for one, key in keys.items() if key in kept}


def asked(material: Material, previous: Path | None = None, fresh: bool = False) -> dict[str, str]:
    """The phrases to keep: those of the file `previous` if it is given, none if `fresh`.

    Raises ValueError, one plain line, for a file that does not say what its words were.
    """
    if fresh:
        return {}
    return before(material) if previous is None else _of_file(previous, material)


def _of_file(path: Path, material: Material) -> dict[str, str]:
    from briefing.reading.reader import opened

    try:
        _, told = opened(path)
    except ValueError as problem:
        raise ValueError(f"--previous {path}: {problem}") from None
    if not told.likelihoods or told.yardstick != material.yardstick:
        raise ValueError(
            f"--previous {path}: a {told.kind} with no likelihood words of {material.yardstick}; "
            "name a deck or a brief"
        )
    return dict(told.likelihoods)


def remember(material: Material, likelihoods: Mapping[str, str]) -> None:
    """Keep the phrases of a brief that was made; raises OSError if they cannot be written."""
    kept = _stored()
    new = kept | {_key(material, outcome): said for outcome, said in likelihoods.items()}
    if new == kept:
        return
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(new, indent=1, ensure_ascii=False, sort_keys=True)
    whole_file.write(path, f"{content}\n".encode())


def _key(material: Material, outcome: str) -> str:
    return "|".join(
        (material.scenario.id, outcome, material.yardstick, hash_of(material.assumptions))
    )


def _path() -> Path:
    return places.home() / "words.json"


def _stored() -> dict[str, str]:
    """What is stored; a file that cannot be read holds nothing, so that no brief fails on it."""
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    phrases = {f"{word} ({span})" for bands in BANDS.values() for _, word, span in bands}
    return {key: said for key, said in found.items() if isinstance(said, str) and said in phrases}
