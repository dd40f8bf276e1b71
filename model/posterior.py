"""The posterior: normal priors, the likelihood, NUTS. The one module that imports PyMC.

The model is compiled once; another as-of date, other evidence or other priors of the same scenario
structure are swapped into the compiled model as data.
"""

from collections.abc import Callable
from contextlib import contextmanager

import numba
import numpy as np
import nutpie
import pymc as pm
import pytensor
import pytensor.tensor as pt

from model import likelihood
from model.packing import pack, unpack
from model.priors import Priors
from model.settings import Settings

TARGET_ACCEPT = 0.95


def build(priors: Priors, observed: dict[str, np.ndarray]) -> pm.Model:
    """The joint model of reference classes, the region's record, battle deaths and coder noise.

    The structure of the scenario is fixed in the model; priors and evidence can be exchanged.
    """
    with pm.Model() as model:
        shared = {
            name: pm.Data(name, value) for name, value in exchangeable(priors, observed).items()
        }
        data = fixed(observed) | unpack(shared, observed) | {"gate_cap": shared["gate_cap"]}
        where, free = 0, {}
        for name, location in priors.location.items():
            part = slice(where, where + location.size)
            free[name] = pm.Normal(
                name,
                shared["location"][part].reshape(location.shape),
                shared["scale"][part].reshape(location.shape),
                shape=location.shape,
            )
            where += location.size
        for name, term in likelihood.terms(pt, free, data, pt.gammaln).items():
            pm.Potential(name, term.sum())
    return model


def fixed(observed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The scenario's structure: which driver moves which outcome, which class has a shape."""
    kinds = ("effect_", "link_", "shape_place", "gate_place")
    return {name: value for name, value in observed.items() if name.startswith(kinds)}


def exchangeable(priors: Priors, observed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What another fit of the same scenario may change: the evidence as tables, and the priors."""
    return pack(observed) | {
        "gate_cap": observed["gate_cap"],
        "location": np.concatenate([value.ravel() for value in priors.location.values()]),
        "scale": np.concatenate([value.ravel() for value in priors.scale.values()]),
    }


def compile_model(model: pm.Model):
    """Compile `model` for NUTS: under a minute once, ten seconds when PyTensor's cache knows it."""
    with _light_optimisation():
        return nutpie.compile_pymc_model(model, backend="numba")


@contextmanager
def _light_optimisation():
    """LLVM's first level and no fast maths: compiles in two thirds of the time, samples as fast.

    Without fast maths the draws do not depend on how much of the code came out of the cache.
    """
    level = numba.config.OPT
    numba.config.OPT = numba.config._OptLevel(1)
    try:
        with pytensor.config.change_flags(numba__fastmath=False):
            yield
    finally:
        numba.config.OPT = level


def sample(
    compiled,
    priors: Priors,
    observed: dict[str, np.ndarray],
    settings: Settings,
    progress: Callable[[float], None] = lambda share: None,
):
    """Draw from the posterior with NUTS. Same data, settings and seed: the same draws.

    progress is called about three times a second with the share done, from another thread.
    Returns an xarray DataTree with the groups posterior and sample_stats.
    """
    return nutpie.sample(
        compiled.with_data(**exchangeable(priors, observed)),
        draws=settings.draws,
        tune=settings.tune,
        chains=settings.chains,
        seed=settings.seed,
        target_accept=TARGET_ACCEPT,
        save_warmup=False,
        progress_bar=False,
        progress_rate=300,
        progress_callback=lambda chains: progress(
            sum(c.finished_draws for c in chains) / max(sum(c.total_draws for c in chains), 1)
        ),
    )
