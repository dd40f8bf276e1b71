"""pyAgrum asked the same of one draw: exact inference in a dynamic Bayesian network.

Two networks of monthly slices. `Factored` has a node an outcome and slice, as one would draw it;
within a month outcomes do not act on each other, so it is some percent off. `Joint` has one node a
slice, all sets of outcomes in it, with tables from the matrix exponential: no approximation.
A network is built once; a draw fills its tables and asks for the last slice only.
"""

import numpy as np
import pyagrum as gum
from scipy.linalg import expm

from tests.bench.rivals.question import Question
from tests.model.engine.test_engine import generator


class Factored:
    """A node an outcome and month, its parents the month before: itself and what acts on it."""

    def __init__(self, asked: Question):
        months, outcomes = asked.log_base.shape[1:]
        self.asked, self.log_hazard = asked, asked.log_hazard
        self.sizes = np.where(np.isfinite(asked.fade), 3, 2)  # not happened, recent, past
        acts = (asked.link != 0).any(axis=0) & ~np.eye(outcomes, dtype=bool)
        self.parents = [[k, *np.flatnonzero(acts[:, k])] for k in range(outcomes)]
        self.net = gum.BayesNet()
        for t in range(months + 1):
            for k in range(outcomes):
                self.net.add(gum.LabelizedVariable(f"{k}_{t}", "", int(self.sizes[k])))
        for t in range(months):
            for k, parents in enumerate(self.parents):
                for j in parents:
                    self.net.addArc(f"{j}_{t}", f"{k}_{t + 1}")
        for k in range(outcomes):
            self.net.cpt(f"{k}_0").fillWith([1.0] + [0.0] * int(self.sizes[k] - 1))

    def fill(self, draw: int) -> None:
        """Put the draw's parameters into the tables."""
        for k, parents in enumerate(self.parents):
            tables = self._tables(draw, k, parents)
            for t, table in enumerate(tables.reshape(len(tables), -1).tolist(), start=1):
                self.net.cpt(f"{k}_{t}").fillWith(table)

    def answer(self) -> np.ndarray:
        """Chance of each outcome by the deadline, (outcomes,)."""
        last = [f"{k}_{len(self.asked.step)}" for k in range(len(self.sizes))]
        return np.array([1.0 - by[0] for by in _posteriors(self.net, last)])

    def _tables(self, draw: int, k: int, parents: list[int]) -> np.ndarray:
        """(months, other parents' levels from the last on, level before, level after)."""
        others = parents[:0:-1]
        raised = np.zeros([self.sizes[j] for j in others])
        for place, j in enumerate(others):
            recent = np.arange(self.sizes[j]) == 1
            shape = [-1 if at == place else 1 for at in range(len(others))]
            raised = raised + self.asked.link[draw, j, k] * recent.reshape(shape)
        hazard = np.exp(self.log_hazard[draw, :, k].reshape(-1, *(1,) * len(others)) + raised)
        none = np.exp(-hazard * self.asked.step.reshape(-1, *(1,) * len(others)))
        own = np.broadcast_to(np.eye(self.sizes[k]), (*none.shape, *(self.sizes[k],) * 2)).copy()
        own[..., 0, 0], own[..., 0, 1] = none, 1.0 - none
        if self.sizes[k] == 3:
            left = 0.5 ** (self.asked.step / self.asked.fade[k])
            left = left.reshape(-1, *(1,) * len(others))
            own[..., 1, 1], own[..., 1, 2] = left, 1.0 - left
        return own


class Joint:
    """A node a month that holds which outcomes have happened, and whether they are recent."""

    def __init__(self, asked: Question):
        self.asked, self.log_hazard = asked, asked.log_hazard
        self.levels = generator(self.log_hazard[0, 0], asked.link[0], asked.fade)[0]
        self.net = gum.BayesNet()
        for t in range(len(asked.step) + 1):
            self.net.add(gum.LabelizedVariable(str(t), "", len(self.levels)))
            if t:
                self.net.addArc(str(t - 1), str(t))
        self.net.cpt("0").fillWith([1.0] + [0.0] * (len(self.levels) - 1))

    def fill(self, draw: int) -> None:
        """Put the draw's parameters into the tables."""
        for t, step in enumerate(self.asked.step):
            rates = generator(self.log_hazard[draw, t], self.asked.link[draw], self.asked.fade)[1]
            self.net.cpt(str(t + 1)).fillWith(expm(rates * step).ravel().tolist())

    def answer(self) -> np.ndarray:
        """Chance of each outcome by the deadline, (outcomes,)."""
        (last,) = _posteriors(self.net, [str(len(self.asked.step))])
        return last @ (np.array(self.levels) > 0)


def _posteriors(net: gum.BayesNet, nodes: list[str]) -> list[np.ndarray]:
    inference = gum.LazyPropagation(net)
    inference.setTargets(set(nodes))
    inference.makeInference()
    return [np.array(inference.posterior(node).toarray()) for node in nodes]
