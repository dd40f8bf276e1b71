"""Where PyTensor keeps what it compiled, on a machine whose home folder cannot be written."""

import os
from pathlib import Path

from model.scenario import places

FLAGS = "PYTENSOR_FLAGS"


def settle() -> None:
    """Give PyTensor a folder below ARAXES_HOME unless it has one; called before it is loaded.

    It would else end the fit with an error of its own.
    """
    flags = os.environ.get(FLAGS, "")
    if "compiledir" not in flags and not _can_be_made(Path("~/.pytensor").expanduser()):
        own = f"base_compiledir={places.home().absolute() / 'compiled'}"
        os.environ[FLAGS] = f"{flags},{own}".lstrip(",")


def _can_be_made(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
