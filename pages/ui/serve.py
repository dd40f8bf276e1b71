"""The start command, `python -m pages.ui.serve`: serves app.py and opens it once itself.

The opening loads the run and compiles the engine before a visitor waits for it.
"""

import http.client
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from streamlit import config, runtime
from streamlit.web import cli

APP = Path(__file__).parents[2] / "app.py"
PATIENCE = 60.0  # seconds until a server that does not answer is given up


def serve(app: str | Path = APP, options: Sequence[str] = ()) -> None:
    """Serve `app` until Ctrl-C; `options` are those of `streamlit run`."""
    threading.Thread(target=_open_once, daemon=True).start()
    cli.main(["run", str(app), "--server.scriptHealthCheckEnabled", "true", *options])


def _open_once() -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        time.sleep(0.2)
        try:
            if runtime.exists():
                return _report(_run_app())
        except OSError:
            continue
    _report(0)


def _run_app() -> int:
    """HTTP status of one run of the app: 200 when it ran without an error."""
    # http.client, because urllib would send even this request through a proxy.
    address = config.get_option("server.address")
    host = "localhost" if address in (None, "0.0.0.0", "::") else address
    connection = http.client.HTTPConnection(host, config.get_option("server.port"))
    base = config.get_option("server.baseUrlPath").strip("/")
    connection.request("GET", f"{'/' + base if base else ''}/_stcore/script-health-check")
    return connection.getresponse().status


def _report(status: int) -> None:
    if status != 200:
        print(
            "The dashboard could not be opened once at its start: its first visitor waits longer.",
            file=sys.stderr,
        )


if __name__ == "__main__":
    serve(options=sys.argv[1:])
