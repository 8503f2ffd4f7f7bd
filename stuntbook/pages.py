"""KnowledgeBase -> SitePages: which pages there are, what each is called, and what its template shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from stuntbook.article import Article
from stuntbook.checks import silenced
from stuntbook.coverage import Coverage, Use, accounted, measure_coverage, percent
from stuntbook.diagnostics import Report, plural
from stuntbook.independence import text_groups
from stuntbook.knowledge import CitedPassage, KnowledgeBase, Mention
from stuntbook.mirror import mirror
from stuntbook.model import AnyRecord, Film, Person, Record, Stunt
from stuntbook.reference import model_tables
from stuntbook.resolution import cross_references_of, references_of
from stuntbook.sources import KNOWLEDGE_FILE
from stuntbook.statements import Statement, Status
from stuntbook.views import STATUS_MEANINGS, STATUS_NAMES, Heading, PageView, address_of, of_kind, passage_anchor

TEMPLATES = Path(__file__).parent / "templates"
_ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """One page of the site, without the theme around it."""

    address: str
    """Relative to the site's root, with a slash at the end; empty for the home page."""
    title: str
    description: str
    """Plain text, for search engines and previews."""
    html: str
    outline: tuple[Heading, ...]
    origin: str
    """The file in which its content is edited, relative to the knowledge base's folder."""
    is_index: bool
    """Whether the navigation lists it."""
    hide: tuple[str, ...]
    """The theme's side columns that the page does without."""

    @property
    def anchors(self) -> frozenset[str]:
        """Everything on the page that a link can lead to."""
        return frozenset(_ID.findall(self.html))


def render_pages(knowledge: KnowledgeBase, repository: str = "") -> Iterator[SitePage]:
    """Every page of the site.

    `repository` is the address, with a slash at the end, below which the input files are shown to readers.
    Raises jinja2.TemplateError where a template is wrong.
    """
    site = _Site(knowledge, repository, {result.source: result for result in measure_coverage(knowledge)})
    yield site.home()
    yield from site.indexes()
    for film in knowledge.films.values():
        yield site.film(film)
    for stunt in knowledge.stunts.values():
        yield site.stunt(stunt)
    for person in knowledge.people.values():
        yield site.person(person)
    for source in knowledge.sources.values():
        yield site.source(source.article)


