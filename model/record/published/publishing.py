"""Publishing: a run's headline chances become rows of the ledger."""

import getpass
import hashlib
from datetime import UTC, datetime

from model import __version__
from model.assumptions import NOTHING, Assumptions, to_link
from model.forecast import forecast
from model.record.walk.forecasters import deadlines
from model.runs import Run
from model.scenario import Outcome
from model.scenario.plain_text import one_line

LONGEST_NAME = 100


def rule_of(outcome: Outcome) -> str:
    """Twelve hexadecimal digits that stand for what is asked and how it is settled."""
    return hashlib.sha256(f"{outcome.question}\n{outcome.rule}".encode()).hexdigest()[:12]


def forecasts(
    run: Run, author: str, assumptions: Assumptions = NOTHING, now: datetime | None = None
) -> list[dict]:
    """The rows to publish of a run: every outcome still open, by each of `deadlines`.

    author: who publishes. now: UTC, without a zone; the present second by default. Raises
    ValueError for a name that is none, and what `model.forecast.forecast` raises.
    """
    about = {
        "run": run.id,
        "scenario": run.scenario.id,
        "as_of": run.as_of,
        "published": now or present(),
        "author": name_of(author),
        "version": __version__,
        "assumptions": to_link(assumptions),
    }
    rules = {outcome.id: rule_of(outcome) for outcome in run.scenario.outcomes}
    return [
        about | {"term": term, "rule": rules[row["outcome"]]} | _numbers(row)
        for term, deadline in deadlines(run.as_of).items()
        for row in forecast(run, assumptions, deadline).open.to_dict("records")
    ]


def _numbers(row: dict) -> dict:
    chances = {name: float(row[name]) for name in ("probability", "low", "high", "mcse")}
    return {"outcome": row["outcome"], "deadline": row["deadline"]} | chances


def publish(run: Run, author: str, assumptions: Assumptions = NOTHING) -> list[dict]:
    """Append a run's headlines to the ledger; the rows as they stand there, without old ones.

    Raises what `forecasts` raises, and LedgerError where the ledger cannot be written.
    """
    from model.record.ledger import store

    return store.publish(forecasts(run, author, assumptions))


def present() -> datetime:
    """Now in UTC, to the second and without a zone, as the ledger keeps times."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)


def name_of(author: str) -> str:
    """The name as one plain line; raises ValueError for none, and for one that is too long."""
    name = one_line(author)
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"who publishes? expected a name of 1 to {LONGEST_NAME} letters")
    return name


def user() -> str:
    """The name of whoever runs this process as text, "" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
