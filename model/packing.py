"""Packing: the observations as a few tables, one a kind of evidence.

A compiled model takes its data as arrays that can be exchanged, and each costs the compiler more
than a second; five tables of rows and columns cost five seconds where sixty arrays cost a minute.
"""

import numpy as np

TABLES = {
    "case": ("case_class", "case_log_time", "case_log_entry", "case_event", "case_traits"),
    "build": ("build_class", "build_time", "build_event", "build_traits"),
    "cell": (
        "cell_class",
        "cell_log_from",
        "cell_log_to",
        "cell_events",
        "cell_exposure_per_year",
        "cell_traits",
    ),
    "week": (
        "week_class",
        "week_log_time",
        "week_exposure",
        "week_event",
        "week_acting",
        "week_mean",
        "week_noise",
    ),
    "month": (
        "month_deaths",
        "month_deaths_more",
        "month_more_chance",
        "month_mean",
        "month_noise",
    ),
}
WHOLE_NUMBERS = ("case_class", "build_class", "cell_class", "week_class")


def pack(observed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Table name -> its arrays one after the other, flat, as float64."""
    return {
        table: np.concatenate([observed[name].ravel() for name in names]).astype(float)
        for table, names in TABLES.items()
    }


def unpack(tables: dict, like: dict[str, np.ndarray]) -> dict:
    """The arrays by name again, from flat tables of any array module, with axes like `like`."""
    arrays = {}
    for table, names in TABLES.items():
        widths = [int(np.prod(like[name].shape[1:])) for name in names]
        rows = tables[table].shape[0] // sum(widths)
        for at, name in enumerate(names):
            start = sum(widths[:at]) * rows
            flat = tables[table][start : start + widths[at] * rows]
            arrays[name] = flat.reshape((rows, *like[name].shape[1:]))
    return {
        name: array.astype("int64") if name in WHOLE_NUMBERS else array
        for name, array in arrays.items()
    }
