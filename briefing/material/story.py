"""What a briefing says, block by block; Word, PDF, HTML and PowerPoint lay out the same story."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from briefing.material.material import Material
from briefing.material.provenance import Provenance, Tier
from briefing.material.weight import weightiest_events
from briefing.words import (
    assumptions,
    coverage,
    evidence,
    explain,
    method,
    numbers,
    points,
    record,
    tables,
)
from briefing.words.sets import answers
from briefing.words.yardsticks import judgement_of, kept
from model.evidence.begun import begun
from model.explain.follows import moved_drivers
from model.explain.opposing import not_of_this_day, opposing

MOST_INDICATORS = 3


@dataclass(frozen=True)
class Cited:
    """A sentence of evidence and where it can be read; source and url are "" where kept back."""

    sentence: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True, eq=False)
class Story:
    """The blocks of a briefing. A block that has nothing to say is empty, and is left out.

    title and subtitle; bottom_line: one sentence per outcome that leads, likelihood alone;
    intervals: the sentence on how far the chances are in doubt; begun: one per open outcome that
    was reported as under way; numbers: every outcome as a table in words; assumed: one line per
    setting; moved: a table of what changed, None without an earlier run, and moved_sentences: one
    per outcome that leads; rules: title and rule of settlement by outcome's id, those that lead
    first; change_our_mind: one sentence per indicator; dissent: the best opposing set; evidence:
    sentences with their sources; basis: what it all rests on; record: what became of published
    forecasts; method; limits: (head, rest). provenance: of the file.
    """

    title: str
    subtitle: str
    bottom_line: tuple[str, ...]
    intervals: str
    begun: tuple[str, ...]
    numbers: pd.DataFrame
    assumed: tuple[str, ...]
    moved: pd.DataFrame | None
    moved_sentences: tuple[str, ...]
    rules: Mapping[str, tuple[str, str]]
    change_our_mind: tuple[str, ...]
    dissent: str
    evidence: tuple[Cited, ...]
    basis: str
    record: tuple[str, ...]
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
        begun=tuple(_begun(material, words_too)),
        numbers=_numbers(material, likelihoods),
        assumed=tuple(_assumed(material)) if words_too else (),
        moved=None if material.moved is None else tables.moved_in_words(material.moved),
        moved_sentences=tuple(_moved_sentences(material)),
        rules=_rules(material),
        change_our_mind=tuple(_indicators(material)) if whole else (),
        dissent=_dissent(material) if words_too and whole else "",
        evidence=tuple(_evidence(material, tier)) if words_too and whole else (),
        basis=_basis(material),
        record=tuple(_record(material)) if whole else (),
        method=method.METHOD,
        limits=method.limits(material.run.evidence),
        provenance=material.provenance(kind, tier, likelihoods=likelihoods, layout=layout or {}),
    )


def phrases(material: Material, before: Mapping[str, str]) -> dict[str, str]:
    """The likelihood phrase of each open outcome by id, kept from `before` at its band's edge.

    before: phrases by id, those of the brief before. Raises what the forecast raises.
    """
    likelihoods = {}
    for row in material.answer.open.itertuples():
        margin = margin_of(row.probability, row.mcse)
        phrase_before = before.get(row.outcome)
        likelihoods[row.outcome] = kept(row.probability, material.yardstick, phrase_before, margin)
    return likelihoods


def margin_of(probability: float, mcse: float) -> float:
    """How near its band's edge, 0..1, a chance still keeps a word: half of the last digit shown.

    probability and mcse, its Monte Carlo error: 0..1. Where only `about 5%` can be said,
    none: the number may round to another band's.
    """
    digit = numbers.step(probability, mcse)
    # Half of a digit that is in percentage points, as a share.
    return digit / 200 if digit <= 1 else 0.0


def _subtitle(material: Material) -> str:
    as_of, by = numbers.long_date(material.as_of), numbers.long_date(material.deadline)
    return f"As of {as_of}, by {by}"


def _bottom_line(material: Material, likelihoods: Mapping[str, str]):
    decreed = given(material)
    for row in material.answer.leading.to_dict("records"):
        if row["outcome"] in decreed:
            yield numbers.supposed(row)
            continue
        verb = material.scenario.outcome(row["outcome"]).verb
        clause = numbers.capital(judgement_of(verb, likelihoods[row["outcome"]]))
        sides = numbers.both_sides(row["probability"], row["mcse"])
        yield f"{clause} by {numbers.long_date(row['deadline'])}: {sides}."


def _intervals(material: Material) -> str:
    spans = [
        f"{row.title} {numbers.span(row.low, row.high, row.mcse)}"
        for row in material.answer.leading.itertuples()
        if row.outcome not in given(material)
    ]
    return f"90% intervals: {'; '.join(spans)}." if spans else ""


def given(material: Material) -> set[str]:
    """Ids of the outcomes that are certain since the material's set says so."""
    supposed = {outcome.id for outcome in material.assumptions.outcomes}
    return tables.by_decree(material.answer.outcomes, supposed)


