"""How much likelier the record is under other levels of drivers, draw by draw.

The weeks are many, and a kernel reads them once. The months are few: in blocks of draws, which a
processor's cache holds, as the arrays of all draws are read and written many times over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import special

from model.engine.kernels import POOL
from model.engine.rows import LANES, in_rows
from model.fit import likelihood
from model.inspect.pulls import weeks_kernel
from model.runs import Run
from model.runs.observed import Months, Weeks

BLOCK = 250  # draws
Parts = Mapping[int, np.ndarray]  # place of a driver -> its history's mean and noise (times, PARTS)


@dataclass(frozen=True, eq=False)
class LikelihoodRatio:
    """A run's record of weeks and of months' deaths, and what drivers' levels say of it."""

    run: Run

    def of_weeks(self, moved: Parts) -> np.ndarray:
        """(draws,): log likelihood of the weeks with moved histories less that with the run's.

        A week's term y log λ - λ e moves by y δ - λ e (exp δ - 1), as levels move log hazards by δ.
        """
        weeks, draws = self.run.observed.weeks, self._rows_of_draws
        outcomes, places = self._outcomes(moved), np.array(list(moved))
        ratio = np.empty((len(draws[0]), LANES))
        parts = np.stack(list(moved.values())), self._week_parts
        with POOL:
            weeks_kernel.log_ratio(weeks.event, outcomes, places, *parts, draws, ratio)
        return ratio.ravel()[: self._draws]

    def of_deaths(self, moved: Parts) -> np.ndarray:
        """(draws,): the same of the months' deaths, which are of one outcome."""
        if self._of_deaths not in self._outcomes(moved):
            return np.zeros(self._draws)
        blocks = [
            self._deaths_in(self._added(moves, block, self._of_deaths), block)
            for block in self._blocks()
            for moves in [self._moves(moved, self._month_levels, block)]
        ]
        return np.concatenate(blocks)

    def _deaths_in(self, added: np.ndarray, block: slice) -> np.ndarray:
        """Where the log mean μ moves by δ, a count's term does by count δ - (size + count) times
        log(1 + (exp δ - 1) μ / (size + μ)); a month's with two counts by the mixture of both."""
        months, (scale, size, share, odds) = self.run.observed.months, self._deaths
        moved = scale[block] * added
        # exp and log work on eight numbers at once, expm1 and log1p on one; counts are small
        growth = np.log(1.0 + share[block] * (np.exp(moved) - 1.0))
        held, two = moved - growth, months.more_chance > 0
        printed = held @ months.deaths - size[block, 0] * growth.sum(axis=1)
        moved_odds = odds[block] + held[:, two] * (months.deaths_more - months.deaths)[two]
        return printed + _log_sum(moved_odds) - self._log_sum_of_odds[block]

    def _outcomes(self, moved: Parts) -> np.ndarray:
        """The outcomes that a moved driver has an effect on."""
        return np.flatnonzero(self._acts[list(moved)].any(axis=0))

    def _blocks(self) -> Iterator[slice]:
        return (slice(first, first + BLOCK) for first in range(0, self._draws, BLOCK))

    def _moves(
        self, moved: Parts, before: Sequence[np.ndarray], block: slice
    ) -> dict[int, np.ndarray]:
        """Place of a driver -> half of what its levels move by, (draws of the block, times)."""
        moves = {}
        for place, parts in moved.items():
            moves[place] = self._level(place, parts, block)
            moves[place] -= before[place][block]
        return moves

    def _level(self, place: int, parts: np.ndarray, block: slice) -> np.ndarray:
        """(draws of the block, times): half a driver's levels, as `drivers.saturate` has them."""
        half = parts / 2.0
        raw = self._noise[place][block] @ half[:, 1:].T
        raw += half[:, 0]
        return np.tanh(raw, out=raw)

    def _added(self, moves: Mapping[int, np.ndarray], block: slice, k: int) -> np.ndarray:
        """(draws of the block, times): what moved levels add to the log hazard of an outcome."""
        pull = self._twice_pull[k]
        first, *others = moves.items()
        added = pull[first[0]][block, None] * first[1]
        for place, moved in others:
            added += pull[place][block, None] * moved
        return added

    @property
    def _draws(self) -> int:
        return len(self.run.draws["coder_noise"])

    @cached_property
    def _acts(self) -> np.ndarray:
        """(drivers, outcomes): whether a driver has an effect on an outcome."""
        return self.run.observed.structure.effect_place.any(axis=0)

    @cached_property
    def _of_deaths(self) -> int:
        # -1, which is none, where deaths speak of no outcome
        chosen = self.run.observed.structure.outcome_of_deaths
        return int(chosen.argmax()) if chosen.any() else -1

    @cached_property
    def _noise(self) -> list[np.ndarray]:
        """(draws, components) of each driver, in one piece."""
        noise = self.run.draws["coder_noise"]
        return [np.ascontiguousarray(noise[:, :, d]) for d in range(noise.shape[2])]

    @cached_property
    def _twice_pull(self) -> np.ndarray:
        """(outcomes, drivers, draws): log hazard ratio per two units of a driver."""
        return np.ascontiguousarray(2.0 * self.run.draws["pull"].T)

    @cached_property
    def _week_parts(self) -> np.ndarray:
        """(drivers, weeks, PARTS): the run's own histories."""
        return np.ascontiguousarray(np.moveaxis(_parts(self.run.observed.weeks), 2, 0))

    @cached_property
    def _rows_of_draws(self) -> tuple[np.ndarray, ...]:
        """What `weeks_kernel.log_ratio` reads of draws, in rows of them."""
        draws = self.run.draws
        numbers = draws["coder_noise"], 2.0 * draws["pull"], self._expected()
        return tuple(in_rows(each) for each in numbers)

    @cached_property
    def _month_levels(self) -> list[np.ndarray]:
        """(draws, months): half of each driver's levels, with all events."""
        parts = np.moveaxis(_parts(self.run.observed.months), 2, 0)
        return [self._level(place, own, slice(None)) for place, own in enumerate(parts)]

    @cached_property
    def _pulls(self) -> tuple[np.ndarray, np.ndarray]:
        """What the drivers add to log hazards, (draws, weeks, outcomes) and (draws, months, …)."""
        return likelihood.driver_pulls(np, self.run.draws, self.run.observed)

    def _expected(self) -> np.ndarray:
        """(draws, outcomes, weeks): λ e, what a week is expected to bring."""
        observed = self.run.observed
        # weeks without events have the term -λ e, so no second text of the hazard is needed
        weeks = replace(observed.weeks, event=np.zeros_like(observed.weeks.event))
        quiet = replace(observed, weeks=weeks)
        terms = likelihood.record_terms(np, self.run.draws, quiet, self._pulls[0])
        return np.moveaxis(-terms, 2, 1)

    @cached_property
    def _deaths(self) -> tuple[np.ndarray, ...]:
        """How much of the drivers deaths follow, and the size of counts' distribution, (draws, 1);
        μ / (size + μ), (draws, months); log odds that a month's count is the larger, (draws, months
        with two counts)."""
        draws, observed, pull = self.run.draws, self.run.observed, self._pulls[1]
        scale, size = np.exp(draws["death_scale"]), np.exp(draws["death_dispersion"])
        mean = np.exp(likelihood.death_mean(np, draws, observed.structure, pull))
        chance = observed.months.more_chance[observed.months.more_chance > 0]
        log_odds = np.log(chance / (1 - chance)) + self._counted(1.0) - self._counted(0.0)
        # where one count cannot be by far, its term is -inf; how far is then no matter
        return scale, size, mean / (size + mean), np.clip(log_odds, -700.0, 700.0)

    @cached_property
    def _log_sum_of_odds(self) -> np.ndarray:
        return _log_sum(self._deaths[-1])

    def _counted(self, chance: float) -> np.ndarray:
        """(draws, months with two counts): their terms if the larger had this chance, 0 or 1."""
        months = self.run.observed.months
        sure = replace(months, more_chance=np.full_like(months.more_chance, chance))
        observed, pull = replace(self.run.observed, months=sure), self._pulls[1]
        with np.errstate(divide="ignore"):
            terms = likelihood.death_terms(np, self.run.draws, observed, pull, special.gammaln)
        return terms[:, months.more_chance > 0]


def _parts(table: Weeks | Months) -> np.ndarray:
    """(times, PARTS, drivers): mean and components of raw levels."""
    return np.concatenate([table.mean[:, None], table.noise], axis=1)


def _log_sum(log_odds: np.ndarray) -> np.ndarray:
    """(draws,): log(1 + odds), summed over months; np.logaddexp takes ten times as long."""
    log_one_more = np.maximum(log_odds, 0.0) + np.log(1.0 + np.exp(-np.abs(log_odds)))
    return log_one_more.sum(axis=1)
