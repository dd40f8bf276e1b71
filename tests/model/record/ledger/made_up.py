"""Made-up rows of the ledger, and a process that appends some of them."""

import sys
from datetime import date, datetime


def forecast(run: str = "aaaaaaaaaaaa", outcome: str = "peace_treaty", **other) -> dict:
    """A row to publish."""
    return {
        "run": run,
        "scenario": "south_caucasus",
        "as_of": date(2023, 9, 21),
        "outcome": outcome,
        "rule": "0123456789ab",
        "term": "12 months",
        "deadline": date(2024, 9, 21),
        "probability": 0.1234567890123456,
        "low": 0.01,
        "high": 0.3,
        "mcse": 0.002,
        "published": datetime.fromisoformat("2026-11-26T21:05:03"),
        "author": "Ani Õun",
        "version": "0.7.0",
        "assumptions": "",
    } | other


def override(forecast: int = 1, **other) -> dict:
    """An override of a published row."""
    return {
        "forecast": forecast,
        "scenario": "south_caucasus",
        "outcome": "peace_treaty",
        "deadline": date(2024, 9, 21),
        "before": 0.1234567890123456,
        "after": 0.25,
        "reason": "Talks in Almaty",
        "author": "Ani Õun",
        "made": datetime.fromisoformat("2026-11-26T21:06:00"),
        "expires": date(2024, 1, 1),
        "version": "0.7.0",
    } | other


if __name__ == "__main__":
    from model.record.ledger import store

    name, count = sys.argv[1], int(sys.argv[2])
    print("ready", flush=True)
    sys.stdin.readline()  # so that several begin together
    for place in range(count):
        store.publish([forecast(f"{name}{place:04}")])
