"""Evidence other than it is: without what is left out, with what-if events added."""

from dataclasses import replace

import pandas as pd

from model.assumptions import AddedEvent, LeftOut
from model.evidence.evidence import Evidence, countries
from model.scenario import did_you_mean

LONGEST_HINT = 120  # characters; beyond it the line names the file where the choice is listed
ADDED = "what-if-"  # how the id of an added event begins
RELIABILITY = "A"  # of an added event: it is supposed, so no report of it is in doubt


def without(evidence: Evidence, left_out: tuple[LeftOut, ...]) -> Evidence:
    """The evidence without what is left out; codings go with their events.

    Raises ValueError, one line per entry, for what the evidence does not have.
    """
    # A country is no column of the table; it stands there only while rows are chosen.
    events = evidence.events.assign(country=countries(evidence))
    codings, cases = evidence.codings, evidence.cases
    _refuse_unknown(replace(evidence, events=events), left_out)
    for left in left_out:
        for column in ("source", "country", "event"):
            if getattr(left, column):
                events = events[events[column] != getattr(left, column)]
        if left.driver:
            codings = codings[codings["driver"] != left.driver]
        if left.case:
            cases = cases[cases["case"] != left.case]
    codings = codings[codings["event"].isin(events["event"])]
    tables = {"events": events[evidence.events.columns], "codings": codings, "cases": cases}
    return replace(evidence, **{n: t.reset_index(drop=True) for n, t in tables.items()})


def with_events(evidence: Evidence, added: tuple[AddedEvent, ...]) -> Evidence:
    """The evidence with these events: known on their day, read alike by both coders.

    One row of events and one of codings per event, each an origin of its own. They are numbered on
    from those that were added before.
    """
    before = int(evidence.events["event"].str.startswith(ADDED).sum())
    ids = [f"{ADDED}{before + place}" for place in range(1, len(added) + 1)]
    # The tables' own types: a frame of a few rows, or of none, would guess others.
    events = pd.DataFrame(
        [_event(id, event) for id, event in zip(ids, added, strict=True)],
        columns=evidence.events.columns,
    ).astype(evidence.events.dtypes)
    codings = pd.DataFrame(
        [_coding(id, event) for id, event in zip(ids, added, strict=True)],
        columns=evidence.codings.columns,
    ).astype(evidence.codings.dtypes)
    return replace(
        evidence,
        events=pd.concat([evidence.events, events], ignore_index=True),
        codings=pd.concat([evidence.codings, codings], ignore_index=True),
    )


def _event(id: str, added: AddedEvent) -> dict:
    return {
        "event": id,
        "date": pd.Timestamp(added.date),
        "precision": "day",
        "known_on": pd.Timestamp(added.date),
        "actors": "",
        "kind": "what_if",
        "what_happened": added.what,
        "reliability": RELIABILITY,
        "origin": id,
        "source": "",
        "source_url": "",
    }


def _coding(id: str, added: AddedEvent) -> dict:
    both = dict.fromkeys(("first_coder", "second_coder"), added.strength)
    return {"event": id, "driver": added.driver, "reason": "", "note": ""} | both


def _refuse_unknown(evidence: Evidence, left_out: tuple[LeftOut, ...]) -> None:
    lines = [line for left in left_out if (line := _unknown_line(evidence, left))]
    if lines:
        raise ValueError("\n".join(lines))


def _unknown_line(evidence: Evidence, left: LeftOut) -> str | None:
    """What is said of a thing left out that the evidence does not have; None if it has it."""
    kind, name = next((k, v) for k, v in left.model_dump().items() if v)
    tables = {"driver": ("codings", evidence.codings), "case": ("reference_cases", evidence.cases)}
    file, table = tables.get(kind, ("events", evidence.events))
    known = set(table[kind])
    if name in known:
        return None
    hint = did_you_mean(name, known)
    if kind == "country":
        return f"no event known by {evidence.as_of} is from the media of {name!r}; {hint}"
    if len(hint) > LONGEST_HINT:
        hint = f"column {kind!r} of {file}.csv lists them"
    return f"no {kind} known by {evidence.as_of} is called {name!r}; {hint}"
