"""What a forecast rests on, in words: assumptions and sources, as far as a tier tells them."""

from briefing.material.material import Material
from briefing.material.provenance import Tier, hash_of
from briefing.words import assumptions, numbers
from model.evidence import without
from model.scenario.plain_text import counted

NAMED = 3
PUBLISHED = "Nothing assumed: the published forecast."


def assumed(material: Material, tier: Tier = Tier.full) -> list[str]:
    """One line per setting, as text; a single line where nothing is assumed or may be told.

    Sources that are left out are not named below the full tier.
    """
    if material.assumptions.is_empty:
        return [PUBLISHED]
    if tier is Tier.numbers:
        return [f"Under assumptions that are kept back ({hash_of(material.assumptions)})."]
    lines = assumptions.settings(
        material.assumptions, material.scenario, material.as_of, material.levels
    )
    if tier is Tier.unsourced:
        settings = assumptions.parts(material.assumptions)
        lines = [
            "leave out a source" if getattr(setting, "source", None) else line
            for setting, line in zip(settings, lines, strict=True)
        ]
    return lines


def sources(material: Material, tier: Tier = Tier.full) -> str:
    """`Sources: …, …, … and 87 more; 167 reference cases.`, those of most rows first.

    Sources that are left out are not counted. Below the full tier the others are not named.
    """
    known = without(material.evidence, material.assumptions.left_out)
    counts = (
        known.events["source"]
        .value_counts()
        .add(known.deaths["source"].value_counts(), fill_value=0)
    )
    names = list(counts.drop("", errors="ignore").sort_values(ascending=False, kind="stable").index)
    cases = counted(len(known.cases), "reference case")
    if tier is not Tier.full:
        return f"{numbers.capital(_counted(len(names)))}; {cases}."
    shown, more = names[:NAMED], len(names) - NAMED
    listed = f"{', '.join(shown)} and {more} more" if more > 0 else " and ".join(shown)
    return f"Sources: {listed}; {cases}."


def _counted(number: int) -> str:
    return f"{numbers.count(number)} {'source' if number == 1 else 'sources'}"
