"""What is found once per process and shared by all visitors; nobody may change it in place."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from model import forecast
from model.assumptions import Assumptions
from model.runs import Run


def once[**P, T](
    key: Callable[..., tuple], entries: int, spinner: str | bool = False
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a function find each answer once; it is called with positional arguments.

    key: of the arguments, what tells one answer from another. entries: answers kept, the oldest go
    first. spinner: what is shown meanwhile. What the function raises is raised, and not kept.
    """

    def remembering(find: Callable[P, T]) -> Callable[P, T]:
        # The underscore keeps Streamlit from hashing the arguments, whole runs among them.
        def answer(key: tuple, _arguments: tuple) -> T:
            return find(*_arguments)

        # Streamlit tells caches apart by a function's name and text, and the text is this one's
        answer.__module__, answer.__qualname__ = find.__module__, find.__qualname__
        cached = st.cache_resource(show_spinner=spinner, max_entries=entries)(answer)

        @wraps(find)
        def asked(*arguments: P.args) -> T:
            return cached(key(*arguments), arguments)

        return asked

    return remembering


def by_run(run: Run, *rest) -> tuple:
    """Key of a run, by its id, and of what else is asked (outcome, deadline, …)."""
    return run.id, *rest


def by_set(run: Run, assumptions: Assumptions, *rest) -> tuple:
    """Key of a run, a set and the rest; a refit under the set's beliefs is another answer.

    Raises ValueError, one plain line, for evidence left out that the run's day does not have.
    """
    return *_of_set(run, assumptions), *rest


def by_sets(run: Run, start: Assumptions, end: Assumptions, *rest) -> tuple:
    """Key of a run, two sets and what else is asked; raises as `by_set` does."""
    return *_of_set(run, start), *_of_set(run, end), *rest


def by_runs(previous: Run, now: Run, *rest) -> tuple:
    """Key of two runs, by their ids, and of what else is asked."""
    return previous.id, now.id, *rest


def _of_set(run: Run, assumptions: Assumptions) -> tuple[str, str, str]:
    return run.id, forecast.basis_id(run, assumptions), assumptions.model_dump_json()
