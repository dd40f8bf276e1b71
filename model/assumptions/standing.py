"""Levels of a set that give way to where a driver stands: `level = 0.9` with `unless = "higher"`.

A set tells a story in which a driver rises to a level, or falls to it. On a day on which it stands
beyond that level already, the level would push it back, against the story. So such a level says on
which side it gives way, and the driver is then kept where it stands. As with days that count from
the as-of day, only files have such levels: a set that is asked has plain ones.
"""

from collections.abc import Iterator, Mapping

from model.assumptions.assumptions import Assumptions, DriverAssumption

FURTHER = {"higher": max, "lower": min}


def settled(assumptions: Assumptions, levels: Mapping[str, float]) -> Assumptions:
    """The set with plain levels as of a day.

    levels: each driver's level on that day, -2..2, by its id; a driver that is missing there
    stands beyond nothing. A level at which one is kept has a decimal, as a slider has.
    """
    drivers = tuple(_settled(driver, levels) for driver in assumptions.drivers)
    return assumptions.model_copy(update={"drivers": drivers})


def unsettled(assumptions: Assumptions) -> Iterator[str]:
    """A line for each driver whose level still depends on where it stands."""
    for driver in assumptions.drivers:
        if driver.unless:
            yield (
                f"driver {driver.id!r} is at {driver.level:g} unless it stands {driver.unless}, "
                "and where it stands is not known here; give the level alone"
            )


def _settled(driver: DriverAssumption, levels: Mapping[str, float]) -> DriverAssumption:
    if driver.unless is None or driver.level is None:
        return driver
    stands = round(levels.get(driver.id, driver.level), 1) + 0.0  # no -0.0
    level = FURTHER[driver.unless](driver.level, stands)
    return driver.model_copy(update={"level": level, "unless": None})
