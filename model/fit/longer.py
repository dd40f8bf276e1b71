"""A run that may not be served yet: sampled again, all of it and for longer, or a chain of it.

A parameter that mixes slowly (the scale of the deaths, which only its product with effects is
known of) can leave R-hat above the gate's limit, or meet divergences, where every headline agrees.
Longer chains of smaller steps settle it; a run that passes at once is left as it is. Of a short
run, for a look, a past day or a test, only the chains that met a divergence are sampled again.
"""

import arviz as az
import numpy as np
import xarray as xr

from model.runs import Settings
from model.runs.gate import RHAT_LIMIT
from model.runs.settings import STANDARD

GROUPS = "posterior", "sample_stats"
TIMES = 2  # as many draws, of which each second is kept


def diverged(tree: xr.DataTree) -> bool:
    """Whether any draw met a divergence."""
    return bool(diverging_chains(tree).size)


def diverging_chains(tree: xr.DataTree) -> np.ndarray:
    """Places of the chains of which a draw met a divergence, ascending."""
    return np.flatnonzero(tree["sample_stats"]["diverging"].values.any(axis=1))


def exchanged(tree: xr.DataTree, places: np.ndarray, again: xr.DataTree) -> xr.DataTree:
    """The groups posterior and sample_stats with the chains at `places` those of `again`, in turn.

    Both (chains, draws, ...), of as many draws a chain.
    """
    groups = {}
    for name in GROUPS:
        old, new = tree[name].to_dataset(), again[name].to_dataset()
        groups[name] = old.map(lambda values, new=new: _put(values, places, new[values.name]))
    return xr.DataTree.from_dict(groups)


def _put(values: xr.DataArray, places: np.ndarray, new: xr.DataArray) -> xr.DataArray:
    put = values.copy()
    put[{"chain": places}] = new.transpose(*values.dims).values
    return put


def chains_disagree(tree: xr.DataTree) -> bool:
    """Whether several chains disagree, by the worst parameter's R-hat.

    tree: posterior (chains, draws, ...).
    """
    posterior = tree["posterior"].to_dataset()
    if posterior.sizes["chain"] < 2:
        return False
    groups = posterior[[name for name, values in posterior.data_vars.items() if values.size]]
    worst = max(float(values.max()) for values in az.rhat(groups).data_vars.values())
    return not worst <= RHAT_LIMIT


def is_meant_to_be_served(settings: Settings) -> bool:
    """Whether a run is of standard length; shorter ones are for a look or for tests."""
    return settings.draws >= STANDARD.draws and settings.chains >= STANDARD.chains


def thinned(tree: xr.DataTree, every: int = TIMES) -> xr.DataTree:
    """Every `every`th draw of the groups posterior and sample_stats (chains, draws, ...).

    The last of each stretch stays, and a divergence anywhere in a stretch stays with it, since the
    gate allows none.
    """
    groups = {name: tree[name].to_dataset() for name in GROUPS}
    diverging = groups["sample_stats"]["diverging"].values
    chains = diverging.shape[0]
    kept = {name: group.isel(draw=slice(every - 1, None, every)) for name, group in groups.items()}
    met = diverging.reshape(chains, -1, every).any(axis=2)
    kept["sample_stats"] = kept["sample_stats"].assign(diverging=(("chain", "draw"), met))
    return xr.DataTree.from_dict(kept)
