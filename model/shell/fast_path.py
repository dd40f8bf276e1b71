"""Does the fast answer to a belief agree with a real refit? A fixed grid of twenty changes."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from model.assumptions import Assumptions, Belief, LeftOut
from model.beliefs.believed import believed
from model.beliefs.reweighting import KHAT_LIMIT
from model.evidence import Evidence
from model.forecast import answer as forecasts
from model.refit import fit
from model.runs import Run, Settings
from model.scenario import Scenario

TOLERANCE = 0.01  # one percentage point
SHIFTS = (0.7, 1.4)


def fast_path_table(run: Run, progress: Callable[[str], None] = lambda line: None) -> pd.DataFrame:
    """The fast answer beside a real refit, one row per change of `grid`; probabilities in 0..1.

    Columns: change (its name), khat, difference (the largest over outcomes, in probability),
    outcome (that one's id), agrees (within TOLERANCE), flagged (k-hat over its limit). Fits every
    change for real (ten seconds or so each), and stores the runs. progress: told each name.
    """
    rows = []
    for assumptions in grid(run):
        progress(assumptions.name)
        fast = forecasts.reweighted_forecast(run, assumptions)
        # the run's own settings: other draws would add a Monte Carlo error that is not the path's
        settings = Settings(**run.manifest["settings"])
        real = forecasts.forecast(fit(believed(run.evidence, assumptions), settings))
        gap = np.abs(fast.outcomes["probability"] - real.outcomes["probability"])
        rows.append(
            {
                "change": assumptions.name,
                "khat": fast.khat,
                "difference": float(gap.max()),
                "outcome": fast.outcomes["outcome"][int(gap.argmax())],
                "agrees": bool(gap.max() <= TOLERANCE),
                "flagged": bool(fast.khat > KHAT_LIMIT),
            }
        )
    return pd.DataFrame(rows)


def grid(run: Run) -> list[Assumptions]:
    """Twenty sets of one change: intervals moved down and up, base rates, evidence left out."""
    scenario = run.scenario
    return [
        *_moved("effect", scenario.effects[:3]),
        *_moved("link", [link for link in scenario.links if link.hazard_ratio][:2]),
        *_rates(scenario),
        *_left_out(run.evidence),
    ][:20]


def _moved(kind: str, arrows) -> Iterator[Assumptions]:
    for arrow in arrows:
        for shift in SHIFTS:
            low, high = (end * shift for end in arrow.hazard_ratio)
            belief = Belief(**{kind: arrow.name, "hazard_ratio": (low, high)})
            yield Assumptions(name=f"{kind} {arrow.name} x{shift:g}", beliefs=(belief,))


def _rates(scenario: Scenario) -> Iterator[Assumptions]:
    for reference in scenario.classes[:2]:
        for shift in (0.5, 2.0):
            low, high = (end * shift for end in reference.rate)
            belief = Belief(base_rate=reference.id, rate=(low, high))
            yield Assumptions(name=f"base rate {reference.id} x{shift:g}", beliefs=(belief,))


def _left_out(evidence: Evidence) -> Iterator[Assumptions]:
    """The largest source, two events, two reference cases, and a driver's codings."""
    source = evidence.events["source"].value_counts().index[0]
    events = evidence.events["event"].iloc[[-1, -20]]
    # by place and not by id, as other scenarios have other cases; here wars of 1946 and of 1982
    cases = evidence.cases["case"].iloc[[1, 40]]
    drivers = evidence.codings["driver"].drop_duplicates().iloc[:1]
    changes = [
        LeftOut(source=source),
        *(LeftOut(event=event) for event in events),
        *(LeftOut(case=case) for case in cases),
        *(LeftOut(driver=driver) for driver in drivers),
    ]
    for left_out in changes:
        kind, id = next((k, v) for k, v in left_out.model_dump().items() if v)
        yield Assumptions(name=f"without {kind} {id}", left_out=(left_out,))
