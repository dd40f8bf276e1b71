"""PyMC asked the same: the driver swapped in with `pm.set_data` or `pm.do`, then predicted.

The hazards are ours, given as posterior draws: log hazard = base + driver levels @ effects. Without
links an outcome happens once its cumulative hazard passes a standard exponential number, six
random numbers per draw: less work than the question asks. With links each month's outcomes are
drawn from the hazards at its start, and those whose links fade do so by chance at its end.
"""

import numpy as np
import pymc as pm
import pytensor
import pytensor.tensor as pt
import xarray as xr

from tests.bench.rivals.question import LEVEL, Question

SEED = 20230921


def posterior(asked: Question) -> xr.DataTree:
    """The question's draws in the form that PyMC reads, as one chain."""
    made, others = np.split(_made_first(asked, asked.path, axis=2), [1], axis=2)
    draws = {
        "log_base": asked.log_base,
        "made": made[..., 0],
        "others": others,
        "pull": _made_first(asked, asked.pull, axis=1),
        "link": asked.link,
    }
    named = {
        name: (("chain", "draw", *(f"{name}_{i}" for i in range(value.ndim - 1))), value[None])
        for name, value in draws.items()
    }
    return xr.DataTree.from_dict({"posterior": xr.Dataset(named)})


def build(asked: Question, linked: bool) -> pm.Model:
    """The predictive model; `level` and `held` say where and whether the driver is held."""
    months, outcomes = asked.log_base.shape[1:]
    with pm.Model() as model:
        level, held = pm.Data("level", np.zeros(months)), pm.Data("held", np.zeros(months))
        log_base = pm.Flat("log_base", shape=(months, outcomes))
        made = pm.Flat("made", shape=months)
        others = pm.Flat("others", shape=(months, asked.path.shape[2] - 1))
        pull = pm.Flat("pull", shape=asked.pull.shape[1:])
        levels = pt.concatenate([(made + held * (level - made))[:, None], others], axis=1)
        expected = pt.exp(log_base + levels @ pull) * asked.step[:, None]
        happened = _with_links(asked, expected) if linked else _without_links(expected, outcomes)
        pm.Deterministic("happened", happened)
    return model


def by_set_data(model: pm.Model, draws: xr.DataTree, mode: str) -> np.ndarray:
    """Share of draws in which each outcome happened by the deadline, (outcomes,)."""
    months = model["level"].eval().shape
    with model:
        pm.set_data({"level": np.full(months, LEVEL), "held": np.ones(months)})
    return _predicted(model, draws, mode)


def by_do(model: pm.Model, draws: xr.DataTree, mode: str) -> np.ndarray:
    """The same by an intervention on the driver."""
    months = model["level"].eval().shape
    with model:
        pm.set_data({"held": np.zeros(months)})
    return _predicted(pm.do(model, {"made": np.full(months, LEVEL)}), draws, mode)


def _predicted(model: pm.Model, draws: xr.DataTree, mode: str) -> np.ndarray:
    found = pm.sample_posterior_predictive(
        draws,
        model=model,
        var_names=["happened"],
        progressbar=False,
        random_seed=SEED,
        compile_kwargs={"mode": mode},
    )
    return found["posterior_predictive"]["happened"].values[0, :, -1].mean(axis=0)


def _without_links(expected, outcomes: int):
    threshold = pm.Exponential("threshold", 1.0, shape=outcomes)
    return (pt.cumsum(expected, axis=0) >= threshold).astype("int8")


def _with_links(asked: Question, expected):
    months, outcomes = asked.log_base.shape[1:]
    link = pm.Flat("link", shape=(outcomes, outcomes))
    luck = pm.Uniform("luck", shape=(months, 2, outcomes))
    fades = 1.0 - 0.5 ** (asked.step[0] / asked.fade)

    def month(expected, luck, happened, recent, link):
        chance = 1.0 - pt.exp(-expected * pt.exp(recent @ link))
        new = (1.0 - happened) * (luck[0] < chance)
        return happened + new, recent * (luck[1] >= fades) + new

    nothing = pt.zeros(outcomes)
    sequences, start = [expected, luck], [nothing, nothing]
    return pytensor.scan(month, sequences, start, [link], return_updates=False)[0]


def _made_first(asked: Question, array: np.ndarray, axis: int) -> np.ndarray:
    order = np.r_[asked.driver, np.delete(np.arange(array.shape[axis]), asked.driver)]
    return np.take(array, order, axis=axis)
