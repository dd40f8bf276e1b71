"""What the pages remember of explanations: what matters, what would flip it, what moved.

Most are the model's own functions, each answer found once.
"""

from briefing.exhibits.exhibit import Exhibit
from briefing.exports.documents import paragraph as paragraphs
from briefing.exports.pictures import images
from briefing.files import kept_words
from briefing.material.material import Material
from briefing.material.provenance import Tier
from model.changes.signposts import signposts
from model.explain.attribution import shapley
from model.explain.build_up import build_up
from model.explain.conditional import conditional_table
from model.explain.expected_levels import half_year_ranges
from model.explain.flip_point import flip_points
from model.explain.follows import moved_drivers
from model.explain.movement import movement
from model.explain.tornado import tornado
from pages.ui.memory.once import by_run, by_runs, by_set, by_sets, once

tornado = once(by_set, entries=200)(tornado)
flip_points = once(by_set, entries=200)(flip_points)
moved_drivers = once(by_set, entries=200)(moved_drivers)
gap = once(by_sets, entries=200)(shapley)
if_then = once(by_run, entries=100)(conditional_table)
build_up = once(by_run, entries=100)(build_up)
half_year_ranges = once(by_run, entries=32)(half_year_ranges)
movement = once(by_runs, entries=100)(movement)
signposts = once(by_run, entries=20)(signposts)


# A file's provenance says all that it is made of, so equal provenances mean equal files.
def _paragraph_key(material: Material, tier: Tier) -> tuple[str]:
    return (material.provenance("paragraph", tier).to_json(),)


def _picture_key(shown: Exhibit, material: Material, size: str, theme: str) -> tuple[str]:
    layout = {"size": size, "theme": theme}
    choices = dict(shown.choices)
    provenance = material.provenance("chart", name=shown.name, choices=choices, layout=layout)
    return (provenance.to_json(),)


@once(_paragraph_key, entries=100, spinner="Writing")
def paragraph(material: Material, tier: Tier) -> str:
    """A briefing as text to paste; raises ValueError as `briefing.exports.documents.paragraph`."""
    return paragraphs.paragraph(material, tier, kept_words.before(material))


@once(_picture_key, entries=50)
def picture(shown: Exhibit, material: Material, size: str, theme: str) -> bytes:
    """An exhibit as the bytes of a PNG file; see `briefing.exports.pictures.images`."""
    return images.picture(shown, material, "png", size, theme)
