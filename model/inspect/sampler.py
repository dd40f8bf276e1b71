"""The sampler's account: each chain's energy, trees and divergences; a parameter's draws."""

import numpy as np
import pandas as pd

from model.inspect.convergence import parameters
from model.runs import Run

BFMI_FLOOR = 0.3  # below it the chain explores the energy poorly: Betancourt 2016, arXiv:1604.00695


def energies(run: Run) -> pd.DataFrame:
    """One row per draw: chain (from 1), draw (from 1), energy in nats."""
    return _tidy("energy", run.sampling["energy"])


def parameter_draws(run: Run, parameter: str) -> pd.DataFrame:
    """One row per draw of a parameter: chain, draw, value.

    parameter: its name in `model.inspect.convergence`. Raises KeyError for another.
    """
    return _tidy("value", dict(parameters(run))[parameter])


def chain_table(run: Run) -> pd.DataFrame:
    """One row per chain: chain, draws, bfmi, divergences, depth (mean of its trees), deepest.

    bfmi: the Bayesian fraction of missing information, the energy's mean squared step over its
    variance.
    """
    from arviz_stats.base import array_stats

    sampling = run.sampling
    return pd.DataFrame(
        {
            "chain": np.arange(1, len(sampling["energy"]) + 1),
            "draws": sampling["energy"].shape[1],
            "bfmi": array_stats.bfmi(sampling["energy"]),
            "divergences": sampling["diverging"].sum(axis=1),
            "depth": sampling["depth"].mean(axis=1),
            "deepest": sampling["depth"].max(axis=1).astype(int),
        }
    )


def thin_factor(draws: pd.DataFrame) -> int:
    """How many draws of a chain, 1 or more, stand for one independent draw.

    draws: the table of `parameter_draws`. The mean over the chains, each by itself: over all
    chains together the effective sample size is lowest, and a comparison of chains blindest, where
    they disagree.
    """
    from arviz_stats.base import array_stats

    chains = [rows["value"].to_numpy() for _, rows in draws.groupby("chain")]
    return round(np.mean([array_stats.thin_factor(chain[None, :]) for chain in chains]))


def _tidy(name: str, values: np.ndarray) -> pd.DataFrame:
    """values (chains, draws) as one row per draw."""
    chain, draw = np.indices(values.shape) + 1
    return pd.DataFrame({"chain": chain.ravel(), "draw": draw.ravel(), name: values.ravel()})
