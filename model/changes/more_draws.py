"""A fit that fails the gate is tried again with more draws, where more draws may help."""

from dataclasses import replace

from model import refit
from model.evidence import Evidence
from model.runs import Run, Settings, identity, store
from model.runs.wholeness import UnusableRun

FACTORS = (2,)  # of the draws asked for; a run that fell short was sampled for longer already


def settings_tried(first: Settings) -> list[Settings]:
    """The settings that are tried one after the other until a run passes."""
    return [first, *(replace(first, draws=factor * first.draws) for factor in FACTORS)]


def until_it_passes(run: Run, progress: refit.Progress = refit.quiet) -> Run:
    """The first run that passes the gate: `run` itself, or one of its evidence of more draws.

    run: as `refit` made it. Each is stored. Returns the last one tried where none passes, and `run`
    where it met divergences, which more draws only add to. Raises OSError as `refit.fit` does.
    """
    for settings in settings_tried(Settings(**run.manifest["settings"]))[1:]:
        if run.manifest["served"] or run.manifest["diagnostics"]["divergences"]:
            return run
        progress("evidence", 0.0, f"The gate held it back: again, {settings.draws} draws per chain")
        run = found_or_fitted(run.evidence, settings, progress)
    return run


def found_or_fitted(evidence: Evidence, settings: Settings, progress: refit.Progress) -> Run:
    """The stored run of this evidence and these settings, served or not; else it is fitted.

    Raises OSError as `refit.fit` does.
    """
    try:
        return store.load(identity.run_id(evidence, settings))
    except (FileNotFoundError, UnusableRun):
        return refit.fit(evidence, settings, progress)
