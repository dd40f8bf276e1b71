"""Exhibits as pictures: PNG, SVG and PDF that say what they show and where it comes from."""

import json

from briefing.exhibit import Exhibit
from briefing.exports import data_files, framed
from briefing.exports.browser import BROWSER
from briefing.exports.image_metadata import Label, labelled
from briefing.exports.sizes import size_of
from briefing.material import Material
from briefing.provenance import Tier

FORMS = ("png", "svg", "pdf")
THEMES = ("light", "dark")


def picture(
    exhibit: Exhibit,
    material: Material,
    form: str = "png",
    size: str = "slide",
    theme: str = "light",
    tier: Tier = Tier.full,
) -> bytes:
    """The exhibit as the screen shows it, with its words around it; `size`: see `sizes.size_of`.

    The same material and options give the same picture. Raises NoBrowser, and ValueError, one plain
    line, for an unknown form, size or theme and for a chart that has no version of this tier.
    """
    for what, given, known in (("form", form, FORMS), ("theme", theme, THEMES)):
        if given not in known:
            raise ValueError(f"no {what} {given!r}; choose {', '.join(known)}")
    fitted = size_of(size)
    numbers = data_files.table(exhibit, material, "json", tier)  # refuses what must stay
    layout = {"size": size, "theme": theme}
    told = material.provenance(
        "chart", tier, name=exhibit.name, choices=dict(exhibit.choices), layout=layout
    )
    whole = framed.framed(exhibit, material, fitted, theme, told)
    dots = fitted.scale if form == "png" else 1.0
    drawn = BROWSER.draw(
        whole.figure.to_dict(), form, whole.width, whole.height, whole.scale * dots
    )
    label = Label(
        title=exhibit.title,
        alt=exhibit.alt,
        provenance=told.to_json(),
        numbers=json.dumps(json.loads(numbers)["rows"], ensure_ascii=False),
        texts=framed.said(exhibit, material, told),
    )
    return labelled(drawn, form, label, dots)
