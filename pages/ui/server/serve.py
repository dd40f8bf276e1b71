"""The start command, `python -m pages.ui.server.serve`: serves app.py, opens each page once itself.

The opening loads the run, compiles the engine and fills the caches before a visitor waits for it.
"""

import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from streamlit import config, runtime
from streamlit.web import cli

from model.shell import temporary_files
from pages.ui.login import servers_pass, settings
from pages.ui.server import freed_memory, frozen_heap
from pages.ui.server.first_visit import visit

APP = Path(__file__).parents[3] / "app.py"
PATIENCE = 60.0  # seconds until a server that does not answer is given up
UNENCRYPTED = (
    "Visitors reach {where} by http, and whoever listens on the way can take over their login: put "
    "a server with https in front, and its address into redirect_uri of secrets.toml."
)


def serve(app: str | Path = APP, options: Sequence[str] = ()) -> None:
    """Serve the script at `app` until Ctrl-C; `options` are words of `streamlit run`."""
    freed_memory.share_arenas()
    # Streamlit's server keeps this thread until it ends, so the visit is made from another.
    for work in (_warm_up, freed_memory.give_back_again_and_again):
        threading.Thread(target=work, daemon=True).start()
    # The server puts these back when it has ended, and raises the signal that ended it once more.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: sys.exit(0))
    with temporary_files.own_folder():
        cli.main(["run", str(app), *options])


def _warm_up() -> None:
    time.sleep(1.0)  # the options are read by then
    if reason := open_to_all(config.get_option("server.address")):
        print(reason, file=sys.stderr)
    if not _opened_in_time():
        print(
            "The dashboard could not be opened once at its start: its first visitor waits longer.",
            file=sys.stderr,
        )
    while True:
        frozen_heap.leave_out_of_collections()


def open_to_all(address: str | None) -> str:
    """What whoever serves beyond this machine should know, one line; "" where there is nothing."""
    if address in settings.HERE:
        return ""
    where = address or "every address of this machine"
    if settings.is_on():
        return "" if settings.is_sent_encrypted() else UNENCRYPTED.format(where=where)
    return (
        f"The dashboard has no login, and whoever reaches {where} can use it: set one up "
        "(pages/ui/login/README.md), or leave --server.address at localhost."
    )


def _opened_in_time() -> bool:
    """Whether every page ran without an error, before patience with the server's start ended."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        time.sleep(0.2)
        try:
            if runtime.exists():
                return _open_pages()
        except TimeoutError:
            return False
        except OSError:  # the server does not listen yet
            continue
    return False


def _open_pages() -> bool:
    headers = {servers_pass.HEADER: servers_pass.issue()}
    try:
        first = visit(_socket(), headers=headers)
        return first.ran and all(visit(_socket(), page, headers).ran for page in first.menu if page)
    finally:
        servers_pass.withdraw()


def _socket() -> str:
    address = config.get_option("server.address")
    # An address that means "every one of this machine" cannot be connected to everywhere.
    host = "localhost" if address in (None, "0.0.0.0", "::") else address  # noqa: S104 - not bound here
    base = config.get_option("server.baseUrlPath").strip("/")
    port = config.get_option("server.port")
    return f"ws://{host}:{port}{'/' + base if base else ''}/_stcore/stream"


if __name__ == "__main__":
    serve(options=sys.argv[1:])
