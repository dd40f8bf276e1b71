"""Skills and their intervals as text, and when a stored result was made."""

import pandas as pd

from briefing.words import numbers
from model.held_out.stored_tables import Result


def skill(value: float) -> str:
    """`+0.12`, `−0.03`, `0.00`; `–` where there is none."""
    if value != value:
        return "–"
    text = f"{value:+.2f}".replace("-", "−")
    return "0.00" if text[1:] == "0.00" else text


def interval(low: float, high: float) -> str:
    """`−0.03 to +0.12`; `none: one block` where nothing can be resampled."""
    return "none: one block" if low != low else f"{skill(low)} to {skill(high)}"


def compared(rows: pd.DataFrame) -> dict[str, list[str]]:
    """The columns Skill and 90% interval of a table in words.

    rows: with skill, skill_low, skill_high, as `model.scoring.skill.beside` has them.
    """
    return {"Skill": [skill(value) for value in rows["skill"]], "90% interval": intervals(rows)}


def intervals(rows: pd.DataFrame) -> list[str]:
    """Each row's `interval`; rows: with skill_low and skill_high."""
    return [interval(*ends) for ends in zip(rows["skill_low"], rows["skill_high"], strict=True)]


def sum_of(value: float, error: float) -> str:
    """`+10.4 ± 4.3`: a sum of log densities, in nats, with its standard error."""
    text = f"{value:+.1f}".replace("-", "−")
    return text if error != error else f"{text} ± {error:.1f}"


def made_said(result: Result, present: str) -> str:
    """When a stored result was made and from which evidence; `present`: version of the run shown.

    A result of another version of the model is said to be older.
    """
    made, as_of = numbers.long_date(result.made), numbers.long_date(result.as_of)
    draws = f", {result.about['draws']:,} draws" if "draws" in result.about else ""
    origin = f"Made on {made} from what was known on {as_of}{draws}"
    if result.version == present:
        return f"{origin}, with the version of the model shown here ({present})."
    return (
        f"{origin}, with version {result.version} of the model, older than what is shown here "
        f"({present}); `python -m model held-out` makes it again."
    )


def below(rows: pd.DataFrame, lowest: float) -> str:
    """What the caption of a chart that ends at `lowest` says of what lies below; "" for nothing.

    rows: with skill and skill_low.
    """
    marks, ends = (rows["skill"] < lowest).any(), (rows["skill_low"] < lowest).any()
    said = [f" A triangle: under {lowest:+.0f}.".replace("-", "−")] * bool(marks)
    said += [" Bars that reach the foot go on below it."] * bool(ends)
    return "".join(said)
