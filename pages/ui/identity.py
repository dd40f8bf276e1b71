"""Whether two forecasts are the same, bit for bit."""

import pandas as pd

TABLES = ("outcomes", "joint", "curves")


def same_bits(one, other) -> bool:
    """Every table of the two forecasts holds the same rows, its numbers the same bytes."""
    return all(_same_table(getattr(one, name), getattr(other, name)) for name in TABLES)


def _same_table(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    if list(one.columns) != list(other.columns) or len(one) != len(other):
        return False
    return all(_same_column(one[name], other[name]) for name in one.columns)


def _same_column(one: pd.Series, other: pd.Series) -> bool:
    if pd.api.types.is_numeric_dtype(one):
        return one.to_numpy().tobytes() == other.to_numpy().tobytes()
    return one.equals(other)
