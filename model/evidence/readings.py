"""What the coders of an event together say of it: by one reading or by two."""

import pandas as pd

CODERS = ["first_coder", "second_coder"]


def strength(codings: pd.DataFrame) -> pd.Series:
    """(codings,): the mean of the coders' weights, -3..3; the first's where no second has read."""
    return codings[CODERS].mean(axis=1)


def read_once(codings: pd.DataFrame) -> int:
    """How many codings rest on one reading."""
    return int(codings["second_coder"].isna().sum())
