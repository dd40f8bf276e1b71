"""An answer in words: how it was made or why it was refused, how surprising its settings are."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from briefing.words import numbers
from briefing.words.assumptions import parts, setting, title_of
from model.assumptions import Assumptions, Belief, DriverAssumption, OutcomeAssumption
from model.beliefs.reweighting import KHAT_LIMIT
from model.forecast.surprise import one_in
from model.scenario import Scenario

FINE = 400  # effective draws, the floor of a published run's chances
NO_CHANCE = "No chance is claimed of a switch: nothing in the model says how likely it is to turn."


def refusal(problem, asked: Assumptions, scenario: Scenario, as_of: date) -> str:
    """Why an answer is refused and what is nearest to it, as sentences.

    problem: the exception raised. Only the settings that the nearest set changes are named.
    """
    suggestion = getattr(problem, "suggestion", None)
    if suggestion is None:
        lines = (fault(line, scenario) for line in str(problem).splitlines())
        return " ".join(numbers.capital(f"{line}.") for line in lines)
    # The suggestion has the same settings in the same order, some of them with other values.
    moved = [
        setting(new, scenario, as_of)
        for old, new in zip(parts(asked), parts(suggestion), strict=True)
        if old != new
    ]
    nearest = f"The nearest that works: {'; '.join(moved)}."
    return f"Too far from what the model considers: {problem.few}. {nearest}"


def extreme(surprise: str) -> str:
    """How surprising a set is, as a sentence; `surprise` is a text such as `one_in` gives."""
    cases = surprise.replace("under", "fewer than").replace("1 in ", "1 of ", 1)
    return f"The model expects something this extreme in {cases} cases."


def fault(line: str, scenario: Scenario) -> str:
    """A line of `model.assumptions.faults` for readers: titles in place of ids, days as we write.

    `driver 'turkish_backing': 2023-12-01 is not between …` → `Turkey's backing: 1 Dec 2023 is …`.
    """
    kinds = {"driver": scenario.drivers, "outcome": scenario.outcomes, "switch": scenario.switches}
    titles = {f"{kind} '{item.id}'": item.title for kind, items in kinds.items() for item in items}
    line = re.sub(r"(driver|outcome|switch) '\w+'", lambda name: titles.get(name[0], name[0]), line)
    return re.sub(
        r"\d{4}-\d\d-\d\d", lambda day: numbers.short_date(date.fromisoformat(day[0])), line
    )


def after(assumptions: Assumptions, scenario: Scenario, deadline: date) -> str:
    """Which drivers are set only after the deadline, as a sentence; "" where none is."""
    late = [
        title_of(scenario.drivers, driver.id)
        for driver in assumptions.drivers
        # What is learned later tells of earlier days too; what is set later does not. A driver
        # without a day of its own is set on the as-of day, which no deadline precedes.
        if driver.verb == "make" and driver.levels(date.min)[0][0] >= deadline
    ]
    if not late:
        return ""
    starts, changes = ("starts", "changes") if len(late) == 1 else ("start", "change")
    by = numbers.long_date(deadline)
    return f"{', '.join(late)}: {starts} after the deadline, and so {changes} nothing by {by}."


def passed_over(names: Sequence[str], as_of: date) -> str:
    """Which sets cannot be asked as of a day, as a sentence; "" where all can."""
    if not names:
        return ""
    return f"Not asked: {', '.join(names)}, which {_do(names)} not fit {numbers.long_date(as_of)}."


def _do(names: Sequence[str]) -> str:
    return "does" if len(names) == 1 else "do"


def how_answered(answer, draws: int) -> str:
    """How the numbers came about, as a sentence.

    answer: a `model.forecast.Forecast`. draws: how many the run has.
    """
    left = f"rests on {answer.effective_draws:,.0f} of {draws:,} simulated worlds"
    if answer.method == "reweighted":
        fine = _how_fine(answer) if answer.reliable else "not reliable"
        limit = f"{fine}; the limit is {KHAT_LIMIT:g}"
        return f"Reweighted at once: {left}, k̂ {khat(answer.khat)} ({limit})."
    if answer.method == "refit":
        return f"Refitted under these beliefs (run {answer.run}): {left}."
    return f"{numbers.capital(left)}."


def _how_fine(answer) -> str:
    # Vehtari et al. 2024, JMLR 25:72: up to 0.5 an estimate is as good as its draws are many
    good = answer.khat < 0.5 and answer.effective_draws >= FINE
    return "fine" if good else "usable, but few worlds carry it: a refit is surer"


def khat(value: float) -> str:
    """A Pareto k-hat as text: `0.43`; one under 0.1 says no more than that."""
    return "under 0.1" if value < 0.1 else f"{value:.2f}"


def how_surprising(assumption, chances: Mapping) -> str | None:
    """`1 in 40` of a setting; None of one that the table has no chance of.

    chances: rows of the surprise table (chance 0..1, bound: at most that) by (kind, id).
    """
    kinds = {DriverAssumption: "driver", OutcomeAssumption: "outcome", Belief: "belief"}
    kind = kinds.get(type(assumption))
    name = assumption.about if kind == "belief" else getattr(assumption, "id", None)
    row = chances.get((kind, name))
    return None if row is None else one_in(row.chance, row.bound)


def all_together(
    chance: float, pair: tuple[str, str, float], scenario: Scenario, bound: bool = False
) -> str:
    """How surprising the whole set is and its oddest two settings, as sentences with Markdown.

    chance: of the whole set, 0..1, at most that where `bound`. pair: two ids and their chance.
    """
    both = [*scenario.drivers, *scenario.outcomes]
    first, second = (title_of(both, id) for id in pair[:2])
    return (
        f"All together: **{one_in(chance, bound)}**. "
        f"The most surprising pair: {first} with {second}, {one_in(pair[2])}."
    )
