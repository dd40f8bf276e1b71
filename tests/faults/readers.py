"""What `make fuzz` puts through readers of files and links: sets, the scenario, tables, imports."""

import json
import random
import shutil
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from pathlib import Path
from zlib import compress

import pandas as pd

from model.assumptions import Assumptions, files
from model.assumptions.files import AssumptionsError
from model.check import check
from model.check.cells import read_cells
from model.check.problem import Problem
from model.check.scenario_file import ScenarioFile, read_scenario_file
from model.check.scenario_folder import ScenarioFolder
from model.evidence import collected
from model.evidence.evidence import read_table
from model.fit.priors import priors
from model.intake import importing, mapping
from model.intake.report import report
from model.intake.sheets import Unreadable
from model.scenario import SCENARIO_FOLDER, load_scenario
from tests.faults import mutations

Case = Callable[[random.Random], str]
LONGEST_LINE = 1000  # characters of a refusal
PUBLISHED = Path(__file__).parents[1] / "model" / "intake" / "files"


def cases(folder: Path) -> dict[str, Case]:
    """By kind, what puts one input through its reader and returns what became of it.

    folder: one to write in. Each raises what no reader may raise, and AssertionError for an answer
    that is none.
    """
    return {
        "sets": _set,
        "links": _link,
        "scenario": lambda chance: _scenario(chance, folder),
        "tables": lambda chance: _table(chance, folder),
        "imports": lambda chance: _import(chance, folder),
    }


def plain(refusal: str) -> str:
    """The outcome of a refusal that people can read; raises AssertionError for any other."""
    lines = refusal.splitlines()
    if not refusal.strip() or "Traceback" in refusal or max(map(len, lines)) > LONGEST_LINE:
        raise AssertionError(f"a refusal that is none: {refusal[:100]!r}")
    return "refused"


@cache
def sets() -> tuple[Assumptions, ...]:
    """The built-in sets as of a day of 2023."""
    paths = sorted((SCENARIO_FOLDER / "assumptions").glob("*.toml"))
    as_of = collected.FIRST_AS_OF.replace(year=2023)
    return tuple(files.read(path, as_of) for path in paths)


def _bytes(text: str, chance: random.Random) -> bytes:
    return mutations.text(text, chance).encode("utf-8", "surrogatepass")


def _set(chance: random.Random) -> str:
    write = chance.choice((files.to_toml, files.to_json))
    content = _bytes(write(chance.choice(sets())), chance)
    name = chance.choice(("a.toml", "a.json"))
    return _opened(lambda: files.from_file(name, content))


def _link(chance: random.Random) -> str:
    link = mutated_link(chance)
    return _opened(lambda: files.from_link(link))


def mutated_link(chance: random.Random) -> str:
    """A link that is damaged, or a whole one to a set that is."""
    chosen = chance.choice(sets())
    if chance.random() < 0.5:
        return mutations.text(files.to_link(chosen), chance)
    content = _bytes(json.dumps(files.plain(chosen), ensure_ascii=False), chance)
    return files.LINK_VERSION + urlsafe_b64encode(compress(content, 9)).decode().rstrip("=")


def _opened(read: Callable[[], Assumptions]) -> str:
    try:
        assumptions = read()
    except AssumptionsError as refused:
        return plain(str(refused))
    if files.from_json(files.to_json(assumptions)) != assumptions:
        raise AssertionError("it does not read back to itself")
    return "accepted"


def _scenario(chance: random.Random, folder: Path) -> str:
    text = (SCENARIO_FOLDER / "scenario.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_bytes(_bytes(text, chance))
    scenario, faults = read_scenario_file(folder)
    faults += check._rule_problems(ScenarioFolder(_sound_tables(), scenario))
    told = _told(faults)
    if told == "accepted":
        priors(load_scenario(folder))  # what is called well a fit can be given
    return told


def _table(chance: random.Random, folder: Path) -> str:
    name = chance.choice([*_sound_tables()])
    text = (SCENARIO_FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    (folder / f"{name}.csv").write_bytes(_bytes(text, chance))
    table, faults = read_cells(folder, name)
    tables = dict(_sound_tables())
    if table is not None:
        faults += check._schema_problems(name, table)
        tables[name] = table
    faults += check._rule_problems(ScenarioFolder(tables, _sound_scenario()))
    told = _told(faults)
    if told == "accepted":
        read_table(folder, name)
    return told


def _told(faults: list[Problem]) -> str:
    for fault in faults:
        if not str(fault).isprintable():
            raise AssertionError(f"a line that is not printable: {fault!s:.100}")
    return "refused" if faults else "accepted"


@cache
def _sound_tables() -> dict[str, pd.DataFrame]:
    return check._read_tables(SCENARIO_FOLDER)[0]


@cache
def _sound_scenario() -> ScenarioFile | None:
    return read_scenario_file(SCENARIO_FOLDER)[0]


def _import(chance: random.Random, folder: Path) -> str:
    """A publisher's file, or a mapping, as an import reads it; `check` of the result is `_table`'s.

    A proposal writes nothing, so one copy of the scenario serves all.
    """
    path = chance.choice(_importable())
    changed = folder / path.name
    changed.write_bytes(_bytes(path.read_text(encoding="utf-8"), chance))
    scenario = folder / "imported into"
    if not scenario.exists():
        shutil.copytree(SCENARIO_FOLDER, scenario, ignore=shutil.ignore_patterns(".*"))
    try:
        if path.suffix == ".toml":
            mapping.read_mapping(changed)
            return "accepted"
        made = importing.propose(scenario, [changed], check=lambda _: [])
    except Unreadable as refused:
        return plain(str(refused))
    plain("\n".join(report(made, False, True)))
    return "accepted" if made.is_clean else "refused"


@cache
def _importable() -> tuple[Path, ...]:
    published = [path for path in PUBLISHED.iterdir() if path.suffix in (".csv", ".json")]
    mappings = (SCENARIO_FOLDER / "mappings").glob("*.toml")
    return tuple(sorted([*published, *mappings, SCENARIO_FOLDER / "codings.csv"]))
