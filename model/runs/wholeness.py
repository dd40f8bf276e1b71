"""Whether a stored run is as it was stored: hashes of its files, arrays no larger than they say.

The seal finds what went wrong by itself or by an editor's hand. It is no secret: whoever may write
the state folder could make it anew.
"""

import hashlib
import json
from math import prod
from pathlib import Path, PurePosixPath
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np
from numpy.lib import format as npy

from model.runs.arrays import AGAIN
from model.runs.identity import digest

MANIFEST = "manifest.json"
MOST_BYTES = 500_000_000  # of one file; ours are under 20 MB
MOST_MANIFEST = 10_000_000


class UnusableRun(ValueError):
    """A stored run that is not served; one plain line with the remedy."""


class DamagedRun(UnusableRun):
    """One that is not what was stored; the line names the file at fault."""


class OlderRun(UnusableRun):
    """One that another version stored, in a form that this one cannot read."""


def sealed(manifest: dict) -> dict:
    """A manifest, with text keys, and under `seal` a digest of all the rest of it."""
    bare = {key: value for key, value in manifest.items() if key != "seal"}
    return bare | {"seal": digest(json.dumps(bare, sort_keys=True, ensure_ascii=False).encode())}


def read_manifest(folder: Path) -> dict:
    """The manifest in a run's folder, checked for itself.

    Raises FileNotFoundError where there is none, and DamagedRun where it is not as it was stored or
    is that of another run.
    """
    path = folder / MANIFEST
    if path.stat().st_size > MOST_MANIFEST:
        raise damaged(folder, f"{MANIFEST} is far too long")
    try:
        manifest = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise damaged(folder, f"{MANIFEST} cannot be read") from None
    if not isinstance(manifest, dict) or manifest.get("id") != folder.name:
        raise damaged(folder, f"{MANIFEST} is that of another run")
    # runs of versions before seals have none, and no version either
    if "version" in manifest and manifest != sealed(manifest):
        raise damaged(folder, f"{MANIFEST} is not as it was stored")
    return manifest


def check_files(folder: Path, manifest: dict) -> None:
    """Hold every file of a run's folder against the manifest; raises DamagedRun for the first."""
    hashes = manifest.get("files")
    for name, stored in (hashes if isinstance(hashes, dict) else {}).items():
        # the name becomes part of a path, and an old manifest may have been edited
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise damaged(folder, f"{MANIFEST} names a file outside the run")
        _check_file(folder, name, stored)


def _check_file(folder: Path, name: str, stored: str) -> None:
    path = folder / name
    if not path.is_file():
        raise damaged(folder, f"{name} is missing")
    if path.stat().st_size > MOST_BYTES:
        raise damaged(folder, f"{name} is far too large")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != stored:
        raise damaged(folder, f"{name} is not as it was stored")


def damaged(folder: Path, what: str) -> DamagedRun:
    """The error that names a run's folder and `what` is wrong with it."""
    return DamagedRun(f"run {folder.name} is damaged: {what}; {AGAIN}")


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """Name -> read-only array of an .npz of ours; raises DamagedRun before it reads what lies.

    An array lies that declares another shape than its bytes have, is packed, or holds objects.
    """
    try:
        with ZipFile(path) as archive:
            for member in archive.infolist():
                _check_array(archive, member, path)
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (BadZipFile, EOFError, ValueError) as problem:
        if isinstance(problem, DamagedRun):
            raise
        raise damaged(path.parent, f"{path.name} cannot be read") from None
    for array in arrays.values():
        array.flags.writeable = False  # one loaded run is shared by all who ask
    return arrays


def _check_array(archive: ZipFile, member: ZipInfo, path: Path) -> None:
    # never packed by us, and a packed one may unpack to anything
    if member.compress_type != ZIP_STORED:
        raise damaged(path.parent, f"{path.name} holds the packed {member.filename}")
    with archive.open(member) as file:
        version = npy.read_magic(file)
        read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, _, dtype = read(file)
        size = file.tell() + dtype.itemsize * prod(shape)
    if dtype.hasobject:
        raise damaged(path.parent, f"{path.name} holds objects in {member.filename}")
    if size != member.file_size:
        raise damaged(path.parent, f"{path.name} declares another size of {member.filename}")
