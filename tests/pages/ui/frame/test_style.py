"""What Streamlit's theme has no setting for."""

import tomllib
from pathlib import Path

from pages.ui.frame.menu import STYLE

CONFIG = Path(__file__).parents[4] / ".streamlit" / "config.toml"


def test_what_stays_in_sight_on_a_phone_stands_on_the_pages_own_colour():
    theme = tomllib.loads(CONFIG.read_text())["theme"]
    light, dark = (theme[name]["backgroundColor"] for name in ("light", "dark"))
    assert f"background: light-dark({light}, {dark});" in STYLE.read_text()
