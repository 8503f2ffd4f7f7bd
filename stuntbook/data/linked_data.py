"""KnowledgeBase -> what a page tells machines, as JSON-LD in the terms of schema.org.

The terms are those of schema.org, release 30.0 (https://schema.org); the form is JSON-LD 1.1 for a script element of
HTML (W3C Recommendation, 16 July 2020, https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents).

A machine sees no badge beside a fact. So what carries a statement decides how it is told:

* What articles plainly state is a property, where schema.org has one: who directed a film, where a stunt took place.
* All else that rests on an article is a `Claim`: its `appearance` are the articles, its `author` is whoever says it.
  The accounts of a disagreement are claims that share a `name`, the point on which they differ.
* What no article states is left out. There is no evidence to show, and no term for "the editor added it". Only
  identifiers in other catalogues (`sameAs`) are told all the same: they say which thing is meant, and nothing about it.

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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import orjson

from stuntbook.data.assembled import Assembled, Part, as_json, in_list
from stuntbook.knowledge.addresses import address_of, relative_address
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement, Status, of_kind
from stuntbook.records.article import Article
from stuntbook.records.citable import Model
from stuntbook.records.dates import parse_edtf
from stuntbook.records.fields import is_unnamed
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord, Film, Stunt
from stuntbook.records.stated import Award, Credit, Facet, LifeEvent, Quote, Reference, Series, Year

SCHEMA_CONTEXT = "https://schema.org"
_OWN_CONTEXT = {
    "@vocab": "http://schema.org/",
    **{name: {"@type": "@id"} for name in ("item", "sameAs", "url")},
    **{name: {"@type": "Date"} for name in ("birthDate", "datePublished", "deathDate")},
}
"""What schema.org's own context says of the terms that are used, for programs that load none."""
Node = dict[str, object]
Trail = Sequence[tuple[str, str]]
"""Address and label of each page above a page, the home page first."""

