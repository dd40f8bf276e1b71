"""The track record in words: what was published, what became of it, how far off it was."""

from collections.abc import Mapping

import pandas as pd

from briefing.words import numbers, points
from model.record.published import resolution
from model.record.walk.forecasters import YEAR_END
from model.scenario import Scenario

NOTHING = "No forecast has been published yet, so there is no track record of published forecasts."
CHANCE = "probability"  # its column in the tables
HINDSIGHT = (
    "The priors were written after the events of 2024 and 2025, by people who knew them: forecasts "
    "of past days show that the machine works, and are no proof of foresight."
)


def sentences(table: pd.DataFrame, scenario: Scenario) -> list[str]:
    """The record of published forecasts: counts, the worst miss, then the scores.

    table: of `model.record.published.resolution.resolved`.
    """
    if table.empty:
        return [NOTHING]
    lines = [_counted(resolution.counts(table), len(table))]
    missed = resolution.misses(table)
    if len(missed):
        scores = resolution.score_table(table, [CHANCE])
        lines += [miss(missed.iloc[0], scenario), scored(scores)]
    return lines


def _counted(counts: Mapping[str, int], published: int) -> str:
    forecasts = "forecast has" if published == 1 else "forecasts have"
    by_status = (
        f"{published} {forecasts} been published: "
        f"{counts['resolved']} resolved, {counts['open']} open, {counts['void']} void"
    )
    if not counts["resolved"]:
        return f"{by_status}."
    before = numbers.count(counts["ahead"])
    return f"{by_status}; {before} of the resolved had been published before it was decided."


def miss(row: Mapping, scenario: Scenario) -> str:
    """The worst miss as a sentence; `row` is the first of `resolution.misses`."""
    title = scenario.outcome(row["outcome"]).title
    came = f"it happened on {numbers.long_date(row['decided_on'])}"
    return (
        f"The worst miss: {title} by {numbers.long_date(row['deadline'])}, as of "
        f"{numbers.long_date(row['as_of'])}, was said to be "
        f"{numbers.both_sides(row['probability'], row['mcse'])}; "
        f"{came if row['happened'] else 'it did not happen'}."
    )


def scored(scores: pd.DataFrame) -> str:
    """The scores of all that was decided, as a sentence; `scores`: of `resolution.score_table`."""
    whole = scores.iloc[0]
    many = f"{whole['forecasts']} decided, of which {whole['came']} came about"
    return (
        f"Brier score {whole['brier']:.3f} (0 is best, a coin's 0.25), log score "
        f"{log_score(whole['log_score'])} (0 is best, a coin's 0.69): {many}. Forecasts that wait "
        "for one event are no independent trials."
    )


def log_score(score: float) -> str:
    """`0.412`; `endless` where something came that was called impossible."""
    return "endless" if score == float("inf") else f"{score:.3f}"


def became(row: Mapping) -> str:
    """What became of a forecast, in a few words; `row`: of `resolution.resolved`."""
    if row["status"] == resolution.VOID:
        return f"Void: {row['why']}"
    if row["status"] == resolution.OPEN:
        return "Open"
    if row["happened"]:
        return f"Happened on {numbers.short_date(row['decided_on'])}"
    return "Did not happen"


