"""What the words at a place stand for: a record or an article, or a passage of one."""

import re
from dataclasses import dataclass

from stuntbook.editing.language_server.books import Book
from stuntbook.editing.language_server.expected import Named, Sentence, Words, expected_at
from stuntbook.editing.language_server.positions import Places
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Source
from stuntbook.reading.yaml_cursor import scalar_at
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord, Stunt
from stuntbook.text.article_text import ArticleText, Span

_LINK = re.compile(r"\[\[\s*([^\[\]|]+?)\s*(?:\|[^\[\]]*)?\]\]")
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+=!|~&-])")
_MOST_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class Meant:
    """What a stretch of `stunts.yaml` stands for."""

    start: int
    end: int
    record: AnyRecord | Article
    passage: Span | None = None
    """Of an article, the words that are cited."""


@dataclass(frozen=True, slots=True)
class Target:
    """A stretch of a file of the book."""

    path: str
    start: int
    end: int


def meant_at(book: Book, text: str, offset: int) -> Meant | None:
    """What the words at an offset of `stunts.yaml` stand for, where that can be told."""
    found, knowledge = scalar_at(text, offset), book.knowledge
    if found is None or knowledge is None:
        return None
    match expected_at(found.path, found.is_key):
        case Named():
            record = knowledge.by_id.get(found.value)
            return Meant(found.start, found.end, record) if record else None
        case Words(article) if article in knowledge.sources:
            source = knowledge.sources[article]
            spans = source.text.find(found.value)
            return Meant(found.start, found.end, source.article, spans[0]) if len(spans) == 1 else None
        case Sentence():
            links = _LINK.finditer(text, found.start, found.end)
            link = next((each for each in links if each.start() <= offset <= each.end()), None)
            record = knowledge.by_id.get(link[1]) if link else None
            return Meant(link.start(), link.end(), record) if link and record else None
        case _:
            return None


def described(book: Book, meant: Meant) -> str:
    """What an editor is shown of it, as Markdown."""
    knowledge = book.knowledge
    assert knowledge is not None
    record = meant.record
    if not isinstance(record, Article):
        return _record(knowledge, record)
    if meant.passage:
        return _passage(knowledge.sources[record.id], meant.passage)
    return _article(knowledge, record)


def _record(knowledge: KnowledgeBase, record: AnyRecord) -> str:
    films = f" of {', '.join(each.title for each in knowledge.films_of(record))}" if isinstance(record, Stunt) else ""
    heading = f"**{_plain(record.display_name)}** ({_plain(record.noun + films)})"
    summary = " ".join(each.text for each in knowledge.summary_of(record)[:_MOST_SENTENCES])
    aliases = f"Also: {', '.join(record.aliases)}" if record.aliases else ""
    return "\n\n".join(filter(None, (heading, _plain(summary), _plain(aliases))))


def _article(knowledge: KnowledgeBase, article: Article) -> str:
    heading = f"**{_plain(article.display_name)}** (article)"
    known = ", ".join(filter(None, (article.publisher, article.author, article.published)))
    cited = f"{len(knowledge.cited[article.id])} of its passages are cited."
    return "\n\n".join((heading, _plain(known), f"<{article.url}>", cited))


def _passage(source: Source, span: Span) -> str:
    """The paragraphs that hold a passage, with the passage in bold."""
    text = source.text
    start, end = text.paragraph_bounds(span.paragraph)[0], text.paragraph_bounds(text.last_paragraph(span))[1]
    before, cited, behind = (
        _seen(text, *ends) for ends in ((start, span.start), (span.start, span.end), (span.end, end))
    )
    marked = "\n\n".join(f"**{_plain(each)}**" for each in cited.split("\n\n"))
    lines = f"{_plain(before.lstrip())}{marked}{_plain(behind.rstrip())}".split("\n")
    quoted = "\n".join(f"> {line}" for line in lines)
    article = source.article
    return f"{quoted}\n\n{_plain(f'{article.display_name}, {article.publisher}')}, paragraph {span.paragraph}"


def _seen(text: ArticleText, start: int, end: int) -> str:
    return text.text(text.span(start, end))


def _plain(text: str) -> str:
    """A text as Markdown that shows it as it is."""
    return _MARKS.sub(r"\\\1", text)


def target_of(book: Book, meant: Meant) -> Target:
    """Where it stands: the record's key, the article, or the words in it."""
    record = meant.record
    if not isinstance(record, Article):
        place = record.place.key
        start = Places(book.text(place.path)).offset(place)
        return Target(place.path, start, start + len(record.id))
    if meant.passage is None:
        return Target(record.path, 0, 0)
    body = len(book.text(record.path)) - len(record.body)
    return Target(record.path, body + meant.passage.start, body + meant.passage.end)
