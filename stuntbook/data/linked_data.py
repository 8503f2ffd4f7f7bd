"""KnowledgeBase -> what a page tells machines, as JSON-LD in the terms of schema.org.

The terms are those of schema.org, release 30.0 (https://schema.org); the form is JSON-LD 1.1 for a script element of
HTML (W3C Recommendation, 16 July 2020, https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents).

A machine sees no badge beside a fact. So what carries a statement decides how it is told:

* What articles plainly state is a property, where schema.org has one: who directed a film, where a stunt took place.
* All else that rests on an article is a `Claim`: its `appearance` are the articles, its `author` is whoever says it.
  The accounts of a disagreement are claims that share a `name`, the point on which they differ.
* What no article states is left out. There is no evidence to show, and no term for "the editor added it".

A quote is a `Quotation`: its `author` is the real person to whom the words are attributed, and it `isBasedOn` its
article (`spokenByCharacter` attributes words within a work). Nothing else of an article is published here.

A stunt is an `Event` that is `recordedIn` its `Movie`. schema.org has no type for stunts; a `Clip` is a part of the
finished work, while the book tells what people did, where, and how it ended, whether or not the film shows it. It gets
no `startDate`, without which no search engine announces it as something to attend; claims tell what is known of dates.

A document is complete: whatever it refers to by `@id` it also describes, at least by its type. The `@id` of a page and
of a statement is its address, which for a statement is also its id in `data/annotations.jsonld`. That of a film, stunt,
person or article is the address of its page with its kind as the fragment: `films/fallout/#film`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from stuntbook.knowledge.addresses import address_of, relative_address
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement, Status, of_kind
from stuntbook.records.article import Article
from stuntbook.records.citable import Model
from stuntbook.records.dates import parse_edtf
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord, Credit, Facet, Film, Quote, Reference, Series, Stunt, Year

SCHEMA_CONTEXT = "https://schema.org"
Node = dict[str, object]
Trail = Sequence[tuple[str, str]]
"""Address and label of each page above a page, the home page first."""

_FILM_ROLES = {"director": "director", "producer": "producer", "cast": "actor"}
_STUNT_ROLES = {"director": "director", "cast": "actor"}
"""The roles that have a property of their own; an `Event` has no producer. Everyone else is a contributor."""
_PROPERTY_KINDS = ("film", "year", "series", "performer", "credit", "place", "technique", "equipment")
"""The kinds of statements for which there is a property."""
_Value = TypeVar("_Value", bound=Model)
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedData:
    """Makes the JSON-LD document of every kind of page. Needs a knowledge base without errors."""

    knowledge: KnowledgeBase
    site_name: str
    base: str = ""
    """The site's absolute address with a slash at the end; without it, every address is relative to the page's own."""

    def home(self, description: str) -> Node:
        """The home page: the site as a whole, and how to search it."""
        graph = _Graph(self, "")
        graph.page(self.site_name, (), description)
        graph.site()["description"] = description
        graph.site()["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{self.base}search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
        return graph.document()

    def index(self, address: str, title: str, description: str, trail: Trail) -> Node:
        """A page that is about no single record."""
        graph = _Graph(self, address)
        graph.page(title, trail, description)
        return graph.document()

    def about(self, subject: AnyRecord | Article, trail: Trail) -> Node:
        """The page of a film, stunt, person or article."""
        graph = _Graph(self, address_of(subject))
        node = graph.main_entity(subject, trail)
        match subject:
            case Film():
                node |= self._film(subject, graph)
            case Stunt():
                node |= self._stunt(subject, graph)
        if not isinstance(subject, Article):
            node |= _filled(subjectOf=graph.statements(subject))
        return graph.document()

    def _film(self, film: Film, graph: _Graph) -> Node:
        return _filled(
            datePublished=[str(year.value) for year in self._stated(film, "year", Year)],
            isPartOf=[{"@type": "MovieSeries", "name": each.name} for each in self._stated(film, "series", Series)],
            **graph.credits(self._stated(film, "credit", Credit), _FILM_ROLES),
        )

    def _stunt(self, stunt: Stunt, graph: _Graph) -> Node:
        return _filled(
            recordedIn=[graph.refer(each.id) for each in self._stated(stunt, "film", Reference)],
            performer=[graph.refer(each.id) for each in self._stated(stunt, "performer", Reference)],
            **graph.credits(self._stated(stunt, "credit", Credit), _STUNT_ROLES),
            location=[{"@type": "Place", "name": each.name} for each in self._stated(stunt, "place", Facet)],
            keywords=[each.name for kind in ("technique", "equipment") for each in self._stated(stunt, kind, Facet)],
        )

    def _stated(self, record: AnyRecord, kind: str, model: type[_Value]) -> list[_Value]:
        """What the record's statements of a kind hold, as far as articles plainly state it."""
        statements = of_kind(self.knowledge.statements[record.id], kind)
        return [each.value for each in statements if isinstance(each.value, model) and _is_plain(each)]


