"""What a page's template can ask for about its page: links, prose, headings and numbered references.

One `PageView` serves one page. It collects the headings and references that the template uses, in their order.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup, escape

from stuntbook.knowledge.addresses import address_of, passage_anchor, relative_address
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Statement, Status
from stuntbook.records.fields import is_unnamed
from stuntbook.records.model import Film
from stuntbook.text import prose
from stuntbook.text.article_text import Span
from stuntbook.text.fragments import text_fragment

STATUS_NAMES = {
    Status.ARTICLES: "several articles",
    Status.ARTICLE: "one article",
    Status.SAID: "said by somebody",
    Status.DISPUTED: "disputed",
    Status.UNSOURCED: "not in the sources",
}
STATUS_MEANINGS = {
    Status.ARTICLES: "Several articles state this.",
    Status.ARTICLE: "One article states this.",
    Status.SAID: "An article reports that this person says so.",
    Status.DISPUTED: "The sources differ on this.",
    Status.UNSOURCED: "No article in this book states this; the editor added it.",
}
WORKED_OUT = "date worked out from the article’s"
"""What is said of a date that no article states, but that follows from the day of one."""


class Heading(NamedTuple):
    """A heading of a page, for its table of contents."""

    level: int
    id: str
    text: str


class NumberedReference(NamedTuple):
    """A cited passage in the list at the end of a page."""

    number: int
    passage: Passage
    marks: list[str]
    """The anchors of the marks that lead here."""


def with_caveat(knowledge: KnowledgeBase, item: Statement, words: str = "") -> str:
    """A statement in plain words (its own, or others), with what articles do not plainly state about it behind."""
    text, by = words or item.text, item.evidence.by or ""
    match item.evidence.status:
        case Status.SAID:
            text = f"{text} (said by {by if is_unnamed(by) else knowledge.record(by).display_name})"
        case Status.DISPUTED | Status.UNSOURCED as status:
            text = f"{text} ({STATUS_NAMES[status]})"
    return f"{text} ({WORKED_OUT})" if item.evidence.worked_out else text


def year_in_words(knowledge: KnowledgeBase, film: Film) -> str:
    """The year of a film with what must be said of it, where no link can stand; empty where it is not known."""
    stated = knowledge.year_of(film)
    return with_caveat(knowledge, stated, str(film.year.value)) if stated and film.year else ""


@dataclass(slots=True)
class PageView:
    """The functions and collections that a template uses as `view`."""

    knowledge: KnowledgeBase
    address: str
    repository: str = ""
    """Where the files are shown to readers, with a slash at the end; empty where that is not known."""
    headings: list[Heading] = field(default_factory=list)
    at_home: set[str] = field(default_factory=set)
    """The anchors of the statements that have had their permanent place on the page so far."""
    _references: dict[tuple[str, Span], NumberedReference] = field(default_factory=dict)
    _links: dict[tuple[str, str | None], Markup] = field(default_factory=dict)

    # --- Links

    def to(self, address: str, anchor: str = "") -> str:
        """The relative address of another page of the site."""
        return relative_address(self.address, address, anchor)

    def url(self, identifier: str, anchor: str = "") -> str:
        """The relative address of a record's page."""
        return self.to(address_of(self.knowledge.record(identifier)), anchor)

    def link(self, identifier: str, label: str | None = None) -> Markup:
        """A link to a record, named as the record is named unless a label says otherwise."""
        if (identifier, label) not in self._links:
            name = label or self.knowledge.record(identifier).display_name
            link = Markup(f'<a href="{escape(self.url(identifier))}">{escape(name)}</a>')
            self._links[identifier, label] = link
        return self._links[identifier, label]

    def who(self, speaker: str) -> Markup:
        """Whoever says something: a link to the record, or the words with which an article describes them."""
        return escape(speaker) if is_unnamed(speaker) else self.link(speaker)

    def links(self, identifiers: list[str]) -> Markup:
        return Markup(", ").join(self.link(identifier) for identifier in identifiers)

    def statement_url(self, statement: Statement) -> str:
        return self.url(statement.record, statement.anchor)

    def others(self, statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
        """The statements that have no place on the page yet, by the field that holds them."""
        others: dict[str, list[Statement]] = {}
        for statement in statements:
            if statement.anchor not in self.at_home:
                others.setdefault(str(statement.path[0]), []).append(statement)
        return list(others.items())

    # --- Words

    def inline(self, text: str) -> Markup:
        """An editor's sentence as HTML."""
        return Markup(prose.render_inline(text, self.link))

    def block(self, text: str) -> Markup:
        """An editor's paragraphs as HTML."""
        return Markup(prose.render_block(text, self.link))

    def mention(self, text: str, identifier: str) -> Markup:
        """An editor's sentence without links, with the name of one record set off."""

        def name(other: str, label: str | None) -> str:
            shown = escape(label or self.knowledge.record(other).display_name)
            return Markup(f'<b class="sb-here">{shown}</b>') if other == identifier else shown

        return Markup(prose.render_inline(text, name))

    # --- Headings

    def heading(self, text: str, id: str, level: int = 2) -> Markup:  # noqa: A002 - as HTML calls it
        self.headings.append(Heading(level, id, text))
        return Markup(f'<h{level} id="{escape(id)}">{escape(text)}</h{level}>')

    # --- Evidence

    def cite(self, passage: Passage) -> tuple[int, str]:
        """A passage's number among the page's references, and the anchor of a new mark that leads there."""
        key = (passage.source, passage.span)
        reference = self._references.setdefault(key, NumberedReference(len(self._references) + 1, passage, []))
        anchor = f"mark-{reference.number}-{len(reference.marks) + 1}"
        reference.marks.append(anchor)
        return reference.number, anchor

    @property
    def references(self) -> list[NumberedReference]:
        """The references used so far, in the order of their numbers."""
        return list(self._references.values())

    def passage_url(self, passage: Passage) -> str:
        """The passage's place on its source's page."""
        return self.url(passage.source, passage_anchor(passage.span))

    def publisher_url(self, source: str, span: Span) -> str:
        """The same words on the publisher's page; browsers that know text fragments scroll to them."""
        prepared = self.knowledge.sources[source]
        fragment = text_fragment(prepared.text, span)
        # An anchor stays before the directive: `#part:~:text=…`.
        return f"{prepared.article.url}{fragment.removeprefix('#') if '#' in prepared.article.url else fragment}"
