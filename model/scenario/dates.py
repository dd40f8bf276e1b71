"""Until when a forecast is asked, and how far it can reach."""

from datetime import date, timedelta

from model.scenario.months import MONTH_DAYS
from model.scenario.scenario import Scenario


def default_deadline(as_of: date) -> date:
    """The end of the as-of date's year; of the next year if that is less than 30 days away."""
    # Of a question that closes within weeks there is little left to forecast.
    year_end = date(as_of.year, 12, 31)
    return year_end if (year_end - as_of).days >= 30 else date(as_of.year + 1, 12, 31)


def last_day(scenario: Scenario, as_of: date) -> date:
    """The last day that forecasts of this scenario reach, made as of `as_of`: its horizon later."""
    return as_of + timedelta(days=round(scenario.horizon_months * MONTH_DAYS))


def deadline_problem(scenario: Scenario, as_of: date, deadline: date) -> str | None:
    """Why a forecast cannot be made for this deadline, in one line; None where it can."""
    last = last_day(scenario, as_of)
    if as_of < deadline <= last:
        return None
    return (
        f"deadline {deadline} is not within the forecast; choose a day after {as_of} "
        f"and not after {last}"
    )
