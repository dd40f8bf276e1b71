"""Rows: LANES draws side by side, each row one vector of the processor.

An array of rows is float64 (rows, LANES), C-contiguous. numba has no type for a vector, so this
gives it one, and the few things that the kernels do with rows: each is an instruction or two.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, register_model
from numba.np.arrayobj import make_array

LANES = 16  # draws; two registers of eight doubles, where a machine has such

# Any, since a checker would have each caller hand over numba's context too.
_instruction: Callable[[Callable], Any] = intrinsic
_VECTOR = ir.VectorType(ir.DoubleType(), LANES)
_INDEX = ir.IntType(32)
# A product may be added in the same instruction, with one rounding less.
_FUSED = ("contract",)


class _Row(types.Type):
    """The type of a row."""

    def __init__(self):
        super().__init__(name=f"Row{LANES}")


ROW = _Row()


@register_model(_Row)
class _RowModel(models.PrimitiveModel):
    """A row is kept as one vector."""

    def __init__(self, dmm, fe_type):
        super().__init__(dmm, fe_type, _VECTOR)


def _place(context, builder, kind, array, row):
    """Return the address of a row of an array."""
    data = make_array(kind)(context, builder, array).data
    first = builder.mul(row, ir.Constant(row.type, LANES))
    return builder.bitcast(builder.gep(data, [first]), _VECTOR.as_pointer())


@_instruction
def load(_context, rows, row):
    """Return row number `row` of rows, (LANES,)."""

    def code(context, builder, signature, arguments):
        place = _place(context, builder, signature.args[0], *arguments)
        return builder.load(place, align=8, typ=_VECTOR)

    return ROW(rows, types.intp), code


@_instruction
def store(_context, rows, row, value):
    """Put `value` (LANES,) into row number `row` of rows."""

    def code(context, builder, signature, arguments):
        *place, value = arguments
        builder.store(value, _place(context, builder, signature.args[0], *place), align=8)
        return context.get_dummy_value()

    return types.void(rows, types.intp, ROW), code


@_instruction
def same(_context, number):
    """Return the row (LANES,) that has `number` in every lane."""

    def code(_, builder, signature, arguments):
        start = builder.insert_element(ir.Constant(_VECTOR, ir.Undefined), arguments[0], _INDEX(0))
        mask = ir.Constant(ir.VectorType(_INDEX, LANES), [0] * LANES)
        return builder.shuffle_vector(start, start, mask)

    return ROW(types.float64), code


@_instruction
def plus_product(_context, x, y, z):
    """Return x + y z of rows (LANES,), lane by lane."""

    def code(_, builder, signature, arguments):
        x, y, z = arguments
        return builder.fadd(x, builder.fmul(y, z, flags=_FUSED), flags=_FUSED)

    return ROW(ROW, ROW, ROW), code


def _lanewise(operation):
    @_instruction
    def combined(_context, x, y):
        def code(_, builder, signature, arguments):
            return operation(builder, *arguments)

        return ROW(ROW, ROW), code

    return combined


def _chosen(sign):
    def operation(builder, x, y):
        return builder.select(builder.fcmp_ordered(sign, x, y), x, y)

    return operation


_greater = _chosen(">")


@_instruction
def highest(_context, row):
    """Return the highest number of a row (LANES,)."""

    def code(_, builder, signature, arguments):
        (row,) = arguments
        number, *others = (builder.extract_element(row, _INDEX(i)) for i in range(LANES))
        for other in others:
            number = _greater(builder, number, other)
        return number

    return types.float64(ROW), code


plus = _lanewise(lambda builder, x, y: builder.fadd(x, y, flags=_FUSED))
times = _lanewise(lambda builder, x, y: builder.fmul(x, y, flags=_FUSED))
minus = _lanewise(lambda builder, x, y: builder.fsub(x, y, flags=_FUSED))
less = _lanewise(_chosen("<"))
greater = _lanewise(_greater)
