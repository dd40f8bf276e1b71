"""`python -m model check`: every fault of a scenario's folder, one line each, no traceback."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from model.check.cells import read_cells
from model.check.collected_rules import COLLECTED_RULES
from model.check.event_rules import EVENT_RULES
from model.check.influence_rules import INFLUENCE_RULES
from model.check.problem import Problem
from model.check.scenario_file import read_scenario_file
from model.check.scenario_folder import ScenarioFolder, at
from model.check.scenario_rules import SCENARIO_RULES
from model.check.set_rules import set_problems
from model.check.switch_rules import SWITCH_RULES
from model.check.table_rules import TABLE_RULES
from model.check.type_errors import scenario_errors
from model.evidence.whole_set import finish
from model.scenario import did_you_mean, load_scenario
from model.scenario.scenario import SCENARIO_FILE

ALIKE = 10  # cells of a column with one fault that are told one by one
OF_A_TABLE = ("column_in_dataframe", "column_in_schema", "multiple_fields_uniqueness")
IMPORT = "take the table in with `import`, which reads what programs make of one"
REMEMBERED = 64  # tables whose faults are kept, of the folders that were checked last
_ASKED: dict[tuple, list[Problem]] = {}


def check(folder: Path) -> int:
    """Print one line per problem, or one that says all is well; the exit code, 1 or 0.

    folder: the path of a scenario's folder.
    """
    return tell(folder, problems(folder))


def tell(folder: Path, faults: list[Problem]) -> int:
    """Print these faults, or one line that says all is well where there is none; the exit code."""
    for fault in faults:
        print(fault)
    if not faults:
        print(_all_is_well(Path(folder)))
    return 1 if faults else 0


def problems(folder: Path) -> list[Problem]:
    """All that is wrong with the tables, the scenario and its sets, sorted by file and row.

    [] where all is well. Raises nothing for what stands in the files; that is what it is for.
    """
    folder = Path(folder)
    if not folder.is_dir():
        message = "there is no such folder; expected a scenario's folder; correct the path"
        return [Problem(str(folder), 1, "folder", message)]
    finish(folder)
    scenario, faults = read_scenario_file(folder)
    tables, table_faults = _read_tables(folder)
    contents = ScenarioFolder(tables, scenario)
    faults += [*table_faults, *_rule_problems(contents)]
    # What depends on the scenario's types is left alone until they are right.
    sound = None if faults else load_scenario(folder)
    claims, days = contents.column("claims", "claim"), contents.as_of_days()
    return sorted({*faults, *set_problems(folder, claims, sound, days)})


def _read_tables(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The tables that could be read, and what is wrong with each for itself."""
    from model.check.schemas import TABLES  # here: pandera is slow to import

    tables, faults = {}, []
    for name in TABLES:
        table, unreadable = read_cells(folder, name)
        faults += unreadable
        if table is not None:
            tables[name] = table
            # A row of the wrong length is reported as that, not again cell by cell.
            broken = {problem.row for problem in unreadable}
            faults += _schema_problems(name, table[~table.index.isin(broken)])
    return tables, faults


def _rule_problems(folder: ScenarioFolder) -> Iterator[Problem]:
    for rule in (*TABLE_RULES, *EVENT_RULES, *COLLECTED_RULES):
        yield from rule(folder)
    if folder.scenario is not None:
        yield from scenario_errors(folder.scenario)
        for rule in (*SCENARIO_RULES, *INFLUENCE_RULES, *SWITCH_RULES):
            yield from rule(folder)


def _all_is_well(folder: Path) -> str:
    from model.check.schemas import TABLES

    tables = {name: read_cells(folder, name)[0] for name in TABLES}
    rows = ", ".join(f"{name} {len(table)}" for name, table in tables.items())
    uncoded = (~tables["events"]["event"].isin(tables["codings"]["event"])).sum()
    # an event may stand there for readers alone, but nobody should forget a coding
    uncoded_in_words = f"; without a coding: {uncoded}" if uncoded else ""
    well = f"all is well in {SCENARIO_FILE} and {len(TABLES)} tables"
    return f"{folder.name}: {well} (rows: {rows}{uncoded_in_words})"


def _schema_problems(name: str, table: pd.DataFrame) -> list[Problem]:
    """pandera's failures, all of them, in our words; of the same cells on one day asked once.

    A folder is checked again after every change of one of its tables: the others take no time.
    """
    cells = pd.util.hash_pandas_object(table).to_numpy().tobytes()
    key = name, tuple(table.columns), cells, datetime.now(UTC).date()
    if key not in _ASKED:
        while len(_ASKED) >= REMEMBERED:
            _ASKED.pop(next(iter(_ASKED)), None)  # another thread may be quicker
        _ASKED[key] = list(_schema_failures(name, table))
    return _ASKED[key]


def _schema_failures(name: str, table: pd.DataFrame) -> Iterator[Problem]:
    import pandera.errors

    from model.check.schemas import TABLES

    schema = TABLES[name]
    try:
        schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        # A missing column that tells rows apart is the fault then, and not that rows look alike.
        headed = set(schema.unique or ()) <= set(table.columns)
        failures = [
            failure
            for failure in errors.failure_cases.itertuples()
            if headed or failure.check != "multiple_fields_uniqueness"
        ]
        alike: dict[tuple[str, str], list] = {}
        for failure in failures:
            alike.setdefault((str(failure.column), failure.check), []).append(failure)
        for (_, check), own in alike.items():
            is_summed = len(own) > ALIKE and check not in OF_A_TABLE
            for failure in own[:1] if is_summed else own:
                yield _problem(name, schema, table, failure, len(own) if is_summed else 1)


def _problem(name: str, schema, table: pd.DataFrame, failure, times: int = 1) -> Problem:
    """The fault as a line; times: how many cells of its column have it, told in one."""
    value, known = failure.failure_case, list(schema.columns)
    if failure.check == "column_in_dataframe":
        spare = [column for column in table if column not in known]
        hint = did_you_mean(value, spare) if spare else "add it to the header line"
        return at(name, 1, value, f"the column is missing; expected {', '.join(known)}; {hint}")
    if failure.check == "column_in_schema":
        hint = did_you_mean(value, known)
        return at(name, 1, value, f"unknown column; expected {', '.join(known)}; {hint}")
    # From here on a cell is at fault, and the check's name is the text that schemas.py gave it.
    row = int(failure.index)
    if failure.check == "multiple_fields_uniqueness":
        return _duplicate(name, schema.unique, table, row)
    wrong, expected, advice = failure.check.split("; ")
    if not value:
        wrong, advice, shown = "is blank", "fill it in", "the cell"
    else:
        shown = repr(value)
    if times > 1:
        wrong, advice = f"{wrong} ({times} cells of this column)", f"{advice}, or {IMPORT}"
    return at(name, row, failure.column, f"{shown} {wrong}; {expected}; {advice}")


def _duplicate(name: str, unique: list[str], table: pd.DataFrame, row: int) -> Problem:
    same = (table[unique] == table.loc[row, unique]).all(axis=1)
    shown = ", ".join(repr(word) for word in table.loc[row, unique])
    message = f"{shown} stands in row {same.idxmax()} too; expected once; rename or drop one"
    return at(name, row, unique[0], message)
