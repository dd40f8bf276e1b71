"""The Model page: each of its parts from a cold link, with the run of the real evidence."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from model.inspect.prior_sensitivity import prior_sensitivity
from model.runs.gate import ESS_FLOOR, RHAT_LIMIT
from model.scoring import stored
from tests.pages.test_pages import ROOT, charts, text
from tests.slow_cases import slow

PATIENCE = 60
COUNTS = ("None", "One", "Two", "Three", "Four", "Five", "Six")
MEANS = {
    "prior": "Moved by another prior; by the data not beyond chance",
    "both": "Moved by prior and data, which may disagree",
    "data": "Moved by the data; by another prior not beyond chance",
    "neither": "Moved by neither beyond chance",
}


@pytest.fixture(autouse=True)
def home(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))


def opened(**link) -> AppTest:
    app = AppTest.from_file(ROOT / "pages" / "method.py", default_timeout=PATIENCE)
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize(
    ("part", "words", "drawn"),
    [
        ("Limits", "The priors were written after the article's events.", 0),
        ("Equations", "Hazard of an outcome", 0),
        ("Priors and posteriors", "are still about as wide as their priors", 1),
        slow("Sensitivity", "headlines", 1),
        ("Claims", "makes 26 claims; 7 of them are contested", 0),
        slow("Reference classes", "61 cases, in 10.5 of them it came about", 1),
        slow("Drivers' futures", "it lay inside the 90% band in", 1),
        ("Map", "Left: drivers, with influences between them. Right: outcomes", 1),
        ("Diagnostics", "A run that fails one of these is kept but never shown.", 2),
        ("Simulated worlds", "worlds were drawn from the priors", 1),
    ],
)
def test_a_link_opens_each_part(part, words, drawn):
    app = opened(section=part)
    assert not app.exception
    assert words in text(app) and len(charts(app)) == drawn


def test_the_sensitivities_are_said_as_they_are_for_the_run(fitted):
    """Headlines by what moves them: counted here, since the count differs between machines."""
    table = prior_sensitivity(fitted)
    titles = {word: list(rows["title"]) for word, rows in table.groupby("diagnosis")}
    shown = text(opened(section="Sensitivity"))
    count = COUNTS[len(titles.get("prior", []))]
    assert re.search(rf"\b{count} of six headlines (is|are) prior-driven\.", shown)
    for word, start in MEANS.items():
        named = re.search(rf"{start}: ([^.]*)\.", shown)
        listed = re.split(", | and ", named[1]) if named else []
        assert listed == titles.get(word, [])


KINDS = "Effects of drivers", "Links between outcomes", "Base rates", "Where drivers count from"


@pytest.mark.parametrize("kind", KINDS)
def test_every_prior_says_where_it_comes_from(kind):
    app = opened(section="Priors and posteriors", kind=kind)
    table = app.dataframe[0].value
    assert len(table) >= 10 and (table["Reason"].str.len() > 20).all()


def test_contested_claims_are_marked_and_their_priors_span_one():
    table = opened(section="Claims").dataframe[0].value
    contested = table[table["Contested"] == "contested"]
    spans = [prior.split("–") for prior in contested["Prior (90%)"] if prior]
    assert len(contested) == 7 and len(spans) == 5
    assert all(float(low) < 1 < float(high) for low, high in spans)


def test_limits_name_what_was_left_out_and_why():
    table = opened(section="Limits").dataframe[0].value
    assert (table["Why it was left out"].str.len() > 20).all()
    assert not table["Arrow"].str.contains("_").any()


def test_a_class_shows_its_known_weaknesses_and_its_cases_the_heaviest_first():
    app = opened(
        section="Reference classes", **{"class": "Ceasefire to renewed interstate fighting"}
    )
    assert "**Known weaknesses.**" in text(app)
    assert "counted from year 1 on" in text(app)
    assert "Most of all the base rate is moved by " in text(app)
    table = app.dataframe[0].value
    moved = table["Moves the base rate by"].str.strip("+−%").astype(float)
    assert len(table) == 54 and moved.is_monotonic_decreasing


def test_the_map_is_of_the_outcome_that_is_chosen():
    app = opened(section="Map", outcome="CSTO exit")
    assert "A map of what acts on CSTO exit" in charts(app)[0].proto.alt


def test_with_nothing_assumed_the_forecast_is_the_runs():
    assert "With nothing assumed the forecast is run " in text(opened(section="Limits"))


def test_diagnostics_show_every_parameter_and_the_gate():
    app = opened(section="Diagnostics")
    assert [metric.label for metric in app.metric] == [
        f"Worst R-hat (limit {RHAT_LIMIT})",
        f"Chances: bulk ESS (floor {ESS_FLOOR})",
        f"Chances: tail ESS (floor {ESS_FLOOR})",
        "Divergences (limit 0)",
    ]
    # rates, effects, links, departures, centres of clocks that were known then
    assert len(app.dataframe[0].value) == 11 + 26 + 13 + 6 + 16
    assert "BFMI from" in charts(app)[0].proto.alt


def test_ranks_are_of_the_parameter_that_is_chosen():
    app = opened(section="Diagnostics", parameter="departure: Peace treaty")
    assert charts(app)[1].proto.alt.startswith("Ranks of departure: Peace treaty by chain")


def test_simulated_worlds_say_whether_they_were_of_this_version_of_the_model(fitted):
    result = stored.read(stored.path_of(fitted.scenario))
    shown = text(opened(section="Simulated worlds"))
    of_this = result.version == stored.version(fitted.scenario)
    assert ("with the version of the model that is shown here" in shown) == of_this
    assert ("That is older than what is shown here" in shown) == (not of_this)


@pytest.mark.parametrize(
    "part", ["Limits", "Priors and posteriors", "Claims", "Reference classes", "Diagnostics"]
)
def test_a_table_without_a_chart_is_offered_as_files(part):
    labels = [button.proto.label for button in opened(section=part).get("download_button")]
    assert labels[-3:] == ["CSV", "Parquet", "JSON"]
