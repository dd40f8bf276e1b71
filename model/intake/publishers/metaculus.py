"""Metaculus: a question's JSON, or the CSV of its data download, to a crowd's daily chances.

The community's recency-weighted chance counts; of a day the last that was given.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from model.intake.days import read_days
from model.intake.mapping import Mapping
from model.intake.proposal import Proposal, Proposed, in_all, refuse
from model.intake.sheets import Sheet, Unreadable
from model.scenario import strict_json

METHOD = "recency_weighted"
PAGE = "https://www.metaculus.com/questions/"
RESOLVED = {"yes": "1", "no": "0", "1.0": "1", "0.0": "0"}
# What reading raises where something else stands than the site writes.
UNLIKE_IT = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
)
Given = Iterable[tuple[datetime, float]]  # when, chance 0..1


def propose_json(path: Path, mapping: Mapping) -> Proposal:
    """Chances in a question as the site's API gives it; raises Unreadable for another file."""
    name = Path(path).name
    try:
        content = strict_json.loads(Path(path).read_text(encoding="utf-8-sig"))
        question = content.get("question") or content
        history = list(_history(content, question))
        asked = _Question(
            str(content["id"]),
            str(content["title"]),
            _closes(question),
            str(question.get("resolution")),
        )
    except UNLIKE_IT:
        message = "is no question of Metaculus with its history"
        remedy = "save https://www.metaculus.com/api/posts/ID/ as it comes"
        raise Unreadable(f"{name} {message}; {remedy}") from None
    return _proposal(name, asked, history, mapping)


class _Question:
    """A question: its number in the address, its title, the day it closes, its answer."""

    def __init__(self, id: str, title: str, closes: str, resolution: str):
        self.id, self.title, self.closes = id, title, closes
        self.resolved = RESOLVED.get(resolution.lower(), "")


def _closes(question: dict) -> str:
    when = question.get("actual_close_time") or question.get("scheduled_close_time")
    return str(when or question["close_time"])[: len("2023-12-31")]


def _history(content: dict, question: dict) -> Given:
    aggregations = question.get("aggregations")
    if aggregations is None:  # the site's API before 2024
        for given in content["prediction_timeseries"]:
            yield _moment(given["t"]), float(given["community_prediction"])
        return
    for given in aggregations[METHOD]["history"]:
        # of a binary question the two chances are those of no and of yes
        values = given.get("forecast_values") or given["centers"]
        yield _moment(given["start_time"]), float(values[-1])


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=float(seconds))


def _proposal(file: str, asked: _Question, history: Given, mapping: Mapping) -> Proposal:
    titles: dict[str, str] = dict(mapping.rules.get("questions", {}))
    last = {moment.date().isoformat(): chance for moment, chance in sorted(history)}
    rows = [
        Proposed("crowd", _cells(day, chance, asked, titles), file, 1)
        for day, chance in last.items()
    ]
    line = f"{file}: question {asked.id}: the last {METHOD} chance of {in_all(last, 'day')}"
    return Proposal(rows=rows, decided=[line])


def _cells(day: str, chance: float, asked: _Question, titles: dict[str, str]) -> dict[str, str]:
    return {
        "date": day,
        "question": titles.get(asked.id, asked.title),
        "probability": f"{chance:.3f}".rstrip("0").rstrip("."),
        "platform": "Metaculus",
        "closes": asked.closes,
        "resolved": asked.resolved,
        "source_url": f"{PAGE}{asked.id}/",
    }


def propose_csv(history: Sheet, questions: Sheet | None, mapping: Mapping) -> Proposal:
    """Chances in `forecast_data.csv`, titles and days of closing from `question_data.csv`.

    Raises Unreadable where the second is not given.
    """
    if questions is None:
        raise Unreadable(f"{history.file} has no titles; name question_data.csv beside it")
    proposal = Proposal()
    closing = [
        row.cells["actual_close_time"] or row.cells["scheduled_close_time"]
        for row in questions.rows
    ]
    closes = read_days(closing, f"{questions.file}, actual_close_time", mapping.day_first)
    for row, closed in zip(questions.rows, closes, strict=True):
        cells = row.cells
        asked = _Question(
            cells["post_id"],
            cells["question_title"],
            closed,
            cells["resolution"],
        )
        given = list(_given(history, cells["question_id"], proposal))
        proposal.add(_proposal(history.file, asked, given, mapping))
    return proposal


def _given(history: Sheet, question: str, proposal: Proposal) -> Given:
    for row in history.rows:
        cells = row.cells
        if cells["question_id"] != question or cells["forecaster_username"] != METHOD:
            continue
        try:
            yield datetime.fromisoformat(cells["start_time"]), float(cells["probability_yes"])
        except ValueError:
            reason = "its time or its chance cannot be read; only questions of yes or no are"
            proposal.refused.append(refuse(history, row, f"question {question}", reason))
