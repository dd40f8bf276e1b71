"""Which process a test goes to: one of a group's files, so that what they share is made once."""

from pathlib import Path

import pytest

from tests.sharing_out import TOGETHER, group, place

ROOT = Path(__file__).parents[1]


def test_every_file_and_folder_of_a_group_is_there_and_in_one_group_only():
    paths = [path for paths in TOGETHER.values() for path in paths]
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert len({*paths}) == len(paths)


@pytest.mark.parametrize(
    ("test", "of"),
    [
        ("tests/browser/test_browser.py::test_a[x::y]", "dashboard"),
        ("tests/model/runs/test_store.py::test_b", "fits"),
        ("tests/model/engine/test_engine.py::test_c", "tests/model/engine/test_engine.py"),
        ("tests/test_setup.py::test_d", "tests/test_setup.py"),
    ],
)
def test_a_test_goes_with_its_group_or_its_file(test, of):
    assert group(test) == of


def test_groups_go_first_in_their_order_and_files_after():
    firsts = [paths[0] for paths in TOGETHER.values()]
    assert [place(f"{path}::test") for path in firsts] == list(range(len(TOGETHER)))
    assert place("tests/test_setup.py::test") == place("tests/model/engine/test_engine.py::test")
    assert place("tests/test_setup.py::test") == len(TOGETHER)
