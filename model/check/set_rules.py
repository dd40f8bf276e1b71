"""Rules of the built-in assumption sets, the files of a scenario's folder `assumptions`."""

import re
from collections.abc import Iterator
from pathlib import Path

from model.assumptions import Assumptions, faults
from model.assumptions.files import AssumptionsError, from_file
from model.check.problem import Problem
from model.check.scenario_folder import unknown
from model.scenario import Scenario, last_day

SETS = "assumptions"


def set_problems(
    folder: Path, claims: list[str] | None, scenario: Scenario | None
) -> Iterator[Problem]:
    """What is wrong with each set: unreadable, a claim unknown, or unfit for the default day.

    claims: the ids of claims.csv; scenario: the scenario. None for either if it has faults of its
    own: what depends on it is not checked then.
    """
    for path in sorted((folder / SETS).glob("*.toml")):
        content = path.read_bytes()
        # Only to say where a word stands, so what is not UTF-8 may be replaced.
        lines = content.decode("utf-8", errors="replace").splitlines()
        try:
            assumed = from_file(path.name, content)
        except AssumptionsError as problem:
            message = "expected a set as assumptions/README.md has it; correct it"
            for fault in str(problem).splitlines():
                yield Problem(f"{SETS}/{path.name}", 1, "file", f"{fault}; {message}")
            continue
        for word, column, message in (*_claims(assumed, claims), *_misfits(assumed, scenario)):
            yield Problem(f"{SETS}/{path.name}", _line(lines, word), column, message)


def _claims(assumed: Assumptions, claims: list[str] | None) -> Iterator[tuple[str, str, str]]:
    """(the claim, column, message) of each claim that claims.csv does not list."""
    if claims is None:
        return
    for claim in assumed.claims:
        if claim not in claims:
            yield claim, "claims", unknown("claim", claim, claims)


def _misfits(assumed: Assumptions, scenario: Scenario | None) -> Iterator[tuple[str, str, str]]:
    """(the word at fault, column, message) of each fault on the scenario's default as-of date."""
    if scenario is None:
        return
    as_of = scenario.default_as_of
    for fault in faults(assumed, scenario, as_of, last_day(scenario, as_of)):
        # Every line of `faults` has the word at fault first in quotes; by it the line is found.
        word = re.search(r"'([^']+)'", fault)[1]
        what = f"the set does not fit the default as-of date {as_of}"
        yield word, "id", f"{what}; expected the scenario's ids and its days; {fault}"


def _line(lines: list[str], word: str) -> int:
    """The first line that has the word in quotes, else the first."""
    return next((n for n, line in enumerate(lines, start=1) if f'"{word}"' in line), 1)
