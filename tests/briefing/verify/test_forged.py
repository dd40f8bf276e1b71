"""A file whose numbers stand but that was changed is told apart, and what was put in is named."""

import re

import pytest

from briefing.material import signature
from briefing.material.signature import Seal
from briefing.verify.verify import verify
from tests.briefing.verify.exported import NAMES
from tests.briefing.verify.forging import FORGED
from tests.briefing.verify.smuggling import SMUGGLED
from tests.slow_cases import sampled

CASES = FORGED | SMUGGLED


@pytest.mark.parametrize("case", [*sampled(FORGED, 3), *sampled(SMUGGLED, 8)])
def test_a_forged_file_does_not_pass_and_what_was_put_in_is_named(exported, case):
    name, forge, told = CASES[case]
    content = forge(exported.content(name))
    assert content != exported.content(name)
    verdict = exported.verdict(name, content)
    assert verdict.code == 3, verdict.lines
    assert any(told in line for line in verdict.lines), verdict.lines


@pytest.mark.parametrize("name", NAMES)
def test_any_bit_that_is_flipped_breaks_the_signature(exported, name):
    content, form = exported.content(name), name.split(".")[1]
    assert signature.seal_of(content, form) is Seal.whole
    (start, end) = list(signature.PLACE.finditer(content))[-1].span(1)
    step = max(1, len(content) // 23)
    for place in [*range(0, len(content), step), start + 9, len(content) - 1]:
        if form == "png" and end <= place < end + 4:
            continue  # the checksum of the signature's own chunk
        changed = bytearray(content)
        changed[place] ^= 1
        assert signature.seal_of(bytes(changed), form) is not Seal.whole, place


def test_a_signature_taken_from_another_file_is_none(exported):
    ours, other = exported.content("outcomes.csv"), exported.content("outcomes.json")
    taken = signature.PLACE.search(other)[1]
    content = re.sub(rb"(araxes-signature:)\w+", rb"\g<1>" + taken, ours)
    assert signature.seal_of(content, "csv") is Seal.changed
    assert exported.verdict("outcomes.csv", content).code == 3


def test_a_file_signed_elsewhere_cannot_be_known_here(exported, tmp_path, monkeypatch):
    content = exported.content("outcomes.csv")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    assert signature.seal_of(content, "csv") is Seal.elsewhere
    assert not (tmp_path / "key").exists()  # reading makes none
    signature.signed(b"a\n", "csv")
    assert signature.seal_of(content, "csv") is Seal.elsewhere


@pytest.mark.parametrize("name", ["outcomes.csv", "outcomes.json"])
def test_a_file_without_a_signature_is_said_to_have_none(exported, name):
    content = re.sub(
        rb'( |,\s*")araxes-signature[": ]+\w{72}"?', b"", exported.content(name), count=1
    )
    verdict = verify(exported.path(name, content))
    assert verdict.code == 3 and "it has no signature" in verdict.lines[0]


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    first = signature.signed(b"a\n", "csv")
    assert signature.signed(b"a\n", "csv") == first
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key"]
    assert signature.seal_of(first, "csv") is Seal.whole


@pytest.mark.parametrize("key", ["", "short", "é" * 64])
def test_a_key_that_is_none_signs_nothing_and_keeps_no_file_back(tmp_path, monkeypatch, key):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    (tmp_path / "key").write_text(key)
    made = signature.signed(b"a\n", "csv")
    assert made.endswith(b"0" * 72 + b"\n") and signature.seal_of(made, "csv") is Seal.missing


def test_where_no_key_can_be_kept_a_file_still_leaves(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "file"))
    assert signature.seal_of(signature.signed(b"a\n", "csv"), "csv") is Seal.missing
