"""A Chromium for pictures that reaches nothing: no network, no file, no page of another origin.

Kaleido's own lets any page read files and answers of other sites, which no picture of ours needs.
"""

from collections.abc import Sequence

from choreographer.browsers.chromium import Chromium

LOOSE = frozenset(
    ("--disable-web-security", "--allow-file-access-from-files", "--disable-popup-blocking")
)
NOWHERE = "127.0.0.1:9"  # the port on which nothing answers, in place of every server
SHUT = ("--proxy-bypass-list=<-loopback>", "--host-resolver-rules=MAP * ~NOTFOUND")


class ShutIn(Chromium):
    """Kaleido's Chromium without the flags that loosen it; to be given the proxy `NOWHERE`."""

    def get_cli(self) -> Sequence[str]:
        """The command that starts it, word by word."""
        return [*(word for word in super().get_cli() if word not in LOOSE), *SHUT]
