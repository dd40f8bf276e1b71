"""An alert to those who asked for one: a webhook or a mail command, both by a setting.

ARAXES_ALERT_WEBHOOK is an address that takes JSON, ARAXES_ALERT_MAIL a command that takes text on
its standard input, such as `mail -s Araxes me@example.org`. Either may hold a secret, so neither is
ever printed, nor what the other side answers.
"""

import json
import os
import shlex
import subprocess
from urllib.error import HTTPError
from urllib.request import Request, urlopen

WEBHOOK, MAIL = "ARAXES_ALERT_WEBHOOK", "ARAXES_ALERT_MAIL"
PATIENCE = 20.0  # seconds


def send(text: str, facts: dict) -> list[str]:
    """Tell all that are set; returns a line on each, "… was told" or why it was not.

    text: for people. facts: the same for programs, as JSON; the webhook has both, the text under
    the key that chat programs read.
    """
    lines = []
    if address := os.environ.get(WEBHOOK):
        lines.append(f"the webhook of {WEBHOOK} {_post(address, {'text': text} | facts)}")
    if command := os.environ.get(MAIL):
        lines.append(f"the command of {MAIL} {_piped(command, text)}")
    return lines


def _post(address: str, content: dict) -> str:
    try:
        body = json.dumps(content).encode()
        request = Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - looked at next
        if request.type not in ("http", "https"):
            return "was not told: expected an address of http or https"
        with urlopen(request, timeout=PATIENCE):  # noqa: S310
            return "was told"
    except HTTPError as problem:
        return f"was not told: it answered {problem.code}"
    except (OSError, ValueError) as problem:
        # its message may hold the address
        return f"was not told ({type(problem).__name__})"


def _piped(command: str, text: str) -> str:
    try:
        done = subprocess.run(
            shlex.split(command),
            input=text.encode(),
            timeout=PATIENCE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as problem:
        return f"was not told ({type(problem).__name__})"
    return "was told" if done.returncode == 0 else f"was not told: it ended with {done.returncode}"
