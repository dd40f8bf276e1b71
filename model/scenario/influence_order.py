"""The order in which influences pass from driver to driver."""

from collections.abc import Iterable, Sequence


def in_order(arrows: Sequence[tuple[str, str]], ids: Iterable[str] = ()) -> list[str]:
    """All drivers (those of `arrows`, (from, to) each, and `ids`), each after all that act on it.

    Raises ValueError for a circle, its message one: `a -> b -> a`.
    """
    left = list(dict.fromkeys([*ids, *(end for arrow in arrows for end in arrow)]))
    order: list[str] = []
    while left:
        waiting = {end for start, end in arrows if start in left}
        free = [id for id in left if id not in waiting]
        if not free:
            raise ValueError(" -> ".join(_circle(arrows, left)))
        order += free
        left = [id for id in left if id in waiting]
    return order


def _circle(arrows: Sequence[tuple[str, str]], among: Sequence[str]) -> list[str]:
    """One circle, its first driver named again at its end."""
    # of what is left every driver is acted on by another that is left: going back never ends
    before = {end: start for start, end in arrows if start in among and end in among}
    path = [among[0]]
    while path[-1] not in path[:-1]:
        path.append(before[path[-1]])
    return path[path.index(path[-1]) :][::-1]
