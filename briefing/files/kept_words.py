"""The likelihood phrases of the brief before, so that a word does not change at a band's edge.

They are kept in the state folder, in words.json: for each scenario, outcome, yardstick and set of
assumptions the phrase that was last put into a file.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from briefing.material.material import Material
from briefing.material.provenance import hash_of
from briefing.words.yardsticks import BANDS
from model.runs import whole_file
from model.scenario import places

MOST = 6000  # phrases, the newest; every set of a visitor's brings six


def before(material: Material) -> dict[str, str]:
    """The likelihood phrase per outcome id in the brief before; empty where there was none."""
    stored = _stored()
    keys = {outcome: _key(material, outcome) for outcome in material.scenario.outcome_ids}
    return {outcome: stored[key] for outcome, key in keys.items() if key in stored}


def asked(material: Material, previous: Path | None = None, fresh: bool = False) -> dict[str, str]:
    """The phrase to keep per outcome id: of the file `previous` if given; none if `fresh`.

    Raises ValueError, one plain line, for a file that does not say what its words were.
    """
    if fresh:
        return {}
    return before(material) if previous is None else _of_file(previous, material)


def _of_file(path: Path, material: Material) -> dict[str, str]:
    # they load every parser, which only this needs
    from briefing.reading.guard import read_as
    from briefing.reading.reader import bytes_of, form_of, provenance_of

    try:
        provenance = provenance_of(read_as(form_of(path), bytes_of(path)))
    except ValueError as problem:
        raise ValueError(f"--previous {path}: {problem}") from None
    if not provenance.likelihoods or provenance.yardstick != material.yardstick:
        raise ValueError(
            f"--previous {path}: a {provenance.kind} with no likelihood words of "
            f"{material.yardstick}; name a deck or a brief"
        )
    return dict(provenance.likelihoods)


def remember(material: Material, likelihoods: Mapping[str, str]) -> None:
    """Keep the phrase per outcome id of a brief; a state folder that cannot be written keeps none.

    The brief is made by then, and must not fail for the next one's words.
    """
    stored = _stored()
    said = {_key(material, outcome): phrase for outcome, phrase in likelihoods.items()}
    new = {key: phrase for key, phrase in stored.items() if key not in said} | said
    if new == stored:
        return  # a state folder that cannot be written matters only where a word is new
    path = _path()
    newest = dict([*new.items()][-MOST:])
    content = json.dumps(newest, indent=1, ensure_ascii=False)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
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
        stored = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict):
        return {}
    phrases = {f"{word} ({span})" for bands in BANDS.values() for _, word, span in bands}
    # A phrase of bands that were since moved would claim a range that is no longer its word's.
    valid = (key for key, phrase in stored.items() if isinstance(phrase, str) and phrase in phrases)
    return {key: stored[key] for key in valid}
