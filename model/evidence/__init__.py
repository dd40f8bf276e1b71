"""Every table, cut to what was known on a day; the same changed."""

from model.evidence.changed import with_events, without
from model.evidence.event_table import coded_events
from model.evidence.evidence import Evidence, countries, load_evidence

__all__ = [
    "Evidence",
    "coded_events",
    "countries",
    "load_evidence",
    "with_events",
    "without",
]
