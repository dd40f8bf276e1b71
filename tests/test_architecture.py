"""The design's import directions: data <- model <- briefing <- pages <- app."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from model.scenario import places

ROOT = Path(__file__).parents[1]
LAYERS = ("model", "briefing", "pages", "app")  # each may import itself and what stands before it
KEPT_IN = {
    "pymc": ("model/fit/posterior.py",),
    "nutpie": ("model/fit/posterior.py",),
    "pytensor": ("model/fit/posterior.py",),
    "preliz": ("model/beliefs/preliz_process.py",),
    "streamlit": ("pages/", "app.py"),
    "plotly": ("briefing/",),
}
SAMPLERS = ("pymc", "nutpie", "pytensor", "preliz")
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for place in LAYERS
    for path in [*ROOT.glob(f"{place}.py"), *ROOT.glob(f"{place}/**/*.py")]
)


def layer(file):
    return file.split("/")[0].removesuffix(".py")


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


def forbidden(file, module):
    """Why a file may not import a module, or None."""
    top = module.split(".")[0]
    if top == "tests":
        return "product code does not import tests"
    if top in LAYERS and LAYERS.index(top) > LAYERS.index(layer(file)):
        return f"{layer(file)} does not import {top}"
    if top in KEPT_IN and not file.startswith(KEPT_IN[top]):
        return f"{top} stays in {' and '.join(KEPT_IN[top])}"
    return None


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
    ],
)
def test_an_import_against_the_design_is_found(file, line):
    assert len(faults(file, ast.parse(line))) == 1


KEPT_TO = {
    # a scenario's folder is asked for by those who start something, and handed on from there
    "SCENARIO_FOLDER": {
        "model/scenario/__init__.py",
        "model/scenario/places.py",
        "pages/ui/memory/forecasts.py",
    },
    "south_caucasus": {"model/scenario/places.py", "model/__main__.py"},
    # a run is asked of its own evidence: these make runs, or find the run of a folder
    "load_evidence": {
        "model/evidence/__init__.py",
        "model/evidence/evidence.py",
        "model/forecast/served.py",
    },
    "read_evidence": {"model/evidence/evidence.py", "model/refit.py"},
    "built_in_sets": {
        "model/assumptions/__init__.py",
        "model/assumptions/files.py",
        "model/evidence/evidence.py",
        "pages/ui/assumptions/sets.py",
        "pages/ui/compare/gap.py",
        "pages/ui/memory/forecasts.py",
    },
    # of a run results are remembered by `model.runs.remembered`; these hold what is no run's, but
    # for the few refits that `served` keeps on purpose
    "lru_cache": {
        "model/engine/chain.py",
        "model/beliefs/elicitation.py",
        "model/forecast/served.py",
    }
    | {"briefing/exports/shared/text_width.py"},
}


@pytest.mark.parametrize("word", KEPT_TO)
def test_a_word_stands_in_these_files_alone(word):
    found = {file for file in FILES if word in (ROOT / file).read_text(encoding="utf-8")}
    assert found == KEPT_TO[word]


def test_the_shell_and_the_store_name_the_same_folder():
    from model import __main__

    assert __main__.SCENARIO == places.SCENARIO_FOLDER


def test_the_shell_may_import_briefing_inside_a_command():
    tree = ast.parse("def f():\n    from briefing import words\n    return words")
    assert faults("model/__main__.py", tree) == []
    names = {module for module, _ in imported(parsed("model/__main__.py"))}
    assert "briefing.words.yardsticks" in names


def test_every_layer_was_walked():
    assert {layer(file) for file in FILES} == set(LAYERS)
    assert {"model/fit/posterior.py", "app.py", "pages/ui/memory/forecasts.py"} <= set(FILES)


def samplers_after(code, home):
    """Which sampling libraries a new process has loaded after this code."""
    return output_of(code, home)[-1]


def output_of(code, home):
    """Lines that a new process prints, the last of them its sampling libraries."""
    code += f"\nimport sys\nprint(sorted(set({SAMPLERS}) & set(sys.modules)))"
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


def test_forecasting_does_not_load_the_sampler(tmp_path):
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
    assert not app.exception and (app.get("plotly_chart") or app.get("image")), app
    print(page, sorted(set({SAMPLERS}) & set(sys.modules)))"""


@pytest.fixture(scope="module")
def visited(fitted_home):
    """Page -> the sampling libraries that the process has loaded once it was opened."""
    *lines, _ = output_of(VISIT, fitted_home)
    return dict(line.split(maxsplit=1) for line in lines if line.split()[0] in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_the_app_process_does_not_load_the_sampler(visited, page):
    assert visited[page] == "[]"
