"""Packing: the evidence as a few flat tables, one per kind of evidence.

A compiled model takes its data as arrays that can be exchanged, and each costs the compiler more
than a second; five tables of rows and columns cost five seconds where sixty arrays cost a minute.
"""

from dataclasses import replace

import numpy as np

from model.runs.observed import Observed, Table


def pack(observed: Observed) -> dict[str, np.ndarray]:
    """Prefix of a table -> its columns one after the other, flat, float64 (rows * columns,)."""
    return {
        kind.prefix: np.concatenate(
            [getattr(getattr(observed, table), column.name).ravel() for column in kind.columns()]
        ).astype(float)
        for table, kind in observed.tables().items()
    }


def unpack(tables: dict, observed: Observed) -> Observed:
    """`observed` with the columns of its tables out of flat ones, of any array module.

    Their rows may be more or fewer than those of `observed`, which gives their other axes.
    """
    unpacked = {
        table: _columns(tables[kind.prefix], getattr(observed, table))
        for table, kind in observed.tables().items()
    }
    return replace(observed, **unpacked)


def _columns(flat, table: Table) -> Table:
    columns = table.columns()
    shapes = [getattr(table, column.name).shape[1:] for column in columns]
    widths = [int(np.prod(shape)) for shape in shapes]
    rows = flat.shape[0] // sum(widths)  # from the data: it changes with the evidence
    arrays, start = {}, 0
    for column, shape, width in zip(columns, shapes, widths, strict=True):
        array = flat[start * rows : start * rows + width * rows].reshape((rows, *shape))
        is_place = column.metadata["dtype"].kind == "i"  # packed as a float, but indexes others
        arrays[column.name] = array.astype("int64") if is_place else array
        start += width
    return replace(table, **arrays)
