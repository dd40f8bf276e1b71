"""Is a file still true? The reader's file beside its run."""

import tempfile
from pathlib import Path

import streamlit as st

from briefing.reading import reader
from briefing.verify import verify
from briefing.words import numbers

BOXES = {
    verify.MATCHES: st.success,
    verify.DIFFERS: st.error,
    verify.UNKNOWN: st.warning,
    verify.CHANGED: st.warning,
}
MOST_SHOWN = 20


def section() -> None:
    """A reader's file is read back, made again from its run, and compared; the verdict is drawn."""
    st.subheader("Check an exported file", anchor=False)
    file = st.file_uploader(
        "A file that was exported here",
        type=list(reader.FORMS),
        key="checked",
        max_upload_size=50,
    )
    if file is not None:
        with st.spinner("Making it again"):
            verdict = check(file.name, file.getvalue())
        head, *rest = (numbers.as_typed(line) for line in verdict.lines)
        BOXES[verdict.code](head)
        st.markdown("\n".join(f"- {line}" for line in rest[:MOST_SHOWN]))
        if len(rest) > MOST_SHOWN:
            st.caption(f"And {len(rest) - MOST_SHOWN} more: `python -m model verify FILE`.")


def check(name: str, content: bytes) -> verify.Verdict:
    """The verdict on a file of this name and content, its lines without the folder."""
    with tempfile.TemporaryDirectory() as folder:
        # Its ending alone: a name from outside may lead anywhere, or be longer than names can be.
        path = Path(folder, f"file{Path(name).suffix[:10]}")
        path.write_bytes(content)
        verdict = verify.verify(path)
    lines = [line.replace(str(path), name[-80:]) for line in verdict.lines]
    return verify.Verdict(verdict.code, lines)
