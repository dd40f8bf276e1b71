"""The media that the events come from: which country each one's words are from."""

from pathlib import Path

from model.evidence import read_table

UNKNOWN = "unknown"  # where neither a source's name nor its site tells


def countries(folder: Path) -> dict[str, str]:
    """Source -> country, as `sources.csv` has it; "several" and "unknown" are no country's.

    Raises FileNotFoundError where a scenario has no such table.
    """
    table = read_table(folder, "sources")
    return dict(zip(table["source"], table["country"], strict=True))
