"""How the sampler went, in sentences and tables."""

import pandas as pd

from briefing.words import numbers
from model.forecast.monte_carlo import INTERVAL
from model.inspect.sampler import BFMI_FLOOR


def energy_said(energies: pd.DataFrame, chains: pd.DataFrame) -> str:
    """How far energies (nats) go and how well each chain explores them, as sentences.

    energies, chains: those of `model.inspect.sampler`.
    """
    low, high = energies["energy"].quantile(list(INTERVAL)) - energies["energy"].mean()
    well = (chains["bfmi"] >= BFMI_FLOOR).sum()
    return (
        f"Nine energies in ten lie between {numbers.signed(low)} and {numbers.signed(high)} nats "
        f"of their mean. In {numbers.count(well)} of {numbers.count(len(chains))} chains the "
        "change from draw to draw is as wide as it should be: BFMI from "
        f"{chains['bfmi'].min():.2f} to "
        f"{chains['bfmi'].max():.2f}, floor {BFMI_FLOOR:g}."
    )


def chains_in_words(chains: pd.DataFrame) -> pd.DataFrame:
    """Chain, Draws, BFMI, Divergences, Mean and Greatest tree depth: one row per chain."""
    return pd.DataFrame(
        {
            "Chain": chains["chain"],
            "Draws": chains["draws"],
            "BFMI": [f"{value:.2f}" for value in chains["bfmi"]],
            "Divergences": chains["divergences"],
            "Mean tree depth": [f"{value:.1f}" for value in chains["depth"]],
            "Greatest tree depth": chains["deepest"],
        }
    )


def ranks_in_words(draws: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Chain, Median, 90% of its draws, Farthest from expected (points): one row per chain.

    draws: chain and value of each draw. lines: curve, x, y of what `charts.sampler.ranks` draws.
    """
    rows = []
    for chain, values in draws.groupby("chain")["value"]:
        low, high = values.quantile(list(INTERVAL))
        line = lines[lines["curve"] == f"chain {chain}"]
        rows.append(
            {
                "Chain": chain,
                "Median": f"{values.median():.2f}",
                "90% of its draws": f"{low:.2f} to {high:.2f}",
                "Farthest from expected": f"{100 * line['y'].abs().max():.1f} points",
            }
        )
    return pd.DataFrame(rows)


def ranks_said(parameter: str, lines: pd.DataFrame, differ: str) -> str:
    """Whether the chains differ, as a sentence; `lines` as for `ranks_in_words`.

    differ: the curve of the ranks at which the chains differ.
    """
    chains = lines[lines["curve"].str.startswith("chain ")]
    # A rank at which several chains differ has a cross on the line of each.
    marked = lines.loc[lines["curve"] == differ, "x"].nunique()
    where = f"at {marked} ranks" if marked else "nowhere"
    farthest = 100 * chains["y"].abs().max()
    return (
        f"Ranks of {parameter} by chain: no line is farther than {farthest:.1f} points from what "
        f"is expected; the chains differ {where}."
    )
