"""Whoever writes a file keeps the set that it keeps back; nothing else writes one."""

import os

import pytest

from briefing.files import briefs, chart_file
from briefing.files.briefs import Options
from briefing.material import kept_sets
from briefing.material.material import Material
from briefing.material.provenance import Tier, hash_of, keeps_back
from briefing.reading import reader
from briefing.verify import verify
from model.assumptions import NOTHING, Assumptions, LeftOut

NAMES_A_SOURCE = Assumptions(left_out=(LeftOut(source="JAMnews"),))
NAMES_AN_EVENT = Assumptions(left_out=(LeftOut(event="E20230903-1"),))


@pytest.fixture
def unlisted(fitted, sets):
    """A material under a set that no built-in one is."""
    changed = {"drivers": sets["Ankara all in"].drivers[:1], "outcomes": ()}
    return Material(fitted, sets["Ankara all in"].model_copy(update=changed))


def listing(home):
    """Every file and folder with its size and when it was last written."""
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in home.rglob("*")}


@pytest.mark.parametrize(
    ("tier", "assumptions", "kept_back"),
    [
        (Tier.full, NAMES_A_SOURCE, False),
        (Tier.unsourced, NAMES_A_SOURCE, True),
        (Tier.unsourced, NAMES_AN_EVENT, False),
        (Tier.numbers, NAMES_AN_EVENT, True),
        (Tier.numbers, NOTHING, True),
    ],
)
def test_a_tier_keeps_back_what_would_name_what_it_leaves_out(tier, assumptions, kept_back):
    assert keeps_back(tier, assumptions) is kept_back


@pytest.mark.parametrize("tier", list(Tier))
def test_what_a_file_says_of_itself_is_told_without_writing_anything(unlisted, runs_at_hand, tier):
    before = listing(runs_at_hand)
    assert unlisted.provenance("table", tier).assumptions_hash == hash_of(unlisted.assumptions)
    assert listing(runs_at_hand) == before


def test_verify_writes_nothing_to_the_state_folder(unlisted, runs_at_hand, tmp_path):
    path = tmp_path / "outcomes.csv"
    chart_file.write("outcomes", path, unlisted, {}, tier=Tier.numbers)
    (runs_at_hand / "sets" / f"{hash_of(unlisted.assumptions)}.json").unlink()
    before = listing(runs_at_hand)
    assert verify.verify(path, unlisted.assumptions).code == 0
    assert listing(runs_at_hand) == before


@pytest.mark.parametrize("name", ["outcomes.json", "brief.html"])
def test_a_written_file_that_keeps_its_set_back_can_be_verified(
    unlisted, runs_at_hand, tmp_path, name
):
    path = tmp_path / name
    if name == "brief.html":
        briefs.write(path, unlisted, Options(Tier.numbers))
    else:
        chart_file.write("outcomes", path, unlisted, {}, tier=Tier.numbers)
    assert reader.opened(path)[1].assumptions is None
    assert verify.verify(path).code == 0


@pytest.mark.parametrize(
    ("tier", "assumptions", "is_kept"),
    [
        (Tier.numbers, NAMES_AN_EVENT, True),
        (Tier.full, NAMES_AN_EVENT, False),
        (Tier.unsourced, NAMES_A_SOURCE, True),
        (Tier.numbers, NOTHING, False),
    ],
)
def test_only_a_set_that_is_kept_back_is_kept(tmp_path, monkeypatch, tier, assumptions, is_kept):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    kept_sets.keep(assumptions, tier)
    assert (tmp_path / "sets" / f"{hash_of(assumptions)}.json").exists() is is_kept


def test_a_state_folder_that_cannot_be_written_fails_no_export(unlisted, tmp_path, monkeypatch):
    (tmp_path / "home").write_text("a file in the folder's place")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "home"))
    chart_file.write("outcomes", tmp_path / "outcomes.csv", unlisted, {}, tier=Tier.numbers)
    assert (tmp_path / "outcomes.csv").exists()


def test_so_many_sets_are_kept_those_used_last(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    monkeypatch.setattr(kept_sets, "MOST", 2)
    made = [Assumptions(name=name, left_out=(LeftOut(source=name),)) for name in "abc"]
    for hour, one in enumerate((made[0], made[1])):
        kept_sets.keep(one, Tier.numbers)
        os.utime(tmp_path / "sets" / f"{hash_of(one)}.json", (hour, hour))
    kept_sets.keep(made[0], Tier.numbers)  # used again
    kept_sets.keep(made[2], Tier.numbers)
    assert [kept_sets.by_hash(hash_of(one), ()) for one in made] == [made[0], None, made[2]]
