"""KnowledgeBase -> what the search is given of each page: a small HTML document of what is told there.

It is HTML as Pagefind reads it, which also reads pages that are written by hand; what its attributes mean:
https://pagefind.app/docs/indexing/. Of other elements than stand here, `publish.indexed_page` can't read a document.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import prose_of, references_of
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.components import amount
from stuntbook.pages.figures.comparisons import unexceeded
from stuntbook.pages.site import Entry
from stuntbook.pages.views import STATUS_NAMES
from stuntbook.records.article import Article
from stuntbook.records.citable import Model
from stuntbook.records.dates import shown_date
from stuntbook.records.fields import is_unnamed
from stuntbook.records.kinds import reference_fields
from stuntbook.records.model import AnyRecord, Film, Organisation, Person, Stunt
from stuntbook.records.quantities import Quantity, convert, format_amount
from stuntbook.records.stated import Credit, Facet, Injury, Measure, Quote, Sentence
from stuntbook.text.directions import isolated
from stuntbook.text.search_words import found_as, initials, squeezed, units_in

FilterValue = tuple[str, str]
"""Name and value, as Pagefind's filters have them: https://pagefind.app/docs/filtering/."""
CITED = "cited"
"""Stands behind an anchor in place of an evidence status where the article's words for a statement begin."""
WORDS = "words"
"""Stands there where words begin by which a statement is found too, and which are not shown."""
_NAMED = {"speaker": "― {}", "via": "as told by {}", "by": "― said by {}", "person": "({})"}
"""How a person is named whom a statement refers to without naming them.

The search's script shows what follows the quotation dash on a line of its own.
"""
_ABOUT = frozenset({"coverage/", "data-model/", "evidence/", "search/"})
"""The pages about the book itself; the other index pages list what is in it."""
_FIT_FOR_FILMS, _FIT_FOR_PLACES = 3, 3
"""The fewest letters that stand for a title or for a place without further words."""
_ASKED: Mapping[Quantity, tuple[str, str]] = {
    "altitude": ("high", "highest tallest"),
    "height": ("high tall", "highest tallest"),
    "depth": ("deep", "deepest"),
    "distance": ("far", "farthest furthest longest"),
    "length": ("long", "longest"),
    "duration": ("long", "longest"),
    "training time": ("long trained", "longest"),
    "hospital stay": ("long", "longest"),
    "action": ("long", "longest"),
    "light": ("short", "shortest"),
    "chances": ("many", "fewest"),
    "age": ("old", "oldest"),
    "speed": ("fast", "fastest quickest"),
    "weight": ("heavy", "heaviest"),
    "cost": ("much expensive", "costliest"),
    "temperature": ("hot", "hottest"),
}
"""Words with which readers ask for a quantity, and those for whoever holds the record."""
_COUNTED = ("many", "most")
"""The same for all other quantities, which are counts."""


class SearchDocuments:
    """What the search is given of the pages of one site."""

    def __init__(self, knowledge: KnowledgeBase, site_name: str) -> None:
        self.knowledge = knowledge
        self._site_name = site_name
        self._records = knowledge.tables.add("unexceeded", self._unexceeded)

    def of_entry(self, entry: Entry) -> str:
        """The document of a generated page; empty where the search need not know it.

        Of an index it knows the title alone: what is listed there is found where it stands.
        """
        if entry.subject:
            return self.of(entry.subject)
        kind = "About" if entry.address in _ABOUT else "List"
        title = escape(entry.title if entry.address else self._site_name)
        return _document(kind, (), (_heading(title),)) if entry.is_index else ""

    def of(self, subject: AnyRecord | Article) -> str:
        """The document of the page of a film, stunt, person or article.

        A statement begins at `<br id="ANCHOR:STATUS:KIND">`, what it is found by too at `<br id="ANCHOR:words">`, and a
        passage at `<br id="ANCHOR,ANCHOR:cited">` with the anchors of all statements that rest on it.
        """
        if isinstance(subject, Article):
            return self._article(subject)
        statements = list(self.knowledge.statements_of(subject))
        own = [("person", subject.name)] if isinstance(subject, Person | Organisation) else []
        statuses = (("status", STATUS_NAMES[each.evidence.status]) for each in statements)
        facets = (*own, *_facets(self.knowledge, [subject], statements), *statuses)
        names = [*subject.aliases, *filter(None, _abbreviations(subject))]
        head = "".join((_heading(escape(subject.display_name)), _names(names), *_remarks(self.knowledge, subject)))
        told = "".join(self._told(statements))
        found_by = _found_by(self.knowledge, subject, statements)
        words = _words(found_by, self._superlatives(statements), found_as(head), found_as(told))
        return _document(subject.noun.capitalize(), facets, (head, words, told))

    def _article(self, article: Article) -> str:
        knowledge, passages = self.knowledge, self.knowledge.cited[article.id]
        statements = [each for passage in passages for each in passage.statements]
        records = [knowledge.record(each.record) for each in statements]
        published = shown_date(article.published) if article.published else None
        told = [each for each in (article.publisher, article.author, published) if each]
        head = (_heading(escape(article.display_name)), _names(told[:2]), _paragraph(" · ".join(told)))
        shown = "".join((*head, *(_paragraph(isolated(passage.text)) for passage in passages)))
        words = _words(("source", "article", *squeezed(told)), found_as(shown))
        return _document("Source", _facets(knowledge, records, statements), (shown, words))

    def _told(self, statements: list[Statement]) -> Iterator[str]:
        passages: dict[str, list[str]] = {}
        for statement in statements:
            status = STATUS_NAMES[statement.evidence.status].replace(" ", "-")
            yield f'<br id="{statement.anchor}:{status}:{statement.kind}">'
            shown = " ".join(_parts(self.knowledge, statement))
            words = "".join((_sentence(shown), *_remarks(self.knowledge, statement.value)))
            yield f'<span data-pagefind-weight="2">{words}</span>' if statement.kind == "summary" else words
            if found := " ".join(dict.fromkeys(self._hidden(statement, shown))):
                yield f'<br id="{statement.anchor}:{WORDS}">{escape(found, quote=False)} '
            for passage in statement.every_passage if not isinstance(statement.value, Quote) else ():
                passages.setdefault(passage.text, []).append(statement.anchor)
        for text, anchors in passages.items():
            yield f'<br id="{",".join(dict.fromkeys(anchors))}:{CITED}">{escape(isolated(text), quote=False)} '

    def _hidden(self, statement: Statement, shown: str) -> Iterator[str]:
        """What a statement is found by beside its words: the units and records of a measure, a place's initials."""
        value = statement.value
        texts = (shown, *(passage.text for passage in statement.every_passage))
        yield from units_in("\n".join(texts))
        yield from (names[0] for _, names in _people(self.knowledge, statement) if names[0] not in shown)
        if isinstance(value, Measure):
            yield _ASKED.get(value.quantity, _COUNTED)[0]
            yield from self._superlatives([statement])
        elif isinstance(value, Facet) and (short := initials(value.name, _FIT_FOR_PLACES)):
            yield short

    def _superlatives(self, statements: Iterable[Statement]) -> Iterator[str]:
        """What a stunt is of all, by its measures: `highest`."""
        for each in statements:
            if isinstance(each.value, Measure) and f"{each.record}#{each.anchor}" in self._records:
                yield from _ASKED.get(each.value.quantity, _COUNTED)[1].split()

    def _unexceeded(self) -> dict[str, bool]:
        """Record and anchor of the measures that none of their quantity exceeds.

        Whoever asks for the fastest is answered by the only one whose speed is known, too; nothing is claimed by that.
        """

        return {f"{each.record}#{each.anchor}": True for each in unexceeded(self.knowledge)}