def _begun(material: Material, words_too: bool):
    told, open_rows = begun(material.evidence.events), material.answer.open
    for outcome, title in zip(open_rows["outcome"], open_rows["title"], strict=True):
        if first := told.get(outcome):
            kept_back = first if words_too else first._replace(what_happened="")
            yield evidence.under_way(kept_back, title)


def _numbers(material: Material, likelihoods: Mapping[str, str]) -> pd.DataFrame:
    outcomes = material.answer.outcomes
    decreed = given(material)
    table = tables.outcomes_in_words(outcomes, material.yardstick, decreed)
    # A settled outcome has no likelihood; its cell says when it happened.
    table["Likelihood"] = [
        cell if id in decreed else likelihoods.get(id, cell)
        for id, cell in zip(outcomes["outcome"], table["Likelihood"], strict=True)
    ]
    if material.assumptions.is_empty:
        return table
    published = material.published.outcomes
    shown = [
        "–" if numbers.is_settled(row) else numbers.percent(row["probability"], row["mcse"])
        for row in published.to_dict("records")
    ]
    table.insert(2, "Published", shown)
    return table


def _assumed(material: Material):
    lines = assumptions.settings(
        material.assumptions, material.scenario, material.as_of, material.levels
    )
    moved = moved_drivers(material.run, material.assumptions, material.deadline)
    # a line like the others, which end without a full stop
    lines += [explain.follows(moved).removesuffix(".")] if len(moved) else []
    return [numbers.capital(line) for line in lines]


def _rules(material: Material) -> dict[str, tuple[str, str]]:
    outcomes = sorted(material.scenario.outcomes, key=lambda outcome: not outcome.lead)
    return {outcome.id: (outcome.title, outcome.rule) for outcome in outcomes}


def _moved_sentences(material: Material):
    if material.moved is None:
        return
    for row in material.moved.to_dict("records"):
        if row["outcome"] in set(material.answer.leading["outcome"]):
            yield f"{row['title']}: {points.change(row, material.since.as_of)}"


def _indicators(material: Material):
    rows = material.answer.leading
    if rows.empty:
        return
    first = material.published.row(rows["outcome"].iloc[0])
    for row in material.indicators.head(MOST_INDICATORS).itertuples():
        yield _indicator(row, first)


def _indicator(row, first) -> str:
    now = numbers.percent(first["probability"], first["mcse"])
    low, high = (numbers.percent(chance, row.mcse) for chance in (row.at_low, row.at_high))
    ends = f"{low} in the lowest fifth of its range, {high} in the highest"
    if row.kind == "outcome":
        ends = f"{high} if it has happened by then, {low} if not"
    return (
        f"{row.title}, once known on {numbers.long_date(row.day)}: {first['title']}, {now} as "
        f"published, becomes {ends}; expected movement {100 * row.expected:.1f} points."
    )


def _dissent(material: Material) -> str:
    if material.answer.leading.empty:
        return ""
    passed_over = not_of_this_day(material.run, material.sets)
    sentences = (_opposing(material), answers.passed_over(passed_over, material.as_of))
    return " ".join(filter(None, sentences))


def _opposing(material: Material) -> str:
    # of the published chance: each set is asked by itself, not on top of what is assumed
    first = material.published.row(material.answer.leading["outcome"].iloc[0])
    sets, now = material.sets, float(first["probability"])
    opposite = opposing(material.run, first["outcome"], sets, now, material.deadline)
    if opposite is None:
        return ""
    lines = assumptions.settings(
        opposite.assumptions, material.scenario, material.as_of, material.levels
    )
    way = "raises" if opposite.chance > now else "lowers"
    return (
        f"The set that {way} it most: {opposite.name} ({'; '.join(lines)}). {first['title']}, "
        f"{numbers.percent(now, first['mcse'])} as published, is then "
        f"{numbers.percent(opposite.chance, first['mcse'])}. "
        f"{answers.extreme(opposite.surprise)}"
    )


def _evidence(material: Material, tier: Tier):
    for row in weightiest_events(material).itertuples():
        sentence = f"{numbers.short_date(row.date)}: {row.what_happened} ({row.speaks_to})."
        if tier is Tier.full:
            yield Cited(sentence, row.source, _web(row.source_url))
        else:
            yield Cited(sentence)


def _web(url: str) -> str:
    """The address where it is one of the web, else "": one that runs a program is no link."""
    return url if url.startswith(("https://", "http://")) else ""


def _basis(material: Material) -> str:
    counts = material.run.manifest["counts"]
    return (
        f"{numbers.capital(evidence.counted(material.events))}; "
        f"{counts['reference_cases']} reference cases; data up to "
        f"{numbers.long_date(material.data_date)}; run {material.run.id}. "
        f"{coverage.unknown_since(material.run.evidence)}"
    ).strip()


def _record(material: Material) -> list[str]:
    """What became of published forecasts by the as-of day, and what that can prove."""
    return [*record.sentences(material.resolved, material.scenario), record.HINDSIGHT]
