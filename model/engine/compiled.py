"""Compiled kernels are kept in the user's cache, so a machine compiles them once, not each clone.

numba keeps machine code beside its source, by the digest of the one file that holds the function.
Here it is kept under a name that stands for all that it comes from: its file and the engine's named
in `MADE_FROM`, Python, numba, and the processor. Processes that write at once do no harm: a file is
written under another name and then moved.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from llvmlite import binding
from numba.core.caching import InTreeCacheLocator

MADE_FROM = ("kernels.py", "rows.py")


def kept_in() -> Path:
    """`araxes` in the user's cache folder, whatever HOME a process was given."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path(_home(), ".cache")
    return Path(cache, "araxes").expanduser()


def _home() -> str:
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir
    except (ImportError, KeyError):  # no list of users, as on Windows, or none with this one
        return os.path.expanduser("~")


def _digest(file: Path) -> str:
    """Hexadecimal digits that stand for what the machine code of a file's kernels comes from."""
    processor = binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()
    machine = sys.version, numba.__version__, *processor
    beside = file.parent if (file.parent / MADE_FROM[0]).exists() else Path(__file__).parent
    files = {name: beside / name for name in MADE_FROM} | {file.name: file}
    sources = [files[name].read_bytes() for name in sorted(files)]
    return hashlib.sha256(b"\0".join([*map(str.encode, machine), *sources])).hexdigest()[:24]


class ByContent(InTreeCacheLocator):
    """Where numba keeps a function's machine code: by what it comes from, wherever the clone is.

    Beside the source, as numba does, where the user's cache cannot be written.
    """

    def __init__(self, py_func: Callable, py_file: str):
        super().__init__(py_func, py_file)
        self.digest = _digest(Path(py_file))
        kept = kept_in() / "kernels" / self.digest
        if _can_write(kept):
            self._cache_path = str(kept)

    def get_source_stamp(self) -> str:
        return self.digest


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def kept(**options: Any) -> Callable[[Callable], Any]:
    """Like `numba.njit`, with the machine code kept by `ByContent`."""
    name = f"{ByContent.__module__}.{ByContent.__qualname__}"

    def compiled(function: Callable) -> Any:
        before = numba.config.CACHE_LOCATOR_CLASSES  # type: ignore[attr-defined]
        # others, pytensor for one, add places of their own; these stand while this one is decided
        numba.config.CACHE_LOCATOR_CLASSES = name  # type: ignore[attr-defined]
        try:
            return numba.njit(cache=True, **options)(function)
        except RuntimeError:  # no place can be written, so it is compiled at each start
            return numba.njit(**options)(function)
        finally:
            numba.config.CACHE_LOCATOR_CLASSES = before  # type: ignore[attr-defined]

    return compiled
