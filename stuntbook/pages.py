"""KnowledgeBase -> SitePages: which pages there are, what each is called, and what its template shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stuntbook import parallel
from stuntbook.article import Article
from stuntbook.checks import silenced
from stuntbook.coverage import Coverage, Use, accounted, measure_coverage, percent
from stuntbook.diagnostics import plural
from stuntbook.facets import facets_of, facets_of_statements
from stuntbook.figures.body_map import BodyMap, body_map
from stuntbook.figures.collaboration import collaboration
from stuntbook.figures.comparisons import comparisons
from stuntbook.figures.stunt import stunt_figure
from stuntbook.figures.superlatives import superlatives
from stuntbook.figures.timeline import timeline
from stuntbook.independence import text_groups
from stuntbook.indexes import (
    disagreement_listing,
    film_listing,
    harm_listing,
    people_listing,
    quote_listing,
    source_listing,
    stunt_listing,
)
from stuntbook.knowledge import CitedPassage, KnowledgeBase, Mention
from stuntbook.listings import Listing, listing_address
from stuntbook.mirror import mirror
from stuntbook.model import AnyRecord, Film, Person, Record, Stunt
from stuntbook.progress import Progress
from stuntbook.reference import model_tables
from stuntbook.relations import Relations
from stuntbook.rendering import Plan, Trail, read_templates_again, render_page
from stuntbook.resolution import cross_references_of, references_of
from stuntbook.site_page import Publication, SitePage
from stuntbook.statements import Statement, Status
from stuntbook.views import STATUS_MEANINGS, STATUS_NAMES, PageView, address_of, of_kind

HOME_DISAGREEMENTS = 5
STATEMENTS_LISTED = 250
"""How many statements of one status the evidence page lists; it says how many more there are, and where."""
ARTICLES_LISTED = 100
"""How many articles the page on coverage shows; those of which least is accounted for where there are more."""


def render_pages(
    knowledge: KnowledgeBase, publication: Publication, progress: Progress | None = None
) -> Iterator[SitePage]:
    """Every page of the site. Raises jinja2.TemplateError where a template is wrong."""
    progress = progress or Progress()
    read_templates_again()
    with progress.stage("Making the lists"):
        coverage = {result.source: result for result in measure_coverage(knowledge)}
        site = _Site(knowledge, publication, coverage, Relations(knowledge))
        lists = [site.home(), *site.indexes()]
    yield from lists
    subjects = [*knowledge.records, *(source.article for source in knowledge.sources.values())]
    pages = parallel.each(lambda number: site.page_of(subjects[number]), len(subjects))
    yield from progress.each("Making the pages", pages, len(subjects))


@dataclass(frozen=True, slots=True)
class _Site:
    knowledge: KnowledgeBase
    publication: Publication
    coverage: Mapping[str, Coverage]
    relations: Relations

    def home(self) -> SitePage:
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

    def indexes(self) -> Iterator[SitePage]:
        yield from self._listings()
        yield self._numbers()
        yield self._evidence()
        yield self._coverage()
        keys = "Every key that stunts.yaml and an article's front matter may hold."
        plan = Plan(address="data-model/", title="Data model", description=keys, is_index=True, hide=())
        yield self._page(plan, tables=model_tables(), statuses=STATUS_MEANINGS)
        yield self._index("search/", "Search", "Search the films, stunts, people, quotes and sources.")

    def _listings(self) -> Iterator[SitePage]:
        knowledge = self.knowledge
        films, stunts = film_listing(knowledge), stunt_listing(knowledge)
        yield from self._listed("films/", "Films", f"{films.count} and their stunts.", films, timeline=timeline)
        text = f"{stunts.count}, with what the articles say of each."
        yield from self._listed("stunts/", "Stunts", text, stunts)
        people = people_listing(knowledge, self.relations)
        text = f"{people.count} who made the films, or spoke of them."
        yield from self._listed("people/", "People", text, people, collaboration=collaboration)
        text = f"The {plural(len(knowledge.sources), 'article')} on which every statement rests."
        yield from self._listed("sources/", "Sources", text, source_listing(knowledge))
        quotes = quote_listing(knowledge)
        yield from self._listed("quotes/", "Quotes", f"{quotes.count}, each in the exact words of its article.", quotes)
        text = "Who was hurt, what followed, and what could have happened."
        yield from self._listed("injuries/", "Injuries and risks", text, harm_listing(knowledge), body_map=_injuries)
        text = "Points on which the sources differ, with every account."
        yield from self._listed("disagreements/", "Disagreements", text, disagreement_listing(knowledge))

    def _listed(
        self, address: str, title: str, text: str, listing: Listing[Any], **figures: Callable[[KnowledgeBase], object]
    ) -> Iterator[SitePage]:
        """A listing, with its figures on the first of its pages."""
        shown = {name: figure(self.knowledge) for name, figure in figures.items()}
        for page in listing.pages():
            if page.number == 1:
                yield self._index(address, title, text, listing=page, **shown)
                continue
            plan = Plan(
                address=listing_address(address, page.number),
                title=f"{title}, page {page.number} of {page.last}",
                description=text,
                template=address.strip("/"),
                trail=(("", "Home"), (address, title)),
                kicker=title,
            )
            yield self._page(plan, listing=page, **dict.fromkeys(shown))

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
            silenced=list(silenced(self.knowledge)),
            copies=self._copies(),
        )

    def _copies(self) -> list[tuple[str, str]]:
        """The articles that share the text of another, each with that one."""
        groups = text_groups(self.knowledge.sources)
        return [(identifier, group) for identifier, group in groups.items() if identifier != group]

    def _coverage(self) -> SitePage:
        results = list(self.coverage.values())
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

    def page_of(self, subject: AnyRecord | Article) -> SitePage:
        match subject:
            case Film():
                return self.film(subject)
            case Stunt():
                return self.stunt(subject)
            case Person():
                return self.person(subject)
            case Article():
                return self.source(subject)

    def film(self, film: Film) -> SitePage:
        stunts = self.knowledge.stunts_of(film.id)
        of_stunts = [each for stunt in stunts for each in self.knowledge.statements[stunt.id]]
        rows = [each for item in (*self.knowledge.statements[film.id], *of_stunts) for each in item if each.passages]
        return self._record_page(
            film,
            f"{film.title}: its stunts, people and quotes",
            kicker=f"Film, {film.year.value}" if film.year else "Film",
            og_type="video.movie",
            beside=self.relations.beside(film),
            stunts=stunts,
            matrix=rows,
            matrix_sources=[id_ for id_ in self.knowledge.sources if any(id_ in row.evidence.sources for row in rows)],
            injuries=[statement for statement in of_stunts if statement.kind == "injury"],
            quotes=[*self._own(film, "quote"), *(each for each in of_stunts if each.kind == "quote")],
        )

    def stunt(self, stunt: Stunt) -> SitePage:
        film = self.knowledge.films.get(stunt.film.id)
        title = f"{stunt.title} ({film.title})" if film else stunt.title
        return self._record_page(
            stunt,
            f"{title}: what the articles say, word for word",
            kicker=f"Stunt in {film.title}" if film else "Stunt",
            og_type="article",
            trail=(("films/", "Films"), (address_of(film), film.title)) if film else (("stunts/", "Stunts"),),
            film=film,
            beside=self.relations.beside(stunt),
            related=self.relations.related(stunt),
            figure=stunt_figure(self.knowledge, stunt),
        )

    def person(self, person: Person) -> SitePage:
        mentions = self.knowledge.mentions[person.id]
        return self._record_page(
            person,
            f"{person.name}: films, stunts and words",
            kicker="Person",
            og_type="profile",
            roles=self.relations.roles(person.id),
            spoken=_statements_of(mentions, "speaker"),
            relayed=_statements_of(mentions, "via"),
            said=_statements_of(mentions, "by"),
            injuries=[each for each in _statements_of(mentions, "person") if each.kind == "injury"],
        )

    def source(self, article: Article) -> SitePage:
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
            kind="Source",
            trail=(("", "Home"), ("sources/", "Sources")),
            origin=article.path,
            facets=facets_of_statements(self.knowledge, (each for passage in cited for each in passage.statements)),
            kicker=f"Source: {article.publisher}",
            footer=plural(len(cited), "cited passage"),
            og_type="article",
            subject=article,
        )
        coverage = self.coverage[article.id]
        return self._page(
            plan,
            article=article,
            cited=cited,
            statement_count=len(users),
            coverage_anchor=f"coverage-{article.id}" if len(self.coverage) <= ARTICLES_LISTED else "",
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
        groups = (self.knowledge.films, self.knowledge.stunts, self.knowledge.people)
        labels = ("Films", "Stunts", "People")
        return {label: [id_ for id_ in group if id_ in named] for label, group in zip(labels, groups, strict=True)}

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
            kind=record.kind.capitalize(),
            trail=(("", "Home"), *(trail or ((f"{record.section}/", record.section.capitalize()),))),
            facets=facets_of(self.knowledge, record),
            statements=statements,
            kicker=kicker,
            footer=f"{plural(len(statements), 'statement')}, {plural(len(articles), 'article')}",
            og_type=og_type,
            subject=record,
        )
        backlinks = self.relations.backlinks(record)
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


def _injuries(knowledge: KnowledgeBase) -> BodyMap | None:
    return body_map([statement for statement in knowledge.all_statements() if statement.kind == "injury"])


def _statements_of(mentions: tuple[Mention, ...], relation: str) -> list[Statement]:
    return [mention.statement for mention in mentions if mention.relation == relation and mention.statement]
