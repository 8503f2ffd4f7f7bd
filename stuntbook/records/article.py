"""What an article is: the shape of its front matter, and its text."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import Annotated, ClassVar, Literal

from pydantic import Field, InstanceOf, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from stuntbook.records.citable import Model
from stuntbook.records.fields import Digest, Edtf, FormerId, Id, Language, Text, WebAddress, Words
from stuntbook.records.places import Place


class LeftOut(Model):
    """Sentences of an article that no statement uses, on purpose."""

    words: Words
    """The words, from the first sentence to the last."""
    reason: Text
    """Why they carry nothing for this book."""


class Article(Model):
    """A source: an article's front matter, its text as published, and where both stand."""

    id: SkipJsonSchema[Id] = Field(exclude=True)
    """The file's name without its ending: the page's address for ever."""
    place: SkipJsonSchema[InstanceOf[Place]] = Field(exclude=True, repr=False)
    """Where its front matter stands."""
    body: SkipJsonSchema[str] = Field(exclude=True, repr=False)
    """All that follows the front matter, character by character."""
    body_line: SkipJsonSchema[int] = Field(exclude=True)
    """The line of the file on which the body starts."""

    noun: ClassVar[str] = "source"
    section: ClassVar[str] = "sources"

    title: Text | None = None
    """The headline, where the text has one."""
    label: Text | None = None
    """What the site calls it where it has no headline; marked as the editor's."""
    publisher: Text
    """Who published it."""
    author: Text | None = None
    """Who wrote it; left out where it is not known."""
    published: Edtf | None = None
    """The date of publication in EDTF, in quotation marks; left out where it is not known."""
    url: WebAddress
    """Its address at the publisher's."""
    language: Language = "en"
    """The language of its text, as a code of BCP 47 such as `de` or `ja`; English where it is left out."""
    rights: Literal["excerpts", "full"] = "excerpts"
    """What the site may publish of it: the cited passages alone, or the full text."""
    boilerplate: tuple[Words, ...] = ()
    """Passages that are not the article: banners, share lines. They can't be cited."""
    sic: Annotated[tuple[Words, ...], Field(max_length=500)] = ()
    """Slips in the article's own words; the site marks them [sic]."""
    left_out: tuple[LeftOut, ...] = ()
    """What no statement uses, on purpose, each with the reason."""
    digest: Digest | None = None
    """The SHA-256 of the body in UTF-8, which shows that nobody has edited the text since it was recorded."""
    former_ids: tuple[FormerId, ...] = ()
    """Identifiers that it had before: their addresses lead to its page. `stuntbook rename` keeps them."""

    @model_validator(mode="after")
    def _has_label(self) -> Article:
        if (self.title is None) == (self.label is None):
            found, title, label = "both a title and a label", "keep the title", "the label"
            if self.title is None:
                found, title, label = "neither a title nor a label", "write title:", "label:"
            advice = f"{title} where the text has a headline, and {label} where it has none"
            raise PydanticCustomError("label", "the article has {found}", {"found": found, "advice": advice})
        return self

    @property
    def told_once(self) -> object:
        """The file of which all of it is made."""
        return self.path, self.body_line, self.place.stretch, self.body

    @property
    def main_language(self) -> str:
        """The language without its script or region: `en` of `en-GB`."""
        return self.language.partition("-")[0]

    @cached_property
    def body_digest(self) -> str:
        """The SHA-256 (FIPS 180-4) of the body in UTF-8, as it is now."""
        return sha256(self.body.encode()).hexdigest()

    @property
    def display_name(self) -> str:
        """The headline, or what the editor calls it."""
        return self.title or self.label or self.id

    @property
    def path(self) -> str:
        """The file, relative to the knowledge base's folder."""
        return self.place.stretch.path
