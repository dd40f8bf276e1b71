"""The exhibits of the Model page: tables of the fit become charts with their words."""

import pandas as pd

from briefing.charts import calibration as calibration_charts
from briefing.charts import fit, sampler, theme
from briefing.charts import sensitivity as sensitivity_charts
from briefing.exhibits.exhibit import Exhibit
from briefing.words.inspect import fit as fit_words
from briefing.words.inspect import reference_class
from briefing.words.inspect import sampler as sampler_words
from briefing.words.inspect import sensitivity as sensitivity_words
from model.inspect.prior_posterior import acting_on
from model.inspect.survival import Survival
from model.scenario import Scenario
from model.scoring.stored import Calibration

KIND_TITLES = {
    "effect": "Effects of drivers",
    "link": "Links between outcomes",
    "influence": "Influences between drivers",
    "base_rate": "Base rates",
    "centre": "Where drivers count from",
}
UNITS = {
    "base_rate": "Rate per year, one year in.",
    "influence": "What a level adds to the other driver's level per month; dotted: 0.",
    "centre": "Level at which an effect is nil, −2 to +2; dotted: 0.",
}
RATIO = "Hazard ratio; dotted: 1 does nothing."


def intervals(table: pd.DataFrame, kind: str) -> Exhibit:
    """Prior and posterior of all rows of one kind, the least narrowed last.

    table: that of `model.inspect.prior_posterior`. kind: one of `KIND_TITLES`.
    """
    rows = table[table["kind"] == kind].sort_values("narrowed", kind="stable", ignore_index=True)
    return Exhibit(
        name="intervals",
        title=f"{KIND_TITLES[kind]}, prior and posterior",
        figure=fit.intervals(rows, kind),
        numbers=rows[["kind", "about", "title", *fit.INTERVAL_ENDS]],
        in_words=fit_words.intervals_in_words(rows),
        alt=fit_words.interval_alt(rows),
        caption=f"{UNITS.get(kind, RATIO)} Thin grey: prior. Thick: posterior, its median at the "
        "right. Both 90% intervals.",
        choices={"kind": kind},
    )


def survival(curves: Survival, stood: float | None, of: str, title: str) -> Exhibit:
    """A reference class: its cases' waiting times, the fit, where the region stands.

    of, title: the class's id and title. stood: years the region has waited, None where no clock of
    it runs on the class.
    """
    return Exhibit(
        name="survival",
        title=f"{title}: share still waiting",
        figure=fit.survival(curves, stood),
        numbers=fit.survival_numbers(curves, stood),
        in_words=reference_class.survival_in_words(curves),
        alt=reference_class.survival_said(title, curves, stood),
        caption="Grey steps: the cases (Kaplan-Meier). Blue: the fit over the same cases, with its "
        "90% interval. Orange dashes: the fit for a case like the region. Dotted: where the region "
        "stands.",
        choices={"class": of},
    )


def arrows(scenario: Scenario, table: pd.DataFrame, outcome: str) -> Exhibit:
    """What acts on what, the arrows of one outcome (an id) in colour.

    table: that of `model.inspect.prior_posterior`.
    """
    rows = table[table["kind"].isin(["effect", "link", "influence"])]
    title = scenario.outcome(outcome).title
    mine = rows[acting_on(rows, outcome)]
    colours = theme.outcome_colours(scenario.outcome_ids)
    return Exhibit(
        name="arrows",
        title=f"What acts on {title}",
        figure=fit.arrows(scenario, rows, colours, outcome),
        numbers=rows[["kind", "about", "title", "median"]].assign(
            coloured=rows.index.isin(mine.index)
        ),
        in_words=fit_words.intervals_in_words(mine),
        alt=fit_words.arrows_alt(mine, title),
        caption="Left: drivers, with influences between them. Right: outcomes, with links between "
        "them. Solid: makes it likelier or higher; dashed: less likely or lower; the thicker, the "
        "stronger. Links that take their size from a class are not drawn.",
        choices={"outcome": outcome},
    )


