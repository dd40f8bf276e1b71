"""JSON of anybody's: a key that stands twice, or a number that is none, is an error."""

import json
from typing import Any


def loads(text: str | bytes) -> Any:
    """What a JSON text says; raises ValueError, RecursionError for nesting past the parser's."""
    return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in pairs:
        # The last would win silently, and take the place of what a reader saw first.
        if key in content:
            raise ValueError(f"the key {key[:40]!r} stands twice in one object; keep one")
        content[key] = value
    return content


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")
