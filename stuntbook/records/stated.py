"""What can be stated of a record: each kind of statement, as editors write it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from stuntbook.records.citable import (
    ONE_OR_MORE,
    AgentId,
    Cited,
    Listed,
    Model,
    Name,
    PersonId,
    RequiredCitations,
    Said,
    Short,
    Speaker,
    Stated,
)
from stuntbook.records.dates import shown_date
from stuntbook.records.fields import ID_PATTERN, Edtf, Id, Prose, StatementId, Text
from stuntbook.records.identifiers import Catalogue, example_of, is_identifier, name_of, url_of
from stuntbook.records.quantities import Limit, Quantity, Unit, format_amount, units_of
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


class Altitude(Model):
    """A height above the ground."""

    value: Annotated[Number, Field(ge=0)]
    """The number as the article gives it."""
    unit: Literal["ft", "m"]
    """The article's unit."""


class Sentence(Said):
    """One checkable statement, in the editor's own words."""

    text: Prose
    """One sentence, or two that belong together."""
    altitude: Altitude | None = None
    """At which height it happened, where the cited words state it; a point of the page's figure."""


class Shown(Model):
    """The place in a story of a quote, an injury, a risk or a disagreement of the same record."""

    show: StatementId
    """The `id` of that statement."""


def _entry_tag(entry: object) -> str:
    is_shown = "show" in entry if isinstance(entry, dict) else isinstance(entry, Shown)
    return "shown" if is_shown else "sentence"


Part = tuple[
    Annotated[Annotated[Sentence, Tag("sentence")] | Annotated[Shown, Tag("shown")], Discriminator(_entry_tag)], ...
]
"""A part of a story: sentences in their order, and where among them other statements are shown."""


class Measure(Said):
    """A number with a unit. The number must occur in the cited words, in figures or in words."""

    quantity: Quantity
    """What is measured."""
    value: Annotated[Number, Field(ge=0)]
    """The number as the article gives it."""
    unit: Unit | None = None
    """The article's unit; left out for counts."""
    qualifier: Limit | None = None
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


class Facet(Said):
    """A named place, technique or piece of equipment."""

    name: Text
    """As a reader would look it up; the same name on two stunts relates them."""

    def told(self, kind: str, name: Name) -> str:
        return f"{kind.capitalize()}: {self.name}"


class Credit(Said):
    """What a person did."""

    person: AgentId
    """Who: a person or an organisation."""
    role: Text
    """The role in lower case, such as `stunt coordinator`; `cast` for an actor."""
    doubled_for: PersonId | None = None
    """The actor in whose place the person performed."""

    def told(self, kind: str, name: Name) -> str:
        double = f" for {name(self.doubled_for)}" if self.doubled_for else ""
        return f"{name(self.person)}: {self.role}{double}"


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
    consequences: tuple[Sentence, ...] = ()
    """What followed from it."""


class Risk(Said):
    """A hazard, with what was done against it."""

    text: Prose
    """The hazard, in one sentence."""
    precautions: tuple[Sentence, ...] = ()
    """What was done against it."""


class Quote(Stated):
    """Somebody's direct words: the cited passage is the text, and it stands inside quotation marks in the article."""

    speaker: Speaker
    """Who said the words: an identifier, or how the article describes somebody whom it does not name."""
    cite: RequiredCitations
    """The words; several passages of one article, in order, where the article interrupts them."""
    via: Annotated[tuple[Speaker, ...], Listed, Field(max_length=2), ONE_OR_MORE] = ()
    """Who relays the words, where they stand inside somebody else's quotation; the outer of two comes first."""
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


class Award(Said):
    """A prize that was given, or for which somebody was named."""

    name: Text
    """What the prize is called."""
    text: Prose
    """Who was given it, and what for, in one sentence."""
    when: Edtf | None = None
    """The date in EDTF, in quotation marks, where an article states it."""

    def told(self, kind: str, name: Name) -> str:
        return f"{self.name}: {super().told(kind, name)}"


class LifeEvent(Cited):
    """The birth or the death of a person."""

    when: Edtf
    """The date in EDTF, in quotation marks."""
    place: Text | None = None
    """Where, where an article says so."""

    def told(self, kind: str, name: Name) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{kind.capitalize()}: {shown_date(self.when)}{place}"


class Identifier(Cited):
    """What another catalogue calls the record."""

    catalogue: Catalogue
    """Which catalogue."""
    value: Text
    """The identifier in it."""

    @model_validator(mode="after")
    def _has_the_form(self) -> Identifier:
        if not is_identifier(self.catalogue, self.value):
            raise PydanticCustomError(
                "identifier",
                '"{value}" is no identifier of {catalogue}: one looks like {example}',
                {"value": self.value, "catalogue": name_of(self.catalogue), "example": example_of(self.catalogue)},
            )
        return self

    @property
    def url(self) -> str:
        """The page of the record in the catalogue."""
        return url_of(self.catalogue, self.value)

    def told(self, kind: str, name: Name) -> str:
        return f"{name_of(self.catalogue)}: {self.value}"
