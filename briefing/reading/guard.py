"""Files of strangers are read in a process of their own, which is given little time and memory.

A process with one thread splits the reader off itself. One with more, as a server, asks a helper
that has one; a split of many threads could stand still for ever.
"""

import faulthandler
import json
import os
import resource
import select
import signal
import subprocess
import sys
import threading
import time
import warnings
import weakref
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from briefing.exports.deck import house
from briefing.reading import reader
from briefing.reading.content import Content, Item, Picture, Unreadable
from model.workspace import files as workspaces
from model.workspace.workspace import Workspace, WorkspaceError

SECONDS = 2  # of the processor; ours take up to half of one
ROOM = 200 * 2**20  # bytes on top of what the process has
PATIENCE = 30.0  # seconds until a reader that neither works nor ends is ended
MOST_ANSWER = 100_000_000  # bytes
ROOT = Path(__file__).parents[2]
TOO_LONG = f"reading it takes more than {SECONDS} s, which no file of ours does"
TOO_LARGE = f"reading it takes more than {ROOM >> 20} MB of memory, which no file of ours does"


def read_as(form: str, content: bytes, kind: str = "") -> Content:
    """What `reader.read_as` returns and raises, and Unreadable for what takes too much."""
    return _content(json.loads(_answer(form, content, kind)))


def check_template(path: Path) -> None:
    """Open a template as a stranger's; raises ValueError, one plain line, where it is of no use."""
    try:
        content = path.read_bytes()
        answer = json.loads(_answer("template", content, str(path)))
    except OSError as problem:
        raise ValueError(f"{path}: cannot be read ({problem.strerror})") from None
    except Unreadable as problem:
        raise ValueError(f"{path}: {problem}") from None
    if "problem" in answer:
        raise ValueError(answer["problem"])


def workspace(content: bytes) -> Workspace:
    """The workspace of a stranger's file; raises WorkspaceError, one plain line, for any other."""
    try:
        answer = _answer("workspace", content, "")
    except Unreadable as problem:
        raise WorkspaceError(str(problem)) from None
    if "problem" in (fields := json.loads(answer)):
        raise WorkspaceError(fields["problem"])
    return workspaces.from_json(answer)


def _answer(form: str, content: bytes, kind: str) -> bytes:
    if threading.active_count() == 1:
        _load()
        return limited(lambda: _read(form, content, kind))
    return HELPER.ask(form, content, kind)


def _load() -> None:
    # Here once, and not by each child within its two seconds.
    from briefing.reading import documents, office  # noqa: F401


def _read(form: str, content: bytes, kind: str) -> bytes:
    """What a file says as JSON, or why it cannot be read."""
    try:
        if form == "template":  # its kind is its name
            house.read(Path(kind), content)
            return b"{}"
        if form == "workspace":
            return workspaces.to_json(workspaces.from_json(content))
        fields = asdict(reader.read_as(form, content, kind))
    except ValueError as problem:
        return json.dumps({"problem": str(problem)}).encode()
    for picture in fields["pictures"]:
        picture["content"] = b64encode(picture["content"]).decode()
    return json.dumps(fields).encode()


def _content(fields: dict) -> Content:
    """What `_read` wrote as JSON, as a `Content` again; raises Unreadable for a problem."""
    if "problem" in fields:
        raise Unreadable(fields["problem"])
    items = [Item(**item) for item in fields.pop("items")]
    pictures = [
        Picture(each["where"], each["form"], b64decode(each["content"]))
        for each in fields.pop("pictures")
    ]
    return Content(items=items, pictures=pictures, **fields)


def limited(work: Callable[[], bytes]) -> bytes:
    """What `work` returns in a child of this process; raises Unreadable where it takes too much."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # of threads of libraries, which are made for a split
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _work(work, writing)
    os.close(writing)
    answer = _all_of(reading, child)
    os.close(reading)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == -signal.SIGXCPU or code == -signal.SIGKILL:
        raise Unreadable(TOO_LONG)
    if code != 0:
        raise Unreadable(TOO_LARGE)
    return answer


def _work(work: Callable[[], bytes], writing: int) -> None:
    """The child: nothing of it comes back but what it writes and how it ends."""
    code = 1
    try:
        faulthandler.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a library says at its death
        _limit()
        view = memoryview(work())
        while view:
            view = view[os.write(writing, view) :]
        code = 0
    finally:
        os._exit(code)


def _limit() -> None:
    # CPU time and not the clock's, so that a busy machine refuses no more than an idle one
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # other systems than Linux do not tell it here
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + ROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _all_of(reading: int, child: int) -> bytes:
    parts, size, end = [], 0, time.monotonic() + PATIENCE
    while select.select([reading], [], [], max(0.0, end - time.monotonic()))[0]:
        part = os.read(reading, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > MOST_ANSWER:
            break
    os.kill(child, signal.SIGKILL)
    return b""


class Helper:
    """The process that splits for a server: started when first needed, ended with this one."""

    def __init__(self) -> None:
        self._turn, self._process = threading.Lock(), None

    def ask(self, form: str, content: bytes, kind: str) -> bytes:
        """The JSON that `_read` makes; one reads at a time. Raises Unreadable as `limited` does."""
        with self._turn:
            for _ in range(2):
                with suppress(OSError, ValueError):
                    return self._asked({"form": form, "kind": kind, "size": len(content)}, content)
                self._end()  # and once more by a new one
        raise Unreadable("it cannot be read now; try again")

    def _asked(self, head: dict, content: bytes) -> bytes:
        process = self._running()
        process.stdin.write(json.dumps(head).encode() + b"\n" + content)
        process.stdin.flush()
        size = int(process.stdout.readline())
        return process.stdout.read(size)

    def _running(self) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "briefing.reading.guard"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            weakref.finalize(self, _kill, self._process)
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            _kill(self._process)
            self._process = None


def _kill(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()


HELPER = Helper()


def main() -> None:
    """The helper: a line of JSON and the file's bytes come in, a size and the answer go out."""
    while line := sys.stdin.buffer.readline():
        head = json.loads(line)
        content = sys.stdin.buffer.read(head["size"])
        try:
            answer = limited(lambda: _read(head["form"], content, head["kind"]))  # noqa: B023
        except Unreadable as problem:
            answer = json.dumps({"problem": str(problem)}).encode()
        sys.stdout.buffer.write(b"%d\n" % len(answer) + answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _load()
    main()
