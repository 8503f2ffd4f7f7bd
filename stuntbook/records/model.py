"""What a record is: the shape of everything that editors write in `stunts.yaml` and in an article's front matter.

One definition serves validation, the reference in the documentation and the JSON Schema that editors complete from.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, InstanceOf, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from stuntbook.records.citable import Judged, Model, Name, PersonId, RefersTo, RequiredCitations, Said, Short, Stated
from stuntbook.records.dates import shown_date
from stuntbook.records.fields import ID_PATTERN, Edtf, Id, Prose, Text
from stuntbook.records.places import Place
from stuntbook.records.quantities import Quantity, Unit, format_amount, units_of
from stuntbook.text.numerals import Number


class Reference(Short):
    """A record that another belongs to: its identifier alone, or `{id, cite}`."""

    main: ClassVar[str] = "id"
    short: ClassVar[tuple[type, ...]] = (str,)
    short_schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": ID_PATTERN}

    id: Id
    """The identifier of the record."""

    def told(self, kind: str, name: Name) -> str:
        return f"{kind.capitalize()}: {name(self.id)}"


class Year(Short):
    """A year alone, or `{value, cite}`."""

    main: ClassVar[str] = "value"
    short: ClassVar[tuple[type, ...]] = (int,)
    short_schema: ClassVar[dict[str, Any]] = {"type": "integer"}

    value: Annotated[int, Field(ge=1880, le=2100)]
    """The year of the first release."""

    def told(self, kind: str, name: Name) -> str:
        return f"Year of release: {self.value}"


class Series(Short):
    """The name of a series alone, or `{name, cite}`."""

    main: ClassVar[str] = "name"
    short: ClassVar[tuple[type, ...]] = (str, int, float)
    short_schema: ClassVar[dict[str, Any]] = {"type": "string"}

    name: Text
    """The name."""

    def told(self, kind: str, name: Name) -> str:
        return f"Series: {self.name}"


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

    def told(self, kind: str, name: Name) -> str:
        limit = f"{self.qualifier} " if self.qualifier else ""
        return f"{self.quantity.capitalize()}: {limit}{format_amount(self.value, self.unit)}"


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

    def told(self, kind: str, name: Name) -> str:
        return f"{kind.capitalize()}: {self.name}"


class Credit(Said):
    """What a person did."""

    person: PersonId
    """Who."""
    role: Text
    """The role in lower case, such as `stunt coordinator`; `cast` for an actor."""

    def told(self, kind: str, name: Name) -> str:
        return f"{name(self.person)}: {self.role}"


class Event(Said):
    """Something that happened at a date, as far as the date is stated."""

    kind: Literal["announcement", "preparation", "shooting", "release"]
    """What sort of event."""
    when: Edtf
    """The date in EDTF, in quotation marks: `"2017-03"`, `"XXXX-07-27"` where no article states the year."""
    text: Prose
    """What happened, in one sentence."""

    def told(self, kind: str, name: Name) -> str:
        return f"{shown_date(self.when)}: {super().told(kind, name)}"


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

    person: PersonId
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


class Quote(Stated):
    """Somebody's direct words: the cited passage is the text, and it stands inside quotation marks in the article."""

    speaker: PersonId
    """Who said the words."""
    cite: RequiredCitations
    """The words; several passages of one article, in order, where the article interrupts them."""
    via: PersonId | None = None
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


class Disagreement(Stated):
    """A point on which articles differ, or one article from itself, with every account. Nobody picks a winner."""

    about: Text
    """The point, such as "Which stunt the year of training was for"."""
    accounts: Annotated[tuple[Account, ...], Field(min_length=2)]
    """Every account, at least two."""
    note: Prose | None = None
    """The editor's remark, marked as such on the page."""

    def told(self, kind: str, name: Name) -> str:
        return self.about


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

    @property
    def sort_name(self) -> tuple[str, ...]:
        """What it is sorted by among others of its kind."""
        return (self.display_name.casefold(),)


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

    @property
    def sort_name(self) -> tuple[str, ...]:
        return self.name.split()[-1].casefold(), self.name.casefold()


class Stunt(Record):
    """A stunt of a film."""

    kind: ClassVar[str] = "stunt"
    section: ClassVar[str] = "stunts"

    title: Text
    """A short name."""
    film: Annotated[Reference, RefersTo("film")]
    """The film: its identifier, or `{id, cite}`."""
    performers: tuple[Annotated[Reference, RefersTo("person")], ...] = ()
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
    claims: tuple[Claim, ...] = ()
    """Checkable statements."""
    injuries: tuple[Injury, ...] = ()
    """Who was hurt, with the consequences."""
    risks: tuple[Risk, ...] = ()
    """What could have happened, with the precautions."""

    @property
    def display_name(self) -> str:
        return self.title


AnyRecord = Film | Person | Stunt
RECORD_TYPES: tuple[type[AnyRecord], ...] = get_args(AnyRecord)
