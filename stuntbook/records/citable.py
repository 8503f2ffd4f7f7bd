"""What all models have in common: how editors write them, what can be cited for them, and which rules are set aside.

The models are frozen and strict: nothing is converted silently, and unknown keys are errors.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError

from stuntbook.records.fields import Id, Prose, Silence, StatementId, WhoeverSpeaks, Words
from stuntbook.text import prose

SENTENCE_FIELD = "text"
"""The field that holds a statement's sentence."""
Name = Callable[[str], str]
"""What the record of an identifier is called."""


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a field that holds the identifier of a record, or a `Reference` to one."""

    kinds: tuple[str, ...]
    """The kinds of record that it may be."""

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


PersonId = Annotated[Id, RefersTo("person")]
AgentId = Annotated[Id, RefersTo("person", "organisation")]
Speaker = Annotated[WhoeverSpeaks, RefersTo("person", "organisation")]


def _listed(value: object) -> object:
    """A list may be left out around a single entry."""
    return value if isinstance(value, tuple) else (value,)


class Model(BaseModel):
    """Base of all that editors write."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", serialize_by_alias=True, allow_inf_nan=False)


class Citation(Model):
    """The exact words of an article, written as `article-id: "exact words"`."""

    article: str
    words: Words

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: object) -> object:
        if not isinstance(value, dict) or len(value) != 1:
            raise PydanticCustomError("citation", 'must be one pair of article and words, article-id: "exact words"')
        ((article, words),) = value.items()
        return {"article": article, "words": words}


CITATION_SCHEMA: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "not": {"minProperties": 2},  # and no maxProperties: where that is reached, editors' servers complete no more keys
    "additionalProperties": {"type": "string"},
}


class _OneOrMore:
    """What the JSON Schema says of a list that may be left out around a single entry."""

    @staticmethod
    def __get_pydantic_json_schema__(schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


Listed = BeforeValidator(_listed)
"""In front of the type of a list, lets a single entry stand for it; `ONE_OR_MORE` behind it tells the schema."""
ONE_OR_MORE = _OneOrMore()
Citations = Annotated[
    tuple[Citation, ...],
    Listed,
    WithJsonSchema({"anyOf": [CITATION_SCHEMA, {"type": "array", "items": CITATION_SCHEMA, "minItems": 1}]}),
]
RequiredCitations = Annotated[Citations, Field(min_length=1)]


class Judged(Model):
    """Something on which the rules that judge wording, names and speakers may be wrong."""

    silence: Silence = Field(default_factory=dict)
    """Rules that don't apply here, each with the reason: `attribution: "The photo shows who speaks."`"""


class Stated(Judged):
    """Something that the site states. Every field that holds one is found, checked, told and shown (see `kinds`)."""

    id: StatementId | None = None
    """Its anchor on the page for ever; without one, the anchor is made from its words and changes with them."""

    def told(self, kind: str, name: Name) -> str:
        """The statement in plain words, as lists and the search show it: its `text`, for a model that has one.

        `kind` is the kind of statement that its field makes it, and `name` says what a record is called.
        """
        return prose.plain_text(getattr(self, SENTENCE_FIELD), name)


class Cited(Stated):
    """Something that articles state. Without `cite` the site marks it *not in the sources*."""

    cite: Citations = ()
    """The passages that carry it, each article by itself: `article-id: "exact words"`, or a list of those."""
    also: Citations = ()
    """Passages that carry it in part. They are shown as such, and do not count."""


class Said(Cited):
    """Something that somebody may be the one to say."""

    by: Speaker | None = None
    """Who asserts it, where that is not the article's own voice."""
    note: Prose | None = None
    """The editor's remark, marked as such on the page."""


class Short(Cited):
    """Base of what may be written as its main value alone."""

    main: ClassVar[str]
    """The key of the main value."""
    short: ClassVar[tuple[type, ...]]
    """The types that the main value alone may have."""
    short_schema: ClassVar[dict[str, Any]]

    @model_validator(mode="before")
    @classmethod
    def _from_main_value(cls, value: object) -> object:
        return {cls.main: value} if isinstance(value, cls.short) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [cls.short_schema, handler(schema)]}


def words_for(model: type[Model]) -> str:
    """The name of a model in words: `life event`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()


@cache
def editable_fields(model: type[Model]) -> dict[str, FieldInfo]:
    """The keys that editors write, the required ones first; the loader fills in the others."""
    fields = {field.alias or name: field for name, field in model.model_fields.items() if not field.exclude}
    return dict(sorted(fields.items(), key=lambda item: not item[1].is_required()))


def models_in(annotation: object) -> Iterator[type[Model]]:
    """The models that a type mentions."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)
