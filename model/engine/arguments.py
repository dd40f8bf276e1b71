"""What the engine is asked, checked: arrays of full shape, or an error that names the argument."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Question(NamedTuple):
    """What the engine is asked of outcomes, as `engine.joint_probabilities` takes it.

    log_hazard: (draws, steps, outcomes). link: (draws, outcomes, outcomes), diagonal zero. step:
    (steps,). fade: (outcomes,). start: (2**outcomes,), summing to 1. acting: (outcomes,).
    """

    log_hazard: np.ndarray
    link: np.ndarray
    step: np.ndarray
    fade: np.ndarray
    start: np.ndarray
    acting: np.ndarray


def checked(
    log_hazard: ArrayLike,
    link: ArrayLike,
    step: ArrayLike,
    fade: ArrayLike | None,
    start: Any,
    acting: ArrayLike | None,
) -> Question:
    """Return the arguments as float arrays of full shape, or raise ValueError."""
    log_hazard = np.ascontiguousarray(log_hazard, dtype=float)
    shape = log_hazard.shape
    if len(shape) != 3 or shape[2] == 0:
        raise ValueError(f"log_hazard must have shape (draws, steps, outcomes), got {shape}")
    draws, steps, outcomes = shape
    link = _shaped("link", link, (draws, outcomes, outcomes))
    link[:, range(outcomes), range(outcomes)] = 0.0
    step = _shaped("step", np.full(steps, step) if np.ndim(step) == 0 else step, (steps,))
    fade = _shaped("fade", np.full(outcomes, np.inf) if fade is None else fade, (outcomes,))
    for name, good, rule in (
        ("log_hazard", log_hazard.max(initial=-np.inf) <= 600, "at most 600, and not nan"),
        ("link", link.max(initial=-np.inf) <= 50, "at most 50, and not nan"),
        ("step", np.all((step >= 0) & (step < np.inf)), "zero or more years, and finite"),
        ("fade", np.all(fade > 0), "positive half-lives in years"),
    ):
        if not good:
            raise ValueError(f"{name} must be {rule}")
    start = _start_states(0 if start is None else start, outcomes)
    return Question(log_hazard, link, step, fade, start, _acting(acting, outcomes))


def _shaped(name: str, value: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    array = np.array(value, dtype=float, order="C")  # one layout, hence one compilation
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array


def _start_states(start: Any, outcomes: int) -> np.ndarray:
    """Return the probability of each state at time zero."""
    states = 2**outcomes
    if np.ndim(start) == 0:
        number, start = start, np.arange(states) == start
        if not start.any():
            raise ValueError(f"start must be a state from 0 to {states - 1}, got {number}")
    start = _shaped("start", start, (states,))
    # They may come from sums, rounding and all; they are normalised below.
    if not (np.all(start >= 0) and abs(start.sum() - 1) < 1e-9):
        raise ValueError("start must be probabilities that sum to 1")
    return start / start.sum()


def _acting(acting: ArrayLike | None, outcomes: int) -> np.ndarray:
    acting = _shaped("acting", np.zeros(outcomes) if acting is None else acting, (outcomes,))
    if not np.all((acting >= 0) & (acting <= 1)):
        raise ValueError("acting must be chances from 0 to 1")
    return acting
