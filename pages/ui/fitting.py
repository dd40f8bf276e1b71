"""Fits a run in a separate process and shows its progress, so that the app never loads PyMC.

One fit a process at a time: they use every core. A fit that failed or was cancelled stays on
record and is not started again until a visitor asks.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from briefing import words
from model import store
from pages.ui import cached

ROOT = Path(__file__).parents[2]
# Where on the bar each phase of a fit begins and ends: about its share of the time.
PHASES = {
    "compile": (0.02, 0.3),
    "sample": (0.3, 0.95),
    "forecast": (0.95, 1.0),
    "done": (1.0, 1.0),
}


@dataclass
class Fit:
    """A fit: its process and its folder, which holds progress.json and output.txt."""

    process: subprocess.Popen
    folder: Path
    cancelled: bool = False

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    @property
    def failed(self) -> bool:
        return not self.running and self.process.returncode != 0

    def progress(self) -> tuple[float, str]:
        """Share done, 0..1, and what is being done."""
        try:
            told = json.loads((self.folder / "progress.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0.0, "Starting"
        begins, ends = PHASES.get(told["phase"], (0.0, 0.02))
        share = begins + (ends - begins) * told["share"]
        return min(1.0, max(0.0, share)), told["message"] or told["phase"]

    def reason(self) -> str:
        """The last line the process said: why it failed."""
        said = (self.folder / "output.txt").read_text(encoding="utf-8", errors="replace")
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        return lines[-1] if lines else f"it ended with code {self.process.returncode}"

    def cancel(self) -> None:
        self.cancelled = True
        self.process.terminate()


def command(as_of: date) -> list[str]:
    """What a reader would type in a shell for the same fit."""
    return ["python", "-m", "model", "refit", "--as-of", as_of.isoformat()]


def start(as_of: date) -> Fit:
    folder = Path(tempfile.mkdtemp(prefix="araxes-fit-"))
    told = ["--if-needed", "--progress-file", str(folder / "progress.json")]
    # Made absolute, because the fit starts in another folder than the server may have.
    outside = os.environ | {"ARAXES_HOME": str(store.home().absolute())}
    with open(folder / "output.txt", "wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command(as_of)[1:], *told],
            cwd=ROOT,
            env=outside,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Fit(process, folder)


@st.fragment(run_every=1.0)
def wait_for_run(as_of: date) -> None:
    """Start the fit of this day unless one runs, show how far it is, then rerun the page."""
    st.title(f"No run is fitted yet as of {words.long_date(as_of)}", anchor=False)
    fits = cached.fits()
    fit = fits.get(as_of)
    if fit is None and _others_running(as_of):
        st.info("Another day is being fitted; this one starts as soon as that is done.")
    elif fit is None:
        fits[as_of] = start(as_of)
        st.progress(0.0, "Starting")
    elif fit.running:
        _show_progress(fit)
    elif fit.failed:
        _show_failure(as_of, fit)
    elif cached.run(as_of) is not None:
        del fits[as_of]
        st.rerun()
    else:
        st.error("The fit ended, but no run is served for this day. Try it in a shell:")
        _offer_again(as_of)


def _others_running(as_of: date) -> bool:
    return any(fit.running for day, fit in cached.fits().items() if day != as_of)


def _show_progress(fit: Fit) -> None:
    share, message = fit.progress()
    st.progress(share, message)
    st.caption("The forecast appears here when the fit is done; it is kept for the next visit.")
    st.button("Cancel", on_click=fit.cancel, icon=":material/close:", key="cancel_fit")


def _show_failure(as_of: date, fit: Fit) -> None:
    if fit.cancelled:
        st.warning("The fit was cancelled.")
    else:
        st.error(f"The fit failed: {_plain(fit.reason())}")
    _offer_again(as_of)


def _offer_again(as_of: date) -> None:
    st.code(" ".join(command(as_of)), language="bash")
    st.button("Fit now", on_click=cached.fits().pop, args=(as_of, None), key="fit_again")


def _plain(text: str) -> str:
    """The text with Markdown's signs escaped, as a program's output needs."""
    return re.sub(r"([\\`*_\[\]$~<>:])", r"\\\1", text)
