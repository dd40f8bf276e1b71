"""An analyst's override: another chance for a published forecast, with a reason and an expiry."""

import math
from collections.abc import Mapping, Sequence
from datetime import date

from model import __version__
from model.record.published.publishing import name_of, present
from model.scenario.plain_text import one_line

LONGEST_REASON = 1000


def override(number: int, after: float, reason: str, author: str, expires: date) -> dict:
    """Append an override of the published row of this number; the record as it stands.

    after: the analyst's chance, 0..1. expires: the last as-of day on which it stands. Raises
    ValueError, one plain line per fault, and LedgerError where the ledger cannot be used.
    """
    from model.record.ledger import store

    published = _published(store.rows("forecasts"), number)
    faults = [*_faults(published, after, reason, expires)]
    if faults:
        raise ValueError("\n".join(faults))
    kept = {name: published[name] for name in ("scenario", "outcome", "deadline")}
    content = {
        "forecast": number,
        "before": published["probability"],
        "after": float(after),
        "reason": one_line(reason),
        "author": name_of(author),
        "made": present(),
        "expires": expires,
        "version": __version__,
    }
    return store.override(kept | content)


def _published(rows: Sequence[Mapping], number: int) -> Mapping:
    if not 1 <= number <= len(rows):
        numbered = f"it holds 1 to {len(rows)}" if rows else "nothing has been published yet"
        raise ValueError(
            f"the ledger has no row {number}: {numbered}; `python -m model ledger` lists them"
        )
    return rows[number - 1]


def _faults(published: Mapping, after: float, reason: str, expires: date):
    if not (math.isfinite(after) and 0 <= after <= 1):
        yield f"{after:g} is no chance: expected a number from 0 to 1"
    if not 0 < len(one_line(reason)) <= LONGEST_REASON:
        yield f"why? expected a reason of 1 to {LONGEST_REASON} letters"
    first, last = published["as_of"], published["deadline"]
    if not first < expires <= last:
        yield f"it cannot expire on {expires}: expected a day after {first} and not after {last}"
