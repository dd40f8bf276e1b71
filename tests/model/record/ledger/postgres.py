"""A PostgreSQL server of the tests' own, on a socket in a folder of its own, gone when they end."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

PATIENCE = 30


@contextmanager
def server() -> Iterator[str]:
    """The address of a server that runs until the block ends."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        owner = _owner(folder)
        data = Path(folder, "data")
        _run(program("initdb"), "-D", data, "-U", "tests", "--auth=trust", "--no-sync", **owner)
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"]
        command = [program("postgres"), "-D", data, *options, "-c", "fsync=off"]
        with open(Path(folder, "log"), "wb") as log:
            process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **owner)
        try:
            yield _ready(
                process, f"postgresql://tests@/postgres?host={folder}", Path(folder, "log")
            )
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs, which Debian keeps off the path."""
    found = shutil.which(name) or next(
        map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), ""
    )
    assert found, f"there is no {name}: install PostgreSQL (make postgresql)"
    return found


def _owner(folder: str) -> dict:
    """Who the server runs as: not root, whom PostgreSQL refuses."""
    if os.getuid() != 0:
        return {}
    shutil.chown(folder, "nobody")
    return {"user": "nobody", "extra_groups": []}


def _run(*command, **owner) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, **owner)
    assert done.returncode == 0, done.stderr


def _ready(process: subprocess.Popen, address: str, log: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(address).close()
            return address
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
