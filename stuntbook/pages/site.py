"""KnowledgeBase -> SitePages: which pages there are, what each is called, and what its template shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

from stuntbook.data.reference import model_tables
from stuntbook.diagnostics import plural
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import CitedPassage, KnowledgeBase, Mention
from stuntbook.knowledge.coverage import Coverage, Use, WrittenNames, accounted, measure_coverage, percent
from stuntbook.knowledge.mirror import mirror
from stuntbook.knowledge.relations import Relations
from stuntbook.knowledge.resolution import cross_references_of, references_of
from stuntbook.knowledge.silence import silenced
from stuntbook.knowledge.statements import Statement, Status, of_kind
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.pages.figures.comparisons import comparisons
from stuntbook.pages.figures.stunt import stunt_figure
from stuntbook.pages.figures.superlatives import superlatives
from stuntbook.pages.figures.timeline import timeline
from stuntbook.pages.indexes.indexes import people_listing
from stuntbook.pages.indexes.listed_indexes import ListedIndex, listed_indexes
from stuntbook.pages.indexes.listings import Listing, listing_address, page_count
from stuntbook.pages.rendering import Plan, Trail, render_page
from stuntbook.pages.site_page import Publication, SitePage
from stuntbook.pages.views import STATUS_MEANINGS, STATUS_NAMES, PageView
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord, Film, Person, Record, Stunt

HOME_DISAGREEMENTS = 5
STATEMENTS_LISTED = 250
"""How many statements of one status the evidence page lists; it says how many more there are, and where."""
ARTICLES_LISTED = 100
"""How many articles the page on coverage shows; those of which least is accounted for where there are more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of the site, which is made when it is asked for."""

    address: str
    title: str
    origin: str = KNOWLEDGE_FILE
    """The file in which its content is edited, relative to the knowledge base's folder."""
    is_index: bool = False
    """Whether the navigation lists it."""
    subject: AnyRecord | Article | None = None
    """What it is about, where that is one record or article."""
    make: Callable[[], SitePage]
    """Raises jinja2.TemplateError where a template is wrong."""


@lru_cache(maxsize=8)
def anchors_of(entry: Entry) -> frozenset[str]:
    """Everything on a page that a link can lead to. Remembered: each link of a page written by hand asks."""
    return entry.make().anchors


