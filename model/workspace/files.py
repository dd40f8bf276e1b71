"""A workspace as one JSON file, read as a stranger's."""

import json

from pydantic import ValidationError

from model.assumptions.in_words import messages
from model.scenario import strict_json
from model.workspace.workspace import Workspace, WorkspaceError

MOST_BYTES = 10**6


def to_json(workspace: Workspace) -> bytes:
    """The file; reads back to an equal workspace. Raises WorkspaceError where it is too long."""
    plain = workspace.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    content = json.dumps({"form": workspace.form, **plain}, indent=1, ensure_ascii=False).encode()
    if len(content) > MOST_BYTES:
        raise WorkspaceError(
            f"the workspace would take more than {MOST_BYTES // 10**6} MB; remove a set first"
        )
    return content


def from_json(content: bytes) -> Workspace:
    """The workspace of a file; raises WorkspaceError that says what is wrong with it."""
    if len(content) > MOST_BYTES:
        raise WorkspaceError(f"the file is over {MOST_BYTES // 10**6} MB; is it the right one?")
    try:
        plain = strict_json.loads(content.decode("utf-8-sig"))
        # Strict, and as JSON: only there are days text and lists tuples.
        return Workspace.model_validate_json(json.dumps(plain), strict=True)
    except ValidationError as problem:
        lines = messages(problem.errors()).splitlines()
        more = f" (and {len(lines) - 1} faults more)" if len(lines) > 1 else ""
        raise WorkspaceError(f"not a workspace of Araxes: {lines[0]}{more}") from None
    except (ValueError, RecursionError) as problem:
        raise WorkspaceError(f"not a workspace of Araxes: {problem}") from None
