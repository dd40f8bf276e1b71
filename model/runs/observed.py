"""Observed: what a fit is given, as arrays with names, kinds and axes.

The type says what becomes of an array. `Structure` is fixed in the compiled model. Numbers of a
`Table`, and `gate_cap`, are exchangeable: another as-of day swaps its own in. The driver history
and the labels of tables (ids, days) never enter it. Times are years unless a name says otherwise.
"""

from dataclasses import Field, dataclass, replace
from typing import Self

import numpy as np

from model.runs.arrays import Part, days, indices, names, numbers


@dataclass(frozen=True, eq=False)
class Table(Part):
    """A kind of evidence, a row per case, cell, week or month along the first axis."""

    @classmethod
    def columns(cls) -> list[Field]:
        """The numbers, which the likelihood reads; the rest are labels of the rows."""
        return [declared for _, declared in cls.arrays() if declared.metadata["dtype"].kind in "fi"]

    def rows(self, chosen: np.ndarray) -> Self:
        """These rows alone; `chosen`: places, which may repeat, or a mask."""
        names = (declared.name for _, declared in self.arrays())
        return replace(self, **{name: getattr(self, name)[chosen] for name in names})


@dataclass(frozen=True, eq=False)
class Structure(Part):
    """The scenario's arrows, and which class has which parameter; no evidence.

    A place is an index among the scenario's classes or outcomes; a 0/1 matrix is 1 where a row's
    thing is a column's.
    """

    effect_place: np.ndarray = numbers("effects drivers outcomes", "1 where the effect acts")
    outcome_of_deaths: np.ndarray = numbers("outcomes", "1 at what battle deaths speak of")
    link_from: np.ndarray = indices("links", "the outcome that sends the link")
    link_to: np.ndarray = numbers("links outcomes", "1 at the outcome that the link acts on")
    link_by_class: np.ndarray = numbers("links", "1 if a class's hazard gives the link's size")
    link_class: np.ndarray = indices("links", "that class; without one the first, times nought")
    link_base: np.ndarray = indices("links", "the class that acts on the target without the link")
    shape_place: np.ndarray = numbers("shaped classes", "1 at the class that has this shape")
    gate_place: np.ndarray = numbers("staged classes", "1 at the class that has this gate")
    link_place: np.ndarray = numbers("sized links", "1 at the link that has this size of its own")
    centre_driver: np.ndarray = indices("centres", "the driver that counts from this centre")
    centre_outcome: np.ndarray = indices("centres", "the outcome that it acts on from there")
    centre_clock: np.ndarray = numbers("centres clocks", "1 at the clock for which this holds")


@dataclass(frozen=True, eq=False)
class Cases(Table):
    """Reference cases that waited: right-censored, at risk from their entry on."""

    prefix = "case"

    class_: np.ndarray = indices("cases", "the reference class")
    log_time: np.ndarray = numbers("cases", "log of the years from the start to the end")
    log_entry: np.ndarray = numbers("cases", "log of the years waited when the watch began")
    event: np.ndarray = numbers("cases", "1 if it happened at the end, 0 if it was still open")
    traits: np.ndarray = numbers("cases traits", "the case's trait (0 or 1) less the region's")
    id: np.ndarray = names("cases", "id in reference_cases.csv")


@dataclass(frozen=True, eq=False)
class Builds(Table):
    """Reference cases of what had to be built: right-censored, staged after the gate."""

    prefix = "build"

    class_: np.ndarray = indices("builds", "the reference class")
    time: np.ndarray = numbers("builds", "years from the start to the end")
    event: np.ndarray = numbers("builds", "1 if it was built, 0 if it was still open")
    traits: np.ndarray = numbers("builds traits", "the case's trait (0 or 1) less the region's")
    id: np.ndarray = names("builds", "id in reference_cases.csv")


@dataclass(frozen=True, eq=False)
class Cells(Table):
    """Published rates: events over an exposure, in a stretch of the clock."""

    prefix = "cell"

    class_: np.ndarray = indices("cells", "the reference class")
    log_from: np.ndarray = numbers("cells", "log of the years at which the stretch begins")
    log_to: np.ndarray = numbers("cells", "log of the years at which it ends")
    events: np.ndarray = numbers("cells", "how many happened")
    exposure_per_year: np.ndarray = numbers("cells", "exposure in years per year of the stretch")
    traits: np.ndarray = numbers("cells traits", "the cell's trait (0 or 1) less the region's")
    id: np.ndarray = names("cells", "id in reference_rates.csv")


@dataclass(frozen=True, eq=False)
class Weeks(Table):
    """The region's own record: what could have happened in each week, and what did."""

    prefix = "week"

    class_: np.ndarray = indices("weeks outcomes", "the class that acts, by the clock that ran")
    clock: np.ndarray = indices("weeks outcomes", "that clock, among those of all outcomes")
    log_time: np.ndarray = numbers("weeks outcomes", "log of the clock's years in mid-week")
    exposure: np.ndarray = numbers("weeks outcomes", "years in which it could have happened")
    event: np.ndarray = numbers("weeks outcomes", "how often it happened")
    acting: np.ndarray = numbers("weeks links", "chance, 0..1, that the link still acts")
    mean: np.ndarray = numbers("weeks drivers", "raw level the evening before, its mean")
    noise: np.ndarray = numbers("weeks components drivers", "raw level per unit of coder noise")


@dataclass(frozen=True, eq=False)
class Months(Table):
    """Battle deaths by calendar month."""

    prefix = "month"

    deaths: np.ndarray = numbers("months", "deaths as printed")
    deaths_more: np.ndarray = numbers("months", "with half of those that have a year but no month")
    more_chance: np.ndarray = numbers("months", "chance, 0..1, that the month holds that half")
    mean: np.ndarray = numbers("months drivers", "raw level the evening before, its mean")
    noise: np.ndarray = numbers("months components drivers", "raw level per unit of coder noise")
    start: np.ndarray = days("months", "the first day")


@dataclass(frozen=True, eq=False)
class DriverHistory(Part):
    """The drivers a model month apart up to the as-of day: what their futures start from."""

    prefix = "flow"

    mean: np.ndarray = numbers("times drivers", "raw level at the end of the day, its mean")
    noise: np.ndarray = numbers("times components drivers", "raw level per unit of coder noise")
    day: np.ndarray = days("times", "the day; the last is the as-of day")


@dataclass(frozen=True, eq=False)
class Observed(Part):
    """All that a fit and its forecast read of the scenario's arrows and the evidence of a day."""

    structure: Structure
    cases: Cases
    builds: Builds
    cells: Cells
    weeks: Weeks
    months: Months
    history: DriverHistory
    gate_cap: np.ndarray = numbers("classes", "years: the shortest building; 1 if none was built")
    driver_noise_kept: np.ndarray = numbers("drivers", "share, 0..1, of the noise in `noise`")

    @classmethod
    def tables(cls) -> dict[str, type[Table]]:
        """Field -> type of each table, in the order in which they are packed."""
        return {name: part for name, part in cls.parts().items() if issubclass(part, Table)}
