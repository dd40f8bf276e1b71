"""`make fuzz`: inputs changed at random go through every reader; what it makes of them is counted.

A reader may accept an input or refuse it in plain lines. Everything else is a fault: another
exception, an answer after ten seconds, a signature that still holds over changed bytes.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from briefing.exhibits import tables
from briefing.exports.data import files as exports
from briefing.material import signature
from briefing.material.material import Material
from briefing.material.signature import Seal
from briefing.reading import guard
from briefing.reading.content import Unknown, Unreadable
from model.assumptions import Assumptions, files
from model.assumptions.files import AssumptionsError
from model.check import check
from model.check.cells import read_cells
from model.check.scenario_file import ScenarioFile, read_scenario_file
from model.check.scenario_folder import ScenarioFolder
from model.evidence import collected
from model.forecast import open_run
from model.runs import Run
from model.scenario import SCENARIO_FOLDER
from tests.faults import mutations

SLOW = 10.0  # seconds
SHARES = {"sets": 0.4, "links": 0.4, "scenario": 0.05, "tables": 0.1, "uploads": 0.05}
LONGEST_LINE = 1000  # characters of a refusal


@dataclass
class Count:
    """What became of the inputs of one kind, and the faults, each with the seed that makes it."""

    tried: int = 0
    outcomes: Counter = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def line(self, kind: str) -> str:
        told = ", ".join(f"{name} {number}" for name, number in sorted(self.outcomes.items()))
        return f"{kind:<10} {self.tried:>6} tried: {told}; slowest {self.slowest:.2f} s"


def fuzz(many: int, seed: int, folder: Path, run: Run | None) -> dict[str, Count]:
    """`many` inputs of all kinds, from `seed` on; folder: one to write in. Uploads need a run."""
    cases = _cases(folder, run)
    counts = {}
    for kind, share in SHARES.items():
        if kind in cases:
            first = seed * 1_000_000
            counts[kind] = _counted(cases[kind], range(first, first + max(1, int(many * share))))
    return counts


def _counted(case: Callable[[random.Random], str], seeds: range) -> Count:
    count = Count()
    for seed in seeds:
        began = time.monotonic()
        try:
            outcome = case(random.Random(seed))
        except Exception as fault:  # noqa: BLE001 - what no reader may raise is what is looked for
            outcome = "fault"
            count.faults.append(f"seed {seed}: {type(fault).__name__}: {str(fault)[:200]}")
        took = time.monotonic() - began
        if took > SLOW:
            count.faults.append(f"seed {seed}: {took:.1f} s")
        count.tried += 1
        count.outcomes[outcome] += 1
        count.slowest = max(count.slowest, took)
    return count


def _cases(folder: Path, run: Run | None) -> dict[str, Callable[[random.Random], str]]:
    paths = sorted((SCENARIO_FOLDER / "assumptions").glob("*.toml"))
    as_of = collected.FIRST_AS_OF.replace(year=2023)
    sets = [files.read(path, as_of) for path in paths]
    texts = [files.to_toml(each) for each in sets] + [files.to_json(each) for each in sets]
    links = [files.to_link(each) for each in sets]
    cases = {
        "sets": lambda chance: _set(chance, texts),
        "links": lambda chance: _link(chance, links),
        "scenario": lambda chance: _scenario(chance, folder),
        "tables": lambda chance: _table(chance, folder),
    }
    if run is not None:
        uploads = _uploads(run)
        cases["uploads"] = lambda chance: _upload(chance, uploads)
    return cases


def _set(chance: random.Random, texts: list[str]) -> str:
    content = mutations.text(chance.choice(texts), chance).encode("utf-8", "surrogatepass")
    name = chance.choice(("a.toml", "a.json"))
    return _opened(lambda: files.from_file(name, content))


def _link(chance: random.Random, links: list[str]) -> str:
    return _opened(lambda: files.from_link(mutations.text(chance.choice(links), chance)))


def _opened(read: Callable[[], Assumptions]) -> str:
    try:
        assumptions = read()
    except AssumptionsError as refused:
        return _plain(str(refused))
    if files.from_json(files.to_json(assumptions)) != assumptions:
        raise AssertionError("it does not read back to itself")
    return "accepted"


def _plain(refusal: str) -> str:
    if "Traceback" in refusal or any(len(line) > LONGEST_LINE for line in refusal.splitlines()):
        raise AssertionError(f"a refusal that is none: {refusal[:100]}")
    return "refused"


def _scenario(chance: random.Random, folder: Path) -> str:
    text = (SCENARIO_FOLDER / "scenario.toml").read_text(encoding="utf-8")
    content = mutations.text(text, chance).encode("utf-8", "surrogatepass")
    (folder / "scenario.toml").write_bytes(content)
    scenario, faults = read_scenario_file(folder)
    faults += check._rule_problems(ScenarioFolder(_sound_tables(), scenario))
    return _told(faults)


def _table(chance: random.Random, folder: Path) -> str:
    name = chance.choice([*_sound_tables()])
    text = (SCENARIO_FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    content = mutations.text(text, chance).encode("utf-8", "surrogatepass")
    (folder / f"{name}.csv").write_bytes(content)
    table, faults = read_cells(folder, name)
    tables_ = dict(_sound_tables())
    if table is not None:
        faults += check._schema_problems(name, table)
        tables_[name] = table
    faults += check._rule_problems(ScenarioFolder(tables_, _sound_scenario()))
    return _told(faults)


def _told(faults: list) -> str:
    for fault in faults:
        if not str(fault).isprintable():
            raise AssertionError(f"a line that is not printable: {fault!s:.100}")
    return "refused" if faults else "accepted"


_SOUND: dict[str, object] = {}


def _sound_tables() -> dict:
    if "tables" not in _SOUND:
        _SOUND["tables"] = check._read_tables(SCENARIO_FOLDER)[0]
    return _SOUND["tables"]


def _sound_scenario() -> ScenarioFile:
    if "scenario" not in _SOUND:
        _SOUND["scenario"] = read_scenario_file(SCENARIO_FOLDER)[0]
    return _SOUND["scenario"]


def _uploads(run: Run) -> dict[str, bytes]:
    material = Material(run)
    shown = tables.make("outcomes", material)
    return {form: exports.table(shown, material, form) for form in exports.FORMS}


def _upload(chance: random.Random, uploads: dict[str, bytes]) -> str:
    form = chance.choice([*uploads])
    content = mutations.some_bytes(uploads[form], chance)
    if content != uploads[form] and signature.seal_of(content, form) is Seal.whole:
        raise AssertionError("the signature holds over changed bytes")
    try:
        guard.read_as(form, content)
    except (Unreadable, Unknown) as refused:
        return _plain(str(refused))
    return "accepted"


def main() -> int:
    """Print a line per kind, then each fault; 1 if there is one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        counts = fuzz(asked.inputs, asked.seed, Path(folder), open_run(SCENARIO_FOLDER))
    for kind, count in counts.items():
        print(count.line(kind))
    faults = [f"{kind}: {fault}" for kind, count in counts.items() for fault in count.faults]
    print("\n".join(faults) if faults else "no faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
