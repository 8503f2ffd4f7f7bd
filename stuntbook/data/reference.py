"""The data model, described from the models themselves: tables for the documentation and a JSON Schema for editors."""

import ast
import inspect
import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import Annotated, Any, Union, cast, get_args, get_origin

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema, NullableSchema, WithDefaultSchema

from stuntbook.records.article import Article
from stuntbook.records.citable import (
    CITATION_SCHEMA,
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
from stuntbook.records.kinds import reference_fields, statement_fields
from stuntbook.records.model import RECORD_TYPES
from stuntbook.records.quantities import PHYSICAL_UNITS, Unit, Value
from stuntbook.records.stated import Part, Reference
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


Known = Mapping[str, Mapping[str, str]]
"""By kind of record, the sources among them, the identifiers that exist, each with what it stands for."""


class _Described(GenerateJsonSchema):
    """Gives each key its description, and offers nothing that the reader refuses or that says nothing new."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        described, model = super().model_schema(schema), cast(type[Model], schema["cls"])
        for name, description in descriptions_of(model).items():
            field = model.model_fields.get(name)
            key = (field and field.alias) or name
            if key in described["properties"]:
                described["properties"][key]["description"] = description
        return described

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])  # a key without a value is an error

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `stunts.yaml`, from which editors with a YAML language server complete.

    Where an identifier belongs, `with_known` lists those that exist, and a new one is as right as they are.
    """
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
        "$defs": _with_lists(definitions),
    }


def with_known(schema: dict[str, Any], known: Known) -> dict[str, Any]:
    """The schema with the identifiers that exist."""
    listed = {
        name: _one_of(known, name.removeprefix(_KNOWN).split("-"))
        for name in schema["$defs"]
        if name.startswith(_KNOWN)
    }
    articles = known.get(Article.noun, {}).items()
    cited = {identifier: {"type": "string", "description": name} for identifier, name in articles}
    return schema | {"$defs": schema["$defs"] | listed | {_CITATION: CITATION_SCHEMA | {"properties": cited}}}


def _with_lists(definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions with a list of the identifiers that exist, still empty, wherever one belongs."""
    reference = definitions.pop(Reference.__name__)
    listed: dict[str, Any] = {_CITATION: CITATION_SCHEMA | {"properties": {}}}
    for model in dict.fromkeys(chain.from_iterable(map(_reachable, RECORD_TYPES))):
        for name, kinds in _referring(model):
            properties, suffix = definitions[model.__name__]["properties"], "-".join(kinds)
            properties[name] = _pointing(properties[name], suffix)
            listed[_KNOWN + suffix] = _one_of({}, kinds)
            short, full = _pointing(reference, suffix)["anyOf"]
            full = {**full, "properties": full["properties"] | {"id": _pointing(full["properties"]["id"], suffix)}}
            listed[f"{Reference.__name__}-{suffix}"] = {"anyOf": [short, full]}
    return cast(dict[str, Any], _naming_citations(definitions | listed)) | {_CITATION: listed[_CITATION]}


def _referring(model: type[Model]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields of a model that name records, each with the kinds of record."""
    yield from reference_fields(model).items()
    yield from ((each.path[0], each.refers_to) for each in statement_fields(model) if each.refers_to)


def _pointing(schema: dict[str, Any], suffix: str) -> dict[str, Any]:
    """What a key holds, with the known identifiers in front of every text that may be one."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [_pointing(each, suffix) for each in schema["anyOf"]]}
    if "items" in schema:
        return {**schema, "items": _pointing(schema["items"], suffix)}
    if schema.get("$ref") == f"#/$defs/{Reference.__name__}":
        return {"$ref": f"#/$defs/{Reference.__name__}-{suffix}"}
    if schema.get("type") != "string":
        return schema
    described = {key: value for key, value in schema.items() if key == "description"}
    text = {key: value for key, value in schema.items() if key != "description"}
    return {**described, "anyOf": [{"$ref": f"#/$defs/{_KNOWN}{suffix}"}, text]}


def _one_of(known: Known, kinds: Iterable[str]) -> dict[str, Any]:
    found = {identifier: name for kind in kinds for identifier, name in known.get(kind, {}).items()}
    # Of nothing, JSON Schema wants no list: what matches nothing stands for it.
    return {"enum": list(found), "enumDescriptions": list(found.values())} if found else {"not": {}}


_CITATION, _KNOWN = "Citation", "known-"


def _naming_citations(schema: Any) -> Any:
    """A schema with the definition of a citation named, wherever it stands."""
    if schema == CITATION_SCHEMA:
        return {"$ref": f"#/$defs/{_CITATION}"}
    if isinstance(schema, dict):
        return {key: _naming_citations(value) for key, value in schema.items()}
    return [_naming_citations(each) for each in schema] if isinstance(schema, list) else schema
