"""Plain data -> a record, or what is wrong with the data, in the words of an editor."""

import re
from collections.abc import Collection
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stuntbook.diagnostics import Location, Report, closest, did_you_mean
from stuntbook.reading.salvage import salvage
from stuntbook.reading.yaml_reader import Data
from stuntbook.records.citable import Citation, Model, editable_fields, models_in, words_for
from stuntbook.records.places import Place
from stuntbook.records.quantities import Range
from stuntbook.records.stated import Reference, Series, Year

_TYPE_NAMES = {
    "string_type": "text in quotation marks",
    "int_type": "a whole number",
    "float_type": "a number",
    "tuple_type": "a list, with a dash before each entry",
    **dict.fromkeys(("model_type", "dict_type", "model_attributes_type"), "a mapping of keys and values"),
}
_SHORT_FORMS = {
    Reference: "an identifier, or {id, cite}",
    Year: "a whole number, or {value, cite}",
    Series: "a name in quotation marks, or {name, cite}",
    Range: "a number, or {from, to}",
}
_SELF_EXPLAINING = frozenset({"blank", "citation", "edtf", "http", "identifier", "limit", "range", "unit"})
"""Types of pydantic errors whose messages say what to do, so that advice would repeat them."""

_WHO_SPEAKS = frozenset({"by", "speaker", "via"})
"""The keys whose values may describe somebody whom an article does not name."""

M = TypeVar("M", bound=Model)


def build_record(
    model: type[M], identifier: str, data: Data, place: Place, report: Report, **injected: object
) -> M | None:
    """The record, with every problem of its data in the report; None where nothing can be made of them.

    What is wrong is left out of the record, which says so in `damaged`, so that the rest is checked in the same run.
    """
    if data is None:
        return None
    if not isinstance(data, dict):
        what = f'"{identifier}" must be a mapping of keys and values'
        advice = f"write its keys on the lines below, indented: {', '.join(_required(model))}"
        if isinstance(data, str) and re.match(r"\w+:\S", data):
            advice = "a key needs a space behind its colon"
        report.error(place.location, "wrong-type", what, advice)
        return None
    reserved = [key for key in data if key in model.model_fields and key not in editable_fields(model)]
    for key in reserved:
        # It is a word of the program's own, and no slip in one of an editor's.
        advice = f"allowed: {', '.join(editable_fields(model))}"
        report.error(place.find(key).key, "unknown-key", f'there is no key "{key}" here', advice)
    values = {key: value for key, value in data.items() if key not in reserved}
    own = injected | {"id": identifier, "place": place}
    try:
        record = model.model_validate(values | own)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        for details in problems:
            _explain(model, details, place, report)
        return salvage(model, values, own, problems)
    return None if reserved else record


def unknown_key(report: Report, location: Location, key: str, allowed: Collection[str]) -> None:
    """Report a key that has no meaning where it stands."""
    advice = f"{did_you_mean(key, allowed)} allowed: {', '.join(allowed)}".lstrip()
    replacement = closest(key, allowed)
    report.error(location, "unknown-key", f'there is no key "{key}" here', advice, replacement=replacement)


