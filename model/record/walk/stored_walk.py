"""A walk-forward as small tables on disk: what a visitor sees without running anything.

One folder per scenario: a CSV per table, and `about.json`, written last with the digest of each, so
that a folder is read whole or not at all.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from model.evidence.collected import FIRST_AS_OF
from model.record.walk.crowd import Question
from model.runs import identity, whole_file
from model.runs.identity import digest
from model.scenario import ROOT, Scenario, home, known_by

SHIPPED = ROOT / "data" / "self_checks" / "walk_forward"
ABOUT = "about.json"
DAYS = ("as_of", "deadline")  # columns that are days, read as such; `resolved_on` may be blank
AGAIN = "run `python -m model backtest` again"


@dataclass(frozen=True)
class About:
    """made: when. version: of the model, as `version` has it. until: up to when it is known what
    happened. settings: of each day's fit. questions: of the crowd that are set beside ours."""

    made: date
    version: str
    until: date
    settings: dict[str, int]
    questions: tuple[Question, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, days as ISO texts."""
        questions = [question.model_dump() for question in self.questions]
        days = {"made": self.made.isoformat(), "until": self.until.isoformat()}
        return days | {"version": self.version, "settings": self.settings, "questions": questions}


@dataclass(frozen=True, eq=False)
class WalkForward:
    """A walk-forward and its scores.

    forecasts: one row per outcome, as-of day and term, with `forecasters.NUMBERS`, last_value,
    crowd, resolution, resolved_on. fits: one row per day. misses: as `misses` has them. scores,
    skills, transfer, sets, conditionals: as `walk_scores` has them.
    """

    about: About
    forecasts: pd.DataFrame
    fits: pd.DataFrame
    misses: pd.DataFrame
    scores: pd.DataFrame
    skills: pd.DataFrame
    transfer: pd.DataFrame
    sets: pd.DataFrame
    conditionals: pd.DataFrame


TABLES = tuple(name for name in WalkForward.__dataclass_fields__ if name != "about")


def version(scenario: Scenario) -> str:
    """Twelve hexadecimal digits that stand for the code of the fit and the scenario's numbers.

    The same for a scenario as it is on disk and as a run of any as-of day carries it.
    """
    # as of the first day, whose clocks and turns every later day has too
    known = known_by(scenario, FIRST_AS_OF)
    numbers = identity.fitted_numbers(known.model_dump(mode="json"))
    text = json.dumps([identity.code_version(), numbers], sort_keys=True)
    return digest(text.encode())[:12]


def own_folder(scenario: Scenario) -> Path:
    """The path at which `backtest` keeps a scenario's walk-forward, below the state folder."""
    return home() / "walk_forward" / scenario.id


def folder_of(scenario: Scenario) -> Path:
    """The path of the user's own walk-forward of a scenario, else of that which ships."""
    own = own_folder(scenario)
    return own if (own / ABOUT).exists() else SHIPPED / scenario.id


def write(walk: WalkForward, folder: Path) -> None:
    """Write the tables, then what they are about; raises OSError where that cannot be done."""
    folder.mkdir(parents=True, exist_ok=True)
    digests = {}
    for name in TABLES:
        content = getattr(walk, name).to_csv(index=False, lineterminator="\n").encode()
        whole_file.write(folder / f"{name}.csv", content)
        digests[name] = digest(content)
    text = json.dumps(walk.about.as_json() | {"tables": digests}, indent=1)
    whole_file.write(folder / ABOUT, f"{text}\n".encode())


def read(folder: Path) -> WalkForward:
    """A stored walk-forward.

    Raises FileNotFoundError where there is none, ValueError where its tables are not those that
    were written together.
    """
    content = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    try:
        tables = {name: _table(folder / f"{name}.csv", content["tables"][name]) for name in TABLES}
        return WalkForward(_about(content), **tables)
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"{folder} holds no walk-forward ({problem!r}); {AGAIN}") from None
    except OSError as problem:
        raise ValueError(
            f"{problem.filename} cannot be read ({problem.strerror}); {AGAIN}"
        ) from None


def _about(content: dict[str, Any]) -> About:
    made, until = (date.fromisoformat(content[name]) for name in ("made", "until"))
    questions = tuple(Question(**question) for question in content["questions"])
    return About(made, content["version"], until, content["settings"], questions)


def _table(path: Path, expected: str) -> pd.DataFrame:
    if digest(path.read_bytes()) != expected:
        raise ValueError(f"{path} is not the table that was written with {ABOUT}; {AGAIN}")
    table = pd.read_csv(path, keep_default_na=True)
    for name in DAYS:
        if name in table:
            table[name] = [date.fromisoformat(day) for day in table[name]]
    return table
