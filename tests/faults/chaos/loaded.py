"""Imported by the process that all writers are forks of, and by nothing else."""

from tests.faults.chaos import acts

acts.load()
