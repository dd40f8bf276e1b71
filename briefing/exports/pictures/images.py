"""Exhibits as pictures: PNG, SVG and PDF that say what they show and where it comes from."""

from briefing.exhibits.exhibit import Exhibit
from briefing.exports.pictures import framed
from briefing.exports.pictures.browser import BROWSER
from briefing.exports.pictures.image_metadata import label_of, labelled
from briefing.exports.pictures.sizes import size_of
from briefing.material import signature
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
    for option, given, known in (("form", form, FORMS), ("theme", theme, THEMES)):
        if given not in known:
            raise ValueError(f"no {option} {given!r}; choose {', '.join(known)}")
    pixels = size_of(size)
    layout = {"size": size, "theme": theme}
    provenance = material.provenance(
        "chart", tier, name=exhibit.name, choices=dict(exhibit.choices), layout=layout
    )
    # First of all the label: it refuses what must stay before anything is drawn.
    label = label_of(exhibit, material, provenance, framed.sentences(exhibit, material, provenance))
    frame = framed.framed(exhibit, material, pixels, theme, provenance)
    dots = pixels.scale if form == "png" else 1.0
    drawn = BROWSER.draw(
        frame.figure.to_dict(), form, frame.width, frame.height, frame.scale * dots
    )
    return signature.signed(labelled(drawn, form, label, dots), form)
