"""What a fit is given: every array as declared, the same from disk, a clear word where not."""

from dataclasses import fields, replace

import numpy as np
import pytest

from model.fit import packing, posterior
from model.fit.drivers import NOISE_COMPONENTS
from model.runs.observed import Cases, Observed, Structure, Table
from tests.model import real_evidence

DECLARED = Observed.declared()
SCENARIO = real_evidence.evidence().scenario
LENGTHS = {
    "classes": len(SCENARIO.classes),
    "outcomes": len(SCENARIO.outcomes),
    "drivers": len(SCENARIO.drivers),
    "effects": len(SCENARIO.effects),
    "links": len(SCENARIO.links),
    "components": NOISE_COMPONENTS,
    "traits": sum(len(c.traits) for c in SCENARIO.classes),
    "months": 33,  # full months from December 2020 to August 2023
    "weeks": 150,  # 1,046 days from 10 November 2020 on, the last week cut short
}


@pytest.fixture(scope="module")
def observed():
    return real_evidence.observed()


@pytest.fixture
def arrays(observed):
    return observed.to_arrays()


def refusal(arrays):
    with pytest.raises(ValueError) as problem:
        Observed.from_arrays(arrays)
    return str(problem.value).removesuffix("; fit the run again with `python -m model refit`")


@pytest.mark.parametrize("name", DECLARED)
def test_every_array_has_the_kind_and_axes_it_declares(arrays, name):
    declared, array = DECLARED[name].metadata, arrays[name]
    expected = declared["dtype"]
    assert array.dtype.kind == "U" if expected.kind == "U" else array.dtype == expected
    assert array.ndim == len(declared["axes"])
    for axis, length in zip(declared["axes"], array.shape, strict=True):
        assert length == LENGTHS.get(axis, length), axis
    assert declared["meaning"]


def test_no_two_arrays_share_a_name_on_disk(arrays):
    parts = Observed.parts().values()
    assert len(arrays) == len(DECLARED) == sum(len(part.declared()) for part in parts) + 2


def test_all_arrays_come_back_from_their_names_on_disk(observed, arrays):
    back = Observed.from_arrays(arrays).to_arrays()
    assert list(back) == list(arrays)
    assert all(back[name] is arrays[name] for name in arrays)
    assert arrays["case_class"] is observed.cases.class_
    assert arrays["flow_day"] is observed.history.day
    assert arrays["link_to"] is observed.structure.link_to


def test_a_missing_array_is_named(arrays):
    del arrays["case_event"]
    assert refusal(arrays) == "the observed arrays lack case_event"


def test_an_unknown_array_is_named(arrays):
    arrays["case_evnt"] = arrays["case_event"]
    assert refusal(arrays) == "the observed arrays hold the unknown case_evnt"


def test_an_array_of_another_kind_is_named(arrays):
    arrays["case_class"] = arrays["case_class"].astype(float)
    assert refusal(arrays) == "the observed array case_class is float64, expected int64"


def test_an_array_whose_axis_has_another_length_than_elsewhere_is_named(arrays):
    cases = len(arrays["case_class"])
    arrays["case_event"] = arrays["case_event"][1:]
    expected = f"the observed array case_event is ({cases - 1},), expected (cases {cases})"
    assert refusal(arrays) == expected


def test_an_array_with_an_axis_too_many_is_named(arrays):
    arrays["gate_cap"] = arrays["gate_cap"][:, None]
    assert refusal(arrays).startswith("the observed array gate_cap is (11, 1), expected (classes")


def test_rows_are_cut_alike_in_every_array_of_a_table(observed):
    two = observed.cases.rows(np.array([5, 1]))
    for declared in fields(Cases):
        both = getattr(two, declared.name), getattr(observed.cases, declared.name)
        assert np.array_equal(both[0], both[1][[5, 1]])


def test_packed_numbers_come_back_and_labels_stay(observed):
    back = packing.unpack(packing.pack(observed), observed).to_arrays()
    for name, array in observed.to_arrays().items():
        assert back[name].dtype == array.dtype
        assert np.array_equal(back[name], array), name


def test_the_numbers_of_every_table_are_exchanged_and_nothing_else_of_it(observed):
    packed = packing.pack(observed)
    assert list(packed) == ["case", "build", "cell", "week", "month"]
    for table, kind in Observed.tables().items():
        part = getattr(observed, table)
        numbers = [v for v in part.to_arrays().values() if v.dtype in (np.float64, np.int64)]
        assert issubclass(kind, Table) and not issubclass(kind, Structure)
        assert len(packed[kind.prefix]) == sum(v.size for v in numbers)


def test_what_is_exchanged_does_not_depend_on_the_structure(observed):
    """A fixed array must not slip into the data that another fit swaps in."""
    blank = {name: 0 * array for name, array in observed.structure.to_arrays().items()}
    other = replace(observed, structure=Structure(**blank))
    prior = real_evidence.prior()
    before, after = (posterior.exchangeable(prior, each) for each in (observed, other))
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[name], after[name]) for name in before)
