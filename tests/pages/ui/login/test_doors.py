"""Each function of the pages that acts refuses whoever has not the role."""

import ast

import pytest

from pages.ui.login.roles import Role
from tests.pages.test_pages import ROOT

FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").rglob("*.py"))
# What writes, takes away or starts something: by its name in a call, the role that it needs.
ACTS = {
    "publishing.publish": Role.publisher,
    "overriding.override": Role.publisher,
    "importing.bring_in": Role.publisher,
    "briefs.document": Role.analyst,
    "store.change": Role.analyst,
    "st.download_button": Role.analyst,
}
# By file, the functions that change what the visitor assumes, or start work.
CHANGE = {
    "pages/ui/memory/own.py": {"keep", "adopt", "save", "forget", "undo", "redo"},
    "pages/ui/memory/workspace.py": {"new", "change"},
    "pages/ui/work/fitting.py": {"ask"},
    "pages/ui/work/pulling.py": {"ask"},
}


def functions(file: str) -> list[ast.FunctionDef]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def acts(function: ast.AST) -> set[str]:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {name for call in calls if (name := ast.unparse(call)) in ACTS}


def guarded(function: ast.FunctionDef) -> Role:
    """The role that a function insists on; nobody where it asks for none."""
    asked = [ast.unparse(decorator) for decorator in function.decorator_list]
    return max(
        (role for role in Role if f"visitor.needs(Role.{role.name})" in asked), default=Role.nobody
    )


def test_what_acts_stands_in_a_function_that_refuses():
    found = {
        (name, file, function.name): guarded(function)
        for file in FILES
        for function in functions(file)
        for name in acts(function)
    }
    assert {name for name, *_ in found} == {*ACTS}
    assert {place: role for place, role in found.items() if role < ACTS[place[0]]} == {}


def test_nothing_acts_outside_of_a_function():
    for file in FILES:
        outside = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        outside.body = [node for node in outside.body if not isinstance(node, ast.FunctionDef)]
        assert acts(outside) == set(), file


@pytest.mark.parametrize("file", CHANGE)
def test_what_changes_a_set_or_starts_work_refuses(file):
    found = {f.name: guarded(f) for f in functions(file) if f.name in CHANGE[file]}
    assert found == dict.fromkeys(CHANGE[file], Role.analyst)


def test_every_page_asks_for_the_menu_and_with_it_for_the_gate():
    pages = sorted((ROOT / "pages").glob("*.py"))
    assert len(pages) == 7
    for page in pages:
        body = ast.parse(page.read_text(encoding="utf-8")).body
        calls = [n for n in body if any(isinstance(part, ast.Call) for part in ast.walk(n))]
        # before anything else is done
        assert ast.unparse(calls[0]) == "run, deadline = opened()", page


def test_every_file_is_of_the_page_as_it_stands_at_the_press():
    """What a button was given at its drawing may be older than what was typed since."""
    calls = {
        file: {word.arg: ast.unparse(word.value) for word in call.keywords}
        for file in FILES
        for call in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "st.download_button"
    }
    # a document is made on a press of its own, and says its banner before it is saved
    assert calls.pop("pages/ui/brief/document.py")["data"] == "made.content"
    given = [(call["data"], call["on_click"]) for call in calls.values()]
    assert given == [("file.content", "file.pressed")] * 4
