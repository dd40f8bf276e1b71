"""Futures of the drivers: one for each posterior draw, from the draw's own history."""

import numpy as np

from model.fit.drivers import monthly_decay
from model.fit.flow import draw_flow, simulate, unknown
from model.fit.influences import draw_influences, influence_prior
from model.fit.step import Step
from model.runs import Run
from model.runs.observed import Observed
from model.scenario import Scenario


def futures(
    scenario: Scenario, observed: Observed, coder_noise: np.ndarray, seed: int
) -> dict[str, np.ndarray]:
    """One future of the drivers per draw, from the draw's own history; float32 to spare room.

    coder_noise: (draws, components, drivers). Returns raw_path (draws, months + 1, drivers) over
    the scenario's horizon; flow_mean and flow_root as in `Flow`; adds (draws, influences), what a
    level adds a month to another driver's.
    """
    noise = np.einsum("ncd,tcd->ntd", coder_noise, observed.history.noise)
    paths = drawn(scenario, observed.history.mean + noise, scenario.horizon_months + 1, seed)
    return {name: array.astype(np.float32) for name, array in paths.items()}


def drawn(
    scenario: Scenario, raw: np.ndarray, months: int, seed: int | list[int]
) -> dict[str, np.ndarray]:
    """The arrays of `futures` for histories raw (draws, months + 1, drivers), `months` ahead."""
    prior, decay = influence_prior(scenario), monthly_decay(scenario.drivers)
    # each with a stream of its own: without influences the numbers are what they would be
    adds = draw_influences(raw, decay, prior, np.random.default_rng([*np.atleast_1d(seed), 3]))
    step = Step(decay, prior.start, prior.end, adds)
    rng = np.random.default_rng([*np.atleast_1d(seed), 1])  # a stream apart from the sampler's
    flow = draw_flow(raw, step, rng)
    path = simulate(raw[:, -1], flow, step, months, rng)
    return {"raw_path": path, "flow_mean": flow.mean, "flow_root": flow.root, "adds": adds}


def step_of(run: Run) -> Step:
    """What a month leaves of the raw levels, as each draw of a run has it."""
    prior = influence_prior(run.scenario)
    return Step(monthly_decay(run.scenario.drivers), prior.start, prior.end, run.paths["adds"])


def unknown_mean(run: Run) -> float:
    """What a run's months of history leave unknown of the flows' mean, as in `Flow`."""
    return unknown(len(run.observed.history.mean) - 1)
