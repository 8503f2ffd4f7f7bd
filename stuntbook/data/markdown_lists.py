"""KnowledgeBase -> Markdown: the pages that list what the others tell, for a book that is exported."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from stuntbook.data.edition import Edition
from stuntbook.data.markdown import FILE, inline, link_to, link_to_statement, markdown_page, page, plain
from stuntbook.data.reference import model_tables
from stuntbook.diagnostics import plural
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.coverage import measure_coverage, percent
from stuntbook.knowledge.silence import silenced
from stuntbook.knowledge.statements import Statement, Status, of_kind
from stuntbook.records.dates import parse_edtf
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord
from stuntbook.records.stated import Event, Year

_Lines = Callable[[KnowledgeBase, str], Iterable[str]]
"""What stands on the page of an address."""


def markdown_book(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Every page of a book: the path of its file, and its content."""
    knowledge = edition.knowledge
    lists = _lists()
    yield FILE, page(edition.name, _home(edition, {address: title for address, (title, _) in lists.items()}))
    for address, (title, lines) in lists.items():
        yield f"{address}{FILE}", page(title, lines(knowledge, address))
    for record in knowledge.by_id.values():
        yield f"{address_of(record)}{FILE}", markdown_page(knowledge, record)


def _lists() -> Mapping[str, tuple[str, _Lines]]:
    """Title and content of each page, by its address."""
    kinds = RECORD_KINDS.values()
    return {
        **{f"{kind.section}/": (kind.section.capitalize(), partial(_records, kind.name)) for kind in kinds},
        "sources/": ("Sources", _sources),
        "quotes/": ("Quotes", _of_kinds("quote")),
        "injuries/": ("Injuries and risks", _of_kinds("injury", "risk")),
        "disagreements/": ("Disagreements", _of_kinds("disagreement")),
        "places/": ("Places", _of_kinds("place")),
        "numbers/": ("Numbers", _of_kinds("measure")),
        "timeline/": ("Timeline", _timeline),
        "evidence/": ("Evidence", _evidence),
        "coverage/": ("Coverage", _coverage),
        "data-model/": ("Data model", _data_model),
    }


def _home(edition: Edition, titles: Mapping[str, str]) -> Iterator[str]:
    if edition.description:
        yield f"{plain(edition.description)}\n"
    yield "Each statement rests on the exact words of articles, which stand below it.\n"
    yield from (f"- [{title}]({address}{FILE})" for address, title in titles.items())
    for name in RECORD_KINDS:
        if edition.knowledge.by_kind[name]:
            yield f"\n## {RECORD_KINDS[name].section.capitalize()}\n"
            yield from _records(name, edition.knowledge, "")


def _records(name: str, knowledge: KnowledgeBase, base: str) -> Iterator[str]:
    for record in knowledge.by_kind[name].values():
        summary = " ".join(each.text for each in knowledge.summary_of(record))
        yield f"- {link_to(record, base)}{': ' if summary else ''}{plain(summary)}"


def _sources(knowledge: KnowledgeBase, base: str) -> Iterator[str]:
    for source in knowledge.sources.values():
        passages = plural(len(knowledge.cited[source.article.id]), "passage")
        yield f"- {link_to(source.article, base)}: {plain(source.article.publisher)}, {passages} cited"


def _of_kinds(*kinds: str) -> _Lines:
    """Lists the statements of some kinds."""

    def lines(knowledge: KnowledgeBase, base: str) -> Iterator[str]:
        for each in of_kind(knowledge.all_statements(), *kinds):
            yield f"- {link_to_statement(knowledge, each, base)}"

    return lines


def _timeline(knowledge: KnowledgeBase, base: str) -> Iterator[str]:
    dated = [each for each in knowledge.all_statements() if isinstance(each.value, Event | Year)]
    yield from (f"- {link_to_statement(knowledge, each, base)}" for each in sorted(dated, key=_moment))


def _moment(item: Statement) -> tuple[int, int, int]:
    if isinstance(item.value, Year):
        return item.value.value, 0, 0
    assert isinstance(item.value, Event)
    date = parse_edtf(item.value.when)
    return date.year or 9999, date.month or 0, date.day or 0


def _evidence(knowledge: KnowledgeBase, base: str) -> Iterator[str]:
    statements = [each for each in knowledge.all_statements() if each.kind != "disagreement"]
    for status in Status:
        found = [each for each in statements if each.evidence.status is status]
        yield f"## {_STATUSES[status]}\n\n{plural(len(found), 'statement')}.\n"
        yield from (f"- {link_to_statement(knowledge, each, base)}" for each in found)
        yield ""
    yield '<a id="silenced"></a>\n\n## Rules that were set aside\n'
    for each in (each for record in knowledge.records for each in silenced(knowledge, record)):
        where = _link_to_subject(knowledge, each.subject, base)
        yield f"- {where}: {each.code}: {plain(each.reason)}"


def _link_to_subject(knowledge: KnowledgeBase, subject: Statement | AnyRecord, base: str) -> str:
    return link_to_statement(knowledge, subject, base) if isinstance(subject, Statement) else link_to(subject, base)


_STATUSES = {
    Status.ARTICLES: "In several articles",
    Status.ARTICLE: "In one article",
    Status.SAID: "Said by somebody",
    Status.DISPUTED: "Disputed",
    Status.UNSOURCED: "Not in the sources",
}


def _coverage(knowledge: KnowledgeBase, base: str) -> Iterator[str]:
    yield "How many of an article’s sentences are cited, left out for a reason, or no part of the article.\n"
    for result in measure_coverage(knowledge):
        yield f"- {link_to(knowledge.record(result.source), base)}: {percent(*result.accounted)} %"


def _data_model(knowledge: KnowledgeBase, base: str) -> Iterator[str]:
    yield "Every key that `stunts.yaml` and an article’s front matter may hold.\n"
    for table in model_tables():
        yield f"## {table.name}\n\n{plain(table.description)}\n"
        for field in table.fields:
            required = ", required" if field.required else ""
            yield f"- `{field.name}` ({plain(field.type)}{required}): {inline(knowledge, field.description, base)}"
        yield ""
