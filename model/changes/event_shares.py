"""Which of the events that a run has and an earlier one had not moved each headline, one by one."""

from datetime import date

import pandas as pd

from model.beliefs.reweighting import KHAT_LIMIT
from model.evidence import Evidence
from model.inspect.event_pulls import pull_of
from model.inspect.leave_one_out import Fitted
from model.inspect.one_thread import one_thread
from model.runs import Run
from model.runs.identity import WORDS

NAMED = 6  # events per outcome; the others are one part
ASKED = 60  # events at most, the weightiest: each takes a twentieth of a second
LEAST = 0.0005  # a twentieth of a point: less is not seen
COLUMNS = "outcome about share mcse".split()


def event_shares(old: Evidence, run: Run, deadline: date) -> pd.DataFrame:
    """One row per outcome and event that is new or coded anew since `old`, the largest of each.

    about: the event's id. share: the chance by `deadline` less that without the event, -1..1, as
    `model.inspect.event_pulls` has it; mcse: its Monte Carlo standard error. Events that weigh so
    much that reweighting does not carry are left out.
    """
    fitted = Fitted(run, deadline)
    with one_thread():
        pulls = [pull_of(fitted, event) for event in new_events(old, run.evidence)[:ASKED]]
    if not pulls:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.concat(pulls, ignore_index=True)
    table = table[(table["khat"] <= KHAT_LIMIT) & (table["pull"].abs() >= LEAST)]
    table = table.rename(columns={"event": "about", "pull": "share"})
    largest = table.sort_values("share", key=abs, ascending=False).groupby("outcome").head(NAMED)
    return largest[COLUMNS].reset_index(drop=True)


def new_events(old: Evidence, new: Evidence) -> list[str]:
    """The ids of events that `old` lacks or tells otherwise, the weightiest first."""
    before, now = _fitted_facts(old), _fitted_facts(new)
    changed = [event for event, facts in now.items() if before.get(event) != facts]
    weight = _weights(new)
    return sorted(changed, key=lambda event: (-weight.get(event, 0.0), event))


def _fitted_facts(evidence: Evidence) -> dict[str, tuple]:
    """Event -> what a fit reads of it: its row and its codings, as text."""
    events = evidence.events.drop(columns=WORDS, errors="ignore").astype(str)
    codings = evidence.codings.drop(columns=WORDS, errors="ignore").astype(str)
    coded: dict[str, list] = {}
    for row in codings.to_dict("records"):
        coded.setdefault(row["event"], []).append(tuple(row.values()))
    # an event that nobody coded says nothing to a fit
    return {
        row["event"]: (tuple(row.values()), tuple(sorted(coded[row["event"]])))
        for row in events.to_dict("records")
        if row["event"] in coded
    }


def _weights(evidence: Evidence) -> dict[str, float]:
    both = evidence.codings["first_coder"] + evidence.codings["second_coder"]
    return both.abs().groupby(evidence.codings["event"]).sum().to_dict()
