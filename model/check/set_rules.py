"""Rules of the built-in assumption sets, the files of a scenario's folder `assumptions`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from model.assumptions import Assumptions, faults
from model.assumptions.files import AssumptionsError, from_file, opened
from model.assumptions.standing import settled
from model.check.problem import Problem
from model.check.scenario_folder import unknown
from model.scenario import Scenario, last_day

SETS = "assumptions"
Sets = Mapping[date, Assumptions]  # one set, by the day that it is asked on


def set_problems(
    folder: Path, claims: list[str] | None, scenario: Scenario | None, days: Iterable[date]
) -> Iterator[Problem]:
    """What is wrong with each set: unreadable, a claim unknown, or unfit for one of the days.

    claims: the ids of claims.csv; scenario: the scenario. None for either if it has faults of its
    own: what depends on it is not checked then. days: as-of days; a set that fits the first and the
    last fits those between them.
    """
    for path in sorted((folder / SETS).glob("*.toml")):
        try:
            content = opened(path).content
            # where drivers stand takes a fit: a set fits the day with the levels that it states
            on = {day: settled(from_file(path.name, content, day), {}) for day in days}
        except AssumptionsError as problem:
            message = "expected a set as assumptions/README.md has it; correct it"
            for fault in str(problem).removeprefix(f"{path}: ").splitlines():
                yield Problem(f"{SETS}/{path.name}", 1, "file", f"{fault}; {message}")
            continue
        # Only to say where a word stands, so what is not UTF-8 may be replaced.
        lines = content.decode("utf-8", errors="replace").splitlines()
        for word, column, message in (*_claims(on, claims), *_misfits(on, scenario)):
            yield Problem(f"{SETS}/{path.name}", _line(lines, word), column, message)


def _claims(on: Sets, claims: list[str] | None) -> Iterator[tuple[str, str, str]]:
    """(the claim, column, message) of each claim that claims.csv does not list."""
    if claims is None:
        return
    for claim in next(iter(on.values())).claims:
        if claim not in claims:
            yield claim, "claims", unknown("claim", claim, claims)


def _misfits(on: Sets, scenario: Scenario | None) -> Iterator[tuple[str, str, str]]:
    """(the word at fault, column, message) of each fault on the first day that has any."""
    if scenario is None:
        return
    by_day = ((day, faults(on[day], scenario, day, last_day(scenario, day))) for day in on)
    as_of, lines = next(((day, lines) for day, lines in by_day if lines), (None, []))
    for fault in lines:
        # Every line of `faults` has the word at fault first, in the quotes that `repr` chose;
        # by it the line is found.
        _, word = re.search(r"""(['"])(.*?)\1""", fault).groups()
        what = f"the set does not fit the as-of date {as_of}"
        expected = "expected the scenario's ids, and days such as '+30 days'"
        yield word, "id", f"{what}; {expected}; {fault}"


def _line(lines: list[str], word: str) -> int:
    """The first line that has the word in quotes, else the first."""
    return next((n for n, line in enumerate(lines, start=1) if f'"{word}"' in line), 1)
