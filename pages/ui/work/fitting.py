"""Fits in a separate process and shows the progress, so that the app never loads PyMC.

A fit is wanted for a day that has no run, or under beliefs that the fast answer cannot follow.

One fit per process at a time: they use every core. It ends when nobody looks at it any more, or
the server ends. A fit that failed or was cancelled stays on record and is not started again until a
visitor asks.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import streamlit as st

from briefing.words import numbers
from model.assumptions import NOTHING, Assumptions, files
from model.runs import Run
from model.scenario import places
from pages.ui.login import visitor
from pages.ui.login.controls import button
from pages.ui.login.roles import Role
from pages.ui.memory import forecasts
from pages.ui.work import a_days_fits, room

UNSEEN = 120.0  # seconds after which a fit that no page follows is ended
ON_RECORD = 20  # fits that ended badly, the oldest forgotten first
ROOT = Path(__file__).parents[3]
ASKED = "fits asked for"
# Where on the bar each phase of a fit begins and ends: about its share of the time.
PHASES = {
    "compile": (0.02, 0.3),
    "sample": (0.3, 0.95),
    "forecast": (0.95, 1.0),
    "done": (1.0, 1.0),
}


@dataclass(frozen=True)
class Wanted:
    """What is to be fitted: a day, under beliefs or none."""

    as_of: date
    beliefs: Assumptions = NOTHING


@dataclass
class Fit:
    """A fit: its process and its folder, which holds progress.json and output.txt."""

    process: subprocess.Popen
    folder: Path
    cancelled: bool = False
    seen: float = field(default_factory=time.monotonic)

    @property
    def running(self) -> bool:
        """Whether the process has not ended yet."""
        return self.process.poll() is None

    @property
    def failed(self) -> bool:
        """Whether it ended with another code than 0, as a cancelled fit does."""
        return not self.running and self.process.returncode != 0

    def progress(self) -> tuple[float, str]:
        """Share done, 0..1, and what is being done."""
        try:
            progress = json.loads((self.folder / "progress.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):  # not there yet
            return 0.0, "Starting"
        begins, ends = PHASES.get(progress["phase"], (0.0, 0.02))
        share = begins + (ends - begins) * progress["share"]
        return min(1.0, max(0.0, share)), progress["message"] or progress["phase"]

    def reason(self) -> str:
        """The last line of the process's output: why it failed."""
        output = (self.folder / "output.txt").read_text(encoding="utf-8", errors="replace")
        lines = [line.strip() for line in output.splitlines() if line.strip()]
        return lines[-1] if lines else f"it ended with code {self.process.returncode}"

    def cancel(self) -> None:
        """End the process and all that it started; the fit stays on record as failed."""
        # Marked first: whoever sees the process end must not read it as a failure.
        self.cancelled = True
        with suppress(ProcessLookupError, PermissionError):  # it ended meanwhile
            os.killpg(self.process.pid, signal.SIGTERM)

    def watch(self) -> None:
        """Wait until it ends; end it once no page has followed it for `UNSEEN` seconds."""
        while self.running:
            time.sleep(1.0)
            if time.monotonic() - self.seen > UNSEEN:
                self.cancel()
                return

    def clear(self) -> None:
        """Remove its folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def command(as_of: date, beliefs_file: Path | None = None) -> list[str]:
    """What a reader would type in a shell for the same fit, word by word."""
    plain = ["python", "-m", "model", "refit", "--as-of", as_of.isoformat()]
    return plain if beliefs_file is None else [*plain, "--assume", str(beliefs_file)]


def start(wanted: Wanted) -> Fit:
    """Start the fit in a process and a folder of its own; raises OSError where it cannot."""
    folder = Path(tempfile.mkdtemp(prefix="araxes-fit-"))
    file = None if wanted.beliefs.is_empty else folder / "beliefs.toml"
    if file is not None:
        file.write_text(files.to_toml(wanted.beliefs), encoding="utf-8")
    options = ["--if-needed", "--progress-file", str(folder / "progress.json")]
    # Made absolute, because the fit starts in another folder than the server may have.
    environment = os.environ | {
        "ARAXES_HOME": str(places.home().absolute()),
        "ARAXES_ENDS_WITH": str(os.getpid()),
    }
    with open(folder / "output.txt", "wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command(wanted.as_of, file)[1:], *options],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a group of its own, to be ended as a whole
        )
    fit = Fit(process, folder)
    threading.Thread(target=fit.watch, daemon=True).start()
    return fit


def run_wanted(as_of: date, fitted: date | None, go: Callable[[date], None]) -> None:
    """Offer to fit a day that has no run, or to go to a fitted one; wait for a fit that was asked.

    fitted: a fitted day, None where there is none: then the fit starts unasked, as there is nothing
    else to show. go: called with the day that is to be shown instead.
    """
    st.title(f"No run is fitted yet as of {numbers.long_date(as_of)}", anchor=False)
    if fitted is None or is_asked(Wanted(as_of)):
        _wait_for_run(as_of)
        return
    st.markdown(
        "A day is fitted once, in half a minute, a recent one in some minutes, and kept for all "
        "visitors."
    )
    with st.container(horizontal=True):
        button(
            Role.analyst,
            f"Fit {numbers.long_date(as_of)}",
            on_click=ask,
            args=(Wanted(as_of),),
            icon=":material/play_arrow:",
            key="fit_day",
        )
        st.button(
            f"Go to {numbers.long_date(fitted)}, which is fitted",
            on_click=go,
            args=(fitted,),
            icon=":material/arrow_back:",
            key="go_to_fitted",
        )


@visitor.needs(Role.analyst)
def ask(wanted: Wanted) -> None:
    """Note that this visitor wants a fit: for the callback of a button."""
    st.session_state.setdefault(ASKED, set()).add(wanted)


def is_asked(wanted: Wanted) -> bool:
    """Whether this visitor asked for a fit, or it is under way for another."""
    return wanted in st.session_state.get(ASKED, ()) or wanted in forecasts.fits()


def _forget(wanted: Wanted) -> None:
    st.session_state.get(ASKED, set()).discard(wanted)


@st.fragment(run_every=1.0)
def _wait_for_run(as_of: date) -> None:
    """Start the fit of this day unless one runs, show how far it is, then rerun the page."""
    follow(
        Wanted(as_of),
        "The forecast appears here when the fit is done; it is kept for the next visit.",
        lambda: forecasts.run(as_of) is not None,
    )


@st.fragment(run_every=1.0)
def refit_beliefs(run: Run, assumptions: Assumptions) -> None:
    """Offer the fit under a set's beliefs, about half a minute; draw how far it is."""
    wanted = Wanted(run.as_of, assumptions.changes)
    if not is_asked(wanted):  # a link alone, which may be anybody's, starts nothing
        options = {"icon": ":material/play_arrow:", "key": "fit_now"}
        button(Role.analyst, "Fit now", on_click=ask, args=(wanted,), **options)
        return
    follow(
        wanted,
        "The answer of the refit replaces this one when it is done. Go on meanwhile.",
        lambda: forecasts.basis_id(run, assumptions) != run.id,
    )


