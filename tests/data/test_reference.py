"""The data model as documentation and as JSON Schema."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from stuntbook.data.reference import describe_type, json_schema, model_tables
from stuntbook.records.citable import Citations, Model, RequiredCitations, words_for
from stuntbook.records.fields import Edtf, Id, Prose, Text
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.stated import Reference, Sentence
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


@pytest.mark.parametrize("film", ["canal", "{id: canal}", "[canal, {id: dam, cite: {weekly: x}}]", "[]", None])
def test_a_stunt_of_one_film_of_several_or_of_none_follows_the_schema(film: str | None) -> None:
    book = BOOK.replace("    film: canal\n", f"    film: {film}\n" if film else "")
    assert list(validator().iter_errors(yaml.safe_load(book))) == []


@pytest.mark.parametrize(
    "text",
    [
        "movies: {}\n",
        BOOK.replace("film: canal", "film: 3"),
        BOOK.replace("film: canal", "film: [[canal]]"),
        BOOK.replace("film: canal", "film: {title: Canal}"),
        "films: []\n",
        "films:\n  Canal:\n    title: Canal\n",
        "films:\n  canal:\n    year: 2001\n",
        f"films:\n  {'a' * 81}:\n    title: Canal\n",
        BOOK + indented("story: {origin: {text: x}}"),
        BOOK + indented("story: {origin: [{text: x, show: y}]}"),
        BOOK + indented("summary: A text."),
        BOOK + indented("titel: x"),
        BOOK + indented("aliases: x"),
        BOOK + indented("performers: [Dara Quill]"),
        BOOK + indented("performers: [{id: dara-quill, role: x}]"),
        BOOK + indented("measures: [{quantity: jump, value: 3}]"),
        BOOK + indented("measures: [{quantity: jumps, value: three}]"),
        BOOK + indented("injuries: [{person: mo-venn, body_part: wing, text: x}]"),
        BOOK + indented("summary: [{text: x, cite: words}]"),
        BOOK + indented("summary: [{text: x, cite: {a: b, c: d}}]"),
        BOOK + indented("quotes: [{speaker: mo-venn}]"),
        BOOK + indented("disagreements: [{about: x, accounts: [{text: y, cite: {a: b}}]}]"),
    ],
)
def test_a_wrong_file_does_not_follow_the_schema(text: str) -> None:
    assert list(validator().iter_errors(yaml.safe_load(text)))


def test_there_is_a_table_for_every_model_and_none_twice() -> None:
    names = [table.name for table in model_tables()]
    assert names[0] == "Film"
    written = {words_for(model).capitalize() for model in subclasses(Model) if not any(subclasses(model))}
    assert sorted(names) == sorted(written - {"Citation"})  # which is a pair, and has no keys


def test_every_key_is_described() -> None:
    for table in model_tables():
        assert table.description, table.name
        assert table.fields, table.name
        for field in table.fields:
            assert field.description, f"{table.name}.{field.name}"
            assert field.type, f"{table.name}.{field.name}"


def test_a_table() -> None:
    (sentence,) = (table for table in model_tables() if table.name == "Sentence")
    assert sentence.description == "One checkable statement, in the editor's own words."
    assert [(field.name, field.type, field.required) for field in sentence.fields] == [
        ("text", "prose", True),
        ("silence", "rule: reason", False),
        ("id", "identifier", False),
        ("cite", "citation, or list of citations", False),
        ("also", "citation, or list of citations", False),
        ("by", "identifier, or words such as: a crew member", False),
        ("note", "prose", False),
        ("altitude", "altitude", False),
    ]
    assert sentence.fields[0].description == "One sentence, or two that belong together."


def test_no_table_shows_what_editors_cannot_write() -> None:
    records = {"Article", *(kind.name.capitalize() for kind in RECORD_KINDS.values())}
    shown = {(table.name, field.name) for table in model_tables() for field in table.fields}
    assert not {each for each in shown if each[0] in records and each[1] in {"id", "place", "body", "body_line"}}


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
        (tuple[Sentence, ...], "list of: sentence"),
        (Reference, "reference"),
    ],
)
def test_a_type_in_words(annotation: object, words: str) -> None:
    assert describe_type(annotation) == words


def test_a_type_without_words_is_refused() -> None:
    with pytest.raises(TypeError, match="no words"):
        describe_type(bytes)
