"""What the pages remember of a run's evidence and of its fit, as tables for readers.

Of the fit they are the model's own functions, each table found once.
"""

import pandas as pd

from briefing.words.inspect import reference_class as words
from model.evidence import coded_events as find_coded_events
from model.fit.observations import counted, readings
from model.held_out import stored_tables
from model.inspect.case_weight import case_weights
from model.inspect.convergence import convergence
from model.inspect.driver_coverage import driver_coverage, driver_pits, pit_tenths, right_pits
from model.inspect.driver_history import driver_curves
from model.inspect.prior_posterior import prior_posterior
from model.inspect.prior_sensitivity import prior_sensitivity
from model.inspect.sampler import chain_table
from model.inspect.survival import survival
from model.record.walk import stored_walk
from model.runs import Run
from model.scoring import calibration as scoring
from model.scoring import stored
from model.self_checks.badge import badge as find_badge
from pages.ui.memory.once import by_run, once

driver_curves = once(by_run, entries=8)(driver_curves)
prior_posterior = once(by_run, entries=8)(prior_posterior)
convergence = once(by_run, entries=8)(convergence)
chain_table = once(by_run, entries=8)(chain_table)
prior_sensitivity = once(by_run, entries=8)(prior_sensitivity)
survival = once(by_run, entries=20)(survival)
case_weights = once(by_run, entries=20)(case_weights)


@once(by_run, entries=8)
def drivers_futures(run: Run) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """How often what came lay inside the drivers' futures, and where; None of a short record."""
    pits = driver_pits(run.evidence)
    if pits.empty:
        return None
    right = right_pits(run.evidence, pits)
    return driver_coverage(pits, right), pit_tenths(pits, right)


@once(by_run, entries=8)
def coded_events(run: Run) -> pd.DataFrame:
    """The events that the run knows, one row per event and driver; see `event_table`."""
    return find_coded_events(run.evidence)


@once(by_run, entries=8)
def calibration(run: Run) -> tuple[stored.Calibration, pd.DataFrame, pd.DataFrame] | None:
    """The stored fits to simulated worlds with their verdicts and curves; None where none are."""
    path = stored.path_of(run.scenario)
    if not path.exists():
        return None
    result = stored.read(path)
    return result, scoring.verdicts(result), scoring.curves(result)


@once(by_run, entries=8)
def walk_forward(run: Run) -> stored_walk.WalkForward | None:
    """The stored walk-forward of the run's scenario with its scores; None where there is none."""
    try:
        return stored_walk.read(stored_walk.folder_of(run.scenario))
    except FileNotFoundError:
        return None


@once(by_run, entries=8)
def held_out(run: Run, part: str) -> stored_tables.Result | None:
    """The stored result of a part of `held-out`; None where none is."""
    path = stored_tables.path_of(run.scenario, part)
    return stored_tables.read(path) if path.exists() else None


@once(by_run, entries=8)
def badge(run: Run) -> pd.DataFrame:
    """The self-checks that are stored, a row each; see `model.self_checks.badge`."""
    return find_badge(run.scenario)


def cases(run: Run, of: str) -> pd.DataFrame:
    """A reference class's cases that the run knows: one row per case, for readers, by its id."""
    evidence = run.evidence
    rows = evidence.cases[evidence.cases["class"] == of]
    counts = counted(evidence.scenario, rows, readings(evidence))
    read = words.readings(evidence.case_codings)
    # By id, by which the weights of the cases find their rows.
    table = pd.DataFrame(
        {
            "Case": rows["title"],
            "From": rows["start"].dt.date,
            "To": rows["end"].dt.date,
            "Came about": list(map(words.came_about, rows["event"], counts)),
            "Traits": rows["traits"].fillna("").str.replace(";", ", "),
            "What makes it comparable": rows["comparable"],
            "Quality": rows["quality"],
            "Source": rows["source_url"],
        }
    ).set_index(rows["case"])
    if not rows["case"].isin(read.index).any():
        return table
    for place, column in enumerate(read, start=5):
        table.insert(place, column, read[column].reindex(table.index).fillna(""))
    return table
