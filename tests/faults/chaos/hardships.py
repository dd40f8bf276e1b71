"""What a writer may meet besides a kill: a disk that is full or read-only, a clock set back."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from tempfile import TemporaryDirectory

DISK = 48  # MiB of the small disk: a scene, and what any act adds to it
FAKETIME = "/usr/lib/*/faketime/libfaketime.so.1"  # where Debian's package has it


def can_mount() -> bool:
    """Whether this process may make a disk of its own."""
    if os.geteuid() or not shutil.which("mount"):
        return False
    try:
        with TemporaryDirectory() as folder, small_disk(Path(folder)):
            return True
    except subprocess.CalledProcessError:  # root of a container that may not
        return False


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of `DISK` MiB of memory at this empty folder."""
    size = f"size={DISK}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    """The disk cannot be written meanwhile, not even by root."""
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)


@contextmanager
def room_for(disk: Path, many: int) -> Iterator[None]:
    """The disk has room for so many bytes and no more meanwhile."""
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - many)))
    try:
        yield
    finally:
        filler.unlink()


def faketime() -> str:
    """The library that sets a process's clock back; "" where it is not installed."""
    found = sorted(glob(FAKETIME))
    return found[0] if found else ""
