"""What the commands print: a run, a forecast, a set of assumptions."""

from rich.console import Console
from rich.table import Table

from model.explain.follows import moved_drivers
from model.forecast import Forecast
from model.forecast.surprise import oddest_pair, one_in, surprises, together
from model.runs import Run
from model.runs.gate import ESS_FLOOR, RHAT_LIMIT


def run_report(run: Run) -> str:
    """The run's diagnostics in three plain lines of text: the run, its evidence, its sampling."""
    manifest, diagnostics = run.manifest, run.manifest["diagnostics"]
    counts = manifest["counts"]
    return "\n".join(
        [
            f"run {run.id}, as of {run.as_of}, "
            f"{'served' if manifest['served'] else 'NOT served'}, {manifest['seconds']} s",
            f"evidence: {counts['events']} events of {counts['origins']} origins, "
            f"{counts['reference_cases']} reference cases",
            f"R-hat {diagnostics['rhat']:.3f} (limit {RHAT_LIMIT}), "
            f"bulk ESS {diagnostics['ess_bulk']:.0f} and "
            f"tail ESS {diagnostics['ess_tail']:.0f} (floor {ESS_FLOOR}), "
            f"divergences {diagnostics['divergences']}, {diagnostics['draws']} draws",
        ]
    )


def show(answer: Forecast, phrases: list[str]) -> None:
    """Print the forecast as a table for people, one row per outcome; phrases in their order."""
    title = f"By {answer.deadline}, as of {answer.as_of} (run {answer.run})"
    table = Table(
        "Outcome", "Probability", "90 % interval", "In words", title=title, title_justify="left"
    )
    for row, phrase in zip(answer.outcomes.itertuples(), phrases, strict=True):
        table.add_row(row.title, *percentages(row), phrase)
    Console(markup=False).print(table)


def percentages(row) -> tuple[str, str]:
    """A row's probability and its 90 % interval as text, in percent to tenths."""
    return f"{row.probability:.1%}", f"{row.low:.1%} to {row.high:.1%}"


def show_assumptions(run: Run, answer: Forecast) -> None:
    """Print what was supposed, how it was answered, and how surprising it is (1 in N).

    run: the published one, which says what is surprising. Nothing is printed of the empty set.
    """
    if answer.assumptions.is_empty:
        return
    print(f"{answer.assumptions.name or 'Own assumptions'}: {answer_quality(answer)}")
    # under the published run, not the answer's: beliefs would make themselves unsurprising
    for row in surprises(run, answer.assumptions).itertuples():
        print(f"  {row.kind} {row.id}: {one_in(row.chance, row.bound)}")
    for switch in answer.assumptions.switches:
        print(f"  switch {switch.id}: no chance, as nothing in the model says how likely it is")
    for row in moved_drivers(run, answer.assumptions, answer.deadline).itertuples():
        print(f"  with that {row.driver}: {row.change:+.1f} by {row.day}")
    pair = oddest_pair(run, answer.assumptions)
    if pair is not None:
        chance = together(run, answer.assumptions)
        print(
            f"  together: {one_in(chance, bool(answer.assumptions.beliefs))}; "
            f"most surprising pair: {pair[0]} with {pair[1]}, {one_in(pair[2])}"
        )


def answer_quality(answer: Forecast) -> str:
    """One line of text: the method, effective draws, and k-hat where draws were reweighted."""
    if answer.method != "reweighted":
        return f"{answer.method}, {answer.effective_draws:.0f} effective draws"
    trust = "fine" if answer.reliable else "NOT reliable, use --refit"
    left = f"{answer.effective_draws:.0f} effective draws"
    return f"reweighted, k-hat {answer.khat:.2f} ({trust}), {left}"