def follow(wanted: Wanted, promise: str, is_served: Callable[[], bool]) -> None:
    """Start a fit, show how far it is, and rerun the page once its run is served.

    promise: a sentence under the bar on what the fit is for. is_served: asked once it has ended.
    """
    fits = forecasts.fits()
    fit = fits.get(wanted)
    if fit is not None:
        fit.seen = time.monotonic()
    before = _others_running(wanted)
    if fit is None and before:
        _show_queue(wanted, before)
    elif fit is None:
        _begin(wanted)
    elif fit.running:
        _show_progress(fit, promise)
    elif fit.failed:
        _show_failure(wanted, fit)
    elif is_served():
        fits.pop(wanted).clear()
        _forget(wanted)
        st.rerun()
    else:
        st.error("The fit ended, but no run of it is served. Try it in a shell:")
        _offer_again(wanted)


def _begin(wanted: Wanted) -> None:
    """Start the fit, unless too many were started within a day."""
    if reason := a_days_fits.refusal():
        st.info(reason)
        return
    fits = forecasts.fits()
    ended = [other for other, fit in fits.items() if not fit.running]
    for other in ended[: max(0, len(ended) - ON_RECORD)]:
        fits.pop(other).clear()
    a_days_fits.count()
    room.make()
    fits[wanted] = start(wanted)
    st.progress(0.0, "Starting")


def _others_running(wanted: Wanted) -> list[Wanted]:
    return [other for other, fit in forecasts.fits().items() if other != wanted and fit.running]


def _show_queue(wanted: Wanted, before: list[Wanted]) -> None:
    """Whose fit is waited for and how far it is, and a way to leave the queue."""
    share, _ = forecasts.fits()[before[0]].progress()
    day = numbers.long_date(before[0].as_of)
    st.info(f"The fit of {day} is running ({share:.0%}); this one starts when that is done.")
    if wanted in st.session_state.get(ASKED, ()):
        st.button(
            "Do not wait",
            on_click=_forget,
            args=(wanted,),
            icon=":material/close:",
            key="leave_queue",
        )


def _show_progress(fit: Fit, promise: str) -> None:
    share, message = fit.progress()
    st.progress(share, message)
    st.caption(promise)
    options = {"icon": ":material/close:", "key": "cancel_fit"}
    button(Role.analyst, "Cancel", on_click=fit.cancel, **options)


def _show_failure(wanted: Wanted, fit: Fit) -> None:
    if fit.cancelled:
        st.warning("The fit was cancelled.")
    else:
        st.error(f"The fit failed: {numbers.as_typed(fit.reason())}")
    _offer_again(wanted)


def _offer_again(wanted: Wanted) -> None:
    file = None if wanted.beliefs.is_empty else Path("beliefs.toml")
    st.code(" ".join(command(wanted.as_of, file)), language="bash")
    forget = {"on_click": forecasts.fits().pop, "args": (wanted, None)}
    button(Role.analyst, "Fit now", key="fit_again", **forget)
