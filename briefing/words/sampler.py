"""How the sampler went, in sentences and tables."""

import pandas as pd

from briefing.words import numbers as words
from model.forecast.monte_carlo import INTERVAL
from model.inspect.sampler import BFMI_FLOOR


def energy_said(energies: pd.DataFrame, chains: pd.DataFrame) -> str:
    """How far energies go and how well each chain explores them, as a sentence."""
    low, high = energies["energy"].quantile(list(INTERVAL)) - energies["energy"].mean()
    well = (chains["bfmi"] >= BFMI_FLOOR).sum()
    return (
        f"Nine energies in ten lie between {words.signed(low)} and {words.signed(high)} nats of "
        f"their mean. In {words.count(well)} of {words.count(len(chains))} chains the change from "
        f"draw to draw is as wide as it should be: BFMI from {chains['bfmi'].min():.2f} to "
        f"{chains['bfmi'].max():.2f}, floor {BFMI_FLOOR:g}."
    )


def chains_in_words(chains: pd.DataFrame) -> pd.DataFrame:
    """Chain, Draws, BFMI, Divergences, Mean and Greatest tree depth."""
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


def ranks_in_words(draws: pd.DataFrame, numbers: pd.DataFrame) -> pd.DataFrame:
    """Chain, Median, 90% of its draws, Farthest from expected, a row a chain."""
    rows = []
    for chain, values in draws.groupby("chain")["value"]:
        low, high = values.quantile(list(INTERVAL))
        line = numbers[numbers["curve"] == f"chain {chain}"]
        rows.append(
            {
                "Chain": chain,
                "Median": f"{values.median():.2f}",
                "90% of its draws": f"{low:.2f} to {high:.2f}",
                "Farthest from expected": f"{100 * line['y'].abs().max():.1f} points",
            }
        )
    return pd.DataFrame(rows)


def ranks_said(parameter: str, numbers: pd.DataFrame, differ: str) -> str:
    """Whether the chains differ; `differ` is the curve of the ranks at which they do."""
    lines = numbers[numbers["curve"].str.startswith("chain ")]
    marked = numbers.loc[numbers["curve"] == differ, "x"].nunique()
    said = f"at {marked} ranks" if marked else "nowhere"
    farthest = 100 * lines["y"].abs().max()
    return (
        f"Ranks of {parameter} by chain: no line is farther than {farthest:.1f} points from what "
        f"is expected; the chains differ {said}."
    )
