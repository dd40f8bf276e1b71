"""Assumption sets as files and links: TOML, JSON, and a compact form for a URL."""

import base64
import binascii
import json
import tomllib
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from model.assumptions.assumptions import Assumptions
from model.assumptions.in_words import messages
from model.assumptions.relative_days import dated
from model.scenario import strict_json

LINK_VERSION = "1"
MOST_BYTES = 10**6  # of a file, far above what a set has
MOST_UNPACKED = 100_000  # bytes; a damaged or hostile link could otherwise unpack to gigabytes


class AssumptionsError(ValueError):
    """A set that cannot be read; the message is one line per fault."""


@dataclass(frozen=True)
class SetFile:
    """A set as its file has it: its days may count from the as-of day."""

    path: Path
    content: bytes

    def on(self, as_of: date | None) -> Assumptions:
        """The set as of a day; raises AssumptionsError, naming the file."""
        try:
            return from_file(self.path.name, self.content, as_of)
        except AssumptionsError as problem:
            raise AssumptionsError(f"{self.path}: {problem}") from None


def read(path: Path, as_of: date | None = None) -> Assumptions:
    """The set in a .toml or .json file; raises AssumptionsError, naming the file.

    as_of: the day that days such as `+55 days` count from; None where there should be none.
    """
    return opened(path).on(as_of)


def opened(path: Path) -> SetFile:
    """A set's file, not looked into yet; raises AssumptionsError, naming it."""
    path = Path(path)
    if path.is_dir():
        raise AssumptionsError(f"{path}: is a folder; name the .toml or .json file in it")
    try:
        with path.open("rb") as file:
            # enough to see that it is too long
            return SetFile(path, file.read(MOST_BYTES + 1))
    except OSError as problem:
        raise AssumptionsError(f"{path}: cannot be read ({problem.strerror})") from None


def set_files(folder: Path) -> tuple[SetFile, ...]:
    """The files of a scenario's own sets, in order; raises what `opened` does."""
    return tuple(opened(path) for path in sorted((folder / "assumptions").glob("*.toml")))


def by_name(files: Iterable[SetFile], as_of: date) -> dict[str, Assumptions]:
    """The sets of these files as of a day, by name; raises AssumptionsError for a faulty one."""
    sets = (file.on(as_of) for file in files)
    return {assumptions.name: assumptions for assumptions in sets}


def built_in_sets(folder: Path, as_of: date) -> dict[str, Assumptions]:
    """The assumption sets of a scenario's folder as of a day, by name in order of their files.

    Raises AssumptionsError for a set that cannot be read.
    """
    return by_name(set_files(folder), as_of)


def from_file(name: str, content: bytes, as_of: date | None = None) -> Assumptions:
    """A set from a file's name and bytes; raises AssumptionsError with one line per fault.

    as_of: see `read`.
    """
    if len(content) > MOST_BYTES:
        raise AssumptionsError(
            f"the file is over {MOST_BYTES // 10**6} MB, too long for assumptions; is it the right "
            "file?"
        )
    try:
        text = content.decode("utf-8-sig")  # Windows' editors put a mark before the text
    except UnicodeDecodeError:
        raise AssumptionsError(
            "cannot be read: not a text file in UTF-8; save it in that encoding"
        ) from None
    return (from_json if name.lower().endswith(".json") else from_toml)(text, as_of)


def from_toml(text: str, as_of: date | None = None) -> Assumptions:
    """A set from TOML text; raises AssumptionsError with one line per fault. as_of: see `read`."""
    return _checked(_parsed(tomllib.loads, "TOML", text), as_of)


def from_json(text: str, as_of: date | None = None) -> Assumptions:
    """A set from JSON text; raises AssumptionsError with one line per fault. as_of: see `read`."""
    return _checked(_parsed(strict_json.loads, "JSON", text), as_of)


def _parsed(parse: Callable[[str], Any], form: str, text: str) -> Any:
    try:
        return parse(text)
    except (ValueError, RecursionError) as problem:  # huge numbers and deep nesting included
        raise AssumptionsError(f"not {form}: {problem}") from None


def _checked(content: object, as_of: date | None) -> Assumptions:
    if not isinstance(content, dict):
        kind = {list: "a list", str: "a text", type(None): "null"}.get(type(content), "a value")
        raise AssumptionsError(
            f"{kind} where a set of assumptions was expected; write an object with keys such as "
            '"driver", "outcome" and "belief"'
        )
    try:
        content = dated(content, as_of)
    except ValueError as undated:
        raise AssumptionsError(str(undated)) from None
    try:
        # Strict, or true would be a level and seconds a day. As JSON, since only there are days
        # text and lists tuples, whichever form they came in.
        text = json.dumps(content, default=_day_as_text)
        return Assumptions.model_validate_json(text, strict=True)
    except (RecursionError, TypeError) as problem:
        raise AssumptionsError(f"not a set of assumptions: {problem}") from None
    except ValidationError as problem:
        raise AssumptionsError(messages(problem.errors())) from None


def _day_as_text(value: object) -> str:
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise TypeError(f"no {type(value).__name__} has a place in it")


def plain(assumptions: Assumptions) -> dict:
    """The set as a dict of plain JSON values, days as text, defaults left out."""
    return assumptions.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def to_json(assumptions: Assumptions) -> str:
    """The set as JSON text; reads back to an equal set."""
    return json.dumps(plain(assumptions), indent=1, ensure_ascii=False)


def to_toml(assumptions: Assumptions) -> str:
    """The set as TOML text, in the form of the built-in sets; reads back to an equal set."""
    content = assumptions.model_dump(mode="python", by_alias=True, exclude_defaults=True)
    # Plain keys first: behind a [[header]] TOML would count them to its table.
    lines = [f"{key} = {_toml(value)}" for key, value in content.items() if not _tables(value)]
    tables = [(key, table) for key, value in content.items() if _tables(value) for table in value]
    for key, table in tables:
        lines += ["", f"[[{key}]]", *(f"{name} = {_toml(value)}" for name, value in table.items())]
    return "\n".join(lines) + "\n"


def _tables(value: object) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and isinstance(value[0], dict)


def _toml(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # which TOML forbids


def to_link(assumptions: Assumptions) -> str:
    """The set as a short text that is safe in a URL; starts with the form's version."""
    if assumptions == Assumptions():
        return ""
    content = json.dumps(plain(assumptions), separators=(",", ":"), ensure_ascii=False).encode()
    return LINK_VERSION + base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


def from_link(text: str) -> Assumptions:
    """The set of a link; raises AssumptionsError that says why an old or cut link does not open."""
    if not text:
        return Assumptions()
    if text[0] != LINK_VERSION:
        raise AssumptionsError(
            f"this link is of form {text[0]!r}, and only form {LINK_VERSION!r} is known here"
        )
    try:
        # A link goes without the padding that base64 wants.
        packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(packed, MOST_UNPACKED).decode()
        if not unpacker.eof:
            raise ValueError("cut short, or far too long")
    except (binascii.Error, zlib.error, ValueError):
        raise AssumptionsError("this link is damaged; ask for it again, or for the file") from None
    return from_json(content)
