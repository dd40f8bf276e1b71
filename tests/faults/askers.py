"""What `make fuzz` asks of a run: files sent in for a check, calls from Python, page addresses."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError
from streamlit.testing.v1 import AppTest

from briefing import shell
from briefing.exhibits import tables
from briefing.exports.data import files as data
from briefing.exports.pictures import image_metadata, in_text, sizes
from briefing.exports.writers import WRITERS, Options
from briefing.files import chart_file
from briefing.material import signature
from briefing.material.material import Material
from briefing.material.signature import Seal
from briefing.reading import guard
from briefing.reading.content import Unknown, Unreadable
from model.assumptions import Assumptions, DriverAssumption, OutcomeAssumption
from model.forecast import answered, open_run
from model.runs import Run, store
from model.scenario import SCENARIO_FOLDER
from model.workspace import files as workspaces
from model.workspace.workspace import Workspace, WorkspaceError
from tests.faults import mutations, readers
from tests.faults.readers import Case, plain

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
# Of addresses; `set` and `saved` hold links, and the others words, days or ids.
KEYS = "as_of deadline run scenario sets outcome driver chart part q since pull form zoom".split()
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
# Tables that take minutes, and in which nothing but the same two choices can be chosen.
LONG = ("pull", "signposts", "calendar")


def cases(run: Run) -> dict[str, Case]:
    """By kind, what asks `run` one thing and returns what became of it; see `readers.cases`."""
    exported = _Exported(Material(run))
    return {
        "uploads": lambda chance: _upload(chance, exported),
        "calls": lambda chance: _call(chance, run, exported.material),
        "addresses": _address,
    }


class _Exported:
    """A file of each form that is read back, made once, when it is first wanted."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.content = cache(self._content)

    def _content(self, form: str) -> bytes:
        if form == "workspace":
            return workspaces.to_json(Workspace(scenario="south_caucasus"))
        if form == "template":
            return WRITERS["pptx"](self.material, Options(), None)
        if form in data.FORMS:
            return data.table(tables.make("outcomes", self.material), self.material, form)
        if form in ("png", "svg"):
            return signature.signed(self._picture(form), form)
        pictures = in_text.pictures(self.material, draw=in_text.blank)
        return signature.signed(WRITERS[form](self.material, Options(), pictures), form)

    def _picture(self, form: str) -> bytes:
        shown = tables.make("scenarios", self.material)
        provenance = self.material.provenance("chart", name="scenarios")
        label = image_metadata.label_of(shown, self.material, provenance)
        drawn = DRAWING.encode() if form == "svg" else in_text.blank(shown)
        return image_metadata.labelled(drawn, form, label)


def _upload(chance: random.Random, exported: _Exported) -> str:
    form = chance.choice([*data.FORMS, *WRITERS, "png", "svg", "template", "workspace"])
    whole = exported.content(form)
    content = mutations.some_bytes(whole, chance)
    signed = form not in ("template", "workspace")
    if signed and content != whole and signature.seal_of(content, form) is Seal.whole:
        raise AssertionError("the signature holds over changed bytes")
    try:
        _read(form, content)
    except (Unreadable, Unknown, WorkspaceError, ValueError) as refused:
        return plain(str(refused))
    return "accepted"


def _read(form: str, content: bytes) -> None:
    if form == "workspace":
        guard.workspace(content)
    elif form == "template":
        with TemporaryDirectory() as folder:
            path = Path(folder) / "house.pptx"
            path.write_bytes(content)
            guard.check_template(path)
    else:
        guard.read_as(form, content)


def _call(chance: random.Random, run: Run, material: Material) -> str:
    """What a caller from Python may get wrong: a set, a deadline, a choice, an option."""
    call = chance.choice((_forecast, _forecast, _chart, _option, _stored, _made))
    try:
        call(chance, run, material)
    except ValidationError:
        return "refused"  # pydantic's own lines, which pages and commands put in their words
    except ValueError as refused:
        return plain(str(refused))
    return "accepted"


