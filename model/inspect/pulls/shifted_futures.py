"""The drivers' futures under many changed histories, from one run's random numbers.

The same numbers as `model.fit.futures.drawn` for each history. A history reaches them by few sums:
a driver's raw levels are a mean and a few components of noise, the same in every draw, times what
the draw has of each; so the sums of products over months, from which flows and influences follow,
are sums over pairs of those, and no month of any draw has to be read again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from model.engine.kernels import POOL
from model.engine.rows import in_rows
from model.fit import flow
from model.fit.drivers import monthly_decay
from model.fit.influences import draw_influences, influence_prior
from model.fit.step import Step
from model.inspect.pulls import futures_kernel
from model.runs import Run


class Recorded:
    """A generator of random numbers that keeps all that it has given, in order."""

    def __init__(self, seed: list[int]):
        self._source = np.random.default_rng(seed)
        self.given: list[np.ndarray] = []

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._source, name)

        def call(*arguments: Any, **named: Any) -> np.ndarray:
            self.given.append(function(*arguments, **named))
            return self.given[-1]

        return call


@dataclass(frozen=True, eq=False)
class ShiftedFutures:
    """What the futures of a run's drivers are made of, whatever their histories.

    run: the run. months: how many months of the future are wanted, the as-of day's the first.
    """

    run: Run
    months: int

    def paths(self, histories: Mapping[int, np.ndarray]) -> np.ndarray:
        """(draws, months, drivers) float32: raw levels, the as-of day's first.

        histories: place of a driver -> its mean and components (months of the record + 1, PARTS) of
        raw levels, where they are not the run's own.
        """
        changed = {place: self._independent(place, parts) for place, parts in histories.items()}
        columns = [
            changed[place][kind] if place in changed else self._columns[c]
            for c, (place, kind) in enumerate(self._kinds)
        ]
        flat = np.concatenate(columns, axis=1)
        now = self._now.copy()
        for place, parts in histories.items():
            now[place] = parts[-1]
        sums = flat.T @ flat, self._gain @ flat, now.ravel()
        draws = len(self.run.draws["coder_noise"])
        path = np.empty((-draws % futures_kernel.LANES + draws, self.months, len(now)), np.float32)
        with POOL:
            futures_kernel.simulate(self._world, self._numbers, sums, path)
        return path[:draws]

    @cached_property
    def _prior(self):
        return influence_prior(self.run.scenario)

    @cached_property
    def _decay(self) -> np.ndarray:
        return monthly_decay(self.run.scenario.drivers)

    @cached_property
    def _kinds(self) -> list[tuple[int, int]]:
        """Of each column that the flows' regression reads: a driver's flow (0) or level (1)."""
        return [(d, 0) for d in range(len(self._decay))] + [(s, 1) for s in self._prior.start]

    @cached_property
    def _whiten(self) -> np.ndarray:
        return flow.whitening(len(self.run.observed.history.mean) - 1)

    @cached_property
    def _gain(self) -> np.ndarray:
        """(months,): what a unit of each independent flow adds to the mean of the last month."""
        ago = np.arange(len(self._whiten))[::-1]
        return self._whiten @ (flow.SPREAD * flow.KEEP**ago)

    def _independent(self, place: int, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Flow and level of a driver's parts (months + 1, PARTS), their months made independent."""
        flows = parts[1:] - self._decay[place] * parts[:-1]
        return self._whiten @ flows, self._whiten @ parts[:-1]

    @cached_property
    def _parts(self) -> np.ndarray:
        """(drivers, months + 1, PARTS): the run's own histories."""
        history = self.run.observed.history
        return np.moveaxis(np.concatenate([history.mean[:, None], history.noise], axis=1), 2, 0)

    @cached_property
    def _columns(self) -> list[np.ndarray]:
        own = [self._independent(place, parts) for place, parts in enumerate(self._parts)]
        return [own[place][kind] for place, kind in self._kinds]

    @cached_property
    def _now(self) -> np.ndarray:
        return self._parts[:, -1]

    @cached_property
    def _world(self) -> tuple:
        """What the kernel is told of drivers and influences."""
        prior, decay = self._prior, self._decay
        nothing_seen = flow.posterior(np.zeros((1, 1, len(decay))), decay)
        weight = 1 / prior.scale**2
        influences = prior.start, prior.end, weight, weight * prior.location
        unknown = np.sqrt(flow.unknown(len(self._whiten)))
        mean = np.array([unknown, flow.KEEP, np.sqrt((1 - flow.KEEP**2) * flow.SPREAD)])
        shocks = np.ascontiguousarray(np.diag(nothing_seen.scatter[0]))
        return np.array([place for place, _ in self._kinds]), decay, shocks, *influences, mean

    @cached_property
    def _numbers(self) -> tuple:
        """The run's random numbers, and each draw's shares of the parts, in rows of draws."""
        influences, shocks, normals = self._asked_for()
        return (
            in_rows(self._shares),
            in_rows(influences[0]),
            np.stack([in_rows(numbers) for numbers in shocks]),
            np.stack([in_rows(numbers) for numbers in influences[1:]]),
            in_rows(np.moveaxis(normals[..., 0], 2, 0)),
        )

    @property
    def _shares(self) -> np.ndarray:
        """(draws, drivers, PARTS): how much a draw has of a history's mean, 1, and components."""
        noise = np.moveaxis(self.run.draws["coder_noise"], 1, 2)
        return np.concatenate([np.ones((*noise.shape[:2], 1)), noise], axis=2)

    def _asked_for(self) -> tuple:
        """What `drawn` asks of its generators: for influences, for shocks, and for the future.

        Of influences: where they start, then a normal for each sweep. Of shocks: the roots of
        Wishart draws (Bartlett's) for each sweep, and the inverse of the last.
        """
        seed = np.atleast_1d(self.run.manifest["settings"]["seed"])
        first, second = Recorded([*seed, 3]), Recorded([*seed, 1])
        raw = np.einsum("ndp,dmp->nmd", self._shares, self._parts)
        adds = draw_influences(raw, self._decay, self._prior, first)
        step = Step(self._decay, self._prior.start, self._prior.end, adds)
        drawn = flow.draw_flow(raw, step, second)
        flow.simulate(raw[:, -1], drawn, step, self.months, second)
        location, scale = self._prior.location, self._prior.scale
        begin, *sweeps = first.given
        wishart = [_bartlett(*sweeps[i : i + 2]) for i in range(0, len(sweeps), 3)]
        normals = [numbers[..., 0] for numbers in sweeps[2::3]]
        *of_flow, ahead = second.given
        last = np.linalg.inv(_bartlett(*of_flow))
        return [location + scale * begin, *normals], [*wishart, last], ahead


def _bartlett(normals: np.ndarray, squares: np.ndarray) -> np.ndarray:
    """(draws, drivers, drivers): lower triangles, the roots of chi-squares on their diagonals."""
    triangle, rows = np.tril(normals, -1), np.arange(squares.shape[1])
    triangle[:, rows, rows] = np.sqrt(squares)
    return triangle
