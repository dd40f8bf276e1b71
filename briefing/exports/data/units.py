"""The unit of every column that a file may carry: one place for all of them."""

from typing import NamedTuple

import pandas as pd

from briefing.material.provenance import Tier


class Unit(NamedTuple):
    """A column's unit: `short` for a heading, `words` for everything else.

    names_source: the column says where a fact was read. is_prose: it says in words what was
    supposed, reported or judged; numbers-only files leave both out.
    """

    short: str
    words: str
    names_source: bool = False
    is_prose: bool = False


NAME = Unit("", "name")
PROSE = Unit("", "text", is_prose=True)
SOURCE = Unit("", "name of a source", names_source=True)
ADDRESS = Unit("", "address of a page", names_source=True)
DATE = Unit("YYYY-MM-DD", "date, YYYY-MM-DD")
CHANCE = Unit("0–1", "probability, 0 to 1")
CHANGE = Unit("−1 to +1", "difference of two probabilities, −1 to +1")
YES = Unit("true or false", "true or false")
LEVEL = Unit("−2 to +2", "level of a driver, −2 to +2")
STRENGTH = Unit("−3 to +3", "strength of a coding, −3 to +3, mean of its coders")
YEARS = Unit("years", "years")
COUNT = Unit("count", "a count")
TIMES = Unit("times", "how many times as likely as published; 1 is the same")
RATIO = Unit("hazard ratio or yearly rate", "hazard ratio, or rate a year for a base rate")
SIZE = Unit(
    "hazard ratio, yearly rate or level",
    "hazard ratio; rate a year for a base rate; level of a driver, −2 to +2, for a centre; points "
    "a month for an influence",
)
READING = Unit("0 or 1", "one reader's judgement of a trait, 0 or 1")
SHARE = Unit("0–1", "share, 0 to 1")
SENSITIVITY = Unit("0 or more", "power-scaling sensitivity: distance by log2 of the power")
SCORE = Unit("0 is best", "a mean score, or a part of one; 0 is best")
BRIER = Unit("0 is best", "Brier score, mean squared distance of chances from what came")
CRPS = Unit("0 is best", "continuous ranked probability score, in levels of a driver, −2 to +2")
COMPARED = Unit("share, times or deaths", "a share, how often it happened, or deaths a month")
PLACE = Unit("place", "place in the chart, counted from 0")

