"""The data model, described from the models themselves: tables for the documentation and a JSON Schema for editors."""

import ast
import inspect
import sys
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Union, cast, get_args, get_origin

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema

from stuntbook.records.article import Article
from stuntbook.records.citable import (
    AgentId,
    Citation,
    Citations,
    Model,
    PersonId,
    RequiredCitations,
    Speaker,
    editable_fields,
    models_in,
    words_for,
)
from stuntbook.records.fields import (
    ID_LENGTH,
    ID_PATTERN,
    Digest,
    Edtf,
    FormerId,
    Id,
    Language,
    Prose,
    Silence,
    StatementId,
    Text,
    WebAddress,
    Words,
)
from stuntbook.records.model import RECORD_TYPES
from stuntbook.records.quantities import PHYSICAL_UNITS, Unit, Value
from stuntbook.records.stated import Part
from stuntbook.text.numerals import Number

_NAMES: tuple[tuple[object, str], ...] = (
    *((form, "identifier") for form in (Id, PersonId, AgentId, StatementId, FormerId)),
    (Speaker, "identifier, or words such as: a crew member"),
    (Part, "list of: sentence, or {show: id}"),
    (Edtf, "EDTF date"),
    (Prose, "prose"),
    (WebAddress, "web address"),
    (Language, "language (BCP 47)"),
    (Text, "text"),
    (Words, "text"),
    (Digest, "SHA-256 digest"),
    (Silence, "rule: reason"),
    (Citations, "citation, or list of citations"),
    (RequiredCitations, "citation, or list of citations"),
    (Unit, f"one of: {', '.join(PHYSICAL_UNITS)}, or a currency (ISO 4217)"),
    (Value, "number, or {from, to}"),
    (Number, "number"),
    (int, "whole number"),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a model."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class ModelTable:
    """One model: its name, what it is and its keys."""

    name: str
    description: str
    fields: tuple[Field, ...]


def model_tables() -> tuple[ModelTable, ...]:
    """Every model that editors write, records first, in the order in which they refer to each other."""
    models = dict.fromkeys(model for first in (*RECORD_TYPES, Article) for model in _reachable(first))
    return tuple(_table(model) for model in models if model is not Citation)


def _reachable(model: type[Model]) -> Iterator[type[Model]]:
    yield model
    for field in model.model_fields.values():
        for child in models_in(field.annotation):
            yield from _reachable(child)


def _table(model: type[Model]) -> ModelTable:
    types_, descriptions = typing.get_type_hints(model, include_extras=True), descriptions_of(model)
    names = {field.alias or name: name for name, field in model.model_fields.items()}
    fields = tuple(
        Field(key, describe_type(types_[names[key]]), field.is_required(), descriptions[names[key]])
        for key, field in editable_fields(model).items()
    )
    return ModelTable(words_for(model).capitalize(), (model.__doc__ or "").strip(), fields)


@cache
def descriptions_of(model: type[Model]) -> dict[str, str]:
    """What the source says below each field. Pydantic can read that too, but does so whenever the program starts."""
    found = {}
    for owner in reversed([each for each in model.__mro__ if issubclass(each, Model)]):
        for field, below in pairwise(_classes(owner.__module__)[owner.__name__].body):
            match field, below:
                case ast.AnnAssign(target=name), ast.Expr(value=ast.Constant(value=str(text))):
                    found[ast.unparse(name)] = inspect.cleandoc(text)
    return found


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """The classes of a module, whose source is read once for all."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}


def describe_type(annotation: Any) -> str:
    """A type in an editor's words: `list of: sentence`, `text`, `one of: excerpts, full`."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if named := next((name for known, name in _NAMES if annotation == known), None):
        return named
    if origin is Annotated:
        return describe_type(arguments[0])
    if origin is typing.Literal:
        return f"one of: {', '.join(map(str, arguments))}"
    if origin in (Union, types.UnionType):
        return " or ".join(describe_type(argument) for argument in arguments if argument is not type(None))
    if origin is tuple:
        return f"list of: {describe_type(arguments[0])}"
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return words_for(annotation)
    raise TypeError(f"no words for the type {annotation}")


class _Described(GenerateJsonSchema):
    """Gives each key its description."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        described, model = super().model_schema(schema), cast(type[Model], schema["cls"])
        for name, description in descriptions_of(model).items():
            field = model.model_fields.get(name)
            key = (field and field.alias) or name
            if key in described["properties"]:
                described["properties"][key]["description"] = description
        return described


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `stunts.yaml`, from which editors with a YAML language server complete."""
    sections: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for model in RECORD_TYPES:
        schema = model.model_json_schema(ref_template="#/$defs/{model}", schema_generator=_Described)
        definitions |= schema.pop("$defs", {})
        definitions[model.__name__] = schema
        sections[model.section] = {
            "type": "object",
            "propertyNames": {"pattern": ID_PATTERN, "maxLength": ID_LENGTH},
            "additionalProperties": {"$ref": f"#/$defs/{model.__name__}"},
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "stunts.yaml",
        "type": "object",
        "properties": sections,
        "additionalProperties": False,
        "$defs": definitions,
    }
