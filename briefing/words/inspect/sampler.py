"""How the sampler went, and how it went in simulated worlds, in sentences and tables."""

import pandas as pd

from briefing.words import numbers
from model.forecast.monte_carlo import INTERVAL
from model.inspect.sampler import BFMI_FLOOR
from model.scenario import Scenario
from model.scoring.stored import Calibration
from model.scoring.uniformity import BAND

QUANTITIES = {
    "effect": "Effect",
    "base_rate": "Base rate",
    "hazard": "Hazard",
    "log_likelihood": "Log likelihood",
}
CALIBRATION_CAPTION = (
    "One line per quantity: the share of simulated worlds in which the truth lies below a rank "
    "among the draws, less the share expected. Shaded: the band that such a line leaves once in "
    "twenty times although all is right. Bold: the lines that leave it. Hazards are of the last "
    "week before the as-of day."
)
NOT_CALIBRATED = "No fits to simulated worlds are stored for this scenario; `make sbc` makes them."


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


def calibration_said(result: Calibration, table: pd.DataFrame) -> str:
    """How many quantities stay in the band, and how often intervals held the truth, as sentences.

    table: that of `model.scoring.calibration.verdicts`.
    """
    inside, asked = int(table["inside"].sum()), len(table)
    by_chance = (1 - BAND) * asked
    return (
        f"{numbers.capital(numbers.count(result.fits))} worlds were drawn from the priors, their "
        f"evidence simulated and fitted like the real one: {inside} of {asked} quantities lie "
        f"within the band, {asked - inside} outside, where chance alone would put about "
        f"{by_chance:.0f}. Their 90% intervals held the truth in "
        f"{numbers.percent(table['held'].mean())} of all cases. Fits with divergences: "
        f"{result.divergent}."
    )


def calibration_run_said(result: Calibration, present: str) -> str:
    """When it was run and with which version of the model; `present`: that of the run shown."""
    made, as_of = numbers.long_date(result.made), numbers.long_date(result.as_of)
    ran = f"Run on {made}, with the design of {as_of},"
    if result.version == present:
        return f"{ran} with the version of the model that is shown here ({present})."
    return (
        f"{ran} with version {result.version} of the model. **That is older than what is shown "
        f"here** ({present}): code, priors or the scenario have changed since; `make sbc` runs it "
        "again."
    )


def calibration_in_words(table: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """What, Of, p value, Band, 90% intervals that held the truth: the smallest p value first.

    table: that of `model.scoring.calibration.verdicts`.
    """
    rows = table.sort_values("p_value", kind="stable", ignore_index=True)
    return pd.DataFrame(
        {
            "What": rows["kind"].map(QUANTITIES),
            "Of": [
                quantity_title(kind, about, scenario)
                for kind, about in rows[["kind", "about"]].values
            ],
            "p value": [f"{p:.3f}" if p >= 0.001 else "under 0.001" for p in rows["p_value"]],
            "Band": rows["inside"].map({True: "inside", False: "outside"}),
            "90% intervals that held the truth": [f"{100 * held:.0f}%" for held in rows["held"]],
        }
    )


def quantity_title(kind: str, about: str, scenario: Scenario) -> str:
    """What a quantity is of, in words; its name where the scenario no longer has it."""
    named = {node.id: node.title for node in (*scenario.outcomes, *scenario.drivers)}
    named |= {of.id: of.title for of in scenario.classes} if kind == "base_rate" else {}
    return " → ".join(named.get(end, end) for end in about.split(" -> "))
