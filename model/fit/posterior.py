"""The posterior: normal priors, the likelihood, NUTS. The one module that imports PyMC.

The model is compiled once; another as-of date, other evidence or other priors of the same scenario
structure are swapped into the compiled model as data.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace

import numba
import numpy as np
import nutpie
import pymc as pm
import pytensor
import pytensor.tensor as pt
import xarray as xr
from nutpie.compile_pymc import CompiledPyMCModel

from model.fit import likelihood, longer
from model.fit.packing import pack, unpack
from model.fit.priors import Priors
from model.runs import Settings
from model.runs.observed import Observed

TARGET_ACCEPT = 0.95
CAREFUL_ACCEPT = 0.99  # for a second try, where the first met divergences


def build(priors: Priors, observed: Observed) -> pm.Model:
    """The joint model of reference classes, the region's record, battle deaths and coder noise.

    The structure of the scenario is fixed in the model; priors and evidence can be exchanged.
    Each parameter stands in it as `standard_<name>`, in units of prior standard deviations from
    its centre.
    """
    with pm.Model() as model:
        shared = {
            name: pm.Data(name, value) for name, value in exchangeable(priors, observed).items()
        }
        exchanged = replace(unpack(shared, observed), gate_cap=shared["gate_cap"])
        free = _free_parameters(priors, shared["location"], shared["scale"])
        for name, term in likelihood.terms(pt, free, exchanged, pt.gammaln).items():
            pm.Potential(name, term.sum())
    return model


def _free_parameters(priors: Priors, location, scale) -> dict:
    """Each parameter as its prior's location plus scale times a standard normal.

    NUTS then starts from the priors' centres and meets parameters of one size: it tunes in a few
    hundred steps.
    """
    at, free = 0, {}
    for name, shape in ((name, value.shape) for name, value in priors.location.items()):
        places = slice(at, at + priors.location[name].size)
        standard = pm.Normal(f"standard_{name}", 0.0, 1.0, shape=shape)
        free[name] = location[places].reshape(shape) + scale[places].reshape(shape) * standard
        at = places.stop
    return free


def natural(tree: xr.DataTree, priors: Priors) -> dict[str, np.ndarray]:
    """Parameter -> its draws (draws, ...), chain after chain; tree: as `sample` returns it."""
    standard = tree["posterior"].to_dataset()
    values = {name: standard[f"standard_{name}"].values for name in priors.location}
    return {
        # how many rows is said, since of a group without parameters it could not be told
        name: priors.location[name]
        + priors.scale[name] * value.reshape(value.shape[0] * value.shape[1], *value.shape[2:])
        for name, value in values.items()
    }


def exchangeable(priors: Priors, observed: Observed) -> dict[str, np.ndarray]:
    """What another fit of the same scenario may change: the evidence as tables, and the priors.

    Name -> flat float64 array: the tables of `pack`, gate_cap (classes,) in years, and location and
    scale (parameters,), one prior after the other.
    """
    return pack(observed) | {
        "gate_cap": observed.gate_cap,
        "location": np.concatenate([value.ravel() for value in priors.location.values()]),
        "scale": np.concatenate([value.ravel() for value in priors.scale.values()]),
    }


def compile_model(model: pm.Model) -> CompiledPyMCModel:
    """Compile `model` for NUTS: under a minute once, ten seconds when PyTensor's cache knows it."""
    with _light_optimisation():
        return nutpie.compile_pymc_model(model, backend="numba")


@contextmanager
def _light_optimisation():
    """LLVM's first level and no fast maths: compiles in two thirds of the time, samples as fast.

    Without fast maths the draws do not depend on how much of the code came out of the cache.
    """
    # a setting of the whole process, in which others compile too: it is put back
    level = numba.config.OPT
    numba.config.OPT = numba.config._OptLevel(1)
    try:
        with pytensor.config.change_flags(numba__fastmath=False):
            yield
    finally:
        numba.config.OPT = level


def sample(
    compiled: CompiledPyMCModel,
    priors: Priors,
    observed: Observed,
    settings: Settings,
    progress: Callable[[float], None] = lambda share: None,
    cores: int | None = None,
) -> xr.DataTree:
    """Draw from the posterior with NUTS. Same data, settings and seed: the same draws.

    Chains that meet a divergence are sampled once more with smaller steps; a run of standard length
    is sampled so as a whole, also where its chains disagree, for longer, and thinned to as many
    draws.

    progress: called about three times per second with the share done, 0..1, from another thread.
    cores: how many chains are sampled at once, by default as many as there are cores; the draws do
    not depend on it. Returns the groups posterior and sample_stats, each (chains, draws, ...).
    """
    exchanged = compiled.with_data(**exchangeable(priors, observed))
    tree = _nuts(exchanged, settings, TARGET_ACCEPT, progress, cores)
    if longer.is_meant_to_be_served(settings):
        if longer.diverged(tree) or longer.chains_disagree(tree):
            more = replace(settings, draws=longer.TIMES * settings.draws)
            return longer.thinned(_nuts(exchanged, more, CAREFUL_ACCEPT, progress, cores))
    elif (met := longer.diverging_chains(tree)).size:
        # another seed: the chains that stay are not to share their random numbers with the new
        again = replace(settings, chains=met.size, seed=settings.seed + 1)
        return longer.exchanged(tree, met, _nuts(exchanged, again, CAREFUL_ACCEPT, progress, cores))
    return tree


def _nuts(
    code,
    settings: Settings,
    target_accept: float,
    progress: Callable[[float], None],
    cores: int | None,
):
    return nutpie.sample(
        code,
        draws=settings.draws,
        tune=settings.tune,
        chains=settings.chains,
        cores=cores,
        seed=settings.seed,
        target_accept=target_accept,
        save_warmup=False,
        progress_bar=False,
        progress_rate=300,  # milliseconds
        progress_callback=lambda chains: progress(
            sum(c.finished_draws for c in chains) / max(sum(c.total_draws for c in chains), 1)
        ),
    )
