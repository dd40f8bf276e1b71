"""Where an exported file comes from: written into every file's metadata, read back by `verify`."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from model import __version__
from model.assumptions import Assumptions, files
from model.scenario import strict_json

TOOL = "Araxes"


class Tier(StrEnum):
    """What leaves the house: everything, all but the names of sources, or numbers only.

    Numbers only leaves out the assumptions too, in the words and in the metadata.
    """

    full = "full"
    unsourced = "unsourced"
    numbers = "numbers"


class Provenance(BaseModel):
    """What an exported file was made from; enough to make it again where the run is stored.

    kind: chart, table, deck, brief or paragraph. name: the exhibit, for a chart or a table.
    answered_by: the run that answered, another than `run` after a refit under beliefs. data_date:
    the last day something in the evidence became known. assumptions: the set as a link, None where
    the tier keeps it back; assumptions_hash stays. since: the run that changes are told from.
    choices: what the reader chose of the exhibit. layout: size, theme, banner. likelihoods:
    the likelihood word of each outcome, since a word may have been kept from the brief before.
    record: mark of the track record that it tells of, see `model.record.published.stored`.
    difference: mark of what moved the run from the one before, see `model.changes.kept`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tool: Literal["Araxes"] = TOOL
    version: str = __version__
    kind: Literal["chart", "table", "deck", "brief", "paragraph"]
    name: str = ""
    run: str
    answered_by: str
    scenario: str
    as_of: date
    data_date: date
    deadline: date
    yardstick: str
    tier: Tier = Tier.full
    assumptions_hash: str
    assumptions: str | None = None
    since: str | None = None
    choices: Mapping[str, str] = {}
    layout: Mapping[str, str] = {}
    likelihoods: Mapping[str, str] = {}
    record: str = ""
    difference: str = ""

    def to_json(self) -> str:
        """One line of JSON; reads back to an equal provenance."""
        # Left out with the other defaults, and put back: they tell whose file it is.
        content = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps({"tool": TOOL, "version": self.version} | content, ensure_ascii=False)


def from_json(text: str | None) -> Provenance | None:
    """The provenance of a file's metadata, a JSON text; None where it is not there or not ours."""
    if not text:
        return None
    try:
        return Provenance.model_validate(strict_json.loads(text))
    except (ValidationError, ValueError, RecursionError):
        return None


def keeps_back(tier: Tier, assumptions: Assumptions) -> bool:
    """Whether a file of this tier says no more of its assumptions than their hash.

    One of numbers only always; one without sources where an assumption names a source.
    """
    names_a_source = any(left.source for left in assumptions.left_out)
    return tier is Tier.numbers or (tier is Tier.unsourced and names_a_source)


def hash_of(assumptions: Assumptions) -> str:
    """What a set supposes as a text of twelve hexadecimal digits; name and remarks do not count."""
    # Two sets that suppose the same are one, whatever they are called and whoever remarked on them.
    bare = assumptions.model_copy(update={"name": "", "about": "", "claims": ()})
    content = json.dumps(files.plain(bare), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]