UNITS = {
    **dict.fromkeys("outcome title name given driver driver_title kind about id".split(), NAME),
    **dict.fromkeys("event parameter class case origin claim forecast happened".split(), NAME),
    **dict.fromkeys("reliability quality traits contested verb basis claims sign".split(), NAME),
    **dict.fromkeys("from to actor arrow country set part".split(), NAME),
    **dict.fromkeys("what_happened reason says comparable why".split(), PROSE),
    **dict.fromkeys("said_before said_after setting".split(), PROSE),
    "source": SOURCE,
    "source_url": ADDRESS,
    **dict.fromkeys("date deadline day settled_on known_on start end".split(), DATE),
    **dict.fromkeys("probability low high published own then at_low at_high".split(), CHANCE),
    **dict.fromkeys("as_it_stands before waited after now swing expected chance".split(), CHANCE),
    "survival": CHANCE,
    **dict.fromkeys("mcse published_mcse own_mcse change_mcse news_mcse".split(), CHANCE),
    **dict.fromkeys("change time_passing news".split(), CHANGE),
    "share": SHARE,
    **dict.fromkeys("at_deadline later past lead".split(), YES),
    **dict.fromkeys("level low_level high_level".split(), LEVEL),
    "strength": STRENGTH,
    **dict.fromkeys("years entry_years".split(), YEARS),
    **dict.fromkeys("dot column row across".split(), PLACE),
    "times": TIMES,
    "one_in": Unit("one in …", "one in how many worlds that the model expects goes as far"),
    "x": Unit("hazard ratio or yearly rate", "hazard ratio, or rate a year for a base rate"),
    "density": Unit("per unit of log", "density over the natural logarithm"),
    **dict.fromkeys("prior_low prior_high median".split(), SIZE),
    "narrowed": Unit("posterior/prior", "posterior over prior standard deviation"),
    "shifted": Unit("prior sd", "shift of the centre, in standard deviations of the prior"),
    "rhat": Unit("1 is best", "rank-normalised split R-hat"),
    **dict.fromkeys("ess_bulk ess_tail".split(), Unit("draws", "effective sample size, draws")),
    "khat": Unit("under 0.7 is fine", "Pareto k-hat of the reweighted draws"),
    "effective_draws": Unit("draws", "effective number of draws"),
    "pull": CHANGE,
    "coloured": YES,
    **dict.fromkeys("curve diagnosis".split(), NAME),
    **dict.fromkeys("prior prior_noise likelihood likelihood_noise".split(), SENSITIVITY),
    "threshold": SENSITIVITY,
    "months": Unit("months", "months ahead of the as-of day"),
    "days": Unit("count", "as-of days behind the share"),
    **dict.fromkeys("inside by_chance_low by_chance_high".split(), SHARE),
    "came_about": YES,
    "counts": Unit("0–1", "by how much the ending counts as the event, 0 to 1"),
    "read_for": NAME,
    **dict.fromkeys("first_reader second_reader".split(), READING),
    **dict.fromkeys("why_read_so what_divides".split(), PROSE),
    "reading_source": SOURCE,
    "reading_url": ADDRESS,
    "at_once": YES,
    **dict.fromkeys("run scenario term author version rule hash previous".split(), NAME),
    **dict.fromkeys("as_of reported_on".split(), DATE),
    "number": COUNT,
    "under_assumptions": YES,
    **dict.fromkeys("baseline forecaster score resolution failures block".split(), NAME),
    "resolved_on": DATE,
    **dict.fromkeys(
        "class_rate own_record drivers_off last_value crowd plain said".split(), CHANCE
    ),
    **dict.fromkeys("forecasts blocks came refused met failed divergences alike".split(), COUNT),
    **dict.fromkeys("base brier brier_plain log_score uncertainty miss".split(), SCORE),
    **dict.fromkeys("better better_low better_high".split(), SCORE),
    **dict.fromkeys(
        "skill skill_low skill_high".split(),
        Unit("1 is perfect", "1 less a score over another's; 0 is no better"),
    ),
    "discrimination": Unit("0.5 is a coin's", "area under the ROC curve"),
    "needed": Unit("count", "events that would tell the two apart"),
    **dict.fromkeys("seconds cpu_seconds".split(), Unit("seconds", "seconds")),
    "check": NAME,
    **dict.fromkeys("cases dyads".split(), COUNT),
    **dict.fromkeys("seen middle".split(), COMPARED),
    "position": Unit("0–1", "share of simulated worlds with less, half of equal ones counted"),
}
# What a name means in these tables only: `low` is a level of a driver, not a probability.
OF_TABLE = {
    **{(table, end): LEVEL for table in ("drivers", "driver_curve") for end in ("low", "high")},
    **{(table, end): SIZE for table in ("priors", "intervals") for end in ("low", "high")},
    ("energy", "x"): Unit("nats", "energy, or its change from one draw to the next, nats"),
    ("energy", "y"): Unit("per nat", "density over energy"),
    ("ranks", "x"): SHARE,
    ("ranks", "y"): Unit("−1 to +1", "share of draws up to a rank, less the share expected"),
    ("diagnostics", "mcse"): Unit("log or as is", "the parameter's own unit; a log for rates"),
    **dict.fromkeys(
        (("calibration", column) for column in ("gap", "low", "high")),
        Unit("−1 to +1", "share of worlds up to a rank, less the share expected"),
    ),
    ("driver_pit", "low"): Unit("0–1", "lower end of a tenth of the futures, 0 to 1"),
    ("class_reliability", "came"): CHANCE,
    ("class_skill", "own"): BRIER,
    ("class_skill", "base"): BRIER,
    ("driver_skill", "own"): CRPS,
    ("driver_skill", "base"): CRPS,
    **dict.fromkeys((("predictive_checks", end) for end in ("low", "high")), COMPARED),
    ("predictive_checks", "inside"): YES,
    **dict.fromkeys(
        (("class_evenness", f"gap{end}") for end in ("", "_low", "_high")),
        Unit("−1 to +1", "share of events below a chance, less that chance"),
    ),
    ("comparison", "given"): YES,
    ("gap", "share"): CHANGE,
    ("build_up", "share"): CHANGE,
    ("why_moved", "share"): CHANGE,
    ("why_moved", "title"): PROSE,  # an event is called by its words
    ("claims", "kind"): NAME,
    ("published", "published"): Unit("UTC", "time, UTC"),
    **dict.fromkeys(((table, "own") for table in ("walk_skills", "walk_sets", "skill")), SCORE),
    **dict.fromkeys((("walk_scores", part) for part in ("reliability", "resolution")), SCORE),
    **dict.fromkeys((("walk_transfer", name) for name in ("expected", "low", "high")), COUNT),
}


def unit(table: str, column: str) -> Unit:
    """The unit of a column of the chart or table of this name; raises KeyError for an unknown."""
    known = OF_TABLE.get((table, column)) or UNITS.get(column)
    if known is None:
        raise KeyError(f"briefing/exports/data/units.py has no unit for {column!r} of {table!r}")
    return known


def heading(table: str, column: str) -> str:
    """The column's name with its unit: `probability [0–1]`; names and texts stand alone."""
    short = unit(table, column).short
    return f"{column} [{short}]" if short else column


def allowed(table: str, rows: pd.DataFrame, tier: Tier) -> pd.DataFrame:
    """The rows of a chart or table with only the columns that this tier lets leave the house.

    Raises KeyError for a column without a unit.
    """
    return rows[[column for column in rows.columns if _leaves(unit(table, column), tier)]]


def _leaves(unit: Unit, tier: Tier) -> bool:
    if tier is Tier.full:
        return True
    return not (unit.names_source or (unit.is_prose and tier is Tier.numbers))
