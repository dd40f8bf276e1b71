"""A text full of signs that act in Markdown, and where on a page such a sign still would."""

import re
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

HOSTILE = "![x](https://x.example/x.png) <b>95</b> :red[war]\n\n# Peace: 95 % $a$ www.x.example"
SIGN = re.compile(r"(?<!\\)(!\[|\]\(|<b>|\$a|:red)|www\.x|^\s*#", re.MULTILINE)
MARKED = {"label", "help", "body", "content", "delta"}  # fields in which Streamlit reads Markdown
PLAIN = {"code", "text"}  # elements that are shown as they are


def told(app: AppTest) -> list[str]:
    """The texts of the page that say anything of `HOSTILE` where Streamlit reads Markdown."""
    return [text for text in _marked(app) if "x.example" in text]


def acting(app: AppTest) -> list[str]:
    """Those of them in which one of its signs would act."""
    return [text for text in told(app) if SIGN.search(text)]


def _marked(app: AppTest) -> Iterator[str]:
    """Every text that is read as Markdown, labels and helps too."""
    waiting = [app._tree]
    while waiting:
        node = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        if getattr(node, "type", "") not in PLAIN and getattr(node, "proto", None) is not None:
            yield from _texts(node.proto)


def _texts(message) -> Iterator[str]:
    for field, value in message.ListFields():
        for each in [value] if isinstance(value, str | bytes) or _is_one(value) else value:
            if isinstance(each, str) and field.name in MARKED:
                yield each
            elif hasattr(each, "ListFields"):
                yield from _texts(each)


def _is_one(value: object) -> bool:
    return not hasattr(value, "__iter__")