def document_of_page(title: str, content: str = "") -> str:
    """The document of a page that is written by hand, of its title and content, both HTML."""
    return _document("Help", (), ("" if "<h1" in content else _heading(title), content))


def _document(kind: str, facets: Iterable[FilterValue], body: Iterable[str]) -> str:
    every = dict.fromkeys((("kind", kind), *facets))
    filters = ",".join(f"{name}[f{number}]" for number, (name, _) in enumerate(every))
    values = "".join(f' f{number}="{escape(value)}"' for number, (_, value) in enumerate(every))
    return "".join((f'<html><hr data-pagefind-filter="{filters}"{values}>', *body, "</html>"))


def _heading(title: str) -> str:
    return f'<h1 data-pagefind-weight="10">{title}</h1>'


def _names(names: list[str]) -> str:
    text = escape(", ".join(names), quote=False)
    return f'<p data-pagefind-weight="8" data-pagefind-meta="aliases">{text}</p>' if names else ""


def _words(*words: Iterable[str]) -> str:
    """What a page is found by too, and does not show: behind its head, up to the next anchor."""
    every = dict.fromkeys(each for group in words for each in group)
    return f'<br id=":{WORDS}">{escape(" ".join(every), quote=False)} '


def _paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"


def _sentence(text: str) -> str:
    end = text[-1:]
    return f"{escape(text, quote=False)}{'.' if end.isalnum() or end == ')' else ''} "


def _abbreviations(record: AnyRecord) -> Iterator[str]:
    """The initials of a film's title and of its series: `MI2`, `MI`."""
    if isinstance(record, Film):
        yield initials(record.title, _FIT_FOR_FILMS)
        if record.series:
            yield initials(record.series.name, 2)


def _found_by(knowledge: KnowledgeBase, record: AnyRecord, statements: Iterable[Statement]) -> Iterator[str]:
    """What a record is, in all words for it: its kind, its years, what somebody did, its kinds of statement."""
    yield from (record.noun, record.section)
    if isinstance(record, Film):
        yield record.kind
    films = () if isinstance(record, Person | Organisation) else _films_of(knowledge, record)
    for year in (knowledge.films[each].year for each in films):
        if year:
            yield str(year.value)
    yield from squeezed((record.display_name, *record.aliases))
    for mention in knowledge.mentions[record.id]:
        if mention.statement and isinstance(credit := mention.statement.value, Credit):
            yield credit.role
    for kind in dict.fromkeys((each.kind, str(each.path[0])) for each in statements):
        yield from kind


def _parts(knowledge: KnowledgeBase, statement: Statement) -> Iterator[str]:
    """What a statement says, with the amounts and people that stand beside it on its page."""
    value = statement.value
    yield f"“{statement.text}”" if isinstance(value, Quote) else statement.text
    if isinstance(value, Sentence) and value.altitude:
        yield amount(value.altitude)
    elif isinstance(value, Measure) and value.unit and (other := convert(value.value, value.unit)):
        yield f"({format_amount(*other)})"
    elif isinstance(value, Injury) and value.outcome:
        yield f"({value.outcome})"
    for relation, names in _people(knowledge, statement):
        if relation == "speaker" or not any(name in statement.text for name in names):
            yield _NAMED[relation].format(names[0])


def _people(knowledge: KnowledgeBase, statement: Statement) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Those whom a statement refers to, by what they are called; of a quote, whose words they are."""
    for relation in filter(_NAMED.__contains__, reference_fields(type(statement.value))):
        held = getattr(statement.value, relation)
        for each in held if isinstance(held, tuple) else filter(None, (held,)):
            record = None if is_unnamed(each) else knowledge.agents[each]
            yield relation, (record.display_name, *record.aliases) if record else (each,)


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
