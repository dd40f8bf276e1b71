"""Letters that no font has are told, with the remedy, where a file is drawn here."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from briefing.exports.shared import fonts
from briefing.material.material import Material
from model.assumptions import Assumptions, DriverAssumption

CONFIG = "<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>"
DRIVERS = (DriverAssumption(id="russian_commitment", level=-1.0),)


@pytest.fixture(autouse=True)
def dejavu_alone(tmp_path, monkeypatch):
    """A machine with the fonts that matplotlib brings: DejaVu has Armenian, and no Chinese."""
    folder = Path(find_spec("matplotlib").origin).parent / "mpl-data" / "fonts" / "ttf"
    (tmp_path / "fonts.conf").write_text(CONFIG.format(folder=folder, cache=tmp_path))
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    fonts._fonts_with.cache_clear()
    yield
    fonts._fonts_with.cache_clear()


def test_each_letter_that_no_font_has_is_told_once():
    assert fonts.lacking("Qarabağ − Հայաստան 和平和平") == "和平"
    assert fonts.lacking("नम") == "नम"


@pytest.mark.parametrize(("form", "is_told"), [("pdf", True), ("png", True), ("html", False)])
def test_a_file_that_is_drawn_here_is_told_of_with_the_remedy(fitted, form, is_told):
    material = Material(fitted, Assumptions(name="平", drivers=DRIVERS))
    said = fonts.said(material, form, banner="和")
    assert ("和, 平" in said and "install a font" in said) == is_told == bool(said)
