"""A track record with made-up chances: three days published, three walked, every outcome."""

from datetime import date

import pandas as pd

from model.record.published.publishing import rule_of
from model.record.published.stored import WALKED_COLUMNS, Stored, table
from model.record.walk.forecasters import TERMS, deadlines
from model.scenario import SCENARIO_FOLDER, load_scenario
from tests.model.record.ledger.made_up import forecast, override

SCENARIO = load_scenario(SCENARIO_FOLDER)
WALKED = {date(2022, 3, 1): 0.10, date(2022, 9, 1): 0.16, date(2023, 3, 1): 0.12}
PUBLISHED = {date(2023, 7, 1): 0.11, date(2023, 8, 1): 0.18, date(2023, 9, 1): 0.17}


def record() -> Stored:
    """The same chance of every outcome by every term, 0.10 … 0.18, with errors of 0.004."""
    rows = [
        forecast(f"run{day:%Y%m%d}", outcome.id, rule=rule_of(outcome), as_of=day, **asked)
        for day, chance in PUBLISHED.items()
        for outcome in SCENARIO.outcomes
        for asked in _asked(day, chance)
    ]
    chained = [
        row | {"number": number, "previous": "0" * 64, "hash": f"{number:064x}"}
        for number, row in enumerate(rows, start=1)
    ]
    said = override(1, as_of=date(2023, 7, 1)) | {
        "number": 1,
        "previous": "0" * 64,
        "hash": "1" * 64,
    }
    walked = [
        {"outcome": outcome.id, "as_of": day, **asked}
        for day, chance in WALKED.items()
        for outcome in SCENARIO.outcomes
        for asked in _asked(day, chance)
    ]
    overrides = table("overrides", [said])
    return Stored(
        table("forecasts", chained), overrides, pd.DataFrame(walked, columns=WALKED_COLUMNS)
    )


def _asked(day: date, chance: float) -> list[dict]:
    numbers = {"probability": chance, "low": chance / 2, "high": chance + 0.2, "mcse": 0.004}
    by = deadlines(day)
    return [{"term": name, "deadline": by[name]} | numbers for name in TERMS]
