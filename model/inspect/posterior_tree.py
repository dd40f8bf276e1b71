"""A run as an ArviZ tree: what it drew, from which priors, how, from what and how well it fits.

Groups and names are those of the InferenceData schema, so that ArviZ's summaries, plots,
leave-one-out and power-scaling read the tree, or the file of it, without help.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from model.beliefs import density
from model.fit import likelihood
from model.fit.influences import influence_prior
from model.fit.observations import WEEK_DAYS
from model.fit.priors import Priors, priors
from model.inspect import labelled
from model.runs import Run, whole_file
from model.runs.observed import Observed

ENDING = ".nc"
DERIVED = {  # variable that follows from the free parameters -> its dimensions
    "rate": ("class",),
    "shape": ("shaped_class",),
    "gate": ("staged_class",),
    "trait_hazard_ratio": ("trait",),
    "departure_hazard_ratio": ("outcome",),
    "effect_hazard_ratio": ("effect",),
    "link_hazard_ratio": ("link",),
}
ADDS = {"adds": ("influence",)}  # learned beside the sampler, from the drivers' own months
EVIDENCE = {  # kind of evidence -> the dimensions of its points
    "cases": ("case",),
    "builds": ("build",),
    "cells": ("cell",),
    "record": ("week", "outcome"),
    "deaths": ("month",),
}
SAMPLER = {"energy": "energy", "depth": "tree_depth", "diverging": "diverging"}  # ours -> ArviZ's


def problem(path: Path) -> str | None:
    """Why the tree cannot be written to `path`, one line, asked before a fit; None where it can."""
    if path.suffix != ENDING:
        return f"{path}: the posterior is a netCDF file; end its name with {ENDING}"
    if not path.parent.is_dir():
        return f"{path}: there is no folder {path.parent}; make it first"
    return None


def write(path: Path, run: Run) -> None:
    """Write the run's tree as netCDF, whole or not at all; 50 MB for 4,000 draws.

    Raises OSError where the file cannot be written.
    """
    tree = to_datatree(run)
    whole_file.write_by(path, lambda temporary: tree.to_netcdf(temporary, engine="h5netcdf"))


def to_datatree(run: Run) -> xr.DataTree:
    """The run as groups of labelled arrays, its draws first: (chain, draw, ...).

    posterior: the free parameters as `priors` names them (`effect`, `link` and `trait`, which are
    dimensions here, as log_effect, log_link and log_trait), and what readers want of them: rate
    (class,; per year), shape (shaped_class,), gate (staged_class,; years), hazard ratios of
    effects, links, traits and departures; and adds (influence,; levels a month), which is learned
    from the drivers' months beside the sampler. prior: as many draws from the priors, same names
    and shapes. log_prior: of each parameter that was sampled, at each draw, in nats. sample_stats:
    energy (nats), tree_depth, diverging. log_likelihood: of each point at each draw, in nats, and
    observed_data, without draws: cases (case,), builds (build,), cells (cell,), record (week,
    outcome), deaths (month,).
    """
    prior = priors(run.scenario)
    posterior = {name: run.draws[name] for name in prior.location}
    draws, seed = len(posterior["log_rate"]), run.manifest["settings"]["seed"]
    groups = {
        "posterior": _parameters(run, prior, posterior, run.paths["adds"].astype(float)),
        "prior": _parameters(
            run, prior, prior_draws(prior, draws, seed), _prior_adds(run, draws, seed)
        ),
        "log_prior": _log_prior(run, prior),
        "sample_stats": _sample_stats(run),
        "log_likelihood": _log_likelihood(run, prior),
        "observed_data": _observed_data(run),
    }
    tree = xr.DataTree.from_dict(groups)
    tree.attrs = _origin(run)
    return tree


def prior_draws(prior: Priors, draws: int, seed: int) -> dict[str, np.ndarray]:
    """Parameter -> independent draws (draws, ...) from its normal prior."""
    rng = np.random.default_rng([seed, 2])  # 0, 1, 3: the sampler's, the futures'
    return {
        name: location + prior.scale[name] * rng.standard_normal((draws, *location.shape))
        for name, location in prior.location.items()
    }


def _prior_adds(run: Run, draws: int, seed: int) -> np.ndarray:
    """(draws, influences): what influences add, independent draws from their normal priors."""
    prior = influence_prior(run.scenario)
    normals = np.random.default_rng([seed, 4]).standard_normal((draws, len(prior.scale)))
    return prior.location + prior.scale * normals


def _parameters(
    run: Run, prior: Priors, free: dict[str, np.ndarray], adds: np.ndarray
) -> xr.Dataset:
    arrays = _renamed(run, free) | _derived(free, run.observed) | {"adds": adds}
    return _dataset(run, arrays, _dims(run, prior) | DERIVED | ADDS)


def _derived(free: dict[str, np.ndarray], observed: Observed) -> dict[str, np.ndarray]:
    """What readers want of the free parameters, (draws, ...): the variables of DERIVED."""
    every = likelihood.parameters(np, free, observed)
    staged = observed.structure.gate_place.any(axis=0)
    return {
        "rate": np.exp(free["log_rate"]),
        "shape": np.exp(free["log_shape"]),
        "gate": every["gate"][:, staged],
        "trait_hazard_ratio": np.exp(free["trait"]),
        "departure_hazard_ratio": np.exp(free["departure"]),
        "effect_hazard_ratio": np.exp(free["effect"]),
        "link_hazard_ratio": np.exp(likelihood.link_strength(every, observed.structure)),
    }


def _log_prior(run: Run, prior: Priors) -> xr.Dataset:
    terms = {
        name: _normal(run.draws[name], location, prior.scale[name])
        for name, location in prior.location.items()
    }
    return _dataset(run, _renamed(run, terms), _dims(run, prior))


def _normal(values: np.ndarray, location: np.ndarray, scale: np.ndarray) -> np.ndarray:
    # with its constant, unlike `density.log_priors`: readers may compare it with other densities
    return -0.5 * ((values - location) / scale) ** 2 - np.log(scale * np.sqrt(2 * np.pi))


def _sample_stats(run: Run) -> xr.Dataset:
    return xr.Dataset(
        {
            # signed: the sampler counts depth in a type that few readers of netCDF know
            SAMPLER[name]: (labelled.SAMPLE_DIMS, values.astype(int) if name == "depth" else values)
            for name, values in run.sampling.items()
        },
        coords={
            dim: np.arange(size)
            for dim, size in zip(labelled.SAMPLE_DIMS, run.sampling["energy"].shape, strict=True)
        },
    )


def _log_likelihood(run: Run, prior: Priors) -> xr.Dataset:
    return _dataset(run, density.pointwise(run.draws, prior, run.observed), EVIDENCE)


def _observed_data(run: Run) -> xr.Dataset:
    observed = run.observed
    values = {
        "cases": observed.cases.event,
        "builds": observed.builds.event,
        "cells": observed.cells.events,
        "record": observed.weeks.event,
        "deaths": observed.months.deaths,
    }
    coords = _points(run)
    arrays = {
        kind: xr.DataArray(values[kind], {dim: coords[dim] for dim in dims}, dims)
        for kind, dims in EVIDENCE.items()
        if values[kind].size
    }
    return xr.Dataset(arrays)


def _points(run: Run) -> dict[str, np.ndarray]:
    """Labels of the points of evidence: ids of cases and cells, first days of weeks and months."""
    observed, scenario = run.observed, run.scenario
    weeks = pd.date_range(
        scenario.record_from, periods=len(observed.weeks.event), freq=f"{WEEK_DAYS}D"
    )
    return {
        "case": observed.cases.id,
        "build": observed.builds.id,
        "cell": observed.cells.id,
        "week": weeks.to_numpy("M8[ns]"),
        "month": observed.months.start,
        "outcome": np.array(scenario.outcome_ids),
    }


def _dataset(run: Run, arrays: dict[str, np.ndarray], dims: dict) -> xr.Dataset:
    coords = labelled.coordinates(run.scenario) | _points(run)
    return labelled.dataset(arrays, dims, coords, run.manifest["settings"]["chains"])


def _renamed(run: Run, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {labelled.variable(name, run.scenario): values for name, values in arrays.items()}


def _dims(run: Run, prior: Priors) -> dict[str, tuple[str, ...]]:
    dims = labelled.dims_of(prior, run.scenario)
    return {labelled.variable(name, run.scenario): axes for name, axes in dims.items()}


def _origin(run: Run) -> dict[str, str | int]:
    """Attributes that say which run the tree is of."""
    manifest = run.manifest
    return {
        "run": run.id,
        "as_of": manifest["as_of"],
        "made": manifest["made"],
        "scenario": run.scenario.id,
        "seed": manifest["settings"]["seed"],
        "inference_library": "nutpie",
    }
