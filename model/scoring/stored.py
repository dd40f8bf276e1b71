"""The result of simulation-based calibration: a small file that is kept beside the evidence."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from model.evidence.collected import FIRST_AS_OF
from model.runs import whole_file
from model.runs.identity import code_digest
from model.scenario import ROOT, Scenario, known_by
from model.scoring import ranks

FOLDER = ROOT / "data" / "self_checks"
# What sentences of a scenario are called, and influences, which are learned beside the sampler from
# the drivers' history alone: no number of a simulated fit depends on them.
NOT_FITTED = frozenset(
    "title about note why verb question rule levels basis claims source source_url reason "
    "influences".split()
)
# Every file of fit and scoring that a number of a simulated fit passes through; a test holds this
# list against what `calibrating` imports.
SIMULATED_CODE = (
    "fit/clocks.py",
    "fit/drivers.py",
    "fit/likelihood.py",
    "fit/longer.py",
    "fit/observations.py",
    "fit/packing.py",
    "fit/posterior.py",
    "fit/priors.py",
    "fit/structure.py",
    "scoring/calibrating.py",
    "scoring/design.py",
    "scoring/ranks.py",
    "scoring/simulated.py",
    "scoring/simulated_record.py",
)


@dataclass(frozen=True, eq=False)
class Calibration:
    """Ranks of the truth in fits to simulated evidence.

    made: when. version: of the model, as `version` has it. as_of: whose evidence gave the design.
    kept: draws that each truth was ranked among. divergent: fits with divergences. ranks: kind of
    quantity -> (fits, places), 0 up to `kept`. names: kind -> what stands at each place.
    """

    made: date
    version: str
    as_of: date
    kept: int
    divergent: int
    ranks: dict[str, np.ndarray]
    names: dict[str, tuple[str, ...]]

    @property
    def fits(self) -> int:
        return len(next(iter(self.ranks.values())))


def version(scenario: Scenario) -> str:
    """Twelve hexadecimal digits that stand for the model as simulated fits see it.

    Its code and the scenario's numbers: the same for every as-of day, on every machine, and
    whatever the scenario's sentences say.
    """
    code = [code_digest(ROOT / "model" / name) for name in SIMULATED_CODE]
    # as of the first day, whose clocks and turns every later day has too
    numbers = _fitted(known_by(scenario, FIRST_AS_OF).model_dump(mode="json"))
    text = json.dumps([code, numbers], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _fitted(node: object) -> object:
    if isinstance(node, Mapping):
        return {name: _fitted(value) for name, value in node.items() if name not in NOT_FITTED}
    return [_fitted(value) for value in node] if isinstance(node, list | tuple) else node


def path_of(scenario: Scenario, folder: Path | None = None) -> Path:
    """Where a scenario's result is kept, if there is one; folder: `FOLDER` unless given."""
    return (folder or FOLDER) / f"{scenario.id}.json"


def collected(scenario: Scenario, as_of: date, made: Iterable[dict]) -> Calibration:
    """The result of these fits, as `calibrating.simulated_fit` returns each; made today.

    Raises ValueError where there is none, or where they kept different numbers of draws.
    """
    fits = list(made)
    kept = {fit["kept"] for fit in fits}
    if len(kept) != 1:
        raise ValueError(f"expected fits of one number of draws, found {sorted(kept) or 'none'}")
    names = ranks.names(scenario)
    return Calibration(
        made=datetime.now(UTC).date(),
        version=version(scenario),
        as_of=as_of,
        kept=kept.pop(),
        divergent=sum(fit["divergences"] > 0 for fit in fits),
        ranks={kind: np.array([fit["ranks"][kind] for fit in fits]) for kind in names},
        names=names,
    )


def write(result: Calibration, path: Path) -> None:
    """Write the result as JSON, whole or not at all; raises OSError where that cannot be done."""
    by_name = {
        kind: dict(zip(result.names[kind], ranks.T.tolist(), strict=True))
        for kind, ranks in result.ranks.items()
    }
    head = {
        "made": result.made.isoformat(),
        "version": result.version,
        "as_of": result.as_of.isoformat(),
        "kept": result.kept,
        "divergent": result.divergent,
    }
    # a line a quantity: the file is read by people too, and its changes are
    lines = [
        f"  {json.dumps(kind)}: {{\n"
        + ",\n".join(f"   {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
        + "\n  }"
        for kind, rows in by_name.items()
    ]
    start = json.dumps(head, indent=1).removesuffix("\n}")
    text = f'{start},\n "ranks": {{\n' + ",\n".join(lines) + "\n }\n}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    whole_file.write(path, text.encode())


def read(path: Path) -> Calibration:
    """A stored result. Raises FileNotFoundError, or ValueError where it is not of this form."""
    content = json.loads(path.read_text(encoding="utf-8"))
    try:
        rows = content["ranks"]
        return Calibration(
            made=date.fromisoformat(content["made"]),
            version=content["version"],
            as_of=date.fromisoformat(content["as_of"]),
            kept=content["kept"],
            divergent=content["divergent"],
            ranks={kind: np.array(list(by.values())).T for kind, by in rows.items()},
            names={kind: tuple(by) for kind, by in rows.items()},
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(
            f"{path} holds no result of simulated fits ({problem!r}); run `make sbc`"
        ) from None
