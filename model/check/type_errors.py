"""pydantic's errors on scenario.toml in plain words, with the line each stands on."""

import tomllib
import typing
from datetime import date
from functools import cache

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from model.check.problem import Problem
from model.check.scenario_file import ScenarioFile
from model.scenario import SCENARIO_FOLDER, Scenario, did_you_mean
from model.scenario.scenario import SCENARIO_FILE
from model.scenario.switch import dated_clocks

# By pydantic's name of the error; one that is not here is told in pydantic's own words.
EXPECTED = {
    "float_type": "a number",
    "finite_number": "a finite number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_type": "text in quotes",
    "string_too_short": "words",
    "string_pattern_mismatch": "lower-case letters, digits and _",
    "date_type": "a date as 2023-09-21, without quotes",
    "greater_than": "a number above {gt:g}",
    "greater_than_equal": "a number from {ge:g} up",
    "less_than": "a number below {lt:g}",
    "less_than_equal": "a number up to {le:g}",
    "too_short": "at least {min_length} of them",
    "too_long": "at most {max_length} of them",
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}


def scenario_errors(file: ScenarioFile) -> list[Problem]:
    """All that the Scenario's own types find wrong, one problem per key; [] if nothing."""
    try:
        Scenario.model_validate(dated_clocks(file.raw))
    except ValidationError as errors:
        return [_problem(file, error) for error in errors.errors(include_url=False)]
    return []


def _problem(file: ScenarioFile, error: dict) -> Problem:
    # Where a key itself is at fault pydantic adds "[key]", a name that no file has.
    path = tuple(name for name in error["loc"] if name != "[key]")
    keys = [name for name in path if isinstance(name, str)]
    key = keys[-1] if keys else "file"
    return Problem("scenario.toml", file.line(path), key, _words(error, path, key))


def _words(error: dict, path: tuple, key: str) -> str:
    kind, value = error["type"], error["input"]
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "missing" and isinstance(error["loc"][-1], int):
        return f"{key} has too few numbers; expected two, low and high; complete it"
    if kind == "missing":
        return f"the key {key!r} is missing; expected here{_example(error['loc'])}; add it"
    if kind == "extra_forbidden":
        known = _keys(error["loc"][:-1])
        return f"unknown key {key!r}; expected one of this table's; {did_you_mean(key, known)}"
    if kind == "literal_error":
        return f"{value!r} is not allowed here; expected {error['ctx']['expected']}; choose one"
    expected = EXPECTED.get(kind, error["msg"]).format(**error.get("ctx", {}))
    return f"{_short(value)} does not fit {key}; expected {expected}; correct it"


@cache
def _shipped() -> dict:
    return tomllib.loads((SCENARIO_FOLDER / SCENARIO_FILE).read_text(encoding="utf-8"))


def _example(path: tuple) -> str:
    """How the scenario that ships has this key, to be read on after "expected"; "" without one."""
    found = _shipped()
    for name in path:
        try:
            found = found[0 if isinstance(name, int) else name]
        except (KeyError, IndexError):
            return ""
    head = f"[{path[-1]}]"
    if isinstance(found, list) and isinstance(found[0], dict):
        head, found = f"[{head}]", found[0]
    if isinstance(found, dict):
        pairs = [f"{key} = {_short(value)}" for key, value in found.items()]
        return f" a table {head} such as {', '.join(pairs[:4])}"
    return f", such as {path[-1]} = {_short(found)}"


def _short(value: object) -> str:
    text = str(value) if isinstance(value, date) else repr(value).replace("\n", " ")
    return text if len(text) <= 40 else text[:37] + "..."


def _keys(path: tuple) -> list[str]:
    """The keys, as the file spells them, of the table at `path`."""
    model = Scenario
    for name in path:
        if isinstance(name, str):
            model = _model_in(_field(model, name).annotation)
    return [field.alias or name for name, field in model.model_fields.items()]


def _field(model: type[BaseModel], key: str) -> FieldInfo:
    return next(f for name, f in model.model_fields.items() if key in (name, f.alias))


def _model_in(annotation) -> type[BaseModel] | None:
    """The Part inside `tuple[Part, ...]`, `Part | None` or Part itself."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = (_model_in(argument) for argument in typing.get_args(annotation))
    return next((model for model in inside if model), None)
