"""Stored tables: read as they were written, in as many digits as they deserve."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from model.held_out import stored_tables
from tests.model import real_evidence

TABLE = pd.DataFrame(
    {
        "class": ["war", "road"],
        "months": [3, 60],
        "skill": [0.123456789, np.nan],
        "refitted": [True, False],
    }
)


def test_what_is_read_is_what_was_written(tmp_path):
    scenario = real_evidence.evidence().scenario
    made = stored_tables.result(scenario, date(2025, 12, 31), {"draws": 4000}, {"brier": TABLE})
    path = tmp_path / "new" / "result.json"
    stored_tables.write(made, path)
    read = stored_tables.read(path)
    assert (read.as_of, read.about, read.version) == (made.as_of, made.about, made.version)
    assert [*read.tables] == ["brier"]
    table = read.tables["brier"]
    assert table[["class", "months", "refitted"]].equals(TABLE[["class", "months", "refitted"]])
    # Six significant digits, and what is no number is none.
    assert table["skill"][0] == 0.123457 and np.isnan(table["skill"][1])


def test_a_file_of_another_form_is_said_in_one_line(tmp_path):
    (tmp_path / "other.json").write_text('{"made": "2026-11-26"}')
    with pytest.raises(ValueError, match=r"^[^\n]*other\.json holds no result[^\n]*held-out`$"):
        stored_tables.read(tmp_path / "other.json")
