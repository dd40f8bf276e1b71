"""Parts: arrays that belong together, each declared with its kind, axes and meaning.

On disk every array has one flat name: the prefix of its part and the name of its field, such as
`case_log_time`. Axes of one name have one length throughout.
"""

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from typing import Any, ClassVar, Self, cast

import numpy as np
from numpy.typing import DTypeLike

AGAIN = "fit the run again with `python -m model refit`"


# `Any`, as the standard library types `field`: what is declared is an array in every instance.
def _array(dtype: DTypeLike, axes: str, meaning: str) -> Any:
    return field(metadata={"dtype": np.dtype(dtype), "axes": axes.split(), "meaning": meaning})


def numbers(axes: str, meaning: str) -> Any:
    """A declared float64 array; `axes`: the names of its axes, divided by spaces."""
    return _array(np.float64, axes, meaning)


def indices(axes: str, meaning: str) -> Any:
    """A declared int64 array of places among things, counted from 0; `axes` as in `numbers`."""
    return _array(np.int64, axes, meaning)


def names(axes: str, meaning: str) -> Any:
    """A declared array of text, of whatever width; `axes` as in `numbers`."""
    return _array(np.str_, axes, meaning)


def days(axes: str, meaning: str) -> Any:
    """A declared array of days, as datetime64; `axes` as in `numbers`."""
    # one unit for all: pandas keeps days in whatever unit they were read in
    return _array("M8[ns]", axes, meaning)


@dataclass(frozen=True, eq=False)
class Part:
    """Arrays that belong together, each declared with its kind, axes and meaning."""

    prefix: ClassVar[str] = ""

    @classmethod
    def arrays(cls) -> Iterator[tuple[str, Field]]:
        """(name on disk, field) of each array of this part itself, not of those within it."""
        start = f"{cls.prefix}_" if cls.prefix else ""
        # a field whose name Python takes for itself, as `class_`, ends in an underscore
        return (
            (start + declared.name.removesuffix("_"), declared)
            for declared in fields(cls)
            if declared.metadata
        )

    @classmethod
    def parts(cls) -> dict[str, type["Part"]]:
        """Field -> type of each part within this one."""
        # a class and never its name: no file of parts postpones its annotations
        return {
            declared.name: cast(type[Part], declared.type)
            for declared in fields(cls)
            if not declared.metadata
        }

    @classmethod
    def declared(cls) -> dict[str, Field]:
        """Name on disk -> field, of all arrays of this part and of those within it."""
        declared = dict(cls.arrays())
        for part in cls.parts().values():
            declared |= part.declared()
        return declared

    def to_arrays(self) -> dict[str, np.ndarray]:
        """All arrays by their names on disk."""
        arrays = {name: getattr(self, declared.name) for name, declared in self.arrays()}
        for part in self.parts():
            arrays |= getattr(self, part).to_arrays()
        return arrays

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray]) -> Self:
        """The part made of arrays by their names on disk.

        Raises ValueError, naming the array, where one is missing, unknown, or of another kind or
        shape than declared.
        """
        _check(cls.declared(), arrays)
        return cls._made_of(arrays)

    @classmethod
    def _made_of(cls, arrays: dict[str, np.ndarray]) -> Self:
        values = {declared.name: arrays[name] for name, declared in cls.arrays()}
        parts = {name: part._made_of(arrays) for name, part in cls.parts().items()}
        return cls(**values, **parts)


def _check(declared: dict[str, Field], arrays: dict[str, np.ndarray]) -> None:
    missing, unknown = declared.keys() - arrays.keys(), arrays.keys() - declared.keys()
    for what, names in (("lack", missing), ("hold the unknown", unknown)):
        if names:
            raise ValueError(f"the observed arrays {what} {', '.join(sorted(names))}; {AGAIN}")
    lengths: dict[str, int] = {}
    for name, array in arrays.items():
        metadata = declared[name].metadata
        _check_kind(name, metadata["dtype"], array.dtype)
        _check_shape(name, metadata["axes"], array.shape, lengths)


def _check_kind(name: str, expected: np.dtype, dtype: np.dtype) -> None:
    # the dtype of a text array holds its longest word's length, which no declaration can know
    same = dtype.kind == "U" if expected.kind == "U" else dtype == expected
    if not same:
        raise ValueError(f"the observed array {name} is {dtype}, expected {expected}; {AGAIN}")


def _check_shape(name: str, axes: list[str], shape: tuple, lengths: dict[str, int]) -> None:
    """`lengths` holds what each axis has been so far, and is added to."""
    fits = len(axes) == len(shape) and all(
        lengths.setdefault(axis, length) == length for axis, length in zip(axes, shape, strict=True)
    )
    if not fits:
        expected = ", ".join(f"{axis} {lengths.get(axis, '')}".strip() for axis in axes)
        raise ValueError(f"the observed array {name} is {shape}, expected ({expected}); {AGAIN}")
