"""An exhibit: a chart with everything that goes where it goes, on the screen and in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One chart, the numbers it draws, and its words.

    name: what the catalogue and file names call it. title: the heading. figure: without text
    colour, which the page or the file gives it. numbers: one row per mark, unrounded (probabilities
    0..1, dates as dates); every number drawn stands in it. in_words: the same for readers. alt: the
    sentence for who does not see the chart. caption: how to read it. choices: what the reader chose
    (an outcome's id, "zoom": "yes"), from which the catalogue makes the same exhibit again.
    """

    name: str
    title: str
    figure: go.Figure
    numbers: pd.DataFrame
    in_words: pd.DataFrame
    alt: str
    caption: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
