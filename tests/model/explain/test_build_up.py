"""From the base rate to the published chance: parts that add up, each found in another way too."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model.explain.build_up import build_up
from model.forecast import forecast

DEADLINE = date(2024, 12, 31)


@pytest.fixture(scope="module")
def table(fitted):
    return build_up(fitted, DEADLINE)


def chances(run):
    return forecast(run, deadline=DEADLINE).outcomes.set_index("outcome")["probability"]


def of(table, part):
    return table[table["part"] == part].set_index("outcome")


def with_draws(run, **changed):
    """The run with other draws, as one that nothing is remembered of."""
    manifest = run.manifest | {"id": "other" + "".join(sorted(changed))}
    return replace(run, manifest=manifest, draws=run.draws | changed)


def without_links(run, **changed):
    structure = run.observed.structure
    by_class = np.zeros_like(structure.link_by_class)
    own = replace(structure, link_by_class=by_class)
    observed = replace(run.observed, structure=own)
    sizes = np.zeros_like(run.draws["link_size"])
    return replace(with_draws(run, link_size=sizes, **changed), observed=observed)


def test_the_parts_of_each_outcome_add_up_to_the_published_chance(table, fitted):
    added = table[table["part"] != "published"].groupby("outcome")["share"].sum()
    published = chances(fitted)
    assert added.to_dict() == pytest.approx(published.to_dict(), abs=1e-12)
    assert of(table, "published")["share"].to_dict() == published.to_dict()


def test_each_part_starts_where_the_one_before_ends(table):
    for _, rows in table[table["part"] != "published"].groupby("outcome"):
        assert rows["before"].tolist()[1:] == rows["after"].tolist()[:-1]
        assert rows["before"].iloc[0] == 0.0


def test_without_links_the_engine_gives_what_base_region_and_drivers_add_up_to(table, fitted):
    expected = of(table, "links")["before"]
    assert chances(without_links(fitted)).to_dict() == pytest.approx(expected.to_dict(), abs=1e-6)


def test_without_drivers_and_links_the_engine_gives_base_and_region(table, fitted):
    no_pull = np.zeros_like(fitted.draws["pull"])
    expected = of(table, "region")["after"]
    found = chances(without_links(fitted, pull=no_pull))
    assert found.to_dict() == pytest.approx(expected.to_dict(), abs=1e-6)


def test_a_driver_that_acts_on_no_outcome_has_no_part(table, fitted):
    arrows = {(effect.to, effect.from_) for effect in fitted.scenario.effects}
    drivers = table[table["part"] == "driver"]
    assert set(zip(drivers["outcome"], drivers["id"], strict=True)) == arrows
