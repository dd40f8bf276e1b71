"""Diagnostics of a run, by which the gate decides whether it is served."""

from collections.abc import Sequence

import arviz as az
import numpy as np
import xarray as xr

from model.runs import gate


def diagnose(tree: xr.DataTree, headlines: np.ndarray, outcome_ids: Sequence[str]) -> dict:
    """Diagnostics of the sampler and of every headline, and the reasons not to serve the run.

    tree: posterior and sample_stats as nutpie returns them. headlines: (chains, draws, outcomes),
    each draw's probability of each outcome by the default deadline; settled ones are skipped.
    Returns plain numbers: rhat (the worst over parameters and headlines), ess_bulk and ess_tail
    (the lowest over headlines, and by outcome), divergences, draws, steps_per_draw (the mean over
    draws of a tree's leapfrog steps), and `failures`, sentences, none when the gate is passed.
    """
    table = _open_headlines(headlines, outcome_ids)
    bulk, tail = (_by_outcome(az.ess(table, method=method)) for method in ("bulk", "tail"))
    rhat = float(np.maximum(_worst(az.rhat(_parameters(tree))), _worst(az.rhat(table))))
    diagnosis = {
        "rhat": rhat,
        "ess_bulk": min(bulk.values()),
        "ess_tail": min(tail.values()),
        "ess_bulk_by_outcome": bulk,
        "ess_tail_by_outcome": tail,
        "divergences": int(tree["sample_stats"]["diverging"].sum()),
        "draws": int(headlines.shape[0] * headlines.shape[1]),
        "steps_per_draw": float(tree["sample_stats"]["n_steps"].mean()),
    }
    return diagnosis | {"failures": gate.failures(diagnosis)}


def sampling(tree: xr.DataTree) -> dict[str, np.ndarray]:
    """NUTS's account of each draw, (chains, draws): energy, depth of its tree, did it diverge.

    energy: potential plus kinetic, in nats (Betancourt 2016, arXiv:1604.00695).
    """
    stats = tree["sample_stats"]
    return {name: stats[name].values for name in ("energy", "depth", "diverging")}


def _open_headlines(headlines: np.ndarray, outcome_ids: Sequence[str]) -> xr.Dataset:
    """The variable p_<outcome> (chain, draw) of every outcome that is not settled."""
    return xr.Dataset(
        {
            f"p_{outcome}": xr.DataArray(headlines[:, :, k], dims=("chain", "draw"))
            for k, outcome in enumerate(outcome_ids)
            # a settled outcome has one chance in every draw, of which R-hat is not defined
            if np.ptp(headlines[:, :, k]) > 0
        }
    )


def _parameters(tree: xr.DataTree) -> xr.Dataset:
    """The posterior without the groups that have no parameter in this scenario."""
    posterior = tree["posterior"].to_dataset()
    return posterior[[name for name, values in posterior.data_vars.items() if values.size]]


def _by_outcome(sizes: xr.Dataset) -> dict[str, float]:
    return {name.removeprefix("p_"): float(value) for name, value in sizes.data_vars.items()}


def _worst(values: xr.Dataset) -> float:
    """The highest of all; NaN where one is, as of a parameter that no chain moved."""
    return float(np.max([value.values.max() for value in values.data_vars.values()]))
