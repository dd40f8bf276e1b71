"""A refit that is held is said on the Forecast page, with what moved it, until a person decides."""

from dataclasses import replace

import pytest

from model.changes import kept
from model.changes.difference import difference
from model.runs import publication, store
from tests.pages.test_pages import charts, opened, text

WHY = {"reason": "since 2023-08-21: Peace treaty 20 → 40 % by 2023-12-31", "as_of": "2023-09-21"}


@pytest.fixture
def waiting(fitted, thin_of, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    store.save(fitted)
    publication.hold(fitted.id, WHY)
    kept.keep(difference(fitted, thin_of(fitted)))
    return fitted


@pytest.fixture
def thin_of():
    """The same run with every tenth draw."""

    def thinned(run):
        tenth = {
            name: {key: values[::10] for key, values in getattr(run, name).items()}
            for name in ("draws", "paths")
        }
        return replace(run, **tenth)

    return thinned


def test_a_day_that_has_only_a_held_run_says_why_and_is_not_fitted(waiting):
    app = opened(as_of="2023-09-21")
    assert not app.exception and "Peace treaty 20 → 40 %" in text(app)
    assert "what moved it" not in text(app) and len(charts(app)) == 1
    assert '--publish --as-of 2023-09-21 --accept "REASON"' in app.code[0].value
    assert not [button for button in app.button if button.key in ("fit_day", "fit_again")]


def test_another_outcome_can_be_chosen_and_the_table_holds_its_parts(waiting):
    app = opened(as_of="2023-09-21")
    choice = next(one for one in app.button_group if one.key.startswith("held:"))
    assert choice.options
    assert "Monte Carlo noise" in charts(app)[0].proto.spec


def test_the_newest_fitted_day_says_that_a_later_one_is_held(made_up, tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    publication.hold("0123456789ab", WHY | {"as_of": "2023-10-05"})
    app = opened(as_of="2023-09-21")
    assert "The refit as of 5 October 2023 is not shown yet" in text(app)
    assert "no run 0123456789ab" in text(app) and len(app.metric) == 6
