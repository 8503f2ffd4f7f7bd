"""What can stand where somebody types: identifiers, and the words of articles."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from stuntbook.editing.language_server.books import Book
from stuntbook.editing.language_server.expected import CITED, Named, Words, expected_at
from stuntbook.editing.language_server.scalars import inside, written
from stuntbook.editing.suggestions.passages import own_sentences, words_of
from stuntbook.knowledge.resolution import Source
from stuntbook.reading.yaml_cursor import Scalar, identifiers_in, typed_at
from stuntbook.records.article import Article
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.text.article_text import Span, Stretches
from stuntbook.text.folding import fold
from stuntbook.text.phrases import splits_word
from stuntbook.text.sentences import sentences

MOST = 50
"""How many passages are offered at once; typing on narrows them down."""
_LINK = re.compile(r"\[\[([^\[\]|]*)$")
_REST_OF_IDENTIFIER = re.compile(r"[a-z0-9-]*")
_SENTENCES = 3
"""How many sentences a passage that is offered may go on for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to write in place of a stretch of the file."""

    label: str
    text: str
    start: int
    end: int
    detail: str = ""
    filter: str = ""
    """What an editor compares with what stands in the stretch while somebody types on."""
    is_passage: bool = False


def offers(book: Book, text: str, offset: int) -> list[Offer]:
    """What can be written at an offset of the text of `stunts.yaml`, the likeliest first."""
    typed = typed_at(text, offset)
    expected = expected_at(typed.path, typed.is_key) if typed else None
    link = _LINK.search(text, text.rfind("\n", 0, offset) + 1, offset)
    if link and not isinstance(expected, Named | Words):
        return list(_links(book, text, link.start(1), offset))
    match typed, expected:
        case Scalar(), Named() as named if named == CITED:
            return list(_keys(book, text, typed))
        case Scalar(is_key=False), Named(kinds):
            return list(_identifiers(book, text, typed, kinds))
        case Scalar(), Words(article):
            return list(_passages(book, text, typed, article))
        case _:
            return []


def _identifiers(book: Book, text: str, typed: Scalar, kinds: tuple[str, ...]) -> Iterator[Offer]:
    end = _end_of(text, typed)
    for identifier, name in _known(book, text, kinds):
        new = written(identifier, typed.style)
        yield Offer(identifier, new, typed.start, end, name, typed.style + identifier)


def _known(book: Book, text: str, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The identifiers of some kinds, each with what it is called."""
    knowledge = book.knowledge
    if knowledge and any(knowledge.records):
        for kind in kinds:
            yield from ((each.id, each.display_name) for each in knowledge.by_kind.get(kind, {}).values())
    else:  # since it was opened, the file could not be read
        sections = {RECORD_KINDS[kind].section for kind in kinds if kind in RECORD_KINDS}
        yield from ((identifier, "") for section, identifier in identifiers_in(text) if section in sections)
    if knowledge and Article.noun in kinds:
        articles = (source.article for source in knowledge.sources.values())
        yield from ((each.id, f"{each.display_name} ({each.publisher})") for each in articles)


def _end_of(text: str, typed: Scalar) -> int:
    """Where what is typed ends, with the rest of an identifier that stands behind the caret, and its closing mark."""
    rest = _REST_OF_IDENTIFIER.match(text, typed.end)
    end = rest.end() if rest else typed.end
    return end + (bool(typed.style) and text.startswith(typed.style, end))


def _keys(book: Book, text: str, typed: Scalar) -> Iterator[Offer]:
    end = _end_of(text, typed)
    is_followed = text[end : end + 1] == ":"
    before = text[text.rfind("\n", 0, typed.start) + 1 : typed.start]
    # Behind `cite:`, on its line, the pair needs braces around it.
    needs_braces = not typed.is_key and before.rstrip().endswith(":")
    for identifier, name in _known(book, text, (Article.noun,)):
        key = written(identifier, typed.style)
        pair = f'{{{key}: ""}}' if needs_braces else key if is_followed else f"{key}: "
        yield Offer(identifier, pair, typed.start, end, name, typed.style + identifier)


def _links(book: Book, text: str, start: int, offset: int) -> Iterator[Offer]:
    rest = _REST_OF_IDENTIFIER.match(text, offset)
    end = rest.end() if rest else offset
    closing = "" if text[end : end + 1] in ("]", "|") else "]]"
    for identifier, name in _known(book, text, (*RECORD_KINDS, Article.noun)):
        yield Offer(identifier, f"{identifier}{closing}", start, end, name, identifier)


def _passages(book: Book, text: str, typed: Scalar, article: str) -> Iterator[Offer]:
    source = book.knowledge.sources.get(article) if book.knowledge else None
    if source is None or typed.style in ("|", ">"):
        return
    folded, is_open = fold(typed.value), typed.value[-1:].isspace()
    for span in islice(_continued(source, folded), MOST):
        words = words_of(source.text, span)
        rest = words[_length(words, folded) :]
        rest = rest.lstrip() if is_open else rest
        if typed.style:
            closing = "" if text.startswith(typed.style, typed.end) else typed.style
            new, start = inside(rest, typed.style) + closing, typed.end
        else:  # in marks, whatever the words hold
            new, start = written(words, '"'), typed.start
        filtered = text[start : typed.end] + rest
        yield Offer(label=words, text=new, start=start, end=typed.end, filter=filtered, is_passage=True)


def _continued(source: Source, folded: str) -> Iterator[Span]:
    """The passages that begin with folded words, the last of them perhaps half typed: to the ends of sentences."""
    if not folded:
        yield from own_sentences(source.text, source.boilerplate)
        return
    left_out = Stretches(source.boilerplate)
    every = [each for each in sentences(source.text) if not left_out.meet(each)]
    for start in _beginnings(source, folded):
        begun = bisect_right(every, start, key=lambda each: each.start) - 1
        for each in every[max(0, begun) : begun + _SENTENCES]:
            if start < every[begun].end and each.paragraph == every[begun].paragraph:
                yield source.text.span(start, each.end)


def _beginnings(source: Source, folded: str) -> Iterator[int]:
    """Where in an article folded words stand, from the beginning of a word on."""
    whole, place = source.text.folded, source.text.folded.find(folded)
    while place >= 0:
        if not splits_word(whole, place):
            yield source.text.origin(place)
        place = whole.find(folded, place + 1)


def _length(words: str, folded: str) -> int:
    """How many characters of words stand for folded ones at their beginning."""
    lengths = (len(folded), *range(len(words) + 1))
    return next((length for length in lengths if fold(words[:length]) == folded), 0)
