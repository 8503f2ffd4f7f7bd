"""A passage -> the part of an address that makes a browser scroll to the same words on the publisher's page.

The syntax is that of "URL Fragment Text Directives", a draft report of the W3C's Web Incubator Community Group
(https://wicg.github.io/scroll-to-text-fragment/): `#:~:text=[prefix-,]start[,end][,-suffix]`. Browsers compare without
regard to case, look for whole words, and keep each of the parts within one block of the page.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.folding import SPACED_WORD

_LONGEST_EXACT = 300
"""Longer passages are given by their first and last words: addresses should stay short enough to share."""
_CONTEXT_WORDS = 12
"""How many words around a passage are tried to tell it from the same words elsewhere."""


@lru_cache(maxsize=10_000)  # a passage is linked to from every page that cites it
def text_fragment(text: ArticleText, span: Span) -> str:
    """The fragment for a passage: `#:~:text=…`, with as much context as it takes to be found in one place."""
    text, span = text.as_read(span)
    words = text.text(span).strip()
    if len(words) <= _LONGEST_EXACT and "\n" not in words and text.holds_once(words):
        return _directive("", words, "", "")
    starts = [(words, "")] if len(words) <= _LONGEST_EXACT and "\n" not in words else list(_ranges(words))
    for start, end in starts:
        for prefix, suffix in _contexts(text, span):
            if _finds(text.body, prefix, start, end, suffix) == (span.start, span.end):
                return _directive(prefix, start, end, suffix)
    start, end = starts[-1]
    return _directive("", start, end, "")


def _ranges(words: str) -> Iterator[tuple[str, str]]:
    """The first and last words of a passage, more and more of them, each within one line.

    A line end may be the end of a block on the publisher's page.
    """
    first = list(SPACED_WORD.finditer(words.split("\n", maxsplit=1)[0]))
    tail = words.rsplit("\n", maxsplit=1)[-1]
    last = list(SPACED_WORD.finditer(tail))
    for count in (4, 6, 8, 12, 16):
        yield words[: first[:count][-1].end()], tail[last[-count:][0].start() :]


def _contexts(text: ArticleText, span: Span) -> Iterator[tuple[str, str]]:
    """What stands before and behind a passage in its paragraph: nothing, then more and more words."""
    before_start, _ = text.paragraph_bounds(span.paragraph)
    _, after_end = text.paragraph_bounds(text.last_paragraph(span))
    before = list(SPACED_WORD.finditer(text.body, before_start, span.start))
    after = list(SPACED_WORD.finditer(text.body, span.end, after_end))
    yield "", ""
    for count in range(1, _CONTEXT_WORDS + 1):
        prefix = text.body[before[-count:][0].start() : span.start].strip() if before else ""
        suffix = text.body[span.end : after[:count][-1].end()].strip() if after else ""
        yield from ((prefix, ""), ("", suffix), (prefix, suffix))


def _finds(body: str, prefix: str, start: str, end: str, suffix: str) -> tuple[int, int] | None:
    """What a browser would find first: the offsets of the words, or None."""
    context = rf"{_whole(prefix)}\s*" if prefix else ""
    context += rf"(?P<start>{_whole(start)})"
    if end:
        context += rf"(?:.|\n)*?(?P<end>{_whole(end)})"
    if suffix:
        context += rf"\s*{_whole(suffix)}"
    found = re.search(context, body, re.IGNORECASE)
    return (found.start("start"), found.end("end" if end else "start")) if found else None


def _whole(words: str) -> str:
    """A pattern for words that neither begin nor end within a word; white space may be of any kind."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return rf"(?<!\w){pattern}(?!\w)" if words[0].isalnum() and words[-1].isalnum() else pattern


def _directive(prefix: str, start: str, end: str, suffix: str) -> str:
    before = f"{_encode(prefix)}-," if prefix else ""
    behind = (f",{_encode(end)}" if end else "") + (f",-{_encode(suffix)}" if suffix else "")
    return f"#:~:text={before}{_encode(start)}{behind}"


def _encode(words: str) -> str:
    """Percent-encoded for use in a directive, where `-`, `,` and `&` have a meaning."""
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")
