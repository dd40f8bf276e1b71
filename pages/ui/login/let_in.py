"""The sessions whose last look at a page the gate let in: for requests outside of any session."""

from streamlit.runtime.scriptrunner import get_script_run_ctx

MOST = 10_000  # sessions that are remembered, those that came last
_let_in: dict[str, None] = {}


def note(is_let_in: bool) -> None:
    """Remember of this session whether its visitor was let in; outside of one, nothing."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return
    _let_in.pop(context.session_id, None)
    if is_let_in:
        _let_in[context.session_id] = None
    while len(_let_in) > MOST:
        _let_in.pop(next(iter(_let_in)), None)  # another thread may be quicker


def is_let_in(session_id: str) -> bool:
    """Whether the visitor of the session of this id was let in when it last asked for a page."""
    return session_id in _let_in