def render_problems(report: Report) -> str:
    """A whole HTML document that shows a report, for a browser that looks at a knowledge base with errors."""
    problems = [(diagnostic, report.excerpt(diagnostic.location)) for diagnostic in report]
    return _environment().get_template("problems.html").render(problems=problems, summary=report.summary())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["of_kind"] = lambda statements, *kinds: list(of_kind(statements, *kinds))
    environment.globals |= {"plural": plural, "percent": percent, "passage_anchor": passage_anchor}
    return environment


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is known of a page before its template runs."""

    address: str
    title: str
    description: str
    template: str = ""
    """The template's name; by default an index page's own address."""
    origin: str = KNOWLEDGE_FILE
    is_index: bool = False
    hide: tuple[str, ...] = ("navigation", "toc")


@dataclass(frozen=True, slots=True)
class _Site:
    knowledge: KnowledgeBase
    repository: str
    coverage: Mapping[str, Coverage]

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
        return self._page(
            _Plan("", "Home", f"{stunts}, told with the exact words of {sources}.", is_index=True),
            counts=counts,
            citations=sum(len(statement.passages) for statement in knowledge.all_statements()),
            quote=max(quotes, key=lambda quote: len(quote.text), default=None),
            disagreements=disagreements,
        )

    def indexes(self) -> Iterator[SitePage]:
        films, stunts = len(self.knowledge.films), len(self.knowledge.stunts)
        people, sources = len(self.knowledge.people), len(self.knowledge.sources)
        yield self._index("films/", "Films", f"{plural(films, 'film')} and their stunts.")
        yield self._index("stunts/", "Stunts", f"{plural(stunts, 'film stunt')}, with what the articles say of each.")
        yield self._index(
            "people/",
            "People",
            f"{plural(people, 'person')} who made the films, or spoke of them.",
            roles_of=self._roles,
        )
        yield self._index("sources/", "Sources", f"The {plural(sources, 'article')} on which every statement rests.")
        yield self._quotes()
        yield self._index(
            "injuries/",
            "Injuries and risks",
            "Who was hurt, what followed, and what could have happened.",
            injuries=self._statements("injury"),
            risks=self._statements("risk"),
        )
        disagreements = self._statements("disagreement")
        points = f"{plural(len(disagreements), 'point')} on which the sources differ, with every account."
        yield self._index("disagreements/", "Disagreements", points, disagreements=disagreements)
        yield self._evidence()
        yield self._coverage()
        keys = "Every key that stunts.yaml and an article's front matter may hold."
        plan = _Plan("data-model/", "Data model", keys, is_index=True, hide=())
        yield self._page(plan, tables=model_tables(), statuses=STATUS_MEANINGS)

    def _quotes(self) -> SitePage:
        order = {person: index for index, person in enumerate(self.knowledge.people)}
        quotes = sorted(self._statements("quote"), key=lambda quote: order.get(quote.evidence.by or "", len(order)))
        by_speaker = [(speaker, list(group)) for speaker, group in groupby(quotes, key=lambda quote: quote.evidence.by)]
        description = f"{plural(len(quotes), 'quote')}, each in the exact words of its article."
        return self._index("quotes/", "Quotes", description, by_speaker=by_speaker)

    def _evidence(self) -> SitePage:
        statements = [each for each in self.knowledge.all_statements() if each.kind != "disagreement"]
        by_status = {status: [each for each in statements if each.evidence.status is status] for status in Status}
        return self._index(
            "evidence/",
            "Evidence",
            f"How well each of {plural(len(statements), 'statement')} is carried, and which rules were set aside.",
            by_status=by_status,
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
        description = f"What of each article is used: {percent(done, total)} % of the sentences are accounted for."
        return self._index(
            "coverage/", "Coverage", description, results=results, done=done, total=total, uses=tuple(Use)
        )

    def film(self, film: Film) -> SitePage:
        stunts = self.knowledge.stunts_of(film.id)
        of_stunts = [each for stunt in stunts for each in self.knowledge.statements[stunt.id]]
        rows = [each for item in (*self.knowledge.statements[film.id], *of_stunts) for each in item if each.passages]
        return self._record_page(
            film,
            f"{film.title}: its stunts, people and quotes",
            stunts=stunts,
            matrix=rows,
            matrix_sources=[id_ for id_ in self.knowledge.sources if any(id_ in row.evidence.sources for row in rows)],
            injuries=[statement for statement in of_stunts if statement.kind == "injury"],
            quotes=[*self._own(film, "quote"), *(each for each in of_stunts if each.kind == "quote")],
        )

    def stunt(self, stunt: Stunt) -> SitePage:
        film = self.knowledge.films.get(stunt.film.id)
        title = f"{stunt.title} ({film.title})" if film else stunt.title
        description = f"{title}: what the articles say, word for word"
        return self._record_page(stunt, description, film=film, related=list(self._related(stunt)))

    def person(self, person: Person) -> SitePage:
        mentions = self.knowledge.mentions[person.id]
        return self._record_page(
            person,
            f"{person.name}: films, stunts and words",
            roles=self._roles(person.id),
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
        plan = _Plan(address_of(article), article.display_name, description, template="source", origin=article.path)
        coverage = self.coverage[article.id]
        return self._page(
            plan,
            article=article,
            cited=cited,
            statement_count=len(users),
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

    def _record_page(self, record: AnyRecord, fallback: str, **context: object) -> SitePage:
        """The page of a film, person or stunt."""
        address = address_of(record)
        description = fallback
        if record.summary:
            description = f"{record.display_name}: {PageView(self.knowledge, address).plain(record.summary)}"
        return self._page(
            _Plan(address, record.display_name, description, template=record.kind),
            record=record,
            statements=self.knowledge.statements[record.id],
            mentions=list(self._backlinks(record)),
            **context,
        )

    def _index(self, address: str, title: str, description: str, **context: object) -> SitePage:
        return self._page(_Plan(address, title, description, is_index=True, hide=("navigation",)), **context)

    def _page(self, plan: _Plan, **context: object) -> SitePage:
        view = PageView(self.knowledge, plan.address, self.repository)
        template = _environment().get_template(f"{plan.template or plan.address.strip('/') or 'home'}.html")
        html = template.render(view=view, knowledge=self.knowledge, title=plan.title, **context)
        return SitePage(
            address=plan.address,
            title=plan.title,
            description=plan.description,
            html=html,
            outline=tuple(view.headings),
            origin=plan.origin,
            is_index=plan.is_index,
            # A table of contents that names the page alone says nothing.
            hide=plan.hide if len(view.headings) > 1 else ("navigation", "toc"),
        )

    def _statements(self, kind: str) -> list[Statement]:
        return [statement for statement in self.knowledge.all_statements() if statement.kind == kind]

    def _own(self, record: Record, kind: str) -> Iterator[Statement]:
        return of_kind(self.knowledge.statements[record.id], kind)

    def _roles(self, person: str) -> list[tuple[Film, list[Statement], list[Statement]]]:
        """What a person did, film by film: the film, the credits of the film, and what was done in its stunts."""
        mentions = [
            mention.statement
            for mention in self.knowledge.mentions[person]
            if mention.statement and mention.statement.kind in ("credit", "performer")
        ]
        roles = []
        for film in self.knowledge.films.values():
            of_film = [statement for statement in mentions if statement.record == film.id]
            stunts = {stunt.id for stunt in self.knowledge.stunts_of(film.id)}
            of_stunts = [statement for statement in mentions if statement.record in stunts]
            if of_film or of_stunts:
                roles.append((film, of_film, of_stunts))
        return roles

    def _related(self, stunt: Stunt) -> Iterator[tuple[Stunt, list[str]]]:
        """The stunts that share something with this one, with what they share."""
        for other in self.knowledge.stunts.values():
            if other.id != stunt.id:
                reasons = list(_shared(stunt, other, self.knowledge))
                if reasons:
                    yield other, reasons

    def _backlinks(self, record: AnyRecord) -> Iterator[tuple[AnyRecord, list[Statement]]]:
        """The other records whose prose mentions this one, each with the statements that do."""
        found: dict[str, list[Statement]] = {}
        for mention in self.knowledge.mentions[record.id]:
            if mention.relation == "mention" and mention.record != record.id:
                statements = found.setdefault(mention.record, [])
                if mention.statement:
                    statements.append(mention.statement)
        for identifier, statements in found.items():
            mentioning = self.knowledge.record(identifier)
            assert not isinstance(mentioning, Article)
            yield mentioning, statements


def _statements_of(mentions: tuple[Mention, ...], relation: str) -> list[Statement]:
    return [mention.statement for mention in mentions if mention.relation == relation and mention.statement]


def _shared(stunt: Stunt, other: Stunt, knowledge: KnowledgeBase) -> Iterator[str]:
    if stunt.film.id == other.film.id:
        yield "same film"
    theirs = {performer.id for performer in other.performers}
    for performer in stunt.performers:
        if performer.id in theirs and performer.id in knowledge.people:
            yield knowledge.people[performer.id].name
    for facet in ("places", "techniques", "equipment"):
        names = {each.name for each in getattr(other, facet)}
        yield from (each.name for each in getattr(stunt, facet) if each.name in names)
