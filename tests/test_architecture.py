"""The rooms and their order: data <- model <- briefing <- pages <- app, and within each of them."""

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
# Packages and files, the lowest floor first: a file may import its own package and what stands on a
# lower floor. Those of one floor stand side by side and do not import each other.
ORDER = (
    ("model/scenario", "model/engine"),
    ("model/assumptions",),
    ("model/evidence",),
    ("model/check", "model/runs"),
    ("model/intake", "model/fit", "model/workspace"),
    ("model/beliefs",),
    ("model/forecast",),
    ("model/explain", "model/inspect", "model/refit.py", "model/scoring"),
    ("model/cluster.py", "model/changes"),
    ("model/record",),
    ("model/held_out",),
    ("model/self_checks",),
    ("model/shell",),
    ("model/__main__.py",),
    ("briefing/words",),
    ("briefing/charts", "briefing/material"),
    ("briefing/exhibits",),
    ("briefing/exports/data", "briefing/exports/shared"),
    ("briefing/exports/pictures", "briefing/exports/deck"),
    ("briefing/exports/documents",),
    ("briefing/exports/writers.py",),
    ("briefing/reading",),
    ("briefing/files", "briefing/verify"),
    ("briefing/shell.py",),
    ("pages/ui/login",),
    ("pages/ui/server", "pages/ui/memory"),
    ("pages/ui/work",),
    ("pages/ui/frame",),
    (
        "pages/ui/assumptions",
        "pages/ui/workspace",
        "pages/ui/forecast",
        "pages/ui/compare",
        "pages/ui/evidence",
        "pages/ui/record",
        "pages/ui/method",
        "pages/ui/brief",
    ),
    ("pages",),
    ("app.py",),
)
FLOOR = {place: number for number, floor in enumerate(ORDER) for place in floor}
FOR_ALL = ("model", "model.__version__")  # the version, which stands below every floor
# A deck and a document are made alike, but neither of the other.
APART = {("briefing/exports/deck", "briefing/exports/documents")}
KEPT_IN = {
    "pymc": ("model/fit/posterior.py",),
    "nutpie": ("model/fit/posterior.py",),
    "pytensor": ("model/fit/posterior.py",),
    "preliz": ("model/beliefs/preliz_process.py",),
    "sqlalchemy": ("model/record/ledger/",),
    "alembic": ("model/record/ledger/",),
    "streamlit": ("pages/", "app.py"),
    "starlette": ("pages/ui/server/",),
    "plotly": ("briefing/",),
}
OUTSIDE = ["briefing/__init__.py", "briefing/exports/__init__.py", "model/__init__.py"]
MOST_FILES, MOST_LINES = 15, 300
SAMPLERS = ("pymc", "nutpie", "pytensor", "preliz")
# and those that a page or command loads only where something was published
DATABASES = ("sqlalchemy", "alembic", "psycopg")
LATE = SAMPLERS + DATABASES
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for place in ("app", "model", "briefing", "pages")
    for path in [*ROOT.glob(f"{place}.py"), *ROOT.glob(f"{place}/**/*.py")]
)


def room(file):
    """The package of ORDER that a file stands in, or the file itself where it is named there."""
    places = [file, *map(str, PurePosixPath(file).parents)]
    return next((place for place in places if place in FLOOR), None)


