"""Where things are: the code, the scenario that ships with it, the state folder."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENARIO_FOLDER = ROOT / "data" / "south_caucasus"


def home() -> Path:
    """The path of the state folder: ARAXES_HOME, or `var` beside the code."""
    # Read at each call, so that a process that sets the variable late is heard.
    return Path(os.environ.get("ARAXES_HOME", ROOT / "var")).expanduser()
