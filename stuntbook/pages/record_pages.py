"""The pages about one thing: a film, a stunt, a person, a record of any other kind, or a source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stuntbook.data.linked_data import Trail
from stuntbook.diagnostics import plural
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import CitedPassage, Mention
from stuntbook.knowledge.coverage import Coverage, Use, percent
from stuntbook.knowledge.mirror import mirror
from stuntbook.knowledge.resolution import cross_references_of, references_of
from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.pages.figures.stunt import stunt_figure
from stuntbook.pages.shared import Shared
from stuntbook.pages.site_page import PagePlan, SitePage
from stuntbook.records.article import Article
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord, Film, Person, Stunt

ARTICLES_LISTED = 100
"""How many articles the page on coverage shows; those of which least is accounted for where there are more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Details:
    """What the page of one kind of record has besides what all have."""

    fallback: str = ""
    """Describes a record without a summary."""
    kicker: str
    template: str = "record"
    og_type: str = "article"
    trail: Trail = ()
    context: Mapping[str, object] = field(default_factory=dict)


def page_of(shared: Shared, subject: AnyRecord | Article) -> SitePage:
    """The page of a record or of an article. Raises BrokenTemplateError where its template is wrong."""
    if isinstance(subject, Article):
        return _source(shared, subject)
    statements = shared.knowledge.statements[subject.id]
    details = _DETAILS.get(subject.kind, _plain)(shared, subject)
    summary = shared.knowledge.plain_text(subject.summary) if subject.summary else ""
    articles = {source for statement in statements for part in statement for source in part.evidence.sources}
    plan = PagePlan(
        address=address_of(subject),
        title=subject.display_name,
        description=f"{subject.display_name}: {summary}" if summary else details.fallback,
        template=details.template,
        trail=(("", "Home"), *(details.trail or ((f"{subject.section}/", subject.section.capitalize()),))),
        kicker=details.kicker,
        footer=f"{plural(len(statements), 'statement')}, {plural(len(articles), 'article')}",
        og_type=details.og_type,
    )
    backlinks = shared.relations.backlinks(subject)
    return shared.page(plan, subject, record=subject, statements=statements, backlinks=backlinks, **details.context)


def _plain(shared: Shared, record: AnyRecord) -> _Details:
    return _Details(kicker=record.kind.capitalize(), fallback=record.display_name)


def _film(shared: Shared, film: Film) -> _Details:
    knowledge = shared.knowledge
    own, stunts = knowledge.statements[film.id], knowledge.stunts_of(film.id)
    of_stunts = [each for stunt in stunts for each in knowledge.statements[stunt.id]]
    rows = [each for item in (*own, *of_stunts) for each in item if each.passages]
    context = {
        "beside": shared.relations.beside(film),
        "stunts": stunts,
        "matrix": rows,
        "matrix_sources": shared.in_order(source for row in rows for source in row.evidence.sources),
        "injuries": list(of_kind(of_stunts, "injury")),
        "quotes": [*of_kind(own, "quote"), *of_kind(of_stunts, "quote")],
    }
    return _Details(
        fallback=f"{film.title}: its stunts, people and quotes",
        kicker=f"Film, {film.year.value}" if film.year else "Film",
        template="film",
        og_type="video.movie",
        context=context,
    )


def _stunt(shared: Shared, stunt: Stunt) -> _Details:
    film = shared.knowledge.films.get(stunt.film.id)
    title = f"{stunt.title} ({film.title})" if film else stunt.title
    context = {
        "film": film,
        "beside": shared.relations.beside(stunt),
        "related": shared.relations.related(stunt),
        "figure": stunt_figure(shared.knowledge, stunt),
    }
    return _Details(
        fallback=f"{title}: what the articles say, word for word",
        kicker=f"Stunt in {film.title}" if film else "Stunt",
        template="stunt",
        trail=(("films/", "Films"), (address_of(film), film.title)) if film else (("stunts/", "Stunts"),),
        context=context,
    )


def _person(shared: Shared, person: Person) -> _Details:
    mentions = shared.knowledge.mentions[person.id]
    context = {
        "roles": shared.relations.roles(person.id),
        "spoken": _statements_of(mentions, "speaker"),
        "relayed": _statements_of(mentions, "via"),
        "said": _statements_of(mentions, "by"),
        "injuries": list(of_kind(_statements_of(mentions, "person"), "injury")),
    }
    return _Details(
        fallback=f"{person.name}: films, stunts and words",
        kicker="Person",
        template="person",
        og_type="profile",
        context=context,
    )


_DETAILS: Mapping[str, Callable[[Shared, Any], _Details]] = {
    Film.kind: _film,
    Stunt.kind: _stunt,
    Person.kind: _person,
}


def _source(shared: Shared, article: Article) -> SitePage:
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
    named = set()
    for statement in (each for passage in cited for each in passage.statements):
        named.add(statement.record)
        named.update(identifier for _, identifier in references_of(statement.value, statement.kind))
        named.update(cross_references_of(statement.value))
    ordered = shared.in_order(named)
    by_kind = shared.knowledge.by_kind
    return {
        kind.section.capitalize(): [id_ for id_ in ordered if id_ in by_kind[name]]
        for name, kind in RECORD_KINDS.items()
    }


def _statements_of(mentions: tuple[Mention, ...], relation: str) -> list[Statement]:
    return [mention.statement for mention in mentions if mention.relation == relation and mention.statement]
