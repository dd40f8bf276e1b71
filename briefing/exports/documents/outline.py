"""What stands where in a brief: one order of blocks, which Word, PDF and HTML lay out alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from briefing.exhibits import catalogue
from briefing.exhibits.entries_forecast import AS_ASSUMED
from briefing.exhibits.exhibit import Exhibit
from briefing.exports.pictures.framed import UNDER_ASSUMPTIONS
from briefing.material import basis
from briefing.material.material import Material
from briefing.material.provenance import Provenance, Tier
from briefing.material.story import Cited, Story, story
from briefing.words import numbers
from briefing.words.method import plain

SAME_EVERYWHERE = ("By", "Monte Carlo error")


@dataclass(frozen=True)
class Paragraph:
    """Running text; head stands first, in bold. style: lead, plain or small."""

    text: str
    head: str = ""
    style: str = "plain"


@dataclass(frozen=True)
class Points:
    """A list of sentences, each with the source it cites, if any."""

    items: tuple[Cited, ...]


@dataclass(frozen=True, eq=False)
class Numbers:
    """A table in words; its first column names the row. title: for who does not see it."""

    frame: pd.DataFrame
    title: str


@dataclass(frozen=True, eq=False)
class Chart:
    """An exhibit, drawn or as it is."""

    exhibit: Exhibit


Part = Paragraph | Points | Numbers | Chart


@dataclass(frozen=True, eq=False)
class Block:
    """A heading and what stands under it; `id` is the same in every format and every brief."""

    id: str
    heading: str
    parts: Sequence[Part]


@dataclass(frozen=True, eq=False)
class Outline:
    """A whole brief. about: lines under the title. banner: its classification, on every page."""

    title: str
    about: tuple[str, ...]
    blocks: Sequence[Block]
    provenance: Provenance
    banner: str = ""


def outline(
    material: Material,
    tier: Tier = Tier.full,
    banner: str = "",
    before: Mapping[str, str] | None = None,
    exhibits: Callable[[Material], Sequence[Exhibit]] | None = None,
    whole_rules: bool = False,
) -> Outline:
    """What a brief of this material says and shows; a block that has nothing to say is left out.

    banner: its classification. before: the likelihood phrase per outcome id of the brief before,
    see `briefing.material.story`. exhibits: which charts it shows, by default `charted`.
    whole_rules: how every outcome is settled, in full; else the first sentence of those that lead,
    where no earlier day takes the room; and the track record as a block of its own.
    Raises what the forecast raises.
    """
    brief_story = story(material, "brief", tier, before, {"banner": banner} if banner else {})
    watched = Block("change-our-mind", "What to watch; the case against", _watched(brief_story))
    blocks = [
        Block("bottom-line", "Bottom line", _bottom_line(brief_story)),
        Block("assumed", "What is assumed", _assumed(material, tier)),
        Block(
            "numbers",
            f"The chances by {numbers.long_date(material.deadline)}",
            _numbers(brief_story),
        ),
        Block("what-counts", "What counts", _rules(brief_story, material, whole_rules)),
        Block("moved", "What moved", _moved(brief_story, material)),
        *_charts(material, exhibits or charted, watched),
        Block("evidence", "The reports that weigh most on the drivers", _evidence(brief_story)),
        Block("track-record", "Track record", _record(brief_story, whole_rules)),
        Block("method", "Method", _method(brief_story, whole_rules)),
        Block("limits", "Limits", _limits(brief_story)),
    ]
    about = tuple(_about(brief_story, material))
    shown = [block for block in blocks if block.parts]
    return Outline(brief_story.title, about, shown, brief_story.provenance, banner)


def charted(material: Material) -> list[Exhibit]:
    """The two charts of a printed brief: the curves, and the futures or what is assumed.

    Raises what the forecast raises.
    """
    second = "scenarios" if material.assumptions.is_empty else "comparison"
    return exhibits_of(material, ("curves", second))


def exhibits_of(material: Material, names: Sequence[str]) -> list[Exhibit]:
    """The charts of these names as a document shows them; raises what the forecast raises."""
    choices = {"comparison": {"filled": AS_ASSUMED}}
    shown = [catalogue.make(name, material, choices.get(name)) for name in names]
    return shown if material.assumptions.is_empty else [*map(_of_what, shown)]


def _of_what(exhibit: Exhibit) -> Exhibit:
    """A chart that shows the published forecast, in a brief under assumptions, says so."""
    if exhibit.name in UNDER_ASSUMPTIONS:
        return exhibit
    return replace(exhibit, caption=f"{exhibit.caption} {basis.PUBLISHED}")


def without_repeats(frame: pd.DataFrame) -> pd.DataFrame:
    """The table for a narrow page, without the day that the heading names and without the error.

    The digits of a chance follow its Monte Carlo error already.
    """
    return frame.drop(columns=[name for name in SAME_EVERYWHERE if name in frame])


def _about(story: Story, material: Material):
    yield f"{story.subtitle}. Run {material.run.id}."
    if not material.assumptions.is_empty:
        yield f"Under assumptions, not the published forecast: {_named(story, material)}."


def _named(story: Story, material: Material) -> str:
    if story.provenance.tier is Tier.numbers:
        return f"kept back (fingerprint {story.provenance.assumptions_hash})"
    return material.set_name or "a set without a name"


def _bottom_line(story: Story) -> list[Part]:
    lead = [Paragraph(sentence, style="lead") for sentence in story.bottom_line]
    rest = [story.intervals] * bool(story.intervals) + list(story.begun)
    return lead + [Paragraph(sentence) for sentence in rest]


def _assumed(material: Material, tier: Tier) -> list[Part]:
    if material.assumptions.is_empty or tier is Tier.numbers:
        return []
    lines = basis.assumed(material, tier)
    return [Points(_uncited(f"{numbers.capital(line)}." for line in lines))]


def _numbers(story: Story) -> list[Part]:
    return [
        Numbers(without_repeats(story.numbers), "Every outcome's chance, likelihood and interval")
    ]


def _rules(story: Story, material: Material, whole: bool) -> list[Part]:
    """How the outcomes are settled; of those that lead, the first sentence alone unless `whole`."""
    if whole:
        return [Paragraph(rule, f"{title}.", "small") for title, rule in story.rules.values()]
    # Two pages have room for one paragraph, and for none beside the table of what moved.
    leading = material.answer.leading["outcome"] if story.moved is None else ()
    rules = (story.rules[outcome] for outcome in leading)
    firsts = [f"{title}: {rule.split('. ')[0].rstrip('.')}." for title, rule in rules]
    return [Paragraph(" ".join(firsts), style="small")] if firsts else []


def _charts(
    material: Material, exhibits: Callable[[Material], Sequence[Exhibit]], watched: Block
) -> list[Block]:
    """The charts, and what to watch after them.

    On paper a second chart that is too tall for the rest of the first page leaves it blank, as the
    list of what is assumed makes it: there the text, which goes on overleaf, stands before it.
    """
    charts = [
        Block(exhibit.name, exhibit.title, [Chart(exhibit)]) for exhibit in exhibits(material)
    ]
    on_paper = exhibits is charted and not material.assumptions.is_empty
    place = 1 if on_paper else len(charts)
    return [*charts[:place], watched, *charts[place:]]


def _watched(story: Story) -> list[Part]:
    sentences = [*story.change_our_mind, *([story.dissent] if story.dissent else [])]
    return [Points(_uncited(sentences))] if sentences else []


def _moved(story: Story, material: Material) -> list[Part]:
    if story.moved is None:
        return []
    since = f"Every outcome since {numbers.long_date(material.since.as_of)}"
    return [Points(_uncited(story.moved_sentences)), Numbers(story.moved, since)]


def _evidence(story: Story) -> list[Part]:
    return [Points(story.evidence)] if story.evidence else []


def _record(story: Story, whole: bool) -> list[Part]:
    return [Paragraph(plain(" ".join(story.record)), style="small")] if whole else []


def _method(story: Story, whole: bool) -> list[Part]:
    # two pages have no room for a heading more: the record's first sentence stands here
    record = "" if whole else f" {story.record[0]}"
    text = " ".join(story.method)
    return [Paragraph(plain(f"{text} It rests on {story.basis}{record}"), style="small")]


def _limits(story: Story) -> list[Part]:
    return [Paragraph(plain(rest), head, "small") for head, rest in story.limits]


def _uncited(sentences) -> tuple[Cited, ...]:
    return tuple(Cited(sentence) for sentence in sentences)


def shares(frame: pd.DataFrame) -> list[float]:
    """The share of the width per column, by its longest word and text; they add up to 1."""
    weights = [_weight([name, *map(str, frame[name])]) for name in frame.columns]
    return [weight / sum(weights) for weight in weights]


def _weight(texts: Sequence[str]) -> int:
    word = max(len(word) for text in texts for word in text.split())
    # Counted in letters: at least the longest word and the cell's edges, and no text over 27, where
    # it wraps instead of taking room from the others.
    return max(word + 3, min(27, max(map(len, texts))))
