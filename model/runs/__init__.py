"""A fitted run: what it is, its id, on disk whole or not at all."""

from model.runs.identity import run_id
from model.runs.run import Run
from model.runs.settings import Settings
from model.runs.store import load, save

__all__ = [
    "Run",
    "Settings",
    "load",
    "run_id",
    "save",
]