def imported(tree):
    """(module, node) of every import statement, `from x import y` counted as x and as x.y."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide their direction"
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def parsed(file):
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), file)


def place_of(module):
    """The room that a module, or a name in one, stands in; None where it is not ours."""
    while module:
        path = module.replace(".", "/")
        if (ROOT / path).is_dir():
            return room(path)
        if (ROOT / f"{path}.py").exists():
            return room(f"{path}.py")
        module = module.rpartition(".")[0]
    return None


def forbidden(file, module):
    """Why a file may not import a module, or None."""
    top = module.split(".")[0]
    if top == "tests":
        return "product code does not import tests"
    if top in KEPT_IN and not file.startswith(KEPT_IN[top]):
        return f"{top} stays in {' and '.join(KEPT_IN[top])}"
    here, there = room(file), place_of(module)
    if there is None or here == there or module in FOR_ALL:
        return None
    if here is None or FLOOR[there] >= FLOOR[here] or (there, here) in APART | _turned(APART):
        return f"{here or file} does not import {there}"
    return None


def _turned(pairs):
    return {(other, one) for one, other in pairs}


def faults(file, tree):
    """`line: why` for each import against the design; the shell may use briefing in functions."""
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    found = []
    for module, node in imported(tree):
        excused = file == "model/__main__.py" and module.split(".")[0] == "briefing"
        if (why := forbidden(file, module)) and not (excused and id(node) in inside):
            found.append(f"{node.lineno}: {why}")
    return sorted(set(found))


@pytest.mark.parametrize("file", FILES)
def test_imports_point_one_way(file):
    assert faults(file, parsed(file)) == []


@pytest.mark.parametrize(
    "file, line",
    [
        ("model/forecast/answer.py", "from briefing import words"),
        ("model/forecast/answer.py", "def f():\n    import briefing.words"),
        ("model/__main__.py", "from briefing import words"),
        ("model/__main__.py", "def f():\n    from pages.ui import cached"),
        ("model/refit.py", "def f():\n    import pymc as pm"),
        ("model/shell/commands.py", "import nutpie"),
        ("briefing/charts/curves.py", "import streamlit as st"),
        ("briefing/charts/curves.py", "from pages.ui.memory.forecasts import run"),
        ("pages/forecast.py", "import plotly.graph_objects as go"),
        ("pages/ui/frame/panels.py", "import app"),
        ("model/runs/store.py", "from tests.model import broken_folder"),
        ("model/scenario/dates.py", "from model.runs import Run"),
        ("model/engine/chain.py", "from model.scenario import Scenario"),
        ("model/explain/tornado.py", "from model.inspect.survival import survival"),
        ("briefing/words/tables.py", "from briefing.charts import labels"),
        ("briefing/exports/documents/word.py", "from briefing.exports.deck import text"),
        ("briefing/verify/verify.py", "from briefing.files import briefs"),
        ("pages/ui/memory/own.py", "from pages.ui.frame import controls"),
        ("pages/ui/brief/chart.py", "from pages.ui.assumptions import sets"),
    ],
)
def test_an_import_against_the_design_is_found(file, line):
    assert len(faults(file, ast.parse(line))) == 1


KEPT_TO = {
    # a scenario's folder is asked for by those who start something, and handed on from there
    "SCENARIO_FOLDER": {
        "model/check/type_errors.py",  # for an example of a key that is missing elsewhere
        "model/__main__.py",
        "model/scenario/__init__.py",
        "model/scenario/places.py",
        "model/shell/nightly/comparing.py",
        "model/shell/nightly/refitting.py",
        "model/shell/record/backtest.py",
        "model/shell/record/ledger.py",
        "model/shell/record/held_out.py",
        "model/shell/self_checks.py",
        "model/shell/sets.py",
        "model/shell/intake/command.py",
        # and what a reader codes goes into its tables
        "pages/ui/evidence/coding.py",
        "pages/ui/memory/forecasts.py",
        "pages/ui/memory/record.py",
        # and a run that a link names may be another's
        # and a link's preview names it
        "pages/ui/server/heads.py",
        # and what is wrong with it is told where a page ends in an error
        "pages/ui/server/site.py",
    },
    "south_caucasus": {"model/scenario/places.py"},
    # a run is asked of its own evidence: these make runs, or find the run of a folder
    "load_evidence": {
        "model/evidence/__init__.py",
        "model/evidence/evidence.py",
        "model/forecast/served.py",
        # and this asks a folder's whole record, without a run
        "model/inspect/driver_coverage.py",
        # and this what became of what was published
        "model/record/published/resolution.py",
        # and this whether a fit can be given it
        "model/shell/checking.py",
    },
    "read_evidence": {"model/evidence/evidence.py", "model/refit.py"},
    "built_in_sets": {
        "model/assumptions/__init__.py",
        "model/assumptions/files.py",
        "pages/ui/frame/opening.py",
        "pages/ui/compare/gap.py",
        "pages/ui/memory/forecasts.py",
        "pages/ui/memory/offers.py",
    },
    # of a run results are remembered by `model.runs.remembered`; these hold what is no run's, but
    # for the few refits that `served` keeps on purpose
    "lru_cache": {
        "model/engine/chain.py",
        "model/beliefs/elicitation.py",
        "model/forecast/served.py",
        "model/runs/store.py",
        "pages/ui/memory/evidence_stamp.py",
    }
    | {"briefing/exports/shared/text_width.py", "briefing/exports/shared/fonts.py"},
}


@pytest.mark.parametrize("word", KEPT_TO)
def test_a_word_stands_in_these_files_alone(word):
    found = {file for file in FILES if word in (ROOT / file).read_text(encoding="utf-8")}
    assert found == KEPT_TO[word]


def test_the_shell_may_import_briefing_inside_a_command():
    tree = ast.parse("def f():\n    from briefing import words\n    return words")
    assert faults("model/__main__.py", tree) == []
    names = {module for module, _ in imported(parsed("model/__main__.py"))}
    assert "briefing.words.yardsticks" in names


def test_every_room_was_walked():
    assert {room(file) for file in FILES} == {*FLOOR, None}
    assert [file for file in FILES if room(file) is None] == OUTSIDE


def python_files(top):
    return [p for p in (ROOT / top).rglob("*.py") if "__pycache__" not in p.parts]


@pytest.mark.parametrize("top", ["model", "briefing", "pages", "tests"])
def test_no_folder_holds_more_than_15_python_files(top):
    held = Counter(file.parent for file in python_files(top))
    assert {folder: count for folder, count in held.items() if count > MOST_FILES} == {}


@pytest.mark.parametrize("top", ["model", "briefing", "pages"])
def test_no_file_is_longer_than_300_lines(top):
    lines = {file: len(file.read_text("utf-8").splitlines()) for file in python_files(top)}
    assert {file: count for file, count in lines.items() if count > MOST_LINES} == {}


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith("__init__.py")])
def test_a_package_says_what_it_is_for_and_only_hands_on(file):
    says, *rest = parsed(file).body
    assert isinstance(says, ast.Expr) and isinstance(says.value.value, str)
    names = [node for node in rest if isinstance(node, ast.Assign)]
    assert [node.targets[0].id for node in names] in ([], ["__all__"], ["__version__"])
    assert all(isinstance(node, ast.ImportFrom | ast.Assign) for node in rest)


def samplers_after(code, home):
    """Which libraries of `LATE` a new process has loaded after this code."""
    return output_of(code, home)[-1]


def output_of(code, home):
    """Lines that a new process prints, the last of them its libraries of `LATE`."""
    code += f"\nimport sys\nprint(sorted(set({LATE}) & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "ARAXES_HOME": str(home), "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_forecasting_loads_no_sampler_and_no_database(tmp_path):
    assert (
        samplers_after("import model.forecast, model.shell.commands, briefing.words", tmp_path)
        == "[]"
    )


PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
# Opens one page after another, as a visitor would, and prints what is loaded after each.
VISIT = f"""
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=60).run()
for page in {PAGES}:
    app.switch_page(f"pages/{{page}}.py").run()
    assert not app.exception, app
    # where nothing is published the record has no chart, and its own title says that it opened
    drawn = app.get("plotly_chart") or app.get("image")
    assert drawn or (page, app.title[0].value) == ("record", "Has it been right?"), app
    print(page, sorted(set({LATE}) & set(sys.modules)))"""


@pytest.fixture(scope="module")
def visited(fitted_home):
    """Page -> the libraries of `LATE` that the process has loaded once it was opened."""
    *lines, _ = output_of(VISIT, fitted_home)
    return dict(line.split(maxsplit=1) for line in lines if line.split()[0] in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_the_app_process_loads_no_sampler_and_no_database(visited, page):
    assert visited[page] == "[]"
