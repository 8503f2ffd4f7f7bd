"""The pages about one thing: a film, a stunt, a person, a record of any other kind, or a source."""

from collections import defaultdict
from functools import singledispatch

from stuntbook.data.linked_data import Trail
from stuntbook.diagnostics import plural
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import CitedPassage
from stuntbook.knowledge.coverage import Coverage, Use, percent
from stuntbook.knowledge.mirror import mirror
from stuntbook.knowledge.resolution import links_of
from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.knowledge.story import story_of
from stuntbook.pages.figures.stunt import stunt_figure
from stuntbook.pages.rendering import Shared
from stuntbook.pages.site_page import PagePlan, SitePage
from stuntbook.pages.views import with_caveat, year_in_words
from stuntbook.records.article import Article
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import Agent, AnyRecord, Film, Organisation, Person, Stunt

ARTICLES_LISTED = 100
"""How many articles the page on coverage shows; those of which least is accounted for where there are more."""

_OG_TYPES = {"film": "video.movie", "television series": "video.tv_show", "episode": "video.episode"}
"""What Open Graph calls a work of a kind: https://ogp.me/#type_video."""


@singledispatch
def page_of(subject: AnyRecord | Article, shared: Shared) -> SitePage:
    """The page of a record or of an article. Raises BrokenTemplateError where its template is wrong."""
    assert not isinstance(subject, Article)  # which has a function of its own below
    return _record_page(subject, shared, fallback=subject.display_name, kicker=subject.noun.capitalize())


def _record_page(  # noqa: PLR0913 - what the pages of all kinds of record differ in
    record: AnyRecord,
    shared: Shared,
    *,
    fallback: str,
    kicker: str,
    template: str = "record",
    og_type: str = "article",
    trail: Trail = (),
    **context: object,
) -> SitePage:
    """The page of a record; `fallback` describes one without a summary."""
    statements = shared.knowledge.statements[record.id]
    summary = " ".join(with_caveat(shared.knowledge, each) for each in of_kind(statements, "summary"))
    articles = {source for statement in statements for part in statement for source in part.evidence.sources}
    plan = PagePlan(
        address=address_of(record),
        title=record.display_name,
        description=f"{record.display_name}: {summary}" if summary else fallback,
        template=template,
        trail=(("", "Home"), *(trail or ((f"{record.section}/", record.section.capitalize()),))),
        kicker=kicker,
        footer=f"{plural(len(statements), 'statement')}, {plural(len(articles), 'article')}",
        og_type=og_type,
    )
    story = story_of(record, statements)
    told = {each.path for part in story for each in part.statements}
    return shared.page(
        plan,
        record,
        record=record,
        statements=statements,
        story=story,
        rest=[each for each in statements if each.path not in told],
        backlinks=shared.relations.backlinks(record),
        differing=shared.relations.differing(record),
        **context,
    )


@page_of.register
def _film(film: Film, shared: Shared) -> SitePage:
    knowledge = shared.knowledge
    own, stunts = knowledge.statements[film.id], knowledge.stunts_of(film.id)
    of_stunts = [each for stunt in stunts for each in knowledge.statements[stunt.id]]
    rows = [each for item in (*own, *of_stunts) for each in item if each.passages]
    return _record_page(
        film,
        shared,
        fallback=f"{film.title}: its stunts, people and quotes",
        kicker=", ".join(filter(None, (film.kind.capitalize(), year_in_words(knowledge, film)))),
        template="film",
        og_type=_OG_TYPES.get(film.kind, "video.other"),
        beside=shared.relations.beside(film),
        stunts=stunts,
        matrix=rows,
        matrix_sources=shared.in_order(source for row in rows for source in row.evidence.sources),
        of_stunts=of_stunts,
    )


@page_of.register
def _stunt(stunt: Stunt, shared: Shared) -> SitePage:
    films = shared.knowledge.films_of(stunt)
    film = next(iter(films), None)
    named = " and ".join(each.title for each in films)
    title = f"{stunt.title} ({named})" if films else stunt.title
    return _record_page(
        stunt,
        shared,
        fallback=f"{title}: what the articles say, word for word",
        kicker=f"Stunt in {named}" if films else "Stunt",
        template="stunt",
        trail=(("films/", "Films"), (address_of(film), film.title)) if film else (),
        film=film,
        beside=shared.relations.beside(stunt),
        related=shared.relations.related(stunt),
        figure=stunt_figure(shared.knowledge, stunt, shared.measures),
    )


@page_of.register(Person)
@page_of.register(Organisation)
def _agent(agent: Agent, shared: Shared) -> SitePage:
    by_relation: dict[str, list[Statement]] = defaultdict(list)
    for mention in shared.knowledge.mentions[agent.id]:
        if mention.statement:
            by_relation[mention.relation].append(mention.statement)
    return _record_page(
        agent,
        shared,
        fallback=f"{agent.name}: films, stunts and words",
        kicker=agent.noun.capitalize(),
        template="agent",
        og_type="profile" if isinstance(agent, Person) else "article",
        roles=shared.relations.roles(agent.id),
        spoken=by_relation["speaker"],
        relayed=by_relation["via"],
        doubled=by_relation["doubled_for"],
        said=by_relation["by"],
        injuries=list(of_kind(by_relation["person"], "injury")),
    )


@page_of.register
def _source(article: Article, shared: Shared) -> SitePage:
    knowledge = shared.knowledge
    cited = knowledge.cited[article.id]
    users = {(statement.record, statement.anchor) for passage in cited for statement in passage.statements}
    plan = PagePlan(
        address=address_of(article),
        title=article.display_name,
        description=f"{article.publisher}: {plural(len(cited), 'cited passage')} and the statements that rest on them.",
        template="source",
        trail=(("", "Home"), ("sources/", "Sources")),
        origin=article.path,
        kicker=f"Source: {article.publisher}",
        footer=plural(len(cited), "cited passage"),
        og_type="article",
    )
    coverage = Coverage(knowledge, article.id, shared.names)
    return shared.page(
        plan,
        article,
        article=article,
        cited=cited,
        numbers={passage.span: number for number, passage in enumerate(cited, 1)},
        statement_count=len(users),
        coverage_anchor=f"coverage-{article.id}" if len(knowledge.sources) <= ARTICLES_LISTED else "",
        cited_share=percent(coverage.count(Use.CITED), coverage.accounted[1]),
        records=_records_of(shared, cited),
        paragraphs=mirror(knowledge, article.id),
    )


def _records_of(shared: Shared, cited: tuple[CitedPassage, ...]) -> dict[str, list[str]]:
    """The records that statements resting on the passages belong or refer to, by section, in site order."""
    named: set[str] = set()
    for statement in (each for passage in cited for each in passage.statements):
        references = (identifier for _, identifier in links_of(statement.value, statement.kind))
        named.update((statement.record, *references))
    ordered = shared.in_order(named)
    by_kind = shared.knowledge.by_kind
    return {
        kind.section.capitalize(): [id_ for id_ in ordered if id_ in by_kind[name]]
        for name, kind in RECORD_KINDS.items()
    }
