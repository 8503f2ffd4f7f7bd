"""What a record is: the shape of everything that editors write in `stunts.yaml` and in an article's front matter.

One definition serves validation, the reference in the documentation and the JSON Schema that editors complete from.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field, InstanceOf
from pydantic.json_schema import SkipJsonSchema

from stuntbook.records.citable import ONE_OR_MORE, Judged, Listed, Model, RefersTo
from stuntbook.records.fields import FormerId, Id, Prose, Text
from stuntbook.records.places import Place
from stuntbook.records.stated import (
    Award,
    Credit,
    Disagreement,
    Event,
    Facet,
    Identifier,
    Injury,
    LifeEvent,
    Measure,
    Part,
    Quote,
    Reference,
    Risk,
    Sentence,
    Series,
    Year,
)


class Record(Judged):
    """Base of films, people, organisations and stunts."""

    id: SkipJsonSchema[Id] = Field(exclude=True)
    """The key in its mapping: the page's address for ever."""
    place: SkipJsonSchema[InstanceOf[Place]] = Field(exclude=True, repr=False)
    """Where it stands in its file."""
    damaged: SkipJsonSchema[frozenset[str]] = Field(frozenset(), exclude=True, repr=False)
    """The keys of which something was left out because it is wrong; such a record is checked, and never published."""
    aliases: tuple[Text, ...] = ()
    """Other names that articles use."""
    summary: tuple[Sentence, ...] = ()
    """What a reader should know first, in a few sentences. It may condense the story."""
    awards: tuple[Award, ...] = ()
    """Prizes, and nominations for them."""
    quotes: tuple[Quote, ...] = ()
    """Direct words about it."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where the sources differ about it."""
    identifiers: tuple[Identifier, ...] = ()
    """What other catalogues call it."""
    former_ids: tuple[FormerId, ...] = ()
    """Identifiers that it had before: their addresses lead to its page. `stuntbook rename` keeps them."""
    note: Prose | None = None
    """The editor's remark, marked as such on the page."""

    noun: ClassVar[str]
    """The kind of record: the singular, in lower case."""
    section: ClassVar[str]
    """The key in `stunts.yaml` and the first part of the address."""

    @property
    def told_once(self) -> object:
        """The lines of which all of it is made."""
        return self.section, self.id, self.place.path, self.place.stretch

    @property
    def display_name(self) -> str:
        """The name that pages show."""
        raise NotImplementedError

    @property
    def sort_name(self) -> tuple[str, ...]:
        """What it is sorted by among others of its kind."""
        return (self.display_name.casefold(),)


class FilmStory(Model):
    """What is told of a film, in its parts."""

    origin: Part = ()
    """How it came about."""
    preparation: Part = ()
    """What was done before the shooting."""
    filming: Part = ()
    """How it was shot."""
    release: Part = ()
    """How it reached its audience."""
    reception: Part = ()
    """What was thought of it."""
    background: Part = ()
    """What else belongs to it."""


class PersonStory(Model):
    """What is told of a person or an organisation, in its parts."""

    background: Part = ()
    """Where they come from, and how they work."""
    reception: Part = ()
    """What is thought of them."""


class StuntStory(Model):
    """What is told of a stunt, in its parts."""

    origin: Part = ()
    """How it came about."""
    preparation: Part = ()
    """What was planned, built and trained for it."""
    performance: Part = ()
    """What happened, in its order."""
    accident: Part = ()
    """What went wrong."""
    aftermath: Part = ()
    """What followed from it."""
    filming: Part = ()
    """How it was filmed."""
    release: Part = ()
    """How it reached its audience."""
    reception: Part = ()
    """What was thought of it."""
    background: Part = ()
    """What else belongs to it."""


class Film(Record):
    """A film, or another work with stunts."""

    noun: ClassVar[str] = "film"
    section: ClassVar[str] = "films"

    title: Text
    """As it is best known."""
    kind: Literal["film", "television series", "episode", "music video", "live show"] = "film"
    """What sort of work it is."""
    year: Year | None = None
    """The year of release: a number, or `{value, cite}`."""
    series: Series | None = None
    """The series that it belongs to: its name, or `{name, cite}`."""
    credits: tuple[Credit, ...] = ()
    """Who did what for the film as a whole."""
    events: tuple[Event, ...] = ()
    """What happened when."""
    story: FilmStory = FilmStory()
    """What is told of it."""

    @property
    def display_name(self) -> str:
        return self.title


class Person(Record):
    """A person, named as the articles name them."""

    noun: ClassVar[str] = "person"
    section: ClassVar[str] = "people"

    name: Text
    """The full name."""
    born: LifeEvent | None = None
    """When and where the person was born."""
    died: LifeEvent | None = None
    """When and where the person died."""
    story: PersonStory = PersonStory()
    """What is told of the person."""

    @property
    def display_name(self) -> str:
        return self.name

    @property
    def sort_name(self) -> tuple[str, ...]:
        return self.name.split()[-1].casefold(), self.name.casefold()


class Organisation(Record):
    """A company or a team, such as a group of stunt performers."""

    noun: ClassVar[str] = "organisation"
    section: ClassVar[str] = "organisations"

    name: Text
    """As it calls itself."""
    story: PersonStory = PersonStory()
    """What is told of it."""

    @property
    def display_name(self) -> str:
        return self.name


class Stunt(Record):
    """A stunt, of a film as a rule."""

    noun: ClassVar[str] = "stunt"
    section: ClassVar[str] = "stunts"

    title: Text
    """A short name."""
    film: Annotated[tuple[Annotated[Reference, RefersTo("film")], ...], Listed, ONE_OR_MORE] = ()
    """The film or films that it was done for: identifiers, or `{id, cite}`; left out where it was done for none."""
    performers: tuple[Annotated[Reference, RefersTo("person", "organisation")], ...] = ()
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
    story: StuntStory = StuntStory()
    """What is told of it."""
    injuries: tuple[Injury, ...] = ()
    """Who was hurt, with the consequences."""
    risks: tuple[Risk, ...] = ()
    """What could have happened, with the precautions."""

    @property
    def display_name(self) -> str:
        return self.title


Agent = Person | Organisation
"""Whoever does or says something."""
AnyRecord = Film | Person | Organisation | Stunt
RECORD_TYPES: tuple[type[AnyRecord], ...] = get_args(AnyRecord)
