"""The scenario's words and days: types, dates, places."""

from model.scenario.dates import deadline_problem, default_deadline, last_day
from model.scenario.fields import HIGHEST, LOWEST
from model.scenario.known import known_by
from model.scenario.months import MONTH_DAYS, YEAR_DAYS
from model.scenario.places import ROOT, SCENARIO_FOLDER, home
from model.scenario.scenario import (
    Clock,
    Driver,
    Effect,
    Influence,
    Link,
    Outcome,
    Scenario,
    did_you_mean,
    load_scenario,
)
from model.scenario.switch import Switch

__all__ = [
    "HIGHEST",
    "LOWEST",
    "MONTH_DAYS",
    "ROOT",
    "SCENARIO_FOLDER",
    "YEAR_DAYS",
    "Clock",
    "Driver",
    "Effect",
    "Influence",
    "Link",
    "Outcome",
    "Scenario",
    "Switch",
    "deadline_problem",
    "default_deadline",
    "did_you_mean",
    "home",
    "known_by",
    "last_day",
    "load_scenario",
]
