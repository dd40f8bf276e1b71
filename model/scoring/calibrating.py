"""Fits to simulated evidence, many of them: each is stored whole once made, and none made twice.

simuk was looked at: it wants observed variables where the model has potentials, compiles anew for
each fit, and makes them one after the other.
"""

import json
import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from model.evidence import Evidence
from model.fit import posterior
from model.fit.priors import Priors, priors
from model.runs import Settings, identity, whole_file
from model.scenario import home
from model.scoring import ranks
from model.scoring.design import Design, design
from model.scoring.simulated import simulate


def one_chain(draws: int = 500) -> Settings:
    """Settings of a simulated fit of `draws` draws: what one chain misses shows in the ranks."""
    return Settings(draws=draws, tune=300, chains=1)


@dataclass(frozen=True, eq=False)
class Bench:
    """All that a simulated fit needs: the design, the priors, the model compiled for both."""

    design: Design
    prior: Priors
    compiled: object
    settings: Settings
    folder: Path

    def path(self, number: int) -> Path:
        """Where the simulated fit of this number, from 0, is or will be."""
        return self.folder / f"{number:04}.json"

    def made(self, fits: int) -> int:
        """How many of the fits 0 up to `fits` are stored."""
        return sum(self.path(number).exists() for number in range(fits))


def bench(evidence: Evidence, settings: Settings) -> Bench:
    """Compile the model once for all fits; they are kept below the user's state folder.

    Fits of other evidence, code or settings have another folder.
    """
    made, prior = design(evidence), priors(evidence.scenario)
    folder = home() / "calibration" / identity.run_id(evidence, settings)
    folder.mkdir(parents=True, exist_ok=True)
    compiled = posterior.compile_model(posterior.build(prior, made.observed))
    return Bench(made, prior, compiled, settings, folder)


def simulated_fits(of: Bench, fits: int, workers: int = 1) -> Iterator[dict]:
    """Make and store what is missing of the fits 0 up to `fits`, and yield each that is made.

    A fit: ranks (kind -> a rank per place), kept (draws among which), divergences. Its numbers
    depend on its number and the settings' seed, not on who makes it. workers: processes.
    """
    missing = [number for number in range(fits) if not of.path(number).exists()]
    if workers <= 1:
        yield from map(lambda number: _stored(of, number), missing)
        return
    # forked, so that the workers have the compiled model, which cannot be pickled
    _BENCH[:] = [of]
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        yield from pool.imap_unordered(_stored_by_worker, missing)


_BENCH: list[Bench] = []  # that of the workers, for they are handed numbers alone


def _stored_by_worker(number: int) -> dict:
    return _stored(_BENCH[0], number)


def _stored(of: Bench, number: int) -> dict:
    made = simulated_fit(of, number)
    whole_file.write(of.path(number), json.dumps(made).encode())
    return made


def simulated_fit(of: Bench, number: int) -> dict:
    """Draw a world from the prior, simulate its evidence, fit it, and rank the world's truth."""
    truth = _world(of.prior, np.random.default_rng([of.settings.seed, number]))
    rng = np.random.default_rng([of.settings.seed, number, 1])
    observed = simulate(truth, of.design, rng)
    settings = replace(of.settings, seed=of.settings.seed + number)
    tree = posterior.sample(of.compiled, of.prior, observed, settings)
    draws = ranks.thinned(posterior.natural(tree, of.prior))
    alone = {name: value[None] for name, value in truth.items()}
    return {
        "ranks": ranks.ranks(ranks.quantities(alone, observed), ranks.quantities(draws, observed)),
        "kept": len(draws["log_rate"]),
        "divergences": int(tree["sample_stats"]["diverging"].sum()),
    }


def _world(prior: Priors, rng: np.random.Generator) -> dict[str, np.ndarray]:
    return {
        name: location + prior.scale[name] * rng.standard_normal(location.shape)
        for name, location in prior.location.items()
    }


def read(of: Bench, fits: int) -> list[dict]:
    """The stored fits 0 up to `fits` in order, those without a file at their path left out."""
    paths = (of.path(number) for number in range(fits))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.exists()]
