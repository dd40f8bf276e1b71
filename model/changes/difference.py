"""What moved every headline from one run to another, found by running the steps between them.

    new − old = Σ over steps (the chance after the step − before it) + Monte Carlo noise

The fits between are made with a seed of their own; the last of them answers the same question as
the newer run, so that what is left between these two is Monte Carlo noise alone.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from model import refit
from model.assumptions import NOTHING
from model.changes import court, steps
from model.changes.event_shares import event_shares
from model.explain.movement import movement
from model.forecast import Refused, answered
from model.runs import Run, Settings
from model.scenario import default_deadline

WAITING, FADING, NOISE = "waiting", "fading", "noise"
TITLES = {
    steps.CODE: "Another version of the code",
    WAITING: "Time passed and nothing came about",
    FADING: "Old events fade, none is added",
    steps.TIME: "Time passed and old events fade",
    steps.FACTS: "Clocks and switches",
    steps.RECORD: "Deaths, clashes, outcomes that came about",
    steps.CASES: "Reference cases",
    steps.EVENTS: "Events",
    steps.PRIORS: "Priors and structure of the scenario",
    NOISE: "Monte Carlo noise",
}
COLUMNS = "outcome kind about share mcse".split()


@dataclass(frozen=True, eq=False)
class Difference:
    """The move of every headline from one run to another, and its parts.

    moves: the table of `court.moves`. parts: outcome, kind (of `TITLES`), about (an event's id, or
    "" for all that is left of its kind), share (of the move, -1..1), mcse (its Monte Carlo standard
    error). An outcome's shares add up to its move.
    """

    old: str
    new: str
    deadline: date
    moves: pd.DataFrame
    parts: pd.DataFrame


# of a run that was compared with no other
NOT_COMPARED = Difference(
    "", "", date.min, pd.DataFrame(columns=court.COLUMNS), pd.DataFrame(columns=COLUMNS)
)


def difference(
    old: Run, new: Run, deadline: date | None = None, progress: refit.Progress = refit.quiet
) -> Difference:
    """Divide the move between two runs, `old` being of no later day than `new`.

    deadline: default: `new`'s own. Makes a fit per step, some half a minute each; none is stored.
    Raises ValueError, one plain line, for a deadline that one of them does not reach, for days in
    the wrong order, or for runs of two scenarios.
    """
    if new.scenario.id != old.scenario.id:
        of = f"run {old.id} is of {old.scenario.id}, run {new.id} of {new.scenario.id}"
        raise ValueError(f"{of}; compare two of one scenario")
    if new.as_of < old.as_of:
        raise ValueError(f"{old.as_of} is after {new.as_of}; name the older run first")
    deadline = deadline or default_deadline(new.as_of)
    moved = court.moves(old, new, deadline)
    outcomes, tables, before = list(moved["outcome"]), [], old
    for step in steps.steps(old, new):
        progress("evidence", 0.0, f"Next step: {TITLES[step.kind].lower()}")
        now = refit.fitted(step.evidence, _seeded(new), progress)
        tables.append(_parts(step.kind, before, now, old, outcomes, deadline))
        before = now
    # a newer run that other code fitted differs from the last fit by the code too
    left = steps.CODE if steps.other_code(new) else NOISE
    tables.append(_between(left, before, new, outcomes, deadline))
    parts = pd.concat(tables, ignore_index=True)
    order = {outcome: place for place, outcome in enumerate(outcomes)}
    parts = parts.sort_values("outcome", key=lambda ids: ids.map(order), kind="stable")
    return Difference(old.id, new.id, deadline, moved, parts.reset_index(drop=True))


def _seeded(new: Run) -> Settings:
    settings = Settings(**new.manifest["settings"])
    return replace(settings, seed=(settings.seed + 1) % 2**32)


def _parts(kind, before: Run, now: Run, old: Run, outcomes: list, deadline: date) -> pd.DataFrame:
    whole = _between(kind, before, now, outcomes, deadline)
    if kind == steps.TIME:
        return _time(whole, before, now, outcomes, deadline)
    if kind == steps.EVENTS:
        shares = event_shares(old.evidence, now, deadline)
        return _with_rest(whole, shares[shares["outcome"].isin(outcomes)])
    return whole


def _between(kind, before: Run, now: Run, outcomes: list, deadline: date) -> pd.DataFrame:
    """One row per outcome: the chance in the one run less that in the other."""
    (first, error), (second, other) = (_chances(run, outcomes, deadline) for run in (before, now))
    table = {"outcome": outcomes, "kind": kind, "about": "", "share": second - first}
    return pd.DataFrame(table | {"mcse": np.hypot(error, other)}, columns=COLUMNS)


def _chances(run: Run, outcomes: list[str], deadline: date) -> tuple[np.ndarray, np.ndarray]:
    rows = answered(run, NOTHING, deadline).outcomes.set_index("outcome").loc[outcomes]
    # what has come about is certain: it has no Monte Carlo error
    return rows["probability"].to_numpy(float), rows["mcse"].fillna(0.0).to_numpy(float)


def _time(whole: pd.DataFrame, before: Run, now: Run, outcomes: list, deadline: date):
    """Waiting and fading apart; together where too few draws are left of a quiet wait."""
    try:
        table = movement(before, now, deadline).set_index("outcome").loc[outcomes]
    except Refused:
        return whole
    waiting = whole.assign(kind=WAITING, share=table["time_passing"].to_numpy())
    fading = whole.assign(kind=FADING, share=whole["share"] - waiting["share"])
    return pd.concat([waiting, fading], ignore_index=True)


def _with_rest(whole: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """The events named one by one, and what all others and their overlap make of the whole."""
    named = shares.groupby("outcome")["share"].sum()
    noise = shares.groupby("outcome")["mcse"].agg(np.linalg.norm)
    rest = whole.assign(
        share=whole["share"] - whole["outcome"].map(named).fillna(0.0),
        mcse=np.hypot(whole["mcse"], whole["outcome"].map(noise).fillna(0.0)),
    )
    return pd.concat([shares.assign(kind=steps.EVENTS)[COLUMNS], rest], ignore_index=True)


def title_of(kind: str, about: str, run: Run) -> str:
    """What a part is called: an event by its day and words, all else by `TITLES`.

    run: the newer one, whose events they are.
    """
    events = run.evidence.events
    row = events[events["event"] == about]
    if row.empty:
        rest = "The other events, and what events do together"
        return rest if kind == steps.EVENTS else TITLES[kind]
    return f"{row['date'].iloc[0]:%Y-%m-%d} {row['what_happened'].iloc[0]}"