def forecasts_in_words(table: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Published forecasts for readers, the newest first.

    table: of `resolution.resolved`.
    """
    rows = table.iloc[::-1].to_dict("records")
    return pd.DataFrame(
        {
            "Row": [row["number"] for row in rows],
            "As of": [numbers.short_date(row["as_of"]) for row in rows],
            "Outcome": [title_of(row, scenario) for row in rows],
            "By": [numbers.short_date(row["deadline"]) for row in rows],
            "Probability": [numbers.percent(row["probability"], row["mcse"]) for row in rows],
            "90% interval": [numbers.span(row["low"], row["high"], row["mcse"]) for row in rows],
            "What became of it": [became(row) for row in rows],
            "Published": [numbers.short_date(row["published"]) for row in rows],
            "Who": [row["author"] for row in rows],
            "Assumptions": ["a set" if row["assumptions"] else "none" for row in rows],
            "Run": [row["run"] for row in rows],
        }
    )


def title_of(row: Mapping, scenario: Scenario) -> str:
    """The outcome's title; its id where the scenario does not ask it any more."""
    titles = {outcome.id: outcome.title for outcome in scenario.outcomes}
    return titles.get(row["outcome"], row["outcome"])


def overrides_in_words(table: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Overrides beside what they override, the newest first.

    table: of `resolution.overrides_resolved`. Of the chance of what came, the higher was nearer.
    """
    rows = table.iloc[::-1].to_dict("records")
    return pd.DataFrame(
        {
            "Outcome": [title_of(row, scenario) for row in rows],
            "As of": [numbers.short_date(row["as_of"]) for row in rows],
            "By": [numbers.short_date(row["deadline"]) for row in rows],
            "Published": [numbers.percent(row["before"]) for row in rows],
            "Override": [numbers.percent(row["after"]) for row in rows],
            "Why": [row["reason"] for row in rows],
            "Who": [row["author"] for row in rows],
            "Until": [numbers.short_date(row["expires"]) for row in rows],
            "What became of it": [became(row) for row in rows],
        }
    )


def override_sentence(row: Mapping, title: str) -> str:
    """An override that stands, as a sentence; title: of the outcome."""
    return (
        f"{title} by {numbers.long_date(row['deadline'])}: {row['author']} says "
        f"{numbers.both_sides(row['after'])}, in place of {numbers.percent(row['before'])} as "
        f"published. {numbers.capital(row['reason'].rstrip('.'))}. It stands until "
        f"{numbers.long_date(row['expires'])}."
    )


def scores_in_words(scores: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Scores for readers; `scores`: of `resolution.score_table`."""
    titles = {outcome.id: outcome.title for outcome in scenario.outcomes} | {"all": "All"}
    names = {CHANCE: "Published", "before": "Published", "after": "Override"}
    return pd.DataFrame(
        {
            "Of": [titles.get(of, of) for of in scores["of"]],
            "Whose": [names[chance] for chance in scores["chance"]],
            "Decided": scores["forecasts"],
            "Came about": scores["came"],
            "Brier score": [f"{score:.3f}" for score in scores["brier"]],
            "Log score": [log_score(score) for score in scores["log_score"]],
        }
    )


def history_sentence(rows: pd.DataFrame, title: str, term: str) -> str:
    """What the history shows, as a sentence; `rows`: of `history.history`, at least one."""
    first, last = rows.iloc[0], rows.iloc[-1]
    lowest, highest = rows.loc[rows["probability"].idxmin()], rows.loc[rows["probability"].idxmax()]
    latest = f"{title} {by(term)}: {_on(last)}"
    if len(rows) == 1:
        return f"{latest}."
    return (
        f"{latest}; {_on(first)}. Lowest {_on(lowest)}, highest {_on(highest)}, "
        f"over {len(rows):,} as-of days."
    )


def by(term: str) -> str:
    """`within 6 months`, or by the year's end; term: one of `forecasters.TERMS`."""
    return "by the year's end" if term == YEAR_END else f"within {term}"


def _on(row: Mapping) -> str:
    chance = numbers.percent(row["probability"], row["mcse"])
    return f"{chance} as of {numbers.short_date(row['as_of'])}"


def _known(row: Mapping) -> str:
    """What became known in between and points the same way."""
    if not isinstance(row["what_happened"], str):
        return "no report in between points that way"
    return f"{row['what_happened'].rstrip('.')} ({numbers.short_date(row['date'])})"


def history_in_words(rows: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """A history for readers, in order; `rows`, `moves`: of `model.record.published.history`."""
    table = rows.to_dict("records")
    moved = dict(zip(moves["as_of"], map(_moved, moves.to_dict("records")), strict=True))
    return pd.DataFrame(
        {
            "As of": [numbers.short_date(row["as_of"]) for row in table],
            "By": [numbers.short_date(row["deadline"]) for row in table],
            "Probability": [numbers.percent(row["probability"], row["mcse"]) for row in table],
            "90% interval": [numbers.span(row["low"], row["high"], row["mcse"]) for row in table],
            "From": [numbers.capital(row["source"]) for row in table],
            "Largest moves, and what points that way": [
                moved.get(row["as_of"], "") for row in table
            ],
        }
    )


def _moved(row: Mapping) -> str:
    return f"{points.difference(row['change'])}: {_known(row)}"
