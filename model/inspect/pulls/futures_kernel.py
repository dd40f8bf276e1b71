"""The kernel of `ShiftedFutures`, for rows of LANES draws at once; the formulas are the fit's.

Matrices of a draw stand flat, a row of draws for each place: entry (r, c) of one with n columns is
row number n r + c.
"""

from numba import njit, prange

from model.engine.compiled import kept
from model.engine.kernels import filled
from model.engine.rows import (
    LANES,
    load,
    minus,
    over,
    plus,
    plus_product,
    root,
    same,
    store,
    times,
)


@njit
def _less_product(x, y, z):
    return minus(x, times(y, z))


@njit
def _cholesky(matrix, size, inverse):
    """Make the lower triangle of a matrix its Cholesky root; inverse (size, LANES): 1 / diagonal.

    Divisions take ten times as long as products.
    """
    for c in range(size):
        for r in range(c, size):
            entry = load(matrix, size * r + c)
            for k in range(c):
                entry = _less_product(entry, load(matrix, size * r + k), load(matrix, size * c + k))
            if r == c:
                entry = root(entry)
                store(inverse, c, over(same(inverse, 1.0), entry))
            else:
                entry = times(entry, load(inverse, c))
            store(matrix, size * r + c, entry)


@njit
def _solve_lower(triangle, inverse, size, zeros, transposed, x):
    """Make x (size, LANES), which begins with so many zeros, the solution of triangle @ x.

    Or of its transpose, where there are no zeros to begin with. inverse: 1 / diagonal.
    """
    for i in range(zeros, size):
        r = size - 1 - i if transposed else i
        entry = load(x, r)
        for j in range(zeros, i):
            k = size - 1 - j if transposed else j
            place = size * k + r if transposed else size * r + k
            entry = _less_product(entry, load(triangle, place), load(x, k))
        store(x, r, times(entry, load(inverse, r)))


@njit
def _products(of, sums, shares, products):
    """Fill products (columns, columns) with the sums over months of each two columns' products.

    of: (columns,), the driver of each. sums: (columns * parts, columns * parts), those of parts.
    """
    columns = len(of)
    parts = len(sums) // columns
    for c in range(columns):
        for other in range(c + 1):
            total = same(products, 0.0)
            for b in range(parts):
                part = same(products, 0.0)
                for a in range(parts):
                    summed = same(products, sums[parts * c + a, parts * other + b])
                    part = plus_product(part, summed, load(shares, parts * of[c] + a))
                total = plus_product(total, part, load(shares, parts * of[other] + b))
            store(products, columns * c + other, total)
            store(products, columns * other + c, total)


@njit
def _of_parts(sums, first, of, shares, parts):
    """The row of what a draw has of sums[first : first + parts], those of a driver's parts."""
    total = same(shares, 0.0)
    for a in range(parts):
        total = plus_product(total, same(shares, sums[first + a]), load(shares, parts * of + a))
    return total


@njit
def _root_of_scatter(world, products, adds, rest, scatter, diagonal):
    """Fill scatter (drivers, drivers) with the root of the flows', less what influences add.

    diagonal: (drivers, LANES), filled with 1 / that of the root.
    """
    of, decay, shocks, _, end, _, _, _ = world
    drivers, columns = len(decay), len(of)
    for d in range(drivers):
        for c in range(columns):
            entry = load(products, columns * d + c)
            for i in range(len(end)):
                if end[i] == d:
                    upstream = load(products, columns * (drivers + i) + c)
                    entry = _less_product(entry, load(adds, i), upstream)
            store(rest, columns * d + c, entry)
    for d in range(drivers):
        for other in range(d + 1):
            entry = load(rest, columns * d + other)
            for i in range(len(end)):
                if end[i] == other:
                    upstream = load(rest, columns * d + drivers + i)
                    entry = _less_product(entry, load(adds, i), upstream)
            if d == other:
                entry = plus(entry, same(scatter, shocks[d]))
            store(scatter, drivers * d + other, entry)
    _cholesky(scatter, drivers, diagonal)


@njit
def _inverse_root(scatter, diagonal, wishart, drivers, x, inverse):
    """Fill inverse (drivers, drivers) with that of the shocks' root: wishart' @ inv(scatter)."""
    for c in range(drivers):
        for r in range(drivers):
            store(x, r, same(x, 1.0 if r == c else 0.0))
        _solve_lower(scatter, diagonal, drivers, c, False, x)
        for r in range(drivers):
            entry = same(x, 0.0)
            for k in range(max(r, c), drivers):
                entry = plus_product(entry, load(wishart, drivers * k + r), load(x, k))
            store(inverse, drivers * r + c, entry)


@njit
def _precision(inverse, drivers, r, c):
    entry = same(inverse, 0.0)
    for k in range(drivers):
        entry = plus_product(entry, load(inverse, drivers * k + r), load(inverse, drivers * k + c))
    return entry


