"""What records accept and refuse by themselves, and what can be asked about them."""

from typing import Any

import pytest
from pydantic import ValidationError

from stuntbook.records.article import Article
from stuntbook.records.citable import Citation, Model, editable_fields, models_in
from stuntbook.records.model import (
    RECORD_TYPES,
    Claim,
    Event,
    Measure,
    Quote,
    Reference,
    Year,
)
from stuntbook.records.places import Place, Position, Stretch

PLACE = Place(Stretch("a.yaml", "", lambda text: Position(0, 0)))


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Claim, {"text": "x"}),
        (Claim, {"text": "x", "cite": {"a": "b"}}),
        (Claim, {"text": "x", "cite": ({"a": "b"}, {"a": "c"})}),
        (Reference, "canal"),
        (Reference, {"id": "canal"}),
        (Year, 2001),
        (Year, {"value": 1880}),
        (Measure, {"quantity": "jumps", "value": 3}),
        (Measure, {"quantity": "speed", "value": 0.5, "unit": "mph", "qualifier": "about"}),
        (Event, {"kind": "release", "when": "XXXX-07-27", "text": "x"}),
        (Citation, {"canal": "words"}),
    ],
)
def test_what_is_accepted(model: type[Model], data: Any) -> None:
    assert isinstance(model.model_validate(data), model)


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Claim, {"text": "x", "by": "dara-"}),
        (Claim, {"text": "x", "by": "dara\n"}),
        (Measure, {"quantity": "jumps", "value": float("nan")}),
        (Year, 2101),
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
        Claim.model_validate({"text": "x"}).text = "y"


@pytest.mark.parametrize("model", [*RECORD_TYPES, Article, Measure, Quote])
def test_editable_fields_come_with_the_required_ones_first(model: type[Model]) -> None:
    required = [field.is_required() for field in editable_fields(model).values()]
    assert required == sorted(required, reverse=True)
    assert not {"id", "place", "body", "body_line"} & editable_fields(model).keys()


def test_models_in_a_type() -> None:
    assert list(models_in(tuple[Claim, ...] | None)) == [Claim]
    assert list(models_in(str)) == []
