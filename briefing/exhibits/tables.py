"""Every table by name: those that belong to no chart, and each chart's numbers."""

from dataclasses import dataclass, field

import pandas as pd

from briefing.exhibits import catalogue
from briefing.exhibits.entry import Choices, Entry, chosen, refuse_unknown
from briefing.exhibits.exhibit import Exhibit
from briefing.exhibits.walk import entries as walk_entries
from briefing.material.material import Material
from briefing.words.explain import next_edge
from model.explain.flip_point import flip_points
from model.fit.observations import counted, readings
from model.inspect.convergence import convergence
from model.inspect.driver_coverage import driver_coverage, driver_pits, right_pits
from model.inspect.driver_history import driver_curves
from model.inspect.prior_posterior import prior_posterior
from model.scenario import did_you_mean
from model.scenario.plain_text import quoted

READING = {  # columns of case_codings.csv beside those of the cases
    "trait": "read_for",
    "reason": "why_read_so",
    "note": "what_divides",
    "source": "reading_source",
    "source_url": "reading_url",
}


@dataclass(frozen=True, eq=False)
class Table:
    """Numbers that leave the house without a chart; the fields are those of an `Exhibit`."""

    name: str
    title: str = ""
    numbers: pd.DataFrame = field(default_factory=pd.DataFrame)
    choices: Choices = field(default_factory=dict)


def make(name: str, material: Material, choices: Choices | None = None) -> Table | Exhibit:
    """The table of this name, or the exhibit of the chart of this name.

    choices: texts by name, those that the catalogue or `TABLES` offers of it.
    Raises ValueError, one plain line, for an unknown name or choice, and what computing it raises.
    """
    choices = dict(choices or {})
    if name in catalogue.CATALOGUE:
        return catalogue.make(name, material, choices)
    if name not in TABLES:
        raise ValueError(f"no table is called {quoted(name)}; {did_you_mean(name, [*names()])}")
    entry = TABLES[name]
    refuse_unknown(choices, entry.choices, f"the table {name}")
    rows = entry.make(material, choices).reset_index(drop=True)
    return Table(name, entry.shows, rows, choices)


def names() -> dict[str, str]:
    """Every name that `make` knows, with what it shows as a text."""
    return {name: entry.shows for name, entry in (TABLES | catalogue.CATALOGUE).items()}


def _published(material: Material, choices: Choices) -> pd.DataFrame:
    rows = material.record.of(material.scenario.id).forecasts
    if rows.empty:
        raise ValueError("no forecast has been published yet; `python -m model publish` does")
    times = [time.isoformat() for time in rows["published"]]
    under = rows["assumptions"] != ""
    return rows.assign(published=times, under_assumptions=under).drop(columns="assumptions")


def _outcomes(material: Material, choices: Choices) -> pd.DataFrame:
    return material.answer.outcomes


def _joint(material: Material, choices: Choices) -> pd.DataFrame:
    joint = material.answer.joint
    happened = [" + ".join(ids) or "none" for ids in joint["happened"]]
    return joint.assign(happened=happened)[["happened", "probability", "mcse"]]


def _events(material: Material, choices: Choices) -> pd.DataFrame:
    rows = material.events
    if "driver" in choices:
        titles = {driver.id: driver.title for driver in material.scenario.drivers}
        rows = rows[rows["driver"] == chosen(titles, choices, "driver")]
    return rows.sort_values("date", ascending=False, kind="stable")


def _drivers(material: Material, choices: Choices) -> pd.DataFrame:
    return driver_curves(material.run)


def _driver_coverage(material: Material, choices: Choices) -> pd.DataFrame:
    pits = driver_pits(material.evidence)
    return driver_coverage(pits, right_pits(material.evidence, pits))


def _priors(material: Material, choices: Choices) -> pd.DataFrame:
    return prior_posterior(material.run)


def _claims(material: Material, choices: Choices) -> pd.DataFrame:
    return material.evidence.claims


def _left_out(material: Material, choices: Choices) -> pd.DataFrame:
    arrows = material.scenario.left_out
    return pd.DataFrame(
        {
            "from": [arrow.from_ for arrow in arrows],
            "to": [arrow.to for arrow in arrows],
            "why": [arrow.why for arrow in arrows],
        }
    )


def _cases(material: Material, choices: Choices) -> pd.DataFrame:
    evidence = material.evidence
    rows, yes = evidence.cases, evidence.cases["event"] == 1
    counts = counted(evidence.scenario, rows, readings(evidence))
    rows = rows.drop(columns="event")
    rows = rows.assign(came_about=yes, counts=counts, at_once=rows["at_once"] == 1)
    return rows.merge(evidence.case_codings.rename(columns=READING), how="left", on="case")


def _diagnostics(material: Material, choices: Choices) -> pd.DataFrame:
    return convergence(material.run)


def _moved(material: Material, choices: Choices) -> pd.DataFrame:
    if material.moved is None:
        raise ValueError("the table moved needs an earlier run; name its day with --since")
    return material.moved


def _flip_points(material: Material, choices: Choices) -> pd.DataFrame:
    outcome = chosen(material.titles(), choices, "outcome")
    now = material.answer.row(outcome)["probability"]
    past = _percent(choices.get("past")) or next_edge(float(now))
    changes = flip_points(material.run, material.assumptions, outcome, past, material.deadline)
    # A setting is an object of the model, which no file can hold.
    return changes.drop(columns="setting").assign(level=_levels(changes))


def _levels(changes: pd.DataFrame) -> list[float | None]:
    return [getattr(setting, "level", None) for setting in changes["setting"]]


def _percent(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        share = float(text.rstrip("%")) / 100
    except ValueError:
        share = -1.0  # refused below, in the same words as a number out of range
    if not 0 < share < 1:
        raise ValueError(f"past: {quoted(text)} is no chance; write a percentage such as past=20")
    return share


TABLES = {
    "published": Entry("Every published forecast, with its hash", (), _published),
    "outcomes": Entry("The chance of every outcome", (), _outcomes),
    "joint": Entry("The chance of every set of outcomes", (), _joint),
    "events": Entry("The coded events, one row per event and driver", ("driver",), _events),
    "drivers": Entry("Each driver's level over time", (), _drivers),
    "driver_coverage": Entry(
        "How often what came lay inside the drivers' futures", (), _driver_coverage
    ),
    "priors": Entry(
        "Prior and posterior of every effect, link, influence, base rate and centre", (), _priors
    ),
    "claims": Entry("The article's claims", (), _claims),
    "left_out": Entry("Arrows considered and left out", (), _left_out),
    "cases": Entry(
        "The cases of every reference class, with what two readers judged of them", (), _cases
    ),
    "diagnostics": Entry("How well each parameter was sampled", (), _diagnostics),
    "moved": Entry("What moved since the earlier run", (), _moved),
    "flip_points": Entry("Single changes past a chance", ("outcome", "past"), _flip_points),
    **walk_entries.TABLES,
}
