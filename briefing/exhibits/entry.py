"""The entry of a chart or table in its list, and how a reader's choices become ids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from briefing.material.material import Material
from model.scenario import did_you_mean
from model.scenario.plain_text import quoted

Choices = Mapping[str, str]


@dataclass(frozen=True)
class Entry[Made]:
    """A chart or a table; `choices` are the names of what can be chosen of it.

    make: computes it; an `Exhibit` of a chart, rows of a table.
    """

    shows: str
    choices: tuple[str, ...]
    make: Callable[[Material, Choices], Made]


def refuse_unknown(choices: Choices, offered: tuple[str, ...], what: str) -> None:
    """Raise ValueError for a choice that `what`, such as "the chart dots", does not offer."""
    unknown = sorted(set(choices) - set(offered))
    if unknown:
        known = ", ".join(offered) or "nothing"
        raise ValueError(f"of {what} one can choose {known}; not {', '.join(unknown)}")


def chosen(among: Mapping[str, str], choices: Choices, choice: str) -> str:
    """An id among `among` (id -> title), by the id or title that was chosen; else the first.

    choice: its name in `choices`. Raises ValueError, with the nearest id, for what is not there,
    and where there is nothing to choose.
    """
    if not among:
        raise ValueError(f"this scenario and day have no {choice} that could be shown here")
    asked = choices.get(choice)
    if asked is None:
        return next(iter(among))
    # A reader of the page knows titles, not ids.
    by_title = {title: id for id, title in among.items()}
    id = asked if asked in among else by_title.get(asked)
    if id is None:
        raise ValueError(f"{choice}: no {quoted(asked)}; {did_you_mean(asked, [*among])}")
    return id


def outcome_of(material: Material, choices: Choices) -> str:
    """The id of the open outcome that was chosen, else the first.

    Raises ValueError for one that is not there or has happened.
    """
    return chosen(material.titles(), choices, "outcome")


def one_of(choices: Choices, choice: str, allowed: tuple[str, ...]) -> str:
    """The word that was chosen, else the first that is allowed; raises ValueError for another."""
    word = choices.get(choice, allowed[0])
    if word not in allowed:
        raise ValueError(f"{choice}: no {quoted(word)}; choose {', '.join(allowed)}")
    return word


def is_zoomed(choices: Choices) -> bool:
    """Whether the reader asked for an axis that ends below 100 %; raises ValueError as `one_of`."""
    return one_of(choices, "zoom", ("no", "yes")) == "yes"
