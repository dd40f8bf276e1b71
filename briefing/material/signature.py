"""The keyed signature of every file that leaves the house: was it changed since?

It is taken over all bytes of the file with the signature's own place left blank, by HMAC-SHA256
with a key that is made on first use and never leaves the state folder.
"""

import hashlib
import hmac
import os
import re
import secrets
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from pathlib import Path
from uuid import uuid4

from model.scenario import places

MARK = "araxes-signature"
KEY_BYTES, ID_DIGITS, DIGITS = 32, 8, 72  # the first eight digits say which key
BLANK = "0" * DIGITS
PLACE = re.compile(rb"araxes-signature[^0-9a-f]{1,4}([0-9a-f]{72})")
MOST_PLACES = 4  # a file has one, and whoever wrote more may wait no longer for it


class Seal(Enum):
    """What a signature says of its file.

    whole: not a byte was changed. changed: one was. elsewhere: another house's key signed it, so
    nobody can tell here. missing: it has none.
    """

    whole = "whole"
    changed = "changed"
    elsewhere = "elsewhere"
    missing = "missing"


def signed(content: bytes, form: str) -> bytes:
    """A finished file of this form (png, svg, pdf, pptx, docx, html, csv, json) with its signature.

    A Parquet file brings the place for it in its metadata. Where no key can be had the place stays
    blank: a state folder that cannot be written must not keep a file from leaving.
    """
    content = _with_place(content, form)
    key, place = _key(), _last_blank(content)
    if key is None or place is None:
        return content
    return _filled(content, place, _signature(key, content), form)


def seal_of(content: bytes, form: str) -> Seal:
    """What the signature of a file says, by the key of this state folder."""
    places = [match.span(1) for match in _places(content)]
    signatures = [content[start:end].decode() for start, end in places]
    known = [text for text in signatures if text != BLANK]
    if not known:
        return Seal.missing
    key = _key(make=False)
    if key is None or not any(text.startswith(_id_of(key)) for text in known):
        return Seal.elsewhere
    for (start, _), text in zip(places, signatures, strict=True):
        blank = _filled(content, start, BLANK, form)
        if hmac.compare_digest(_signature(key, blank), text):
            return Seal.whole
    return Seal.changed


def without_mark(text: str) -> str:
    """A line of text without the signature that stands at its end."""
    return text.partition(f" {MARK}")[0]


def _signature(key: bytes, content: bytes) -> str:
    return _id_of(key) + hmac.new(key, content, hashlib.sha256).hexdigest()


def _id_of(key: bytes) -> str:
    return hashlib.sha256(b"araxes key " + key).hexdigest()[:ID_DIGITS]


def _places(content: bytes) -> Iterator[re.Match]:
    return iter(list(PLACE.finditer(content))[-MOST_PLACES:])


def _last_blank(content: bytes) -> int | None:
    starts = [match.start(1) for match in _places(content) if match[1] == BLANK.encode()]
    return starts[-1] if starts else None


def _filled(content: bytes, place: int, digits: str, form: str) -> bytes:
    end = place + DIGITS
    rest = content[end:]
    if form == "png":  # the chunk's checksum follows, and is of the digits
        kind_on = content[place - len(MARK) - 5 : place] + digits.encode()
        rest = struct.pack(">I", zlib.crc32(kind_on)) + rest[4:]
    return content[:place] + digits.encode() + rest


def _with_place(content: bytes, form: str) -> bytes:
    """The file with a blank place for the signature, where its form leaves what it says alone."""
    mark = f"{MARK}:{BLANK}".encode()
    if form in ("pptx", "docx"):  # the comment of the zip, its length just before it
        if content[-22:-18] != b"PK\x05\x06":
            return content
        return content[:-2] + struct.pack("<H", len(mark)) + mark
    if form == "png":
        chunk = b"tEXt" + f"{MARK}\0{BLANK}".encode()
        end = content.rindex(b"IEND") - 4
        whole = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        return content[:end] + whole + content[end:]
    if form == "svg":
        return _before(content, b"</svg>", f'<metadata id="{MARK}">{BLANK}</metadata>'.encode())
    if form == "json":
        return _before(content, b"\n}", f',\n "{MARK}": "{BLANK}"'.encode())
    if form == "csv":
        return _before(content, b"\n", b" " + mark, first=True)
    ends = {"pdf": b"%%%s\n" % mark, "html": b"\n<!-- %s -->\n" % mark}
    return content + ends.get(form, b"")


def _before(content: bytes, end: bytes, mark: bytes, first: bool = False) -> bytes:
    place = content.index(end) if first else content.rindex(end)
    return content[:place] + mark + content[place:]


def _key(make: bool = True) -> bytes | None:
    """The key of the state folder, made where there is none; None where none can be had."""
    path = places.home() / "key"
    with suppress(OSError, ValueError):  # a key that somebody edited is none
        if make and not path.exists():
            _make(path)
        key = bytes.fromhex(path.read_text(encoding="ascii").strip()) if path.exists() else b""
        return key if len(key) == KEY_BYTES else None
    return None


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".key-{uuid4().hex}")
    # readable by its owner alone from the start, and under its name only once it is whole
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(KEY_BYTES)}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first, and its key is as good
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