@njit
def _draw_adds(world, products, inverse, normals, among, diagonal, adds):
    """Fill adds (influences,) given the shocks; `influences._adds_given` says how."""
    of, decay, _, _, end, weight, pulled, _ = world
    drivers, columns, count = len(decay), len(of), len(end)
    for i in range(count):
        upstream = columns * (drivers + i)
        linear = same(adds, pulled[i])
        for d in range(drivers):
            precision = _precision(inverse, drivers, end[i], d)
            linear = plus_product(linear, precision, load(products, upstream + d))
        store(adds, i, linear)
        for j in range(i + 1):
            precision = _precision(inverse, drivers, end[i], end[j])
            entry = times(precision, load(products, upstream + drivers + j))
            if i == j:
                entry = plus(entry, same(adds, weight[i]))
            store(among, count * i + j, entry)
    _cholesky(among, count, diagonal)
    _solve_lower(among, diagonal, count, 0, False, adds)
    for i in range(count):
        store(adds, i, plus(load(adds, i), load(normals, i)))
    _solve_lower(among, diagonal, count, 0, True, adds)


@njit
def _shocks_root(scatter, inverse_wishart, drivers, shocks):
    """Fill shocks (drivers, drivers) with scatter @ inverse_wishart', both lower triangles."""
    for r in range(drivers):
        for c in range(drivers):
            entry = same(shocks, 0.0)
            for k in range(min(r, c) + 1):
                entry = plus_product(
                    entry, load(scatter, drivers * r + k), load(inverse_wishart, drivers * c + k)
                )
            store(shocks, drivers * r + c, entry)


@njit
def _shock(shocks, normals, first, drivers, r):
    entry = same(shocks, 0.0)
    for c in range(drivers):
        entry = plus_product(entry, load(shocks, drivers * r + c), load(normals, first + c))
    return entry


@njit
def _walk(world, adds, shocks, normals, mean, now, block, path):
    """Fill path of a row of draws; `flow.simulate` says how. mean, now: (drivers,)."""
    _, decay, _, start, end, _, _, sds = world
    drivers, months = len(decay), path.shape[1]
    after = filled(now, drivers, 0.0)
    for d in range(drivers):
        shift = _shock(shocks, normals, 0, drivers, d)
        store(mean, d, plus_product(load(mean, d), same(mean, sds[0]), shift))
    for t in range(months):
        for d in range(drivers):
            for i in range(LANES):
                path[LANES * block + i, t, d] = now[d, i]
        if t == months - 1:
            break
        wandered = 2 * drivers * (t + 1)
        for d in range(drivers):
            step = times(same(mean, sds[2]), _shock(shocks, normals, wandered, drivers, d))
            store(mean, d, plus_product(step, same(mean, sds[1]), load(mean, d)))
            flow = plus(load(mean, d), _shock(shocks, normals, wandered + drivers, drivers, d))
            flow = plus_product(flow, same(mean, decay[d]), load(now, d))
            for i in range(len(end)):
                if end[i] == d:
                    flow = plus_product(flow, load(adds, i), load(now, start[i]))
            store(after, d, flow)
        for d in range(drivers):
            store(now, d, load(after, d))


@njit
def _simulate_block(world, numbers, sums, block, path):
    of, decay, _, _, end, _, _, _ = world
    shares, begin, wisharts, sweeps, normals = numbers
    products_of, gains, now_of = sums
    drivers, columns, count = len(decay), len(of), len(end)
    parts = len(now_of) // drivers
    own = shares[block]
    products, rest = filled(own, columns**2, 0.0), filled(own, drivers * columns, 0.0)
    scatter, inverse = filled(own, drivers**2, 0.0), filled(own, drivers**2, 0.0)
    among, x = filled(own, count**2, 0.0), filled(own, drivers, 0.0)
    diagonal = filled(own, max(drivers, count), 0.0)
    adds, mean, now = filled(own, count, 0.0), filled(own, drivers, 0.0), filled(own, drivers, 0.0)
    for i in range(count):
        store(adds, i, load(begin[block], i))
    _products(of, products_of, own, products)
    for sweep in range(len(sweeps)):
        _root_of_scatter(world, products, adds, rest, scatter, diagonal)
        _inverse_root(scatter, diagonal, wisharts[sweep, block], drivers, x, inverse)
        _draw_adds(world, products, inverse, sweeps[sweep, block], among, diagonal, adds)
    _root_of_scatter(world, products, adds, rest, scatter, diagonal)
    _shocks_root(scatter, wisharts[len(sweeps), block], drivers, inverse)
    for d in range(drivers):
        gained = _of_parts(gains, parts * d, d, own, parts)
        for i in range(count):
            if end[i] == d:
                c = drivers + i
                upstream = _of_parts(gains, parts * c, of[c], own, parts)
                gained = _less_product(gained, load(adds, i), upstream)
        store(mean, d, gained)
        store(now, d, _of_parts(now_of, parts * d, d, own, parts))
    _walk(world, adds, inverse, normals[block], mean, now, block, path)


@kept(parallel=True, nogil=True)
def simulate(world, numbers, sums, path):
    """Fill path (draws, months, drivers), the draws a multiple of LANES; whoever calls holds POOL.

    world: of each column of the flows' regression the driver; what a month leaves of each driver's
    level; the prior scatter of its shocks; start, end, precision, and precision times location of
    influences; of the flows' mean, in shocks, the sd unknown, what a month leaves of it, and the sd
    of a month's step. numbers, in rows of draws: shares of parts, where influences begin, roots of
    Wishart draws, normals of sweeps, normals of the future. sums: of products of the columns'
    parts; of parts times the gain; the parts on the as-of day.
    """
    for block in prange(len(numbers[0])):
        _simulate_block(world, numbers, sums, block, path)
