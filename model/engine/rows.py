"""Rows: LANES draws side by side, each row one vector of the processor.

An array of rows is float64 or float32 (rows, LANES), C-contiguous. numba has no type for a vector,
so this gives it one for each, and the few things that the kernels do with rows: each is an
instruction or two.

exp stands here too, as processors have none and a call for each lane takes ten times as long: x is
n ln 2 + r with a whole n, exp r the sum of its series, and n is added to the exponent's bits.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic, models, register_model
from numba.np.arrayobj import make_array

LANES = 16  # draws; a register of singles or two of doubles, where a machine has such

# Any, since a checker would have each caller hand over numba's context too.
_instruction: Callable[[Callable], Any] = intrinsic
_INDEX = ir.IntType(32)
# A product may be added in the same instruction, with one rounding less.
_FUSED = ("contract",)

WHOLE = 1.5 * 2.0**52  # a number this large has no digits after the point, so adding it rounds
LN_2 = 0.6931471803691238, 1.9082149292705877e-10  # its first 33 bits, and what is left
INVERSE_FACTORIALS = tuple(1.0 / float(np.prod(np.arange(1.0, n + 1))) for n in range(13, -1, -1))
LARGEST = 300.0  # exp of it is a double, and so is a product of two; no level comes near


class _Row(types.Type):
    """The type of a row of numbers of type `number`."""

    def __init__(self, number: types.Float):
        self.number = number
        super().__init__(name=f"Row{LANES}{number}")


_ROWS = {number: _Row(number) for number in (types.float64, types.float32)}
_VECTORS = {
    types.float64: ir.VectorType(ir.DoubleType(), LANES),
    types.float32: ir.VectorType(ir.FloatType(), LANES),
}


@register_model(_Row)
class _RowModel(models.PrimitiveModel):
    """A row is kept as one vector."""

    def __init__(self, dmm, fe_type):
        super().__init__(dmm, fe_type, _VECTORS[fe_type.number])


def _place(context, builder, kind, array, row):
    """Return the address of a row of an array."""
    data = make_array(kind)(context, builder, array).data
    first = builder.mul(row, ir.Constant(row.type, LANES))
    return builder.bitcast(builder.gep(data, [first]), _VECTORS[kind.dtype].as_pointer())


@_instruction
def load(_context, rows, row):
    """Return row number `row` of rows, (LANES,)."""

    def code(context, builder, signature, arguments):
        kind = signature.args[0]
        place = _place(context, builder, kind, *arguments)
        return builder.load(place, align=kind.dtype.bitwidth // 8, typ=_VECTORS[kind.dtype])

    return _ROWS[rows.dtype](rows, types.intp), code


@_instruction
def store(_context, rows, row, value):
    """Put `value` (LANES,) into row number `row` of rows."""

    def code(context, builder, signature, arguments):
        *place, value = arguments
        kind = signature.args[0]
        address = _place(context, builder, kind, *place)
        builder.store(value, address, align=kind.dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(rows, types.intp, _ROWS[rows.dtype]), code


@_instruction
def same(_context, rows, number):
    """Return the row (LANES,) that has `number` in every lane, as one of `rows`."""

    def code(_, builder, signature, arguments):
        vector = _VECTORS[signature.args[0].dtype]
        number = arguments[1]
        if number.type != vector.element:
            number = builder.fptrunc(number, vector.element)
        start = builder.insert_element(ir.Constant(vector, ir.Undefined), number, _INDEX(0))
        mask = ir.Constant(ir.VectorType(_INDEX, LANES), [0] * LANES)
        return builder.shuffle_vector(start, start, mask)

    return _ROWS[rows.dtype](rows, types.float64), code


@_instruction
def plus_product(_context, x, y, z):
    """Return x + y z of rows (LANES,), lane by lane."""

    def code(_, builder, signature, arguments):
        x, y, z = arguments
        return builder.fadd(x, builder.fmul(y, z, flags=_FUSED), flags=_FUSED)

    return x(x, x, x), code


def _lanewise(operation):
    @_instruction
    def combined(_context, x, y):
        def code(_, builder, signature, arguments):
            return operation(builder, *arguments)

        return x(x, x), code

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
        (lanes,) = arguments
        number, *others = (builder.extract_element(lanes, _INDEX(i)) for i in range(LANES))
        for other in others:
            number = _greater(builder, number, other)
        return number if row.number is types.float64 else builder.fpext(number, ir.DoubleType())

    return types.float64(row), code


plus = _lanewise(lambda builder, x, y: builder.fadd(x, y, flags=_FUSED))
times = _lanewise(lambda builder, x, y: builder.fmul(x, y, flags=_FUSED))
minus = _lanewise(lambda builder, x, y: builder.fsub(x, y, flags=_FUSED))
over = _lanewise(lambda builder, x, y: builder.fdiv(x, y))
less = _lanewise(_chosen("<"))
greater = _lanewise(_greater)


@_instruction
def root(_context, row):
    """Return the square roots of a row (LANES,), lane by lane."""

    def code(_, builder, signature, arguments):
        (lanes,) = arguments
        kind = ir.FunctionType(lanes.type, [lanes.type])
        name = f"llvm.sqrt.v{LANES}f{row.number.bitwidth}"
        return builder.call(builder.module.declare_intrinsic(name, (), kind), [lanes])

    return row(row), code


@_instruction
def _doubled(_context, value, shifted):
    """Return value times 2**n, lane by lane, of n + WHOLE."""

    def code(_, builder, signature, arguments):
        number = arguments[0].type
        bits = ir.VectorType(ir.IntType(64), number.count)
        value, shifted = (builder.bitcast(argument, bits) for argument in arguments)
        exponent = builder.shl(shifted, ir.Constant(bits, [52] * number.count))
        return builder.bitcast(builder.add(value, exponent), number)

    return value(value, value), code


@njit
def exp(like, x):
    """Return exp of a row x, to a rounding error or two; `like` is an array of such rows."""
    x = greater(less(x, same(like, LARGEST)), same(like, -LARGEST))
    shifted = plus_product(same(like, WHOLE), x, same(like, 1.4426950408889634))
    n = minus(shifted, same(like, WHOLE))
    rest = plus_product(x, n, same(like, -LN_2[0]))
    rest = plus_product(rest, n, same(like, -LN_2[1]))
    total = same(like, INVERSE_FACTORIALS[0])
    for inverse in INVERSE_FACTORIALS[1:]:
        total = plus_product(same(like, inverse), total, rest)
    return _doubled(total, shifted)


def in_rows(numbers: np.ndarray) -> np.ndarray:
    """(rows of draws, places, LANES) of numbers (draws, ...); the last draw fills the last row."""
    flat = numbers.reshape(len(numbers), -1)
    flat = np.pad(flat, ((0, -len(flat) % LANES), (0, 0)), mode="edge")
    # counted: of a scenario without influences it could not be told
    blocks = len(flat) // LANES
    return np.ascontiguousarray(flat.reshape(blocks, LANES, flat.shape[1]).swapaxes(1, 2))