def sensitivity(table: pd.DataFrame, scenario: Scenario) -> Exhibit:
    """Which headlines rest on the priors and which on the data.

    table: that of `model.inspect.prior_sensitivity`, one row per open outcome.
    """
    colours = theme.outcome_colours(scenario.outcome_ids)
    return Exhibit(
        name="sensitivity",
        title="What moves each headline",
        figure=sensitivity_charts.sensitivity(table, colours),
        numbers=table.assign(threshold=sensitivity_charts.THRESHOLD),
        in_words=sensitivity_words.in_words(table),
        alt=sensitivity_words.alt(table),
        caption=sensitivity_words.CAPTION,
    )


def energy(energies: pd.DataFrame, chains: pd.DataFrame) -> Exhibit:
    """The energies (nats) of all draws.

    energies, chains: those of `model.inspect.sampler`, one row per draw and per chain.
    """
    figure = sampler.energy(energies)
    # arviz-plots smooths the draws: the numbers drawn are read back from its figure.
    return Exhibit(
        name="energy",
        title="Energy",
        figure=figure,
        numbers=sampler.drawn_numbers(figure),
        in_words=sampler_words.chains_in_words(chains),
        alt=sampler_words.energy_said(energies, chains),
        caption="Solid: the energy of all draws, less its mean. Dashed: its change from one draw "
        "to the next. Where the dashed curve is much the narrower, the chains do not reach every "
        "energy (BFMI below 0.3).",
    )


def ranks(draws: pd.DataFrame, parameter: str) -> Exhibit:
    """One parameter's draws, chain beside chain.

    draws: chain, draw, value of `model.inspect.sampler.parameter_draws`, one row per draw.
    """
    figure = sampler.ranks(draws)
    numbers = sampler.drawn_numbers(figure)
    return Exhibit(
        name="ranks",
        title=f"Ranks of {parameter}",
        figure=figure,
        numbers=numbers,
        in_words=sampler_words.ranks_in_words(draws, numbers),
        alt=sampler_words.ranks_said(parameter, numbers, sampler.DIFFER),
        caption="One line per chain: the share of its draws below a rank among all chains' draws, "
        "less the share expected. Crosses would mark where the chains differ, by a test that is "
        "wrong once in a hundred: of so many parameters one may be marked by chance.",
        choices={"parameter": parameter},
    )


def calibration(
    result: Calibration, table: pd.DataFrame, curves: pd.DataFrame, scenario: Scenario
) -> Exhibit:
    """Simulation-based calibration: do the fits know what they do not know?

    table, curves: `verdicts` and `curves` of `model.scoring.calibration`.
    """
    named = curves.assign(
        about=[
            sampler_words.quantity_title(kind, about, scenario)
            for kind, about in zip(curves["kind"], curves["about"], strict=True)
        ],
        kind=curves["kind"].map(sampler_words.QUANTITIES),
    )
    pairs = named[["kind", "about"]].drop_duplicates().itertuples(index=False, name=None)
    return Exhibit(
        name="calibration",
        title="Simulated worlds: is the truth where the fits say?",
        figure=calibration_charts.calibration(
            named, dict(zip(pairs, table["inside"], strict=True))
        ),
        numbers=named,
        in_words=sampler_words.calibration_in_words(table, scenario),
        alt=sampler_words.calibration_said(result, table),
        caption=sampler_words.CALIBRATION_CAPTION,
    )


def driver_pit(tenths: pd.DataFrame) -> Exhibit:
    """Where in the drivers' futures lay what came.

    tenths: that of `model.inspect.driver_coverage.pit_tenths`, with at least one horizon.
    """
    return Exhibit(
        name="driver_pit",
        title="Where in the drivers' futures lay what came?",
        figure=calibration_charts.pits(tenths),
        numbers=tenths,
        in_words=fit_words.pits_in_words(tenths),
        alt=fit_words.pits_said(tenths),
        caption=fit_words.PIT_CAPTION,
    )
