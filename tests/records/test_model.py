"""What records accept and refuse by themselves, and what can be asked about them."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from stuntbook.records.article import Article
from stuntbook.records.citable import Citation, Model, editable_fields, models_in
from stuntbook.records.model import RECORD_TYPES, FilmStory, PersonStory, StuntStory
from stuntbook.records.places import Place, Position, Stretch
from stuntbook.records.stated import Credit, Event, Identifier, Measure, Quote, Reference, Sentence, Shown, Year
from tests.support import BOOK, proven, read_book

PLACE = Place(Stretch("a.yaml", "", lambda text: Position(0, 0)))


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Sentence, {"text": "x"}),
        (Sentence, {"text": "x", "cite": {"a": "b"}}),
        (Sentence, {"text": "x", "cite": ({"a": "b"}, {"a": "c"})}),
        (Reference, "canal"),
        (Reference, {"id": "canal"}),
        (Year, 2001),
        (Year, {"value": 1880}),
        (Measure, {"quantity": "jumps", "value": 3}),
        (Measure, {"quantity": "speed", "value": 0.5, "unit": "mph", "qualifier": "about"}),
        (Event, {"kind": "release", "when": "XXXX-07-27", "text": "x"}),
        (Citation, {"canal": "words"}),
        (Sentence, {"id": "one", "text": "x", "also": {"a": "b"}, "altitude": {"value": 3, "unit": "m"}}),
        (Quote, {"speaker": "a crew member", "cite": {"a": "b"}, "via": "one of the producers"}),
        (Quote, {"speaker": "dara", "cite": {"a": "b"}, "via": ("the director", "mo")}),
        (Identifier, {"catalogue": "imdb", "value": "nm0000129"}),
        (Identifier, {"catalogue": "isni", "value": "000000000000001X"}),
        (StuntStory, {"accident": ({"show": "knee"}, {"text": "x"})}),
        (Shown, {"show": "a" * 80}),
    ],
)
def test_what_is_accepted(model: type[Model], data: Any) -> None:
    assert isinstance(model.model_validate(data), model)


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Sentence, {"text": "x", "by": "dara-"}),
        (Sentence, {"text": "x", "by": "dara\n"}),
        (Measure, {"quantity": "jumps", "value": float("nan")}),
        (Year, 2101),
        (Sentence, {"text": "x", "by": "somebody in the crew"}),
        (Sentence, {"text": "x", "by": "a\ncrew member"}),
        (Credit, {"person": "a crew member", "role": "double"}),
        (Identifier, {"catalogue": "viaf", "value": "0"}),
        (Shown, {"show": "a" * 81}),
        (Shown, {"show": "com9"}),
        (FilmStory, {"accident": ({"text": "x"},)}),
        (PersonStory, {"origin": ({"text": "x"},)}),
    ],
)
def test_what_is_refused(model: type[Model], data: Any) -> None:
    """What `sites/invalid` does not show."""
    with pytest.raises(ValidationError):
        model.model_validate(data)


def article(**more: object) -> Article:
    data = {"id": "a", "place": PLACE, "body": "", "body_line": 1, "publisher": "P", "url": "https://a.example/"}
    return Article.model_validate(data | more)


def test_an_article_is_called_by_its_title_or_its_label() -> None:
    assert article(title="T").display_name == "T"
    assert article(label="L").display_name == "L"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://", "https://a.example/ b", "/a"])
def test_an_address_that_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        article(title="T", url=url)


def test_records_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Sentence.model_validate({"text": "x"}).text = "y"


@pytest.mark.parametrize("model", [*RECORD_TYPES, Article, Measure, Quote])
def test_editable_fields_come_with_the_required_ones_first(model: type[Model]) -> None:
    required = [field.is_required() for field in editable_fields(model).values()]
    assert required == sorted(required, reverse=True)
    hidden = {"body", "body_line"} | ({"id", "place"} if model in {*RECORD_TYPES, Article} else set())
    assert not hidden & editable_fields(model).keys()


def test_models_in_a_type() -> None:
    assert list(models_in(tuple[Sentence, ...] | None)) == [Sentence]
    assert list(models_in(str)) == []


@pytest.mark.parametrize(
    ("catalogue", "value", "url"),
    [
        ("imdb", "tt0000001", "https://www.imdb.com/title/tt0000001/"),
        ("imdb", "nm0000129", "https://www.imdb.com/name/nm0000129/"),
        ("imdb", "co0000001", "https://www.imdb.com/company/co0000001/"),
        ("isni", "0000000000000001", "https://isni.org/isni/0000000000000001"),
        ("viaf", "123456", "https://viaf.org/viaf/123456/"),
        ("wikidata", "Q42", "https://www.wikidata.org/wiki/Q42"),
    ],
)
def test_an_identifier_leads_to_its_catalogue(catalogue: str, value: str, url: str) -> None:
    assert Identifier.model_validate({"catalogue": catalogue, "value": value}).url == url


@pytest.mark.parametrize(
    ("char", "code"),
    [
        ("\U0001faea", []),  # characters of Unicode 16 and 17, newer than Python's tables
        ("\U0001f6d8", []),
        ("\U000e0fff", []),
        ("\t", []),
        ("\ufdd0", ["bad-value"]),
        ("\ufffe", ["bad-value"]),
        ("\U0001ffff", ["bad-value"]),
        ("\x07", ["bad-value"]),
        ("\x85", ["bad-value"]),
    ],
)
def test_what_will_never_be_a_character_is_refused(char: str, code: list[str], tmp_path: Path) -> None:
    book = BOOK.replace("title: Canal jump", f'title: "Canal \\U{ord(char):08X} jump"')
    _, report = read_book(tmp_path, book, weekly="A jump.\n")
    assert [each.code for each in proven(report)] == code
