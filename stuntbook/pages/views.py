"""What a page's template can ask for about its page: links, prose, headings and the words that it rests on.

One `PageView` serves one page. It collects the headings and the cited words that the template uses, in their order.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup, escape

from stuntbook.knowledge.addresses import passage_anchor, relative_address
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Statement, Status
from stuntbook.records.article import Article
from stuntbook.records.fields import is_unnamed
from stuntbook.records.model import Film
from stuntbook.text import prose
from stuntbook.text.article_text import Span
from stuntbook.text.fragments import text_fragment

STATUS_NAMES = {
    Status.ARTICLES: "several articles",
    Status.ARTICLE: "one article",
    Status.SAID: "a speaker’s word",
    Status.DISPUTED: "disputed",
    Status.UNSOURCED: "not in the sources",
}
STATUS_MEANINGS = {
    Status.ARTICLES: "Several articles state this.",
    Status.ARTICLE: "One article states this.",
    Status.SAID: "An article reports that this speaker says so.",
    Status.DISPUTED: "The sources differ on this.",
    Status.UNSOURCED: "No article in this book states this; the editor added it.",
}
WORKED_OUT = "date worked out from the article’s"
"""What is said of a date that no article states, but that follows from the day of one."""
_NUMBER = re.compile("\ue002([0-9]+)\ue003")
"""Stands for the number of cited words until all of the page are known: characters for private use."""


class Heading(NamedTuple):
    """A heading of a page, for its table of contents."""

    level: int
    id: str
    text: str


class CitedWords(NamedTuple):
    """A passage in the list at the end of a page."""

    key: int
    """In the order in which the page comes to it; its anchor is `words-` and this."""
    passage: Passage
    statements: list[Statement]
    """What rests on it on this page."""


def with_caveat(knowledge: KnowledgeBase, item: Statement, words: str = "") -> str:
    """A statement in plain words (its own, or others), with what articles do not plainly state about it behind."""
    text, by = words or item.text, item.evidence.by or ""
    match item.evidence.status:
        case Status.SAID:
            text = f"{text} (said by {by if is_unnamed(by) else knowledge.name_of(by)})"
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
    headings: list[Heading] = field(default_factory=list)
    at_home: set[str] = field(default_factory=set)
    """The anchors of the statements that have had their permanent place on the page so far."""
    marks: int = 0
    """How many marks the page has so far."""
    _words: dict[tuple[str, Span], CitedWords] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)
    """The records to which prose has led since the last heading."""

    # --- Links

    def to(self, address: str, anchor: str = "") -> str:
        """The relative address of another page of the site."""
        return relative_address(self.address, address, anchor)

    def url(self, identifier: str, anchor: str = "") -> str:
        """The relative address of a record's page."""
        return self.to(self.knowledge.address_of(identifier), anchor)

    def link(self, identifier: str, label: str | None = None) -> Markup:
        """A link to a record, named as the record is named unless a label says otherwise."""
        name = label or self.knowledge.name_of(identifier)
        return Markup(f'<a href="{escape(self.url(identifier))}">{escape(name)}</a>')

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
        """An editor's sentence as HTML. A name leads to its record where it stands first below a heading."""
        return Markup(prose.render_inline(text, self._name))

    def block(self, text: str) -> Markup:
        """An editor's paragraphs as HTML."""
        return Markup(prose.render_block(text, self._name))

    def _name(self, identifier: str, label: str | None) -> Markup:
        if identifier in self._named:
            return escape(label or self.knowledge.name_of(identifier))
        self._named.add(identifier)
        return self.link(identifier, label)

    def mention(self, text: str, identifier: str) -> Markup:
        """An editor's sentence without links, with the name of one record set off."""

        def name(other: str, label: str | None) -> str:
            shown = escape(label or self.knowledge.name_of(other))
            return Markup(f'<b class="sb-here">{shown}</b>') if other == identifier else shown

        return Markup(prose.render_inline(text, name))

    # --- Headings

    def heading(self, text: str, id: str, level: int = 2) -> Markup:  # noqa: A002 - as HTML calls it
        self.headings.append(Heading(level, id, text))
        self._named.clear()
        return Markup(f'<h{level} id="{escape(id)}">{escape(text)}</h{level}>')

    # --- Evidence

    def cite(self, passage: Passage) -> CitedWords:
        """A passage among the cited words of the page."""
        key = (passage.source, passage.span)
        return self._words.setdefault(key, CitedWords(len(self._words) + 1, passage, []))

    def number(self, key: int) -> str:
        """What becomes the number of cited words when the page is whole."""
        return f"\ue002{key}\ue003"

    def words_by_article(self) -> Iterator[tuple[Article, list[CitedWords]]]:
        """The cited words of the page, in the order of their articles' texts. The articles come as the page does."""
        for source in dict.fromkeys(source for source, _ in self._words):
            own = [words for (of, _), words in self._words.items() if of == source]
            yield self.knowledge.sources[source].article, sorted(own, key=lambda each: each.passage.span)

    def numbered(self, html: str) -> str:
        """The page with the numbers of the cited words in place."""
        listed = (words.key for _, own in self.words_by_article() for words in own)
        numbers = {str(key): str(number) for number, key in enumerate(listed, 1)}
        return _NUMBER.sub(lambda match: numbers[match[1]], html)

    def passage_url(self, passage: Passage) -> str:
        """The passage's place on its source's page."""
        return self.url(passage.source, passage_anchor(passage.span))

    def publisher_url(self, source: str, span: Span) -> str:
        """The same words on the publisher's page; browsers that know text fragments scroll to them."""
        prepared = self.knowledge.sources[source]
        fragment = text_fragment(prepared.text, span)
        # An anchor stays before the directive: `#part:~:text=…`.
        return f"{prepared.article.url}{fragment.removeprefix('#') if '#' in prepared.article.url else fragment}"