class Site:
    """The pages of a knowledge base. What several of them need is worked out once, by the first that needs it."""

    def __init__(self, knowledge: KnowledgeBase, publication: Publication) -> None:
        self.knowledge = knowledge
        self.publication = publication
        self._listed_pages: dict[str, tuple[Listing[Any], ...]] = {}

    def pages(self) -> Iterator[SitePage]:
        """Every page. Raises jinja2.TemplateError where a template is wrong."""
        return (entry.make() for entry in self.entries)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every page of the site, index pages first."""
        return (*self._indexes(), *map(self._entry, self._subjects()))

    def _subjects(self) -> Iterator[AnyRecord | Article]:
        yield from self.knowledge.records
        yield from (source.article for source in self.knowledge.sources.values())

    def _entry(self, subject: AnyRecord | Article) -> Entry:
        origin = subject.path if isinstance(subject, Article) else KNOWLEDGE_FILE
        make = partial(self._page_of, subject)
        return Entry(address=address_of(subject), title=subject.display_name, origin=origin, subject=subject, make=make)

    @cached_property
    def _relations(self) -> Relations:
        return Relations(self.knowledge)

    @cached_property
    def _names(self) -> WrittenNames:
        return WrittenNames(self.knowledge)

    @cached_property
    def _order(self) -> dict[str, int]:
        """The place of everything in the order in which the site lists it."""
        knowledge = self.knowledge
        order = (*knowledge.films, *knowledge.stunts, *knowledge.people, *knowledge.sources)
        return {identifier: place for place, identifier in enumerate(order)}

    def _home(self) -> SitePage:
        knowledge = self.knowledge
        quotes = self._statements("quote")
        disagreements = self._statements("disagreement")
        counts = (
            (len(knowledge.films), "film", "films/"),
            (len(knowledge.stunts), "stunt", "stunts/"),
            (len(knowledge.people), "person", "people/"),
            (len(quotes), "quote", "quotes/"),
            (len(self._statements("injury")), "injury", "injuries/"),
            (len(disagreements), "disagreement", "disagreements/"),
            (len(knowledge.sources), "source", "sources/"),
        )
        stunts, sources = plural(len(knowledge.stunts), "film stunt"), plural(len(knowledge.sources), "article")
        description = f"{stunts}, told with the exact words of {sources}."
        return self._page(
            Plan(address="", title="Home", description=description, is_index=True, trail=()),
            name=self.publication.name,
            counts=counts,
            citations=sum(len(statement.passages) for statement in knowledge.all_statements()),
            quote=max(quotes, key=lambda quote: len(quote.text), default=None),
            disagreements=disagreements[:HOME_DISAGREEMENTS],
            disagreement_count=len(disagreements),
            timeline=timeline(knowledge),
            superlatives=superlatives(knowledge),
        )

    def _indexes(self) -> Iterator[Entry]:
        yield Entry(address="", title="Home", is_index=True, make=self._home)
        yield from self._listings()
        for address, title, make in (
            ("numbers/", "Numbers", self._numbers),
            ("evidence/", "Evidence", self._evidence),
            ("coverage/", "Coverage", self._coverage_page),
            ("data-model/", "Data model", self._data_model),
            ("search/", "Search", self._search),
        ):
            yield Entry(address=address, title=title, is_index=True, make=make)

    def _listings(self) -> Iterator[Entry]:
        for listed in listed_indexes(self.knowledge, self._people):
            last = page_count(listed.size)
            for number in range(1, last + 1):
                yield Entry(
                    address=listing_address(listed.address, number),
                    title=listed.title if number == 1 else f"{listed.title}, page {number} of {last}",
                    is_index=number == 1,
                    make=partial(self._listing_page, listed, number),
                )

    def _people(self, knowledge: KnowledgeBase) -> Listing[Any]:
        return people_listing(knowledge, self._relations)

    def _listing_page(self, listed: ListedIndex, number: int) -> SitePage:
        """A page of a listing; its figures stand on the first."""
        if listed.address not in self._listed_pages:
            self._listed_pages[listed.address] = tuple(listed.listing(self.knowledge).pages())
        page = self._listed_pages[listed.address][number - 1]
        text = listed.text.format(page.count)
        if number == 1:
            shown = {name: figure(self.knowledge) for name, figure in listed.figures.items()}
            return self._index(listed.address, listed.title, text, listing=page, **shown)
        plan = Plan(
            address=listing_address(listed.address, number),
            title=f"{listed.title}, page {number} of {page.last}",
            description=text,
            template=listed.address.strip("/"),
            trail=(("", "Home"), (listed.address, listed.title)),
            kicker=listed.title,
        )
        return self._page(plan, listing=page, **dict.fromkeys(listed.figures))

    def _numbers(self) -> SitePage:
        return self._index(
            "numbers/",
            "Numbers",
            "How high, how fast, how often: the figures that the articles give, on one scale for each quantity.",
            comparisons=comparisons(self.knowledge),
            superlatives=superlatives(self.knowledge),
        )

    def _evidence(self) -> SitePage:
        statements = [each for each in self.knowledge.all_statements() if each.kind != "disagreement"]
        by_status = {status: [each for each in statements if each.evidence.status is status] for status in Status}
        return self._index(
            "evidence/",
            "Evidence",
            f"How well each of {plural(len(statements), 'statement')} is carried, and which rules were set aside.",
            by_status=by_status,
            listed=STATEMENTS_LISTED,
            total=len(statements),
            meanings=STATUS_MEANINGS,
            status_names=STATUS_NAMES,
            silenced=[each for record in self.knowledge.records for each in silenced(self.knowledge, record)],
            copies=self._copies(),
        )

    def _copies(self) -> list[tuple[str, str]]:
        """The articles that share the text of another, each with that one."""
        return [(identifier, group) for identifier, group in self.knowledge.groups.items() if identifier != group]

    def _coverage_page(self) -> SitePage:
        results = list(measure_coverage(self.knowledge))
        done, total = accounted(results)
        shown = results
        if len(results) > ARTICLES_LISTED:
            shown = sorted(results, key=lambda result: percent(*result.accounted))[:ARTICLES_LISTED]
        description = f"What of each article is used: {percent(done, total)} % of the sentences are accounted for."
        return self._index(
            "coverage/",
            "Coverage",
            description,
            results=shown,
            articles=len(results),
            done=done,
            total=total,
            uses=tuple(Use),
        )

    def _data_model(self) -> SitePage:
        keys = "Every key that stunts.yaml and an article's front matter may hold."
        plan = Plan(address="data-model/", title="Data model", description=keys, is_index=True, hide=())
        return self._page(plan, tables=model_tables(), statuses=STATUS_MEANINGS)

    def _search(self) -> SitePage:
        return self._index("search/", "Search", "Search the films, stunts, people, quotes and sources.")

    def _page_of(self, subject: AnyRecord | Article) -> SitePage:
        match subject:
            case Film():
                return self._film(subject)
            case Stunt():
                return self._stunt(subject)
            case Person():
                return self._person(subject)
            case Article():
                return self._source(subject)

    def _film(self, film: Film) -> SitePage:
        stunts = self.knowledge.stunts_of(film.id)
        of_stunts = [each for stunt in stunts for each in self.knowledge.statements[stunt.id]]
        rows = [each for item in (*self.knowledge.statements[film.id], *of_stunts) for each in item if each.passages]
        return self._record_page(
            film,
            f"{film.title}: its stunts, people and quotes",
            kicker=f"Film, {film.year.value}" if film.year else "Film",
            og_type="video.movie",
            beside=self._relations.beside(film),
            stunts=stunts,
            matrix=rows,
            matrix_sources=self._in_order(source for row in rows for source in row.evidence.sources),
            injuries=[statement for statement in of_stunts if statement.kind == "injury"],
            quotes=[*self._own(film, "quote"), *(each for each in of_stunts if each.kind == "quote")],
        )

    def _stunt(self, stunt: Stunt) -> SitePage:
        film = self.knowledge.films.get(stunt.film.id)
        title = f"{stunt.title} ({film.title})" if film else stunt.title
        return self._record_page(
            stunt,
            f"{title}: what the articles say, word for word",
            kicker=f"Stunt in {film.title}" if film else "Stunt",
            og_type="article",
            trail=(("films/", "Films"), (address_of(film), film.title)) if film else (("stunts/", "Stunts"),),
            film=film,
            beside=self._relations.beside(stunt),
            related=self._relations.related(stunt),
            figure=stunt_figure(self.knowledge, stunt),
        )

    def _person(self, person: Person) -> SitePage:
        mentions = self.knowledge.mentions[person.id]
        return self._record_page(
            person,
            f"{person.name}: films, stunts and words",
            kicker="Person",
            og_type="profile",
            roles=self._relations.roles(person.id),
            spoken=_statements_of(mentions, "speaker"),
            relayed=_statements_of(mentions, "via"),
            said=_statements_of(mentions, "by"),
            injuries=[each for each in _statements_of(mentions, "person") if each.kind == "injury"],
        )

    def _source(self, article: Article) -> SitePage:
        cited = self.knowledge.cited[article.id]
        users = {(statement.record, statement.anchor) for passage in cited for statement in passage.statements}
        description = (
            f"{article.publisher}: {plural(len(cited), 'cited passage')} and the statements that rest on them."
        )
        plan = Plan(
            address=address_of(article),
            title=article.display_name,
            description=description,
            template="source",
            trail=(("", "Home"), ("sources/", "Sources")),
            origin=article.path,
            kicker=f"Source: {article.publisher}",
            footer=plural(len(cited), "cited passage"),
            og_type="article",
            subject=article,
        )
        coverage = Coverage(self.knowledge, article.id, self._names)
        return self._page(
            plan,
            article=article,
            cited=cited,
            statement_count=len(users),
            coverage_anchor=f"coverage-{article.id}" if len(self.knowledge.sources) <= ARTICLES_LISTED else "",
            cited_share=percent(coverage.count(Use.CITED), coverage.accounted[1]),
            records=self._records_of(cited),
            paragraphs=mirror(self.knowledge, article.id),
        )

    def _records_of(self, cited: tuple[CitedPassage, ...]) -> dict[str, list[str]]:
        """The films, stunts and people that statements resting on the passages belong or refer to, in site order."""
        named = set()
        for statement in (each for passage in cited for each in passage.statements):
            named.add(statement.record)
            named.update(identifier for _, identifier in references_of(statement.value, statement.kind))
            named.update(cross_references_of(statement.value))
        ordered = self._in_order(named)
        groups = {"Films": self.knowledge.films, "Stunts": self.knowledge.stunts, "People": self.knowledge.people}
        return {label: [id_ for id_ in ordered if id_ in group] for label, group in groups.items()}

    def _in_order(self, identifiers: Iterable[str]) -> list[str]:
        """Each identifier once, as the site lists them."""
        return sorted(set(identifiers), key=self._order.__getitem__)

    def _record_page(
        self,
        record: AnyRecord,
        fallback: str,
        *,
        kicker: str,
        og_type: str,
        trail: Trail = (),
        **context: object,
    ) -> SitePage:
        """The page of a film, person or stunt."""
        address = address_of(record)
        statements = self.knowledge.statements[record.id]
        summary = PageView(self.knowledge, address).plain(record.summary) if record.summary else ""
        articles = {source for statement in statements for part in statement for source in part.evidence.sources}
        plan = Plan(
            address=address,
            title=record.display_name,
            description=f"{record.display_name}: {summary}" if summary else fallback,
            template=record.kind,
            trail=(("", "Home"), *(trail or ((f"{record.section}/", record.section.capitalize()),))),
            kicker=kicker,
            footer=f"{plural(len(statements), 'statement')}, {plural(len(articles), 'article')}",
            og_type=og_type,
            subject=record,
        )
        backlinks = self._relations.backlinks(record)
        return self._page(plan, record=record, statements=statements, backlinks=backlinks, **context)

    def _index(self, address: str, title: str, description: str, **context: object) -> SitePage:
        plan = Plan(address=address, title=title, description=description, is_index=True, hide=("navigation",))
        return self._page(plan, **context)

    def _page(self, plan: Plan, **context: object) -> SitePage:
        return render_page(self.knowledge, self.publication, plan, **context)

    def _statements(self, kind: str) -> list[Statement]:
        return [statement for statement in self.knowledge.all_statements() if statement.kind == kind]

    def _own(self, record: Record, kind: str) -> Iterator[Statement]:
        return of_kind(self.knowledge.statements[record.id], kind)


def _statements_of(mentions: tuple[Mention, ...], relation: str) -> list[Statement]:
    return [mention.statement for mention in mentions if mention.relation == relation and mention.statement]