def to_script_text(document: Node) -> str:
    """The document as the text of a script element, which nothing in it can end. It is JSON still."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


@dataclass(slots=True)
class _Graph:
    """The nodes of one document, each once, in the order in which they were asked for."""

    data: LinkedData
    address: str
    nodes: dict[str, Node] = field(default_factory=dict)

    def document(self) -> Node:
        return {"@context": SCHEMA_CONTEXT, "@graph": list(self.nodes.values())}

    def iri(self, address: str, fragment: str = "") -> str:
        """An address of the site. What stands on this page has its fragment alone: statements are many."""
        if not self.data.base or (fragment and address == self.address):
            return relative_address(self.address, address, fragment)
        return f"{self.data.base}{address}{'#' if fragment else ''}{fragment}"

    def page(self, title: str, trail: Trail, description: str = "") -> Node:
        address = self.iri(self.address)
        node: Node = {"@type": "WebPage", "@id": address, "url": address, "name": title}
        self.nodes[address] = node
        node |= _filled(description=description, breadcrumb=self._breadcrumb(title, trail))
        node["isPartOf"] = {"@id": self.site()["@id"]}
        return node

    def _breadcrumb(self, title: str, trail: Trail) -> Node | None:
        """The way to this page from the top; a page with nothing above it has none."""
        if not trail:
            return None
        items: list[Node] = [
            {
                "@type": "ListItem",
                "position": position,
                "name": label,
                "item": {"@type": "WebPage", "@id": self.iri(address)},
            }
            for position, (address, label) in enumerate((*trail, (self.address, title)), start=1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    def site(self) -> Node:
        """The site, as far as every page describes it."""
        id_ = self.iri("", "website")
        node: Node = {"@type": "WebSite", "@id": id_, "url": self.iri(""), "name": self.data.site_name}
        return self.nodes.setdefault(id_, node)

    def main_entity(self, subject: AnyRecord | Article, trail: Trail) -> Node:
        """Describes the page of a record or article; returns the node of that itself, for what else is known."""
        page = self.page(subject.display_name, trail)
        page["mainEntity"] = self.refer(subject.id)
        node = self._thing(subject)
        if not isinstance(subject, Article):
            summary = self.data.knowledge.plain_text(subject.summary) if subject.summary else ""
            node |= _filled(alternateName=list(subject.aliases), description=summary)
        return node

    def refer(self, identifier: str) -> Node:
        """A reference to a record or an article, which the document describes from then on."""
        return {"@id": self._thing(self.data.knowledge.record(identifier))["@id"]}

    def _thing(self, thing: AnyRecord | Article) -> Node:
        id_ = self.iri(address_of(thing), thing.kind)
        if id_ not in self.nodes:
            self.nodes[id_] = self._article(id_, thing) if isinstance(thing, Article) else self._record(id_, thing)
        return self.nodes[id_]

    def _record(self, id_: str, record: AnyRecord) -> Node:
        url = self.iri(address_of(record))
        return {"@type": RECORD_KINDS[record.kind].schema_type, "@id": id_, "url": url, "name": record.display_name}

    def _article(self, id_: str, article: Article) -> Node:
        return {"@type": "NewsArticle", "@id": id_, "url": article.url} | _filled(
            headline=article.title,
            name=article.label,
            publisher={"@type": "Organization", "name": article.publisher},
            author={"@type": "Person", "name": article.author} if article.author else None,
            datePublished=_iso_date(article.published) if article.published else None,
        )

    def credits(self, credits_: list[Credit], roles: Mapping[str, str]) -> dict[str, list[Node]]:
        """The people behind a film or a stunt, by property."""
        people: dict[str, list[Node]] = {}
        for credit in credits_:
            person = self.refer(credit.person)
            if credit.role in roles:
                people.setdefault(roles[credit.role], []).append(person)
            else:
                role: Node = {"@type": "Role", "roleName": credit.role, "contributor": person}
                people.setdefault("contributor", []).append(role)
        return people

    def statements(self, record: AnyRecord) -> list[Node]:
        """What is said of a record, in the order of its fields: claims and quotations."""
        return [node for each in self.data.knowledge.statements[record.id] for node in self._statement(each)]

    def _statement(self, statement: Statement, topic: str | None = None) -> Iterator[Node]:
        if isinstance(statement.value, Quote):
            yield self._quotation(statement, statement.value)
        elif statement.passages and not (statement.kind in _PROPERTY_KINDS and _is_plain(statement)):
            yield self._claim(statement, topic)
        topic = statement.text if statement.kind == "disagreement" else None
        for part in statement.parts:
            yield from self._statement(part, topic)

    def _claim(self, statement: Statement, topic: str | None) -> Node:
        by = statement.evidence.by
        return {"@type": "Claim", "@id": self.iri(self.address, statement.anchor)} | _filled(
            name=topic,
            text=statement.text,
            author=self.refer(by) if by else None,
            appearance=[self.refer(source) for source in statement.evidence.sources],
        )

    def _quotation(self, statement: Statement, quote: Quote) -> Node:
        relayed = {"@type": "Role", "roleName": "relayed the words"}
        return {"@type": "Quotation", "@id": self.iri(self.address, statement.anchor)} | _filled(
            text=statement.text,
            author=self.refer(quote.speaker),
            contributor=relayed | {"contributor": self.refer(quote.via)} if quote.via else None,
            isBasedOn=[self.refer(source) for source in statement.evidence.sources],
        )


def _is_plain(statement: Statement) -> bool:
    """Whether articles state it in their own voice, and no article differs."""
    return statement.evidence.status in (Status.ARTICLES, Status.ARTICLE)


def _iso_date(edtf: str) -> str | None:
    """A date in ISO 8601, as precise as it is known; None where digits are missing or it is not certain."""
    return None if "X" in edtf or parse_edtf(edtf).mark else edtf


def _filled(**properties: object) -> Node:
    """The properties that have a value. A list of one value is that value, which means the same in JSON-LD."""
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in properties.items()
        if value
    }
