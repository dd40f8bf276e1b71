"""Chains that do not agree yet: sampled for longer, and thinned to as many draws as were asked.

A parameter that mixes slowly (the scale of the deaths, which only its product with effects is
known of) can leave R-hat above the gate's limit where every headline agrees. Longer chains settle
it; a run that passes at once is left as it is.
"""

import arviz as az
import xarray as xr

from model.runs import Settings
from model.runs.gate import RHAT_LIMIT
from model.runs.settings import STANDARD

TIMES = 3  # as many draws, of which each third is kept


def is_needed(tree: xr.DataTree, settings: Settings) -> bool:
    """Whether the chains of a run of standard length disagree, by the worst parameter's R-hat.

    tree: posterior (chains, draws, ...). Shorter runs, which are for a look or for tests, and
    single chains are left alone.
    """
    if settings.draws < STANDARD.draws or settings.chains < 2:
        return False
    posterior = tree["posterior"].to_dataset()
    groups = posterior[[name for name, values in posterior.data_vars.items() if values.size]]
    worst = max(float(values.max()) for values in az.rhat(groups).data_vars.values())
    return not worst <= RHAT_LIMIT


def thinned(tree: xr.DataTree, every: int = TIMES) -> xr.DataTree:
    """Every `every`th draw of the groups posterior and sample_stats (chains, draws, ...).

    The last of each stretch stays, and a divergence anywhere in a stretch stays with it, since the
    gate allows none.
    """
    groups = {name: tree[name].to_dataset() for name in ("posterior", "sample_stats")}
    diverging = groups["sample_stats"]["diverging"].values
    chains = diverging.shape[0]
    kept = {name: group.isel(draw=slice(every - 1, None, every)) for name, group in groups.items()}
    met = diverging.reshape(chains, -1, every).any(axis=2)
    kept["sample_stats"] = kept["sample_stats"].assign(diverging=(("chain", "draw"), met))
    return xr.DataTree.from_dict(kept)
