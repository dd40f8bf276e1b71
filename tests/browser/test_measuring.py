"""What `make bench-ui` measures: both pages answer, and what is timed is the new answer's chart."""

import json

import pytest

from model.assumptions import Assumptions, DriverAssumption
from model.forecast import forecast
from model.scenario import default_deadline
from tests.bench.bench_ui import BARE, ONE_SLIDER
from tests.bench.dashboard import verdicts
from tests.bench.dashboard.first_load import bare_twin, first_load
from tests.bench.dashboard.session import visited, visiting
from tests.bench.dashboard.slider import sliders
from tests.bench.dashboard.visitor import Visitor
from tests.browser.server import serving

DRAWN = "[...document.querySelectorAll('.js-plotly-plot')].map(c => c.data.map(t => t.x))"
SET = -1.8


@pytest.fixture(scope="module")
def bare(fitted_home, tmp_path_factory):
    with serving(fitted_home, BARE, tmp_path_factory.mktemp("bare") / "log") as address:
        yield address


def chances(run, place: int, level: float) -> list[float]:
    """Every outcome's chance with the driver at this place set to a level."""
    moved = DriverAssumption(id=run.scenario.drivers[place].id, level=level)
    answer = forecast(run, Assumptions(drivers=(moved,)), default_deadline(run.as_of))
    return sorted(answer.outcomes["probability"])


@pytest.mark.slow
def test_the_time_of_a_press_ends_with_the_chart_of_the_new_level(address, browser, fitted):
    visitor = Visitor(browser, f"{address}/assumptions")
    took = visitor.move()
    level = float(sliders(visitor.page).first.input_value())
    *_, drawn = visitor.page.evaluate(DRAWN)[0]  # the last trace is one's own
    visitor.leave()
    assert sorted(drawn) == pytest.approx(chances(fitted, 0, level), abs=1e-12)
    assert took > 0


@pytest.mark.slow
def test_the_bare_page_repaints_its_chart_at_the_new_level(bare, browser):
    visitor = Visitor(browser, f"{bare}/?{ONE_SLIDER}")
    times = [visitor.move(), visitor.move()]
    (((first, *_),),) = visitor.page.evaluate(DRAWN)
    visitor.leave()
    assert first == pytest.approx(0.2)  # two steps of 0.1 from 0
    assert min(times) > 0


@pytest.mark.slow
def test_the_bare_twin_has_as_many_charts_and_sliders_and_its_load_is_timed(address, bare, browser):
    ours = visited(address, "assumptions")
    twin = bare_twin(ours)
    theirs = visited(bare, f"?{twin}")
    for kind in ("plotly_chart", "slider", "heading", "markdown", "date_input"):
        assert len(theirs.of_kind(kind)) == len(ours.of_kind(kind)), kind
    assert first_load(browser, f"{bare}/?{twin}", len(ours.of_kind("plotly_chart"))) > 0


def test_a_visitor_without_a_browser_gets_the_chart_of_the_new_level(address, fitted):
    with visiting(address, "assumptions") as session:
        took = session.move(session.of_kind("slider")[0], SET)
    (chart,) = session.of_kind("plotly_chart")
    drawn = sorted(json.loads(chart.spec)["data"][-1]["x"])  # the last trace is one's own
    assert drawn == pytest.approx(chances(fitted, 0, SET), abs=1e-12)
    assert took > 0


def test_verdicts_by_hand():
    # medians 200 and 100; of 1..21 the 95th percentile is 20 (at 0.95 * 20 = 19 steps from 1)
    line = verdicts.beside_bare("a", [100, 200, 300], [100], most=1.5)
    assert (line.ours, line.bare, line.ratio, line.met) == ("200 ms", "100 ms", "2.00", False)
    assert verdicts.percentile_95(range(1, 22)) == pytest.approx(20)
    assert verdicts.at_most("b", range(1, 22), [], most=20).met
    assert not verdicts.within("c", 1, 0).met