_WORKS = {
    "film": "Movie",
    "television series": "TVSeries",
    "episode": "TVEpisode",
    "music video": "VideoObject",
    "live show": "CreativeWork",
}
"""Each takes a stunt's `recordedIn`, which no event does, and a `MusicVideoObject` has no director."""
_ROLES = {"director": "director", "producer": "producer", "cast": "actor"}
"""The roles that have a property of their own. Everyone else is a contributor."""
_LACKING = {"Event": {"producer"}, "CreativeWork": {"director", "cast"}}
"""The roles for which a type has no property."""
_OF_PEOPLE = {"director", "cast"}
"""The roles whose properties take people alone."""
_PROPERTY_KINDS = ("born", "died", "film", "year", "series", "performer", "credit", "place", "technique", "equipment")
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
        action: Node = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{self.base}search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
        graph.site().update(description=description, potentialAction=action)
        return graph.document()

    def index(self, address: str, title: str, description: str, trail: Trail) -> Node:
        """A page that is about no single record."""
        graph = _Graph(self, address)
        graph.page(title, trail, description)
        return graph.document()

    def about(self, subject: AnyRecord | Article, trail: Trail) -> Node:
        """The page of a film, stunt, person or article."""
        graph = _Graph(self, address_of(subject))
        page = graph.page(subject.display_name, trail)
        page["mainEntity"] = graph.refer(subject.id)
        if not isinstance(subject, Article):
            self._describe(subject, graph)
        return graph.document()

    def everything(self) -> Assembled:
        """One graph of all records and articles, which needs no context from elsewhere."""
        knowledge = self.knowledge

        def parts() -> Iterator[Part]:
            yield b'{\n  "@context": ' + as_json(_OWN_CONTEXT, 2) + b',\n  "@graph": '
            yield from in_list(("", *(record.id for record in knowledge.records), *knowledge.sources), 4)
            yield b"\n}\n"

        return Assembled(parts, lambda name: as_json(self._node(name), 4))

    def _node(self, identifier: str) -> Node:
        """What is told of a record or an article in a graph of all; of the site, where there is no identifier."""
        graph = _Graph(self, "data/")
        if not identifier:
            return graph.site()
        subject = self.knowledge.record(identifier)
        if not isinstance(subject, Article):
            self._describe(subject, graph)
        return graph.thing(subject)

    def _describe(self, record: AnyRecord, graph: _Graph) -> None:
        node = graph.thing(record)
        summary = " ".join(each.text for each in self.knowledge.summary_of(record) if _is_plain(each))
        node |= _filled(alternateName=list(record.aliases), description=summary)
        node |= self._stated_properties(record, graph)
        node |= _filled(subjectOf=graph.statements(record))

    def _stated_properties(self, record: AnyRecord, graph: _Graph) -> Node:
        """What articles plainly state of a film or a stunt, of which each has the kinds of statements that it can."""
        awards = () if isinstance(record, Stunt) else self._stated(record, "award", Award)  # an event has none
        born, died = (self._dated(record, kind) for kind in ("born", "died"))
        return _filled(
            sameAs=[each.url for each in record.identifiers],
            award=[each.name for each in awards],
            birthDate=[each.when for each in born],
            birthPlace=[{"@type": "Place", "name": each.place} for each in born if each.place],
            deathDate=[each.when for each in died],
            deathPlace=[{"@type": "Place", "name": each.place} for each in died if each.place],
            datePublished=[str(year.value) for year in self._stated(record, "year", Year)],
            isPartOf=[{"@type": "MovieSeries", "name": each.name} for each in self._stated(record, "series", Series)],
            recordedIn=[graph.refer(each.id) for each in self._stated(record, "film", Reference)],
            performer=[graph.refer(each.id) for each in self._stated(record, "performer", Reference)],
            **graph.credits(record, self._stated(record, "credit", Credit)),
            location=[{"@type": "Place", "name": each.name} for each in self._stated(record, "place", Facet)],
            keywords=[each.name for kind in ("technique", "equipment") for each in self._stated(record, kind, Facet)],
        )

    def _dated(self, record: AnyRecord, kind: str) -> list[LifeEvent]:
        return [each for each in self._stated(record, kind, LifeEvent) if _iso_date(each.when)]

    def _stated(self, record: AnyRecord, kind: str, model: type[_Value]) -> list[_Value]:
        """What the record's statements of a kind hold, as far as articles plainly state it."""
        statements = of_kind(self.knowledge.statements[record.id], kind)
        return [each.value for each in statements if isinstance(each.value, model) and _is_plain(each)]


