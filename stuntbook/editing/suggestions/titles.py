"""The titles of films and series that an article names."""

import re
from collections.abc import Iterator

from stuntbook.editing.suggestions.passages import words_of
from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.folding import fold

_KIND = r"(?:[Ff]ilm|movie|series|show|thriller|sequel|prequel|drama|comedy|Serie|Kinofilm|Spielfilm|Streifen)s?"
_CAPITAL = r"[A-ZÀ-Þ][\w'’]*"
_BEHIND_KIND = re.compile(
    rf"\b{_KIND}\s+(?P<title>{_CAPITAL}(?:\s(?:(?:of|the|and|on|in|for|to)\s)*{_CAPITAL}){{0,4}})"
)
_WITH_COLON = re.compile(
    rf"(?<!\n)(?<!^)(?P<title>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}:\s{_CAPITAL}(?:\s?[–—-]\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})?)"
)
_EMPHASIZED = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])(?P<title>[^*_\n]{2,60}?)(?<=[^\s*_])\1(?![\w*_])")
_KIND_BEFORE = re.compile(rf"\b{_KIND}[\s\"'“„«»‘‚]+$")
_TERM_BEFORE = re.compile(r"\b(?:acronym|abbreviation|nickname|nicknamed|called|dubbed|term|phrase)\b[^.!?]{0,12}$")
_SMALL = frozenset(
    re.findall(r"\w+", "of the and on in for to a an at from with der die das und am im den dem des von vom zum")
)
_MOST_WORDS = 8


def titles_in(text: ArticleText, source: str) -> list[tuple[Span, str]]:
    """Each title with where it stands, in order; `source` is the text with its marks of Markdown."""
    found = list(_quoted(text))
    for pattern, where in ((_EMPHASIZED, source), (_WITH_COLON, text.body), (_BEHIND_KIND, text.body)):
        for match in pattern.finditer(where):
            span = text.span(match.start("title"), match.end("title"))
            is_free = not any(span.overlaps(other) for other, _ in found)
            if is_free and is_title(words_of(text, span)) and not _has_large_words(text, span):
                found.append((span, words_of(text, span)))
    whole = {fold(name) for _, name in found}
    # "Mission: Impossible" is the series, where "Mission: Impossible – Fallout" is named too.
    return sorted(each for each in found if not any(name.startswith(f"{fold(each[1])} ") for name in whole))


def _quoted(text: ArticleText) -> Iterator[tuple[Span, str]]:
    for quotation in text.quotations:
        name = words_of(text, quotation).rstrip(" ,.;")
        before = text.body[max(0, quotation.start - 40) : quotation.start]
        is_named = _KIND_BEFORE.search(before) and len(name.split()) <= _MOST_WORDS
        if is_named or (is_title(name) and not _TERM_BEFORE.search(before)):
            yield quotation, name


def is_title(words: str) -> bool:
    """Whether words are written as a title is: two or more, with capitals but for the small ones."""
    told = re.findall(r"[^\W_][\w'’]*", words)
    large = [word for word in told if word.casefold() not in _SMALL]
    return (
        1 < len(told) <= _MOST_WORDS
        and bool(large)
        and told[0][0].isupper()
        and not any(word[0].islower() for word in large)
    )


def _has_large_words(text: ArticleText, span: Span) -> bool:
    """Whether a stretch stands in a line in which nearly all words have capitals, as a headline has them."""
    end = text.body.find("\n", span.end)
    line = text.body[text.body.rfind("\n", 0, span.start) + 1 : end if end >= 0 else len(text.body)]
    words = re.findall(r"[^\W\d_]{4,}", line)
    return len(words) > 5 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
