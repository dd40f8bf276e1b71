"""Letters that no font of this machine has: in what is drawn here they are boxes."""

import shutil
import subprocess
from functools import lru_cache

from briefing.material.material import Material

DRAWN = ("png", "pdf", "docx")  # a page, a deck and an SVG are drawn where they are read
PLAIN = 0x24F  # up to here every font has its letters
MOST = 100  # different letters that are asked for
SECONDS = 10


def said(material: Material, form: str, banner: str = "") -> str:
    """What a reader of the file will not see, with the remedy, a line; "" where nothing is.

    form: of the file, by its ending.
    """
    if form not in DRAWN:
        return ""
    letters = lacking(f"{material.assumptions.model_dump_json()} {banner}")
    if not letters:
        return ""
    return (
        f"No font on this machine has {', '.join(letters[:10])}: in the file they are boxes; "
        "install a font with them (sudo apt-get install fonts-noto-core fonts-noto-cjk)"
    )


def lacking(text: str) -> str:
    """Each letter of the text that no font has, once; "" too where no fontconfig can be asked."""
    if not shutil.which("fc-list"):
        return ""
    letters = sorted({letter for letter in text if ord(letter) > PLAIN and letter.isprintable()})
    return "".join(letter for letter in letters[:MOST] if not _fonts_with(letter))


@lru_cache(maxsize=4096)
def _fonts_with(letter: str) -> str:
    command = ["fc-list", f":charset={ord(letter):x}", "family"]
    how = {"capture_output": True, "text": True, "timeout": SECONDS}
    try:
        return subprocess.run(command, check=False, **how).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "no answer"
