"""The registry finds every statement, reference and piece of prose in the models, or the program does not start."""

from collections.abc import Iterator
from typing import Any

import pytest

from stuntbook.data.reference import json_schema
from stuntbook.records.citable import Cited, Model, Said
from stuntbook.records.fields import Id, Text
from stuntbook.records.kinds import (
    RECORD_KINDS,
    prose_fields,
    reference_fields,
    statement_fields,
    statement_kinds,
)
from stuntbook.records.model import RECORD_TYPES, Stunt
from stuntbook.records.stated import Injury, Quote, Reference, Sentence


def definitions_in(schema: Any) -> Iterator[str]:
    """The names of the definitions that a part of a JSON Schema refers to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for part in schema.values():
            yield from definitions_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from definitions_in(part)


def citable_paths(name: str, definitions: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The paths below a definition at which something can be cited for."""
    for key, schema in definitions[name].get("properties", {}).items():
        for held in definitions_in(schema):
            # What has a short form is the one or the other.
            forms = (definitions[held], *definitions[held].get("anyOf", []))
            if any({"cite", "accounts"} & each.get("properties", {}).keys() for each in forms):
                yield (key,)
            else:
                yield from ((key, *path) for path in citable_paths(held, definitions))


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_whatever_editors_can_cite_for_is_a_statement(model: type[Model]) -> None:
    """As the JSON Schema tells it, which Pydantic makes without a look at the registry."""
    expected = set(citable_paths(model.__name__, json_schema()["$defs"]))
    assert {each.path for each in statement_fields(model)} == expected > {("summary",), ("story", "reception")}


def test_kinds_are_named_in_the_singular() -> None:
    assert {"injury", "series", "equipment", "performer", "disagreement", "account"} <= statement_kinds().keys()


def test_references_say_what_they_refer_to() -> None:
    assert {each.kind: each.refers_to for each in statement_fields(Stunt) if each.refers_to} == {
        "film": ("film",),
        "performer": ("person", "organisation"),
    }
    assert reference_fields(Quote) == dict.fromkeys(("speaker", "via"), ("person", "organisation"))


def test_a_models_own_prose_comes_first() -> None:
    assert prose_fields(Injury) == ("text", "note")


def test_every_kind_of_record_is_in_the_registry() -> None:
    assert {kind.model for kind in RECORD_KINDS.values()} == set(RECORD_TYPES)


class _Box(Model):
    inside: Sentence


class _Untold(Cited):
    name: Text


class _Anybody(Said):
    text: Text
    whose: Id


class _ByName(Stunt):
    awards: dict[str, Sentence]  # type: ignore[assignment]


class _Boxed(Stunt):
    awards: tuple[_Box, ...] = ()  # type: ignore[assignment]


class _Unguided(Stunt):
    rivals: tuple[Reference, ...] = ()


@pytest.mark.parametrize("model", [_ByName, _Boxed, _Unguided])
def test_statements_that_could_not_be_followed_end_the_program(model: type[Stunt]) -> None:
    with pytest.raises(TypeError, match=model.__name__):
        statement_fields(model)


class _Telling(Stunt):
    extras: tuple[_Untold, ...] = ()


class _Owned(Stunt):
    extras: tuple[_Anybody, ...] = ()


class _Renamed(Stunt):
    summary: tuple[Injury, ...] = ()  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("model", "problem"),
    [
        (_Telling, "_Untold does not say how it is told"),
        (_Owned, "_Anybody.whose does not say which kind"),
        (_Renamed, "summary is the name of two kinds"),
    ],
)
def test_every_record_is_looked_through_at_the_start(
    model: type[Stunt], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stuntbook.records.kinds.RECORD_TYPES", (*RECORD_TYPES, model))
    statement_kinds.cache_clear()
    with pytest.raises(TypeError, match=problem):
        statement_kinds()
