"""The one warm browser of this process that draws figures as PNG, SVG and PDF, through Kaleido.

It starts with the first picture, is started again if it died, and ends with the process. Any
thread may ask; pictures are drawn one after another. Nothing comes from the network.
"""

import asyncio
import atexit
import os
import signal
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaleido import Kaleido

NAMED_BY = ("CHROMIUM", "BROWSER_PATH")
SECONDS = 60  # for one picture, or for the browser to start
TIDIED_AFTER = 20  # pictures
REMEDY = (
    "install one (`sudo apt-get install chromium`, or `.venv/bin/kaleido_get_chrome`) or name one "
    "(CHROMIUM=/path/to/chrome); tables and other files need no browser"
)


class NoBrowser(ValueError):
    """No Chrome or Chromium is there, or it does not start; one line with the remedy."""


def executable() -> str:
    """The browser's path: the one that CHROMIUM or BROWSER_PATH names, or in the usual places.

    Raises NoBrowser, one line with the remedy, where there is none.
    """
    for name in NAMED_BY:
        path = os.environ.get(name)
        if path and os.access(path, os.X_OK) and Path(path).is_file():
            return path
        if path:
            raise NoBrowser(f"pictures need Chrome or Chromium; none is at {name}={path}: {REMEDY}")
    from choreographer.browsers.chromium import Chromium

    path = Chromium.find_browser(skip_local=False)
    if path is None:
        raise NoBrowser(f"pictures need Chrome or Chromium, and none was found: {REMEDY}")
    return path


class WarmBrowser:
    """One browser process and the thread that speaks with it."""

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kaleido: Kaleido | None = None
        self._pictures = 0

    def draw(self, figure: Mapping, form: str, width: float, height: float, scale=1.0) -> bytes:
        """A figure (its plain dict) as png, svg or pdf; sizes in CSS pixels, `scale` times larger.

        Raises NoBrowser, and RuntimeError where a new browser fails at it too.
        """
        options = dict(format=form, width=width, height=height, scale=scale)
        return self._asked(self._drawn(figure, options)).result()

    def process(self) -> int | None:
        """The process id of the browser, None while there is none."""
        return self._kaleido.subprocess.pid if self._kaleido else None

    def close(self) -> None:
        """End the browser and its thread; the next picture starts new ones."""
        with self._starting:
            if self._loop is None:
                return
            asyncio.run_coroutine_threadsafe(self._closed(), self._loop).result(SECONDS)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._loop = None

    def _asked(self, coroutine):
        # Two threads that ask first at once must not start two browsers.
        with self._starting:
            if self._loop is None:
                self._loop, self._turn = asyncio.new_event_loop(), asyncio.Lock()
                threading.Thread(target=_run, args=(self._loop,), daemon=True).start()
            return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    async def _drawn(self, figure: Mapping, options: dict) -> bytes:
        async with self._turn:
            try:
                return await self._tried(figure, options)
            except NoBrowser:
                raise
            # Whatever it was, a new browser gets one more try, and its error goes on to the caller.
            except (Exception, asyncio.CancelledError):  # noqa: BLE001 - the second try raises
                await self._closed()
            try:
                return await self._tried(figure, options)
            except TimeoutError:
                raise RuntimeError(f"the browser drew no picture in {SECONDS} s") from None

    async def _tried(self, figure: Mapping, options: dict) -> bytes:
        kaleido = await self._opened()
        drawn = await asyncio.wait_for(kaleido.calc_fig(figure, options), SECONDS)
        await asyncio.wait_for(self._tidied(kaleido), SECONDS)
        return drawn

    async def _tidied(self, kaleido: "Kaleido") -> None:
        """Load the tab anew now and then: what it drew stays in its memory until then."""
        self._pictures += 1
        if self._pictures % TIDIED_AFTER == 0:
            tab = await kaleido.tabs_ready.get()
            await tab.reload()
            await kaleido.tabs_ready.put(tab)

    async def _opened(self) -> "Kaleido":
        if self._kaleido is not None and self._kaleido.subprocess.poll() is None:
            return self._kaleido
        await self._closed()
        # Slow to load, and not every visitor asks for a picture.
        from choreographer.errors import DevtoolsProtocolError
        from kaleido import Kaleido
        from kaleido.errors import KaleidoError

        from briefing.exports.pictures.shut_in import NOWHERE, ShutIn

        path = executable()
        shut_in = {"browser_cls": ShutIn, "proxy_server": NOWHERE}
        self._kaleido = kaleido = Kaleido(path=path, mathjax=False, **shut_in)
        try:
            await asyncio.wait_for(kaleido.open(), SECONDS)
        except (OSError, RuntimeError, DevtoolsProtocolError, KaleidoError) as problem:
            await self._closed()
            why = f"{type(problem).__name__} at the start of {path}"
            raise NoBrowser(f"pictures need Chrome or Chromium ({why}): {REMEDY}") from None
        # Last registered is first to run: the browser ends before its folder is taken away.
        atexit.unregister(self.close)
        atexit.register(self.close)
        return kaleido

    async def _closed(self) -> None:
        kaleido, self._kaleido = self._kaleido, None
        if kaleido is None:
            return
        try:
            await asyncio.wait_for(kaleido.close(), 5)
        except (Exception, asyncio.CancelledError):  # noqa: BLE001, S110 - it is ended below
            pass
        process = getattr(kaleido, "subprocess", None)
        if process is not None:
            _end(process)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()


def _end(process: subprocess.Popen) -> None:
    """End the browser's whole process group, which is its own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # it ended by itself, or is a zombie
        pass
    process.wait(5)


BROWSER = WarmBrowser()
atexit.register(BROWSER.close)
