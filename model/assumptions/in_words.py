"""What is wrong with a set's file, in plain words and where: pydantic's errors reworded."""

from pydantic_core import ErrorDetails

# By pydantic's name of the error; what is not here keeps pydantic's own words.
EXPECTED = {
    "bool_type": "true or false",
    "date_from_datetime_inexact": "a date as 2023-09-21",
    "date_from_datetime_parsing": "a date as 2023-09-21",
    "date_parsing": "a date as 2023-09-21",
    "date_type": "a date as 2023-09-21",
    "finite_number": "a finite number",
    "float_type": "a number",
    "greater_than": "a number above {gt:g}",
    "greater_than_equal": "a number from {ge:g} up",
    "less_than": "a number below {lt:g}",
    "less_than_equal": "a number up to {le:g}",
    "literal_error": "{expected}",
    "model_attributes_type": "a table of keys",
    "model_type": "a table of keys",
    "string_pattern_mismatch": "words",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "words",
    "string_type": "a text in quotes",
    "too_long": "at most {max_length} of them",
    "tuple_type": "a list",
}
MOST_SHOWN, LONGEST = 40, 300  # faults, and characters of one
# Where these stand in a file: a table under one bracket is the first slip to look for.
LISTS = ("driver", "outcome", "switch", "belief", "leave_out", "event")


def messages(errors: list[ErrorDetails]) -> str:
    """One short line per fault, and how many more there are: a key may be as long as its file."""
    lines = [in_words(error) for error in errors[:MOST_SHOWN]]
    more = len(errors) - len(lines)
    lines += [f"and {more} more faults"] if more else []
    return "\n".join(line if len(line) <= LONGEST else f"{line[:LONGEST]}…" for line in lines)


def in_words(error: ErrorDetails) -> str:
    """One line of text: where it stands, what stands there, what was expected; lists from 1 on."""
    where = ".".join(str(key + 1) if isinstance(key, int) else key for key in error["loc"])
    message = _message(error)
    return f"{where}: {message}" if where else message


def _message(error: ErrorDetails) -> str:
    kind, value = error["type"], error["input"]
    if kind == "extra_forbidden":
        return "this key is not known; remove it or correct its spelling"
    if kind == "json_invalid":  # the text itself was read before: only such a half is left
        return "a text holds half of a character; write it anew"
    if kind == "missing":
        return "this key is missing; add it"
    if kind not in EXPECTED:
        return error["msg"].removeprefix("Value error, ")
    expected = EXPECTED[kind].format(**error.get("ctx", {}))
    key = error["loc"][-1] if error["loc"] else ""
    if kind == "tuple_type" and key in LISTS:
        return f"{_short(value)} where a list was expected; write [[{key}]], with two brackets"
    return f"{_short(value)} where {expected} was expected"


def _short(value: object) -> str:
    text = "a table" if isinstance(value, dict) else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
