"""What a page's template can ask for: links, prose, headings, evidence and numbered references.

One `PageView` serves one page. It collects the headings and references that the template uses, in their order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup, escape

from stuntbook.diagnostics import Location, plural
from stuntbook.knowledge.addresses import address_of, passage_anchor, relative_address
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Evidence, Statement, Status
from stuntbook.records.dates import shown_date
from stuntbook.records.quantities import Unit, convert, format_amount
from stuntbook.text import prose
from stuntbook.text.article_text import Span
from stuntbook.text.folding import fold
from stuntbook.text.fragments import text_fragment
from stuntbook.text.numerals import Number

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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for its table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class NumberedReference:
    """A cited passage in the list at the end of a page."""

    number: int
    passage: Passage
    marks: list[str] = field(default_factory=list)
    """The anchors of the marks that lead here."""


@dataclass(slots=True)
class PageView:
    """The functions and collections that a template uses as `view`."""

    knowledge: KnowledgeBase
    address: str
    repository: str = ""
    """Where the files are shown to readers, with a slash at the end; empty where that is not known."""
    headings: list[Heading] = field(default_factory=list)
    _references: dict[tuple[str, Span], NumberedReference] = field(default_factory=dict)
    _links: dict[tuple[str, str | None], Markup] = field(default_factory=dict)

    plural: ClassVar[object] = staticmethod(plural)

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

    def links(self, identifiers: list[str]) -> Markup:
        return Markup(", ").join(self.link(identifier) for identifier in identifiers)

    def statement_url(self, statement: Statement) -> str:
        return self.url(statement.record, statement.anchor)

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

    def plain(self, text: str) -> str:
        """An editor's sentence as plain text."""
        return prose.plain_text(text, lambda identifier: self.knowledge.record(identifier).display_name)

    def words(self, source: str, span: Span) -> Markup:
        """An article's own words, with [sic] behind what its front matter declares to be a slip."""
        article = self.knowledge.sources[source]
        pieces: list[str] = []
        position = span.start
        for slip in article.sic:
            if span.contains(slip):
                pieces.append(escape(article.text.body[position : slip.end]))
                pieces.append(' <span class="sb-sic" title="So it stands in the article.">[sic]</span>')
                position = slip.end
        return Markup("".join((*pieces, escape(article.text.body[position : span.end]))))

    def differing(self, disagreement: Statement, passage: Passage) -> Markup:
        """A passage of an account, with the words marked that not every other account's passages hold."""
        others = [part for part in disagreement.parts if passage not in part.passages]
        common = [{word for each in part.passages for word in _plain_words(each.text)} for part in others]
        pieces = Markup()
        for token in re.findall(r"\s+|\S+", passage.text):
            word = next(iter(_plain_words(token)), "")
            differs = word and not all(word in words for words in common)
            pieces += Markup('<em class="sb-differs">{}</em>').format(token) if differs else escape(token)
        return Markup(re.sub(r"</em>(\s+)<em class=\"sb-differs\">", r"\1", pieces))

    def date(self, edtf: str) -> str:
        return shown_date(edtf)

    def amount(self, value: Number, unit: Unit | None) -> str:
        """An amount in both systems of units: `25,000 ft (7,620 m)`."""
        other = convert(value, unit) if unit else None
        shown = format_amount(value, unit)
        return f"{shown} ({format_amount(*other)})" if other else shown

    # --- Headings

    def heading(self, text: str, id: str, level: int = 2) -> Markup:  # noqa: A002 - as HTML calls it
        self.headings.append(Heading(level, id, text))
        return Markup(f'<h{level} id="{escape(id)}">{escape(text)}</h{level}>')

    # --- Evidence

    def badge(self, evidence: Evidence) -> Markup:
        """The evidence status as a badge; a disputed statement's leads to the disagreement."""
        status = evidence.status.value
        title, text = STATUS_MEANINGS[evidence.status], self._status(evidence)
        return Markup(f'<span class="sb-status sb-status--{status}" title="{title}">{text}</span>')

    def _status(self, evidence: Evidence) -> Markup:
        match evidence.status:
            case Status.ARTICLES:
                return escape(plural(evidence.independent, "article"))
            case Status.ARTICLE:
                return Markup("one article")
            case Status.SAID:
                return Markup("said by {}").format(self.link(evidence.by or ""))
            case Status.DISPUTED:
                url = self.url(*evidence.disagreement) if evidence.disagreement else ""
                return Markup('<a href="{}">disputed</a>').format(url)
            case Status.UNSOURCED:
                return Markup("not in the sources")

    def marks(self, statement: Statement) -> Markup:
        """The numbered marks of a statement's references."""
        return Markup("".join(map(self._mark, statement.passages)))

    def _mark(self, passage: Passage) -> str:
        key = (passage.source, passage.span)
        reference = self._references.setdefault(key, NumberedReference(len(self._references) + 1, passage))
        anchor = f"mark-{reference.number}-{len(reference.marks) + 1}"
        reference.marks.append(anchor)
        number = reference.number
        link = f'<a id="{anchor}" href="#ref-{number}" aria-label="Reference {number}">{number}</a>'
        return f'<sup class="sb-mark">{link}</sup>'

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

    def line_url(self, location: Location) -> str:
        """The line of an input file in the repository, where there is one."""
        return f"{self.repository}{location.path}#L{location.line}"


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", fold(text).casefold())
