"""Parts: arrays that belong together, each declared with its kind, axes and meaning.

On disk every array has one flat name: the prefix of its part and the name of its field, such as
`case_log_time`. Axes of one name have one length throughout.
"""

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from typing import ClassVar, Self

import numpy as np

AGAIN = "fit the run again with `python -m model refit`"


def _array(dtype, axes: str, meaning: str):
    return field(metadata={"dtype": np.dtype(dtype), "axes": axes.split(), "meaning": meaning})


def numbers(axes: str, meaning: str):
    """A declared array of numbers; `axes`: their names, apart by spaces."""
    return _array(np.float64, axes, meaning)


def indices(axes: str, meaning: str):
    """A declared array of places among things, counted from 0."""
    return _array(np.int64, axes, meaning)


def names(axes: str, meaning: str):
    """A declared array of text."""
    return _array(np.str_, axes, meaning)


def days(axes: str, meaning: str):
    """A declared array of days."""
    return _array("M8[ns]", axes, meaning)


@dataclass(frozen=True, eq=False)
class Part:
    """Arrays that belong together, each declared with its kind, axes and meaning."""

    prefix: ClassVar[str] = ""

    @classmethod
    def own(cls) -> Iterator[tuple[str, Field]]:
        """(name on disk, field) of each array of this part itself."""
        start = f"{cls.prefix}_" if cls.prefix else ""
        arrays = (declared for declared in fields(cls) if declared.metadata)
        return ((start + declared.name.removesuffix("_"), declared) for declared in arrays)

    @classmethod
    def parts(cls) -> dict[str, type["Part"]]:
        """Field -> type of each part within this one."""
        return {declared.name: declared.type for declared in fields(cls) if not declared.metadata}

    @classmethod
    def declared(cls) -> dict[str, Field]:
        """Name on disk -> field, of all arrays of this part and of those within it."""
        found = dict(cls.own())
        for part in cls.parts().values():
            found |= part.declared()
        return found

    def to_arrays(self) -> dict[str, np.ndarray]:
        """All arrays by their names on disk."""
        found = {name: getattr(self, declared.name) for name, declared in self.own()}
        for part in self.parts():
            found |= getattr(self, part).to_arrays()
        return found

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
        own = {declared.name: arrays[name] for name, declared in cls.own()}
        parts = {name: part._made_of(arrays) for name, part in cls.parts().items()}
        return cls(**own, **parts)


def _check(declared: dict[str, Field], arrays: dict[str, np.ndarray]) -> None:
    missing, unknown = declared.keys() - arrays.keys(), arrays.keys() - declared.keys()
    for what, names in (("lack", missing), ("hold the unknown", unknown)):
        if names:
            raise ValueError(f"the observed arrays {what} {', '.join(sorted(names))}; {AGAIN}")
    lengths: dict[str, int] = {}
    for name, one in declared.items():
        _check_kind(name, one.metadata["dtype"], arrays[name].dtype)
        _check_shape(name, one.metadata["axes"], arrays[name].shape, lengths)


def _check_kind(name: str, expected: np.dtype, found: np.dtype) -> None:
    same = found.kind == "U" if expected.kind == "U" else found == expected
    if not same:
        raise ValueError(f"the observed array {name} is {found}, expected {expected}; {AGAIN}")


def _check_shape(name: str, axes: list[str], shape: tuple, lengths: dict[str, int]) -> None:
    """`lengths` holds what each axis has been so far, and is added to."""
    fits = len(axes) == len(shape) and all(
        lengths.setdefault(axis, length) == length for axis, length in zip(axes, shape, strict=True)
    )
    if not fits:
        expected = ", ".join(f"{axis} {lengths.get(axis, '')}".strip() for axis in axes)
        raise ValueError(f"the observed array {name} is {shape}, expected ({expected}); {AGAIN}")