def _explain(model: type[Model], error: ErrorDetails, place: Place, report: Report) -> None:
    """Report one of pydantic's errors."""
    path, kind, value = error["loc"], error["type"], error["input"]
    if value is None:
        return  # the YAML reader has reported the missing value
    owner, here = _model_at(model, path[:-1]), place.find(*path)
    if owner is Citation and path[-1] in ("article", "words"):
        here = here.find(*list(here.position.parts)[:1])  # they are the pair that it is written as
    if kind == "missing":
        name = words_for(owner)
        advice = f"{'an' if name[0] in 'aeiou' else 'a'} {name} needs {', '.join(_required(owner))}"
        report.error(place.find(*path[:-1]).key, "missing-key", f'the key "{path[-1]}" is missing', advice)
    elif kind == "extra_forbidden":
        unknown_key(report, here.key, str(path[-1]), editable_fields(owner))
    elif kind == "string_too_long":
        message = f'"{value[:20]}…" is {len(value)} characters long, and {error["ctx"]["max_length"]} are the most'
        report.error(here.location, "bad-id", message, "choose a shorter identifier")
    elif kind == "reserved_id":
        report.error(here.location, "bad-id", error["msg"], "choose another identifier")
    elif kind == "literal_error":
        expected = error["ctx"]["expected"]
        allowed = re.findall(r"'([^']+)'", expected)
        advice = f"{did_you_mean(str(value), allowed)} allowed: {expected.replace(chr(39), '')}".lstrip()
        message, replacement = f"{_in_words(value)} is not allowed here", closest(str(value), allowed)
        report.error(here.location, "bad-value", message, advice, replacement=replacement)
    elif kind == "string_type" and isinstance(value, int | float):
        meaning = "true or false" if isinstance(value, bool) else "a number"
        message = f"{here.position.text} without quotation marks is read as {meaning}, and text belongs here"
        report.error(here.location, "yaml-surprise", message, "put it in quotation marks")
    elif kind in _TYPE_NAMES:
        _wrong_type(model, error, here, report)
    elif kind == "string_pattern_mismatch" and path[-1] != "digest":
        message = f"{_in_words(value)} is not a kebab-case identifier"
        advice = "write the key of a record: lower-case letters, digits and single hyphens"
        if not _WHO_SPEAKS.isdisjoint(path):
            advice = 'write the key of a record, or how the article describes somebody without a name: "a crew member"'
        report.error(here.location, "bad-id", message, advice)
    else:
        _bad_value(error, here, report)


def _wrong_type(model: type[Model], error: ErrorDetails, here: Place, report: Report) -> None:
    path = error["loc"]
    if path[-1] == "int":
        return  # the value may be an int or a float, and pydantic reports one error for each
    owner = _model_at(model, path)
    belongs = _TYPE_NAMES[error["type"]]
    is_end = owner is Range and path[-2] in editable_fields(Range)
    if error["type"] != "tuple_type" and not is_end and (owner is Year or path[-1] not in owner.model_fields):
        belongs = _SHORT_FORMS.get(owner, belongs)
    message = f"{_in_words(error['input'])} is not what belongs here"
    report.error(here.location, "wrong-type", message, f"write {belongs}")


def _bad_value(error: ErrorDetails, here: Place, report: Report) -> None:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    location = here.location if isinstance(value, str | int | float) else here.key
    message, advice = error["msg"][:1].lower() + error["msg"][1:], context.get("advice", "correct the value")
    if kind == "too_short":
        least, count = context["min_length"], context["actual_length"]
        verb, amount = "belongs" if least == 1 else "belong", "is" if count == 1 else "are"
        message = f"too few entries: at least {least} {verb} here, and there {amount} {count}"
        advice = "add what is missing"
    elif kind == "too_long":
        most, count = context["max_length"], context["actual_length"]
        message, advice = f"too many entries: at most {most} belong here, and there are {count}", "take the others out"
    elif kind in ("greater_than_equal", "less_than_equal"):
        size, limit = ("small", "more") if "ge" in context else ("large", "less")
        message = f"{value} is too {size}: it must be {context.get('ge', context.get('le'))} or {limit}"
        advice = "correct the number"
    elif kind == "string_pattern_mismatch":
        message = "this is no SHA-256 digest"
        advice = "write the 64 hexadecimal digits of the SHA-256 of all that follows the front matter"
    elif kind in _SELF_EXPLAINING:
        advice = ""
    report.error(location, "bad-value", message, advice)


def _model_at(model: type[Model], path: tuple[int | str, ...]) -> type[Model]:
    """The model of the value at a path of field names, list indexes and, where there are several, models' names."""
    held: tuple[type[Model], ...] = ()
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            held = tuple(models_in(model.model_fields[step].annotation))
            model = next(iter(held), model)
        else:
            model = next((each for each in held if words_for(each) == step), model)
    return model


def _required(model: type[Model]) -> list[str]:
    return [name for name, field in editable_fields(model).items() if field.is_required()]


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        text = str(value)
        return f'"{text if len(text) <= 40 else text[:39] + "…"}"' if isinstance(value, str) else text
    return "a mapping" if isinstance(value, dict) else "a list"
