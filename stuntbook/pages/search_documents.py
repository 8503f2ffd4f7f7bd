"""KnowledgeBase -> what the search is given of each page: a small HTML document of what is told there.

It has to be HTML: Pagefind takes other records too, but its results lead to anchors only where it has read them
(https://pagefind.app/docs/sub-results/). What its attributes mean: https://pagefind.app/docs/indexing/.
"""

from collections.abc import Iterable, Iterator
from html import escape

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import prose_of, references_of
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.components import amount
from stuntbook.pages.site import Entry
from stuntbook.pages.views import STATUS_NAMES
from stuntbook.records.article import Article
from stuntbook.records.citable import Model
from stuntbook.records.dates import shown_date
from stuntbook.records.fields import is_unnamed
from stuntbook.records.kinds import reference_fields
from stuntbook.records.model import AnyRecord, Film, Organisation, Person, Stunt
from stuntbook.records.quantities import convert, format_amount
from stuntbook.records.stated import Injury, Measure, Quote, Sentence

FilterValue = tuple[str, str]
"""Name and value, as Pagefind's filters have them: https://pagefind.app/docs/filtering/."""
CITED = "cited"
"""Stands behind an anchor in place of an evidence status where the article's words for a statement begin."""
_NAMED = {"speaker": "{}", "via": "as told by {}", "by": "(says {})", "person": "({})"}
"""How a person is named whom a statement refers to without naming them."""


def document_of_entry(knowledge: KnowledgeBase, entry: Entry, site_name: str) -> str:
    """The document of a generated page; empty where the search need not know it.

    Of an index it knows the title alone: what is listed there is found where it stands.
    """
    if entry.subject:
        return document_of(knowledge, entry.subject)
    return document_of_page(escape(entry.title if entry.address else site_name)) if entry.is_index else ""


def document_of(knowledge: KnowledgeBase, subject: AnyRecord | Article) -> str:
    """The document of the page of a film, stunt, person or article.

    A statement begins at `<br id="ANCHOR:STATUS">`, a quote at `<br id="ANCHOR:STATUS:Quote">`, and the article's words
    for a statement at `<br id="ANCHOR:cited">`.
    """
    if isinstance(subject, Article):
        statements = [each for passage in knowledge.cited[subject.id] for each in passage.statements]
        records = [knowledge.record(each.record) for each in statements]
        published = shown_date(subject.published) if subject.published else None
        told = filter(None, (subject.publisher, subject.author, published))
        words = (passage.text for passage in knowledge.cited[subject.id])
        body = (_heading(escape(subject.display_name)), *map(_paragraph, (*told, *words)))
        return _document("Source", _facets(knowledge, records, statements), body)
    statements = list(knowledge.statements_of(subject))
    own = [("person", subject.name)] if isinstance(subject, Person | Organisation) else []
    statuses = (("status", STATUS_NAMES[each.evidence.status]) for each in statements)
    facets = (*own, *_facets(knowledge, [subject], statements), *statuses)
    return _document(subject.noun.capitalize(), facets, _record(knowledge, subject, statements))


def document_of_page(title: str, content: str = "") -> str:
    """The document of a page that is about the book itself, of its title and content, both HTML."""
    return _document("About", (), ("" if "<h1" in content else _heading(title), content))


def _document(kind: str, facets: Iterable[FilterValue], body: Iterable[str]) -> str:
    every = dict.fromkeys((("kind", kind), *facets))
    # All on one element: Pagefind takes longer for elements than for words.
    filters = ",".join(f"{name}[f{number}]" for number, (name, _) in enumerate(every))
    values = "".join(f' f{number}="{escape(value)}"' for number, (_, value) in enumerate(every))
    return "".join((f'<html><hr data-pagefind-filter="{filters}"{values}>', *body, "</html>"))


def _heading(title: str) -> str:
    return f'<h1 data-pagefind-weight="10">{title}</h1>'


def _paragraph(text: str, attributes: str = "") -> str:
    return f"<p{attributes}>{escape(text, quote=False)}</p>"


def _sentence(text: str) -> str:
    end = text[-1:]
    return f"{escape(text, quote=False)}{'.' if end.isalnum() or end == ')' else ''} "


def _record(knowledge: KnowledgeBase, record: AnyRecord, statements: list[Statement]) -> Iterator[str]:
    yield _heading(escape(record.display_name))
    if record.aliases:
        yield _paragraph(", ".join(record.aliases), ' data-pagefind-weight="8" data-pagefind-meta="aliases"')
    if isinstance(record, Film) and record.kind != record.noun:
        yield _paragraph(record.kind.capitalize())
    yield from _remarks(knowledge, record)
    for statement in statements:
        status = STATUS_NAMES[statement.evidence.status].replace(" ", "-")
        kind = ":Quote" if isinstance(statement.value, Quote) else ""
        yield f'<br id="{statement.anchor}:{status}{kind}">'
        words = _sentence(" ".join(_told(knowledge, statement)))
        yield f'<span data-pagefind-weight="2">{words}</span>' if statement.kind == "summary" else words
        yield from _remarks(knowledge, statement.value)
    for statement in statements:
        if statement.every_passage and not isinstance(statement.value, Quote):
            yield f'<br id="{statement.anchor}:{CITED}">'
            yield escape(" … ".join(passage.text for passage in statement.every_passage), quote=False)


def _told(knowledge: KnowledgeBase, statement: Statement) -> Iterator[str]:
    """What a statement says, with the amounts and people that stand beside it on its page."""
    value = statement.value
    yield statement.text
    if isinstance(value, Sentence) and value.altitude:
        yield amount(value.altitude)
    elif isinstance(value, Measure) and value.unit and (other := convert(value.value, value.unit)):
        yield f"({format_amount(*other)})"
    elif isinstance(value, Injury) and value.outcome:
        yield f"({value.outcome})"
    for relation in filter(_NAMED.__contains__, reference_fields(type(value))):
        held = getattr(value, relation)
        for each in held if isinstance(held, tuple) else filter(None, (held,)):
            name = each if is_unnamed(each) else knowledge.record(each).display_name
            if name not in statement.text:
                yield _NAMED[relation].format(name)


def _remarks(knowledge: KnowledgeBase, value: Model) -> Iterator[str]:
    prose = dict(prose_of(value))
    for field, words in (("context", "{}"), ("note", "Editor’s note: {}")):
        if field in prose:
            yield _sentence(words.format(knowledge.plain_text(prose[field])))


def _facets(
    knowledge: KnowledgeBase, records: Iterable[object], statements: Iterable[Statement]
) -> Iterator[FilterValue]:
    """The films that records belong to, and the people to whom statements refer."""
    for film in (film for record in records for film in _films_of(knowledge, record)):
        yield "film", knowledge.films[film].title
    for statement in statements:
        for _, identifier in references_of(statement.value, statement.kind):
            if identifier in knowledge.agents:
                yield "person", knowledge.agents[identifier].name


def _films_of(knowledge: KnowledgeBase, record: object) -> Iterator[str]:
    if isinstance(record, Film):
        yield record.id
    elif isinstance(record, Stunt):
        yield from (film.id for film in knowledge.films_of(record))
    elif isinstance(record, Person | Organisation):
        for mention in knowledge.mentions[record.id]:
            if mention.relation != "mention":
                yield from _films_of(
                    knowledge, knowledge.stunts.get(mention.record, knowledge.films.get(mention.record))
                )
