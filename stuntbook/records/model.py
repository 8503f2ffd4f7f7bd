"""What a record is: the shape of everything that editors write in `stunts.yaml` and in an article's front matter.

The models are frozen and strict: nothing is converted silently, and unknown keys are errors. One definition serves
validation, the reference table in the documentation and the JSON Schema that editors complete from.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    InstanceOf,
    WithJsonSchema,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from stuntbook.records.fields import ID_PATTERN, Edtf, Id, Prose, Silence, Text
from stuntbook.records.places import Place
from stuntbook.records.quantities import Quantity, Unit, units_of
from stuntbook.text.numerals import Number


def _listed(value: object) -> object:
    """A list may be left out around a single entry."""
    return value if isinstance(value, tuple) else (value,)


class Model(BaseModel):
    """Base of all that editors write."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Citation(Model):
    """The exact words of an article, written as `article-id: "exact words"`."""

    article: str
    words: Text

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: object) -> object:
        if not isinstance(value, dict) or len(value) != 1:
            raise PydanticCustomError("citation", 'must be one pair of article and words, article-id: "exact words"')
        ((article, words),) = value.items()
        return {"article": article, "words": words}


_CITATION_SCHEMA: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": {"type": "string"},
}
Citations = Annotated[
    tuple[Citation, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_CITATION_SCHEMA, {"type": "array", "items": _CITATION_SCHEMA, "minItems": 1}]}),
]
RequiredCitations = Annotated[Citations, Field(min_length=1)]


class Judged(Model):
    """Something on which the rules that judge wording, names and speakers may be wrong."""

    silence: Silence = {}
    """Rules that don't apply here, each with the reason: `attribution: "The photo shows who speaks."`"""


class Cited(Judged):
    """Something that articles state. Without `cite` the site marks it *not in the sources*."""

    cite: Citations = ()
    """The passages that carry it: `article-id: "exact words"`, or a list of those."""


class Said(Cited):
    """Something that somebody may be the one to say."""

    by: Id | None = None
    """The person who asserts it, where that is not the article's own voice."""
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


class Reference(Short):
    """A record that another belongs to: its identifier alone, or `{id, cite}`."""

    main: ClassVar[str] = "id"
    short: ClassVar[tuple[type, ...]] = (str,)
    short_schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": ID_PATTERN}

    id: Id
    """The identifier of the record."""


class Year(Short):
    """A year alone, or `{value, cite}`."""

    main: ClassVar[str] = "value"
    short: ClassVar[tuple[type, ...]] = (int,)
    short_schema: ClassVar[dict[str, Any]] = {"type": "integer"}

    value: Annotated[int, Field(ge=1880, le=2100)]
    """The year of the first release."""


class Series(Short):
    """The name of a series alone, or `{name, cite}`."""

    main: ClassVar[str] = "name"
    short: ClassVar[tuple[type, ...]] = (str, int, float)
    short_schema: ClassVar[dict[str, Any]] = {"type": "string"}

    name: Text
    """The name."""


class Claim(Said):
    """One checkable statement, in the editor's own words."""

    text: Prose
    """One sentence."""


class Measure(Said):
    """A number with a unit. The number must occur in the cited words, in figures or in words."""

    quantity: Quantity
    """What is measured."""
    value: Annotated[Number, Field(ge=0)]
    """The number as the article gives it."""
    unit: Unit | None = None
    """The article's unit; left out for counts."""
    qualifier: Literal["about", "at least", "at most", "less than", "more than"] | None = None
    """How the article limits the number."""

    @model_validator(mode="after")
    def _unit_fits(self) -> Measure:
        allowed = units_of(self.quantity)
        if self.unit not in allowed:
            units = ", ".join(sorted(unit or "no unit" for unit in allowed))
            raise PydanticCustomError(
                "unit",
                "{quantity} is not given in {unit}: it takes {units}",
                {"quantity": self.quantity, "unit": self.unit or "a plain number", "units": units},
            )
        return self


class Altitude(Model):
    """A height above the ground."""

    value: Annotated[Number, Field(ge=0)]
    """The number as the article gives it."""
    unit: Literal["ft", "m"]
    """The article's unit."""


class Step(Said):
    """One thing that happened in the course of a stunt. The steps stand in the order in which they happened."""

    text: Prose
    """What happened, in one sentence."""
    altitude: Altitude | None = None
    """At which height, where the cited words state it."""


class Facet(Said):
    """A named place, technique or piece of equipment."""

    name: Text
    """As a reader would look it up; the same name on two stunts relates them."""


class Credit(Said):
    """What a person did."""

    person: Id
    """Who."""
    role: Text
    """The role in lower case, such as `stunt coordinator`; `cast` for an actor."""


class Event(Said):
    """Something that happened at a date, as far as the date is stated."""

    kind: Literal["announcement", "preparation", "shooting", "release"]
    """What sort of event."""
    when: Edtf
    """The date in EDTF, in quotation marks: `"2017-03"`, `"XXXX-07-27"` where no article states the year."""
    text: Prose
    """What happened, in one sentence."""


BodyPart = Literal[
    "head",
    "face",
    "neck",
    "shoulder",
    "arm",
    "elbow",
    "wrist",
    "hand",
    "chest",
    "back",
    "hip",
    "leg",
    "knee",
    "ankle",
    "foot",
]