def to_script_text(document: Node) -> str:
    """The document as the text of a script element, which nothing in it can end. It is JSON still."""
    return orjson.dumps(document).decode().translate(_ESCAPES)


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
        crumbs = [
            {
                "@type": "ListItem",
                "position": position,
                "name": label,
                "item": {"@type": "WebPage", "@id": self.iri(each)},
            }
            for position, (each, label) in enumerate((*trail, (self.address, title)), start=1)
        ]
        way = {"@type": "BreadcrumbList", "itemListElement": crumbs}
        node |= _filled(description=description, breadcrumb=way if trail else None)
        node["isPartOf"] = {"@id": self.site()["@id"]}
        return node

    def site(self) -> Node:
        """The site, as far as every page describes it."""
        id_ = self.iri("", "website")
        node: Node = {"@type": "WebSite", "@id": id_, "url": self.iri(""), "name": self.data.site_name}
        return self.nodes.setdefault(id_, node)

    def refer(self, identifier: str) -> Node:
        """A reference to a record or an article, which the document describes from then on."""
        return {"@id": self.thing(self.data.knowledge.record(identifier))["@id"]}

    def agent(self, speaker: str) -> Node:
        """Whoever says or does something; of somebody whom no article names, how it describes them."""
        return {"@type": "Person", "description": speaker} if is_unnamed(speaker) else self.refer(speaker)

    def thing(self, thing: AnyRecord | Article) -> Node:
        """The node of a record or an article itself."""
        id_ = self.iri(address_of(thing), thing.noun)
        if id_ in self.nodes:
            return self.nodes[id_]
        if isinstance(thing, Article):
            self.nodes[id_] = {"@type": "NewsArticle", "@id": id_, "url": thing.url} | _filled(
                headline=thing.title,
                name=thing.label,
                publisher={"@type": "Organization", "name": thing.publisher},
                author={"@type": "Person", "name": thing.author} if thing.author else None,
                datePublished=_iso_date(thing.published) if thing.published else None,
            )
        else:
            node: Node = {"@type": _type_of(thing), "@id": id_, "url": self.iri(address_of(thing))}
            self.nodes[id_] = node | {"name": thing.display_name}
        return self.nodes[id_]

    def credits(self, record: AnyRecord, credits_: list[Credit]) -> dict[str, list[Node]]:
        """The people behind a film or a stunt, by property."""
        agents: dict[str, list[Node]] = {}
        for credit in credits_:
            agent, property_ = self.refer(credit.person), _ROLES.get(credit.role, "contributor")
            lacking = credit.role in _LACKING.get(_type_of(record), ())
            if lacking or (credit.role in _OF_PEOPLE and credit.person not in self.data.knowledge.people):
                property_ = "contributor"
            if property_ == "contributor":
                agent = {"@type": "Role", "roleName": credit.role, "contributor": agent}
            agents.setdefault(property_, []).append(agent)
        return agents

    def statements(self, record: AnyRecord) -> list[Node]:
        """What is said of a record, in the order of its fields: claims and quotations."""
        return [node for each in self.data.knowledge.statements[record.id] for node in self._statement(each)]

    def _statement(self, statement: Statement, topic: str | None = None) -> Iterator[Node]:
        """A statement and its parts; `topic` is what the disagreement is about of which it is an account."""
        quote = statement.value if isinstance(statement.value, Quote) else None
        if quote or (statement.passages and not _is_property(statement)):
            by = statement.evidence.by
            relayed = {"@type": "Role", "roleName": "relayed the words"}
            yield {
                "@type": "Quotation" if quote else "Claim",
                "@id": self.iri(address_of(self.data.knowledge.record(statement.record)), statement.anchor),
            } | _filled(
                name=topic,
                text=statement.text,
                author=self.agent(by) if by else None,
                contributor=[relayed | {"contributor": self.agent(each)} for each in (quote.via if quote else ())],
                **{"isBasedOn" if quote else "appearance": [self.refer(each) for each in statement.evidence.sources]},
            )
        for part in statement.parts:
            yield from self._statement(part, statement.text if statement.kind == "disagreement" else None)


def _is_plain(statement: Statement) -> bool:
    """Whether articles state it in their own voice, with its date, and no article differs."""
    return statement.evidence.status in (Status.ARTICLES, Status.ARTICLE) and not statement.evidence.worked_out


def _is_property(statement: Statement) -> bool:
    """Whether a property tells it; a birth or a death whose date has no ISO form is a claim."""
    undated = isinstance(statement.value, LifeEvent) and not _iso_date(statement.value.when)
    return statement.kind in _PROPERTY_KINDS and not undated and _is_plain(statement)


def _type_of(record: AnyRecord) -> str:
    return _WORKS[record.kind] if isinstance(record, Film) else RECORD_KINDS[record.noun].schema_type


def _iso_date(edtf: str) -> str | None:
    """A date in ISO 8601, as precise as it is known; None for a season, or where digits or certainty are missing."""
    date = parse_edtf(edtf)
    return None if "X" in edtf or date.mark or date.season else edtf


def _filled(**properties: object) -> Node:
    """The properties that have a value. A list of one value is that value, which means the same in JSON-LD."""
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in properties.items()
        if value
    }