def _forecast(chance: random.Random, run: Run, _: Material) -> None:
    drivers = [
        DriverAssumption(
            id=_word(chance, run.scenario.driver_ids),
            level=chance.choice((-2.0, -1.0, 0.5, 2.0, 3.0, float("nan"))),
            from_=chance.choice((None, _day(chance))),
            verb=chance.choice(("make", "assume")),
        )
        for _ in range(chance.randrange(3))
    ]
    outcomes = [
        OutcomeAssumption(
            id=_word(chance, run.scenario.outcome_ids),
            by=_day(chance),
            happens=chance.random() < 0.5,
            verb=chance.choice(("make", "assume")),
        )
        for _ in range(chance.randrange(3))
    ]
    told = answered(run, Assumptions(drivers=drivers, outcomes=outcomes), _day(chance))
    if not told.outcomes["probability"].between(0, 1).all():
        raise AssertionError("a chance that is none")


def _stored(chance: random.Random, run: Run, _: Material) -> None:
    """A run by an id, or by a folder and a day, of which one is nobody's."""
    folder = Path(_word(chance, [str(SCENARIO_FOLDER)]).replace("\0", ""))
    try:
        store.load(_word(chance, [run.id]))
        open_run(folder, _day(chance))
    except OSError as missing:  # a folder's name may be longer than any file's
        plain(missing.strerror or str(missing))


def _made(chance: random.Random, _: Run, __: Material) -> None:
    """A set from what is no text and no number, and from too much of it."""
    odd = (*mutations.HOSTILE, None, True, -1, 1e400, 10**400, [], {}, [{}] * 1000, object())
    part = chance.choice([*Assumptions.model_fields])
    Assumptions(**{part: chance.choice((chance.choice(odd), [{"id": chance.choice(odd)}]))})


def _chart(chance: random.Random, _: Run, material: Material) -> None:
    name = _word(chance, [name for name in tables.names() if name not in LONG])
    choice = chance.choice(("outcome", "driver", "past", "zoom", "top", "from", "to", "months"))
    tables.make(name, material, {choice: chance.choice(mutations.HOSTILE)})


def _option(chance: random.Random, _: Run, __: Material) -> None:
    text = chance.choice((*mutations.HOSTILE, "slide", "1200x800", "full", "ICD-203", "a=b"))
    readers: tuple[Callable[[str], object], ...] = (
        sizes.size_of,
        shell.tier_of,
        shell.yardstick_of,
        lambda text: chart_file.chosen([text]),
    )
    chance.choice(readers)(text)


def _word(chance: random.Random, known) -> str:
    return chance.choice([*known]) if chance.random() < 0.8 else chance.choice(mutations.HOSTILE)


def _day(chance: random.Random) -> date:
    odd = (date.min, date.max, date(2023, 9, 21), date(2024, 2, 29))
    near = date(2023, 9, 22) + timedelta(days=chance.randrange(1000))
    return chance.choice(odd) if chance.random() < 0.3 else near


def open_each_page() -> None:
    """Open every page once, which loads and compiles what all of them need."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    for page in PAGES:
        app.switch_page(f"pages/{page}.py").run()


def _address(chance: random.Random) -> str:
    """A page at an address that somebody sent; what it warns of it has refused."""
    app, link = AppTest.from_file(ROOT / "app.py", default_timeout=120), _mutated(chance)
    for page in ("forecast", chance.choice(PAGES)):
        for key, text in link.items():
            app.query_params[key] = text
        app.switch_page(f"pages/{page}.py").run()
    if app.exception:
        raise AssertionError(f"a page that ends in an error: {app.exception[0].message[:200]}")
    return "refused" if app.error or app.warning else "accepted"


def _mutated(chance: random.Random) -> dict[str, str]:
    """What an address says, by name."""
    link = {key: chance.choice(mutations.HOSTILE) for key in chance.sample(KEYS, 2)}
    for key in ("set", "saved"):
        if chance.random() < 0.5:
            link[key] = readers.mutated_link(chance)
    # no browser sends half of a pair
    return {key: text.encode("utf-8", "replace").decode() for key, text in link.items()}
