"""Time exports and count what they leave behind: python -m tests.bench.bench_exports"""

import argparse
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from statistics import median
from time import perf_counter

import psutil
from rich.console import Console

from briefing.exhibits import catalogue
from briefing.exports.pictures.browser import BROWSER
from briefing.exports.pictures.images import picture
from briefing.material.material import Material
from model.runs import Run
from model.scenario import SCENARIO_FOLDER
from model.shell.commands import open_or_fit
from tests.bench.dashboard.verdicts import Line, told, within

EXPORTS = 50
WARM = 15
MEGABYTE = 2**20
# What a document is called, its module and function, most seconds.
DOCUMENTS = (
    ("deck", "briefing.exports.deck.deck", "deck", 5.0),
    ("brief as Word", "briefing.exports.documents.word", "document", 6.0),
    ("brief as PDF", "briefing.exports.documents.pdf", "document", 6.0),
    ("brief as HTML", "briefing.exports.documents.html", "document", 6.0),
)


def pictures(run: Run) -> list[Line]:
    """The first PNG, browser start included, and the median of some warm ones."""
    material = Material(run)
    curves = catalogue.make("curves", material)
    first = seconds(lambda: picture(curves, material))
    warm = [seconds(lambda: picture(curves, material)) for _ in range(WARM)]
    return [
        within("first PNG, s", first, 4.0),
        within(f"warm PNG, s, median of {WARM}", median(warm), 1.0),
        Line(f"warm PNG, s, minimum of {WARM}", f"{min(warm):.3g}"),
    ]


def leaks(run: Run) -> list[Line]:
    """Browser processes and memory after some warm exports and after many more."""
    material = Material(run)
    names = ("curves", "scenarios", "comparison", "when")
    exhibits = [catalogue.make(name, material) for name in names]
    every = (
        (exhibit, form)
        for _ in range(EXPORTS)
        for exhibit in exhibits
        for form in ("png", "svg", "pdf")
    )
    for exhibit, form in islice(every, len(names) * 3):
        picture(exhibit, material, form)
    before = held()
    for exhibit, form in islice(every, EXPORTS):
        picture(exhibit, material, form)
    after = held()
    return [
        within(f"browser processes after {EXPORTS} more exports", after[0], before[0]),
        within("browsers among them", browsers(), 1),
        Line("their memory, MB, before → after", f"{before[1]:.0f} → {after[1]:.0f}"),
        Line("the server's memory, MB, before → after", f"{before[2]:.0f} → {after[2]:.0f}"),
    ]


def held() -> tuple[int, float, float]:
    """Processes of the browser, their megabytes (private to each), this process's megabytes."""
    below = psutil.Process(BROWSER.process()).children(recursive=True)
    family = [psutil.Process(BROWSER.process()), *below]
    alive = [one for one in family if one.status() != psutil.STATUS_ZOMBIE]
    memory = sum(one.memory_full_info().uss for one in alive) / MEGABYTE
    return len(alive), memory, psutil.Process().memory_info().rss / MEGABYTE


def browsers() -> int:
    """Browsers that this process has started and that still run."""
    mine = psutil.Process().children()
    return len([one for one in mine if "chrom" in " ".join(one.cmdline())])


def documents(run: Run) -> list[Line]:
    """Each document once more after a first one, everything computed again."""
    return [line for document in DOCUMENTS for line in timed(run, *document)]


def timed(run: Run, what: str, module: str, function: str, most: float) -> list[Line]:
    if find_spec(module) is None:
        return [Line(what, f"skipped: there is no {module}")]
    make = getattr(import_module(module), function)
    first, second = (seconds(lambda: make(Material(run))) for _ in range(2))
    return [within(f"{what}, s", second, most), Line(f"{what}, the first one, s", f"{first:.3g}")]


def seconds(call: Callable[[], object]) -> float:
    begin = perf_counter()
    call()
    return perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", help="a stored run; default: that of the default day")
    run = open_or_fit(SCENARIO_FOLDER, None, parser.parse_args().run)
    Console().print(told("Exports", [*pictures(run), *leaks(run), *documents(run)]))
    BROWSER.close()


if __name__ == "__main__":
    main()
