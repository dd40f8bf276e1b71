"""Exhibits as pictures: PNG, SVG and PDF that say what they show and where it comes from."""

from briefing.exhibits.exhibit import Exhibit
from briefing.exports.pictures import framed
from briefing.exports.pictures.browser import BROWSER
from briefing.exports.pictures.image_metadata import label_of, labelled
from briefing.exports.pictures.sizes import size_of
from briefing.material.material import Material
from briefing.material.provenance import Tier

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
    layout = {"size": size, "theme": theme}
    told = material.provenance(
        "chart", tier, name=exhibit.name, choices=dict(exhibit.choices), layout=layout
    )
    # First of all the label: it refuses what must stay before anything is drawn.
    label = label_of(exhibit, material, told, framed.said(exhibit, material, told))
    whole = framed.framed(exhibit, material, fitted, theme, told)
    dots = fitted.scale if form == "png" else 1.0
    drawn = BROWSER.draw(
        whole.figure.to_dict(), form, whole.width, whole.height, whole.scale * dots
    )
    return labelled(drawn, form, label, dots)
