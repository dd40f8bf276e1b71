"""A stored run that was changed is named, not served, and never read past what its files hold."""

import io
import json
import shutil
import threading
import tracemalloc
from dataclasses import replace
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest

from model.forecast import open_run
from model.forecast.served import unusable
from model.runs import store, wholeness
from model.runs.identity import digest
from model.runs.wholeness import DamagedRun, OlderRun
from model.scenario import places
from tests.slow_cases import sampled


@pytest.fixture
def folder(home, small):
    return store.save(small)


def flipped(content):
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


DAMAGE = {
    "a bit flipped": flipped,
    "cut short": lambda content: content[: len(content) // 2],
    "emptied": lambda content: b"",
    "longer": lambda content: content + b" ",
    "taken away": lambda content: None,
}


@pytest.mark.parametrize("how", sampled(DAMAGE, 3))
def test_each_file_that_was_damaged_is_named_and_the_run_not_served(folder, how):
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        name, whole = path.relative_to(folder).as_posix(), path.read_bytes()
        if how == "taken away":
            path.unlink()
        else:
            path.write_bytes(DAMAGE[how](whole))
        if name == "manifest.json" and how == "longer":
            assert store.load(folder.name).id == folder.name  # a space after JSON says nothing
        elif name == "manifest.json" and how == "taken away":
            with pytest.raises(FileNotFoundError, match="no run"):
                store.load(folder.name)
        else:
            with pytest.raises(DamagedRun, match=f"{folder.name} is damaged: {name} .*refit`$"):
                store.load(folder.name)
            assert open_run(places.SCENARIO_FOLDER) is None
            assert name in unusable(places.SCENARIO_FOLDER)
        path.write_bytes(whole)
    assert open_run(places.SCENARIO_FOLDER).id == folder.name


@pytest.mark.parametrize(
    "change",
    [
        {"happened": {"peace_treaty": ["2023-01-01"]}},
        {"as_of": "2024-09-21"},
        {"served": True, "diagnostics": {"failures": []}},
        {"files": {}},
        {"seal": "0" * 64},
    ],
)
def test_a_manifest_edited_by_hand_is_not_believed(folder, change):
    edit(folder, lambda manifest: manifest | change)
    with pytest.raises(DamagedRun, match="manifest.json is not as it was stored"):
        store.load(folder.name)


def test_a_run_under_another_runs_name_is_named(folder):
    shutil.copytree(folder, folder.parent / "0123456789ab")
    with pytest.raises(DamagedRun, match="manifest.json is that of another run"):
        store.load("0123456789ab")


def test_another_runs_file_put_in_place_is_named(folder, fitted):
    other = replace(fitted, manifest=fitted.manifest | {"id": "0123456789ab"})
    shutil.copy(store.save(other) / "draws.npz", folder / "draws.npz")
    with pytest.raises(DamagedRun, match="draws.npz is not as it was stored"):
        store.load(folder.name)


def edit(folder, change):
    path = folder / "manifest.json"
    path.write_text(json.dumps(change(json.loads(path.read_text()))))


def resealed(folder, name, content):
    """Another content of a file under hashes made anew, as one who knows how could write it."""
    (folder / name).write_bytes(content)
    edit(
        folder,
        lambda manifest: wholeness.sealed(
            manifest | {"files": manifest["files"] | {name: digest(content)}}
        ),
    )


def packed(array):
    stream = io.BytesIO()
    np.savez_compressed(stream, effect=array)
    return stream.getvalue()


def declaring(shape):
    """An .npz whose one array says that it has this shape, and holds eight bytes."""
    header, stream = io.BytesIO(), io.BytesIO()
    fields = {"descr": "<f8", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, fields)
    with ZipFile(stream, "w") as parts:
        parts.writestr("effect.npy", header.getvalue() + bytes(8))
    return stream.getvalue()


def objects():
    stream = io.BytesIO()
    np.savez(stream, effect=np.array([{"a": 1}], dtype=object))
    return stream.getvalue()


def bomb():
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as parts:
        parts.writestr("effect.npy", bytes(50_000_000))
    return stream.getvalue()


LIES = {
    "a shape of a terabyte": (declaring((10**11,)), "another size of effect.npy"),
    "a shape past all numbers": (declaring((2**62, 2**62)), "another size of effect.npy"),
    "packed": (packed(np.zeros(10)), "packed effect.npy"),
    "a bomb": (bomb(), "packed effect.npy"),
    "objects": (objects(), "objects in effect.npy"),
    "no zip": (b"PK nothing", "cannot be read"),
}


@pytest.mark.parametrize("lie", LIES)
def test_an_array_that_lies_is_refused_before_it_is_read(folder, lie):
    content, said = LIES[lie]
    resealed(folder, "draws.npz", content)
    tracemalloc.start()
    with pytest.raises(DamagedRun, match=said):
        store.load(folder.name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_listed_file_outside_the_run_is_not_looked_at(folder):
    edit(folder, lambda m: wholeness.sealed(m | {"files": m["files"] | {"../../key": "0" * 64}}))
    with pytest.raises(DamagedRun, match="names a file outside the run"):
        store.load(folder.name)


def test_a_run_of_a_version_before_seals_is_still_read(folder):
    edit(folder, lambda m: {k: v for k, v in m.items() if k not in ("seal", "version")})
    assert store.load(folder.name).id == folder.name


def test_a_run_that_another_version_stored_otherwise_says_which_version(folder):
    scenario = json.loads((folder / "scenario.json").read_text()) | {"later_key": 1}
    resealed(folder, "scenario.json", json.dumps(scenario).encode())
    with pytest.raises(OlderRun, match=r"was stored by version \d.*refit`$") as refused:
        store.load(folder.name)
    assert "\n" not in str(refused.value)
    assert open_run(places.SCENARIO_FOLDER) is None


def test_a_run_whose_arrays_are_others_says_so_with_the_remedy_once(folder, small):
    arrays = small.observed.to_arrays()
    del arrays["case_event"]
    packed = io.BytesIO()
    np.savez(packed, **arrays)
    resealed(folder, "observed.npz", packed.getvalue())
    with pytest.raises(OlderRun, match="lack case_event; fit the run again") as refused:
        store.load(folder.name)
    assert str(refused.value).count("python -m model refit") == 1


@pytest.mark.parametrize("id", ["../runs/ID", "a/b", "", ".", "..", "a\0b", "é", "x" * 300])
def test_what_is_no_id_leads_to_no_folder(folder, id):
    with pytest.raises(FileNotFoundError, match="is no run's id") as refused:
        store.load(id.replace("ID", folder.name))
    assert len(str(refused.value)) < 120
    assert store.read_manifest(id) is None


@pytest.mark.parametrize("left", [("old",), ("new", "old")])
def test_a_run_moved_aside_by_a_writer_that_was_killed_is_put_back(folder, left):
    aside = folder.parent / f".{folder.name}-killed"
    aside.mkdir()
    for name in left:
        shutil.copytree(folder, aside / name)
    shutil.rmtree(folder)
    assert store.load(folder.name).id == folder.name
    assert [path.name for path in folder.parent.iterdir() if path.is_dir()] == [folder.name]


def test_what_killed_writers_left_is_gone_after_the_next_save(folder, small):
    for number in range(3):
        (folder.parent / f".{folder.name}-{number}" / "new").mkdir(parents=True)
    store.save(small)
    assert [path.name for path in folder.parent.iterdir() if path.is_dir()] == [folder.name]


def test_the_same_run_fitted_again_takes_the_place_of_a_damaged_one(folder, small):
    whole = {path.name: path.read_bytes() for path in folder.glob("*.npz")}
    other = {"id": "0123456789ab", "made_from": "older"}
    kept = store.save(replace(small, manifest=small.manifest | other))
    (folder / "draws.npz").write_bytes(flipped(whole["draws.npz"]))
    (folder / "manifest.json").write_text("{")
    assert store.save(small) == folder
    assert {path.name: path.read_bytes() for path in folder.glob("*.npz")} == whole
    assert open_run(places.SCENARIO_FOLDER).id == folder.name
    assert store.load(kept.name).id == kept.name  # and no other run is touched


def test_readers_beside_a_writer_always_find_the_whole_run(folder, small):
    done, seen = threading.Event(), []

    def read():
        while not done.is_set():
            seen.append(store.load(folder.name).id)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(6):
        store.save(small)
    done.set()
    for reader in readers:
        reader.join()
    assert set(seen) == {folder.name} and len(seen) > 5


def test_a_manifest_that_is_damaged_is_not_listed(folder, small):
    store.save(replace(small, manifest=small.manifest | {"id": "0123456789ab"}))
    (folder / "manifest.json").write_text("{")
    assert store.stored()["id"].tolist() == ["0123456789ab"]


def test_where_no_run_can_be_stored_that_is_said_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path))
    assert store.problem() is None
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ARAXES_HOME", str(tmp_path / "file"))
    assert "no run can be stored in" in store.problem() and "\n" not in store.problem()
