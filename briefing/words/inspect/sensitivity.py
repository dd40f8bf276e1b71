"""What moves each headline, prior or data, in sentences and a table."""

import pandas as pd

from briefing.words import numbers

SHORT = {
    "prior": "prior-driven",
    "both": "prior and data",
    "data": "data-driven",
    "neither": "neither",
}
MEANS = {
    "prior": "Moved by another prior; by the data not beyond chance",
    "both": "Moved by prior and data, which may disagree",
    "data": "Moved by the data; by another prior not beyond chance",
    "neither": "Moved by neither beyond chance",
}
SOURCE = "https://doi.org/10.1007/s11222-023-10366-5"
CAPTION = (
    "How fast a chance's distribution moves as all priors (filled circle) or the likelihood (open "
    "diamond) are raised to a power near one. Dotted: 0.05, above which a change matters "
    f"([Kallioinen and others 2024]({SOURCE})). Grey bars: how far chance alone goes, 19 times in "
    "20, with so many draws. Only a mark past both counts; what lies within is not shown, and not "
    "excluded. How far coders differ is measured, and "
    "counts as no prior."
)


def summary(table: pd.DataFrame) -> str:
    """How many headlines are prior-driven and which, then what moves the others, as sentences.

    table: that of `model.inspect.prior_sensitivity`, one row per open outcome.
    """
    if table.empty:
        return "Every outcome has happened: no chance is left to be moved."
    titles = {kind: list(rows["title"]) for kind, rows in table.groupby("diagnosis")}
    driven = len(titles.get("prior", []))
    first = (
        f"{numbers.capital(numbers.count(driven)) if driven else 'None'} of "
        f"{numbers.count(len(table))} headlines {'is' if driven < 2 else 'are'} prior-driven."
    )
    named = [f"{MEANS[kind]}: {_listed(titles[kind])}." for kind in MEANS if kind in titles]
    return " ".join([first, *named])


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Outcome, sensitivity to priors and data, each with what chance alone gives, What it means.

    One row per open outcome, as in `table`, which is that of `model.inspect.prior_sensitivity`.
    """
    return pd.DataFrame(
        {
            "Outcome": table["title"],
            "Sensitivity to the priors": _numbers(table["prior"]),
            "Chance alone, priors": _numbers(table["prior_noise"]),
            "Sensitivity to the data": _numbers(table["likelihood"]),
            "Chance alone, data": _numbers(table["likelihood_noise"]),
            "What it means": [MEANS[kind] for kind in table["diagnosis"]],
        }
    )


def alt(table: pd.DataFrame) -> str:
    """What the sensitivity chart shows, as a text.

    table: that of `model.inspect.prior_sensitivity`.
    """
    rows = "; ".join(
        f"{row.title} {row.prior:.2f} and {row.likelihood:.2f}, {SHORT[row.diagnosis]}"
        for row in table.itertuples()
    )
    return f"Sensitivity of each chance to priors and to data: {rows}."


def _numbers(values: pd.Series) -> list[str]:
    return [f"{value:.2f}" for value in values]


def _listed(titles: list[str]) -> str:
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"
