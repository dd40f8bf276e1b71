"""Reports that may be one: told by their address, their day and their words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from model.intake.days import is_day

NEAR_DAYS = 3
ALIKE = 0.5  # share of the words that two reports of one fact have in common
SHORT = 3  # letters; shorter words tell nothing apart
SAME_FACT, SAME_PAGE = "may report the same fact", "share a page, and no more"


@dataclass(frozen=True)
class Match:
    """Two events that may be one report or report one fact. alike: share of words in common."""

    new: str
    old: str
    days: int
    alike: float
    same_page: bool
    same_origin: bool

    @property
    def is_same_report(self) -> bool:
        """One page, one day, and mostly the same words."""
        return self.same_page and self.days == 0 and self.alike >= ALIKE

    def __str__(self) -> str:
        page = "one page" if self.same_page else "two pages"
        evidence = f"{page}, {self.days} days apart, {self.alike:.0%} of words in common"
        what = SAME_FACT if self.alike >= ALIKE or self.days <= NEAR_DAYS else SAME_PAGE
        return f"{self.new} and {self.old} {what}: {evidence}"


def page_of(address: str) -> str:
    """An address as text without what copies differ by: scheme, www, port, amp, last slash."""
    parts = urlsplit(address.strip().lower())
    path = re.sub(r"/amp(?=/|$)", "", parts.path).rstrip("/")
    host = (parts.hostname or "").removeprefix("www.").removeprefix("amp.")
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def words_of(text: str) -> frozenset[str]:
    """The words of a text that tell it from another, in small letters."""
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) > SHORT)


def matches(new: Iterable[dict[str, str]], old: Iterable[dict[str, str]]) -> list[Match]:
    """Every pair of a new event with an earlier one, or another new one, that may be one.

    Rows as cells by column. A pair is told of where it has a page in common, or half of its words
    within three days; those that share an origin already are told of too.
    """
    before, pairs = list(old), []
    for row in new:
        pairs += [match for other in before if (match := _match(row, other))]
        before.append(row)
    return pairs


def _match(row: dict[str, str], other: dict[str, str]) -> Match | None:
    days = _apart(row, other)
    if days is None or row["event"] == other["event"]:
        return None
    mine, theirs = words_of(row["what_happened"]), words_of(other["what_happened"])
    alike = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    same_page = page_of(row["source_url"]) == page_of(other["source_url"])
    if not same_page and not (days <= NEAR_DAYS and alike >= ALIKE):
        return None
    same_origin = row["origin"] == other["origin"]
    return Match(row["event"], other["event"], days, alike, same_page, same_origin)


def _apart(row: dict[str, str], other: dict[str, str]) -> int | None:
    if not (is_day(row["date"]) and is_day(other["date"])):
        return None
    days = date.fromisoformat(row["date"]) - date.fromisoformat(other["date"])
    return abs(days.days)
