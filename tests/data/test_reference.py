"""The data model as documentation and as JSON Schema."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from stuntbook.data.reference import describe_type, json_schema, model_tables
from stuntbook.records.citable import Citations, Model, RequiredCitations
from stuntbook.records.fields import Edtf, Id, Prose, Text
from stuntbook.records.model import Claim, Reference
from stuntbook.text.numerals import Number
from tests.support import BOOK, ROOT, SITES, indented, subclasses


def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", [ROOT / "stunts.yaml", SITES / "valid" / "stunts.yaml"], ids=["real", "valid"])
def test_a_sound_file_follows_the_schema(path: Any) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator().iter_errors(data)]
    assert errors == []


@pytest.mark.parametrize(
    "text",
    [
        "movies: {}\n",
        "films: []\n",
        "films:\n  Canal:\n    title: Canal\n",
        "films:\n  canal:\n    year: 2001\n",
        BOOK + indented("titel: x"),
        BOOK + indented("aliases: x"),
        BOOK + indented("performers: [Dara Quill]"),
        BOOK + indented("performers: [{id: dara-quill, role: x}]"),
        BOOK + indented("measures: [{quantity: jump, value: 3}]"),
        BOOK + indented("measures: [{quantity: jumps, value: three}]"),
        BOOK + indented("injuries: [{person: mo-venn, body_part: wing, text: x}]"),
        BOOK + indented("claims: [{text: x, cite: words}]"),
        BOOK + indented("claims: [{text: x, cite: {a: b, c: d}}]"),
        BOOK + indented("quotes: [{speaker: mo-venn}]"),
        BOOK + indented("disagreements: [{about: x, accounts: [{text: y, cite: {a: b}}]}]"),
    ],
)
def test_a_wrong_file_does_not_follow_the_schema(text: str) -> None:
    assert list(validator().iter_errors(yaml.safe_load(text)))


def test_there_is_a_table_for_every_model_and_none_twice() -> None:
    names = [table.name for table in model_tables()]
    assert names[0] == "Film"
    written = {model.__name__ for model in subclasses(Model) if not any(subclasses(model))}
    assert sorted(names) == sorted(written - {"Citation"})  # which is a pair, and has no keys


def test_every_key_is_described() -> None:
    for table in model_tables():
        assert table.description, table.name
        assert table.fields, table.name
        for field in table.fields:
            assert field.description, f"{table.name}.{field.name}"
            assert field.type, f"{table.name}.{field.name}"


def test_a_table() -> None:
    (claim,) = (table for table in model_tables() if table.name == "Claim")
    assert claim.description == "One checkable statement, in the editor's own words."
    assert [(field.name, field.type, field.required) for field in claim.fields] == [
        ("text", "prose", True),
        ("silence", "rule: reason", False),
        ("cite", "citation, or list of citations", False),
        ("by", "identifier", False),
        ("note", "prose", False),
    ]
    assert claim.fields[0].description == "One sentence."


@pytest.mark.parametrize("key", ["id", "place", "body", "body_line"])
def test_no_table_shows_what_editors_cannot_write(key: str) -> None:
    shown = {table.name for table in model_tables() for field in table.fields if field.name == key}
    assert shown <= ({"Reference"} if key == "id" else set())


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (Text, "text"),
        (Prose, "prose"),
        (Id, "identifier"),
        (Edtf, "EDTF date"),
        (Citations, "citation, or list of citations"),
        (RequiredCitations, "citation, or list of citations"),
        (Number, "number"),
        (int, "whole number"),
        (Text | None, "text"),
        (tuple[Claim, ...], "list of: claim"),
        (Reference, "reference"),
    ],
)
def test_a_type_in_words(annotation: object, words: str) -> None:
    assert describe_type(annotation) == words


def test_a_type_without_words_is_refused() -> None:
    with pytest.raises(TypeError, match="no words"):
        describe_type(bytes)