class Injury(Said):
    """Harm that somebody suffered. A hazard that did not strike is a risk."""

    person: Id
    """Who was hurt."""
    body_part: BodyPart
    """Where."""
    text: Prose
    """How it happened, in one sentence."""
    consequences: tuple[Claim, ...] = ()
    """What followed from it."""


class Risk(Said):
    """A hazard, with what was done against it."""

    text: Prose
    """The hazard, in one sentence."""
    precautions: tuple[Claim, ...] = ()
    """What was done against it."""


class Quote(Judged):
    """Somebody's direct words: the cited passage is the text, and it stands inside quotation marks in the article."""

    speaker: Id
    """Who said the words."""
    cite: RequiredCitations
    """The words; several passages of one article, in order, where the article interrupts them."""
    via: Id | None = None
    """Who relays the words, where they stand inside somebody else's quotation."""
    context: Prose | None = None
    """What the words are about, or the occasion, in one short sentence."""
    note: Prose | None = None
    """The editor's remark, marked as such on the page."""

    @model_validator(mode="after")
    def _one_article(self) -> Quote:
        articles = {citation.article for citation in self.cite}
        if len(articles) > 1:
            raise PydanticCustomError(
                "quote_articles", "cites {count} articles: a quote cites one", {"count": len(articles)}
            )
        return self


class Account(Said):
    """What one source says on a point where the sources differ."""

    text: Prose
    """The account, in one sentence."""
    cite: RequiredCitations
    """The passages that carry it."""


class Disagreement(Judged):
    """A point on which articles differ, or one article from itself, with every account. Nobody picks a winner."""

    about: Text
    """The point, such as "Which stunt the year of training was for"."""
    accounts: Annotated[tuple[Account, ...], Field(min_length=2)]
    """Every account, at least two."""
    note: Prose | None = None
    """The editor's remark, marked as such on the page."""


class Record(Judged):
    """Base of films, people and stunts."""

    id: SkipJsonSchema[Id] = Field(exclude=True)
    """The key in its mapping: the page's address for ever."""
    place: SkipJsonSchema[InstanceOf[Place]] = Field(exclude=True, repr=False)
    """Where it stands in its file."""
    aliases: tuple[Text, ...] = ()
    """Other names that articles use."""
    summary: Prose | None = None
    """One short paragraph in the editor's own words."""
    claims: tuple[Claim, ...] = ()
    """Checkable statements."""
    quotes: tuple[Quote, ...] = ()
    """Direct words about it."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where the sources differ about it."""
    note: Prose | None = None
    """The editor's remark, marked as such on the page."""

    kind: ClassVar[str]
    """The singular, in lower case."""
    section: ClassVar[str]
    """The key in `stunts.yaml` and the first part of the address."""

    @property
    def display_name(self) -> str:
        """The name that pages show."""
        raise NotImplementedError


class Film(Record):
    """A film."""

    kind: ClassVar[str] = "film"
    section: ClassVar[str] = "films"

    title: Text
    """As it is best known."""
    year: Year | None = None
    """The year of release: a number, or `{value, cite}`."""
    series: Series | None = None
    """The series that it belongs to: its name, or `{name, cite}`."""
    credits: tuple[Credit, ...] = ()
    """Who did what for the film as a whole."""
    events: tuple[Event, ...] = ()
    """What happened when."""

    @property
    def display_name(self) -> str:
        return self.title


class Person(Record):
    """A person, named as the articles name them."""

    kind: ClassVar[str] = "person"
    section: ClassVar[str] = "people"

    name: Text
    """The full name."""

    @property
    def display_name(self) -> str:
        return self.name


class Stunt(Record):
    """A stunt of a film."""

    kind: ClassVar[str] = "stunt"
    section: ClassVar[str] = "stunts"

    title: Text
    """A short name."""
    film: Reference
    """The film: its identifier, or `{id, cite}`."""
    performers: tuple[Reference, ...] = ()
    """Who performed it: identifiers, or `{id, cite}`."""
    credits: tuple[Credit, ...] = ()
    """Who else did what for it."""
    events: tuple[Event, ...] = ()
    """What happened when."""
    places: tuple[Facet, ...] = ()
    """Where it was filmed or is set."""
    techniques: tuple[Facet, ...] = ()
    """How it was done."""
    equipment: tuple[Facet, ...] = ()
    """What was used."""
    measures: tuple[Measure, ...] = ()
    """Numbers with units."""
    steps: tuple[Step, ...] = ()
    """What happened, in its order."""
    injuries: tuple[Injury, ...] = ()
    """Who was hurt, with the consequences."""
    risks: tuple[Risk, ...] = ()
    """What could have happened, with the precautions."""

    @property
    def display_name(self) -> str:
        return self.title


AnyRecord = Film | Person | Stunt
RECORD_TYPES: tuple[type[AnyRecord], ...] = get_args(AnyRecord)


@cache
def editable_fields(model: type[Model]) -> dict[str, FieldInfo]:
    """The keys that editors write, the required ones first; the loader fills in the others."""
    fields = {name: field for name, field in model.model_fields.items() if not field.exclude}
    return dict(sorted(fields.items(), key=lambda item: not item[1].is_required()))


def models_in(annotation: object) -> Iterator[type[Model]]:
    """The models that a type mentions."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)
