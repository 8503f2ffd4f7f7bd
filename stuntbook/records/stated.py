"""What can be stated of a record: each kind of statement, as editors write it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError, PydanticKnownError

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
from stuntbook.records.quantities import Limit, Quantity, Range, Unit, Value, ends, format_amount, units_of


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


def _not_below_zero(value: Value) -> Value:
    low, high = ends(value)
    if low < 0 and low != high:
        raise PydanticCustomError("range", "the range begins below zero, at {low}", {"low": low})
    if low < 0:
        raise PydanticKnownError("greater_than_equal", {"ge": 0})
    return value


class Altitude(Model):
    """A height above the ground."""

    value: Value
    """The number as the article gives it, or the range: `{from: 15, to: 25}`."""
    unit: Literal["ft", "m"]
    """The article's unit."""

    _is_no_depth = field_validator("value")(_not_below_zero)


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
    what: Text | None = None
    """What the number is of, where a stunt has two of a quantity: `the ramp`. Only what is alike is compared."""
    value: Value
    """The number as the article gives it, or the range: `{from: 15, to: 25}`."""
    unit: Unit | None = None
    """The article's unit, or the code of a currency (ISO 4217); left out for counts."""
    qualifier: Limit | None = None
    """How the article limits the number; a range takes `about` alone."""

    @field_validator("value")
    @classmethod
    def _is_possible(cls, value: Value, info: ValidationInfo) -> Value:
        return value if info.data.get("quantity") == "temperature" else _not_below_zero(value)

    @model_validator(mode="after")
    def _unit_fits(self) -> Measure:
        allowed = units_of(self.quantity)
        if self.unit not in allowed:
            units = ", ".join(sorted(unit or "no unit" for unit in allowed))
            raise PydanticCustomError(
                "unit",
                "{quantity} is not given in {unit}: it takes {units}",
                {
                    "quantity": self.quantity,
                    "unit": self.unit or "a plain number",
                    "units": "the code of a currency, such as GBP" if self.quantity == "cost" else units,
                },
            )
        if isinstance(self.value, Range) and self.qualifier not in (None, "about"):
            raise PydanticCustomError(
                "limit", 'a range has its limits: it takes no "{limit}"', {"limit": self.qualifier}
            )
        return self

    @property
    def name(self) -> str:
        """What is measured, in words: `height of the ramp`."""
        return f"{self.quantity} of {self.what}" if self.what else self.quantity

    def told(self, kind: str, name: Name) -> str:
        limit = f"{self.qualifier} " if self.qualifier else ""
        return f"{self.name[:1].upper()}{self.name[1:]}: {limit}{format_amount(self.value, self.unit)}"


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

    kind: Literal["announcement", "preparation", "shooting", "accident", "premiere", "release", "award"]
    """What sort of event."""
    when: Edtf
    """The date in EDTF, in quotation marks: `"2017-03"`, `"XXXX-07-27"` where no article states the year.

    A date may follow from the day of the article (`last month`); it is shown as worked out then.
    """
    text: Prose
    """What happened, in one sentence."""

    def told(self, kind: str, name: Name) -> str:
        return f"{shown_date(self.when)}: {super().told(kind, name)}"


BodyPart = Literal[
    "head",
    "skull",
    "brain",
    "face",
    "eye",
    "ear",
    "nose",
    "jaw",
    "teeth",
    "throat",
    "neck",
    "collarbone",
    "shoulder",
    "arm",
    "elbow",
    "wrist",
    "hand",
    "fingers",
    "thumb",
    "chest",
    "ribs",
    "lung",
    "back",
    "spine",
    "abdomen",
    "hip",
    "pelvis",
    "groin",
    "leg",
    "thigh",
    "knee",
    "shin",
    "calf",
    "ankle",
    "foot",
    "heel",
    "toes",
    "skin",
]
Outcome = Literal["recovered", "returned to work", "permanent", "death"]
"""How an injury ended: `permanent` is harm that stayed."""


class Injury(Said):
    """Harm that somebody suffered. A hazard that did not strike is a risk."""

    person: PersonId
    """Who was hurt."""
    body_part: Annotated[tuple[BodyPart, ...], Listed, ONE_OR_MORE] = ()
    """Where: one part of the body or several, as far as an article says so."""
    text: Prose
    """How it happened, in one sentence."""
    outcome: Outcome | None = None
    """How it ended, where the words that are cited for it or for a consequence say so."""
    consequences: tuple[Sentence, ...] = ()
    """What followed from it."""

    @property
    def where(self) -> str:
        """The parts of the body in words: `pelvis and ribs`; empty where none is named."""
        *others, last = self.body_part or ("",)
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def label(self) -> str:
        """What short lists call it. A death is named as one, and never counted."""
        what = "fatal injury" if self.outcome == "death" else "injury"
        return f"{what}: {self.where}" if self.body_part else what


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
