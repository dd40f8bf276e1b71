"""What a briefing says, block by block; Word, PDF, HTML and PowerPoint lay out the same story."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from briefing.material.material import Material
from briefing.material.provenance import Provenance, Tier
from briefing.words import assumptions, tables
from briefing.words import evidence as evidence_words
from briefing.words import method as method_words
from briefing.words import numbers as words
from briefing.words.yardsticks import judgement_of, kept
from model.explain.opposing import opposing

EVENTS_TOLD = 6
INDICATORS_TOLD = 3


@dataclass(frozen=True)
class Cited:
    """A sentence of evidence and where it can be read; source and url are "" where kept back."""

    said: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True, eq=False)
class Story:
    """The blocks of a briefing. A block that has nothing to say is empty, and is left out.

    title and subtitle; bottom_line: a sentence an outcome that leads, likelihood alone; intervals:
    the sentence on how far the chances are in doubt; numbers: every outcome as a table in words;
    assumed: a line a setting; moved: a sentence and a table of what changed; change_our_mind: a
    sentence an indicator; dissent: the best opposing set; evidence: sentences with their sources;
    basis: what it all rests on; method; limits: (head, rest). provenance: of the file.
    """

    title: str
    subtitle: str
    bottom_line: tuple[str, ...]
    intervals: str
    numbers: pd.DataFrame
    assumed: tuple[str, ...]
    moved: pd.DataFrame | None
    moved_said: tuple[str, ...]
    change_our_mind: tuple[str, ...]
    dissent: str
    evidence: tuple[Cited, ...]
    basis: str
    method: tuple[str, ...]
    limits: tuple[tuple[str, str], ...]
    provenance: Provenance


def story(
    material: Material,
    kind: str,
    tier: Tier = Tier.full,
    before: Mapping[str, str] | None = None,
    layout: Mapping[str, str] | None = None,
) -> Story:
    """Everything a briefing of this material says.

    kind: deck, brief or paragraph. before: the likelihood phrase of each outcome in the brief
    before, which is kept while the chance is at the edge of its band. layout: what the file's
    provenance keeps of how it was laid out. A paragraph tells of no indicator, opposing set or
    evidence, which take most of the time. Raises what the forecast raises.
    """
    likelihoods = phrases(material, before or {})
    words_too, whole = tier is not Tier.numbers, kind != "paragraph"
    return Story(
        title=f"{material.scenario.title}: what are the chances?",
        subtitle=_subtitle(material),
        bottom_line=tuple(_bottom_line(material, likelihoods)),
        intervals=_intervals(material),
        numbers=_numbers(material, likelihoods),
        assumed=tuple(_assumed(material)) if words_too else (),
        moved=None if material.moved is None else tables.moved_in_words(material.moved),
        moved_said=tuple(_moved_said(material)),
        change_our_mind=tuple(_indicators(material)) if whole else (),
        dissent=_dissent(material) if words_too and whole else "",
        evidence=tuple(_evidence(material, tier)) if words_too and whole else (),
        basis=_basis(material),
        method=method_words.METHOD,
        limits=method_words.LIMITS,
        provenance=material.provenance(kind, tier, likelihoods=likelihoods, layout=layout or {}),
    )


def phrases(material: Material, before: Mapping[str, str]) -> dict[str, str]:
    """The likelihood phrase of each open outcome, kept from `before` at the edge of its band."""
    said = {}
    for row in material.answer.open.itertuples():
        margin = margin_of(row.probability, row.mcse)
        told = before.get(row.outcome)
        said[row.outcome] = kept(row.probability, material.yardstick, told, margin)
    return said


def margin_of(probability: float, mcse: float) -> float:
    """How near its band's edge, 0..1, a chance still keeps a word: half of the last digit shown.

    Where only `about 5%` can be said, none: the number may round to another band's.
    """
    digit = words.step(probability, mcse)
    return digit / 200 if digit <= 1 else 0.0


def _subtitle(material: Material) -> str:
    as_of, by = words.long_date(material.as_of), words.long_date(material.deadline)
    return f"As of {as_of}, by {by}"


def _bottom_line(material: Material, likelihoods: Mapping[str, str]):
    for row in material.answer.leading.to_dict("records"):
        verb = material.scenario.outcome(row["outcome"]).verb
        said = words.capital(judgement_of(verb, likelihoods[row["outcome"]]))
        sides = words.both_sides(row["probability"], row["mcse"])
        yield f"{said} by {words.long_date(row['deadline'])}: {sides}."


def _intervals(material: Material) -> str:
    said = [
        f"{row.title} {words.span(row.low, row.high, row.mcse)}"
        for row in material.answer.leading.itertuples()
    ]
    return f"90% intervals: {'; '.join(said)}." if said else ""


def _numbers(material: Material, likelihoods: Mapping[str, str]) -> pd.DataFrame:
    outcomes = material.answer.outcomes
    table = tables.outcomes_in_words(outcomes, material.yardstick)
    said = [
        likelihoods.get(id, old)
        for id, old in zip(outcomes["outcome"], table["Likelihood"], strict=True)
    ]
    table["Likelihood"] = said
    if material.assumptions.is_empty:
        return table
    published = material.published.outcomes
    shown = [
        "–" if row.settled_on == row.settled_on else words.percent(row.probability, row.mcse)
        for row in published.itertuples()
    ]
    table.insert(2, "Published", shown)
    return table


def _assumed(material: Material):
    lines = assumptions.settings(material.assumptions, material.scenario, material.as_of)
    return [words.capital(line) for line in lines]


def _moved_said(material: Material):
    if material.moved is None:
        return
    for row in material.moved.to_dict("records"):
        if row["outcome"] in set(material.answer.leading["outcome"]):
            yield f"{row['title']}: {words.change(row, material.since.as_of)}"


def _indicators(material: Material):
    rows = material.answer.leading
    if rows.empty:
        return
    first = material.published.row(rows["outcome"].iloc[0])
    for row in material.indicators.head(INDICATORS_TOLD).itertuples():
        yield _indicator(row, first)


def _indicator(row, first) -> str:
    now = words.percent(first["probability"], first["mcse"])
    low, high = (words.percent(chance, row.mcse) for chance in (row.at_low, row.at_high))
    ends = f"{low} in the lowest fifth of its range, {high} in the highest"
    if row.kind == "outcome":
        ends = f"{high} if it has happened by then, {low} if not"
    return (
        f"{row.title}, once known on {words.long_date(row.day)}: {first['title']}, {now} as "
        f"published, becomes {ends}; expected movement {100 * row.expected:.1f} points."
    )


def _dissent(material: Material) -> str:
    rows = material.answer.leading
    if rows.empty:
        return ""
    first = rows.iloc[0]
    sets, now = material.evidence.sets, float(first["probability"])
    found = opposing(material.run, first["outcome"], sets, now, material.deadline)
    if found is None:
        return ""
    lines = assumptions.settings(found.assumptions, material.scenario, material.as_of)
    return (
        f"The best case against: {found.name} ({'; '.join(lines)}). {first['title']} is then "
        f"{words.percent(found.chance)}, and not {words.percent(first['probability'])}; the set "
        f"is as surprising as {found.surprise}."
    )


def _evidence(material: Material, tier: Tier):
    for row in told_events(material).itertuples():
        said = f"{words.short_date(row.date)}: {row.what_happened} ({row.speaks_to})."
        if tier is Tier.full:
            yield Cited(said, row.source, row.source_url)
        else:
            yield Cited(said)


def told_events(material: Material) -> pd.DataFrame:
    """The events that weigh most on the drivers' levels now, newest first.

    Their weight: the strength of the coding over the driver's scale, halved with each half-life.
    """
    events = material.events
    drivers = {driver.id: driver for driver in material.scenario.drivers}
    age = (pd.Timestamp(material.as_of) - events["date"]).dt.days
    half_life = events["driver"].map({id: one.half_life_days for id, one in drivers.items()})
    scale = events["driver"].map({id: one.scale for id, one in drivers.items()})
    weight = events["strength"].abs() / scale * np.exp2(-age / half_life)
    order = weight.sort_values(ascending=False, kind="stable").index
    heaviest = events.loc[order].drop_duplicates("event").head(EVENTS_TOLD)
    said = [
        f"{row.driver_title} {evidence_words.strength(row.strength)}"
        for row in heaviest.itertuples()
    ]
    told = heaviest.assign(speaks_to=said)
    return told.sort_values("date", ascending=False, kind="stable")


def _basis(material: Material) -> str:
    counts = material.run.manifest["counts"]
    return (
        f"{words.capital(evidence_words.counted(material.events))}; "
        f"{counts['reference_cases']} reference cases; data up to "
        f"{words.long_date(material.data_date)}; run {material.run.id}."
    )
