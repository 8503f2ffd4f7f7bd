"""The direct words in an article that make quotes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from stuntbook.editing.suggestions.passages import words_of
from stuntbook.editing.suggestions.speaking import Speakers
from stuntbook.editing.suggestions.titles import is_title
from stuntbook.records.fields import UNKNOWN
from stuntbook.text.article_text import ArticleText, Span

_FEWEST_WORDS = 3
_FEWEST_CHARACTERS = 16
"""Less in quotation marks is a quote only where the article says whose it is; not all scripts have spaces."""
_INTERRUPTED = re.compile(r"[\"'”’“«»‘\s,.!?…–—-]*[^.!?\n\"“”„«»]{1,70}[.,:]\s*[\"“„«»‘']?")
"""What stands between two parts of what somebody says: `," Ellison said. "`."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's words."""

    parts: tuple[Span, ...]
    speaker: str
    """An identifier, a description, or `UNKNOWN`."""
    via: str | None = None
    """Who relays them, where they stand in somebody else's words."""

    @property
    def start(self) -> Span:
        return self.parts[0]


def quotes_in(text: ArticleText, speakers: Speakers, left_out: Iterable[Span]) -> list[Quoted]:
    """Every quote of an article, in order; `left_out` are stretches in quotation marks that are no quotes."""
    skipped = list(left_out)
    found: list[Quoted] = []
    for quotation in text.quotations:
        around = [each for each in text.quotations_around(quotation) if each != quotation]
        if any(quotation.overlaps(each) for each in skipped) or len(around) > 1:
            continue
        if around:
            found += _nested(text, speakers, found, quotation, around[0])
        else:
            found += _spoken(text, speakers, found, quotation)
    return _joined(text, found)


def _spoken(text: ArticleText, speakers: Speakers, before: list[Quoted], quotation: Span) -> Iterator[Quoted]:
    speaker = speakers.of(quotation) or _continued(text, before, quotation)
    words = words_of(text, quotation)
    is_long = len(words.split()) >= _FEWEST_WORDS or len(words) >= _FEWEST_CHARACTERS
    if speaker or (is_long and not is_title(words)):
        yield Quoted((quotation,), speaker or UNKNOWN)


def _continued(text: ArticleText, before: list[Quoted], quotation: Span) -> str | None:
    """Who goes on speaking: nothing but the words that say so stands between two quotations of one paragraph."""
    last = before[-1] if before and before[-1].via is None else None
    return last.speaker if last and _goes_on(text, last.parts[-1], quotation) else None


def _nested(
    text: ArticleText, speakers: Speakers, before: list[Quoted], quotation: Span, outer: Span
) -> Iterator[Quoted]:
    """Words within somebody's words. A single one is no quote: `I was like, 'alright.'`"""
    via = next((each.speaker for each in before if outer in each.parts), UNKNOWN)
    inside = [each for each in speakers.mentions if outer.start <= each.span.start < quotation.start]
    says = inside and re.match(r"\s+(?:said|says|told me|goes|yells|yelled|sagte?)\b", text.body[inside[-1].span.end :])
    if len(words_of(text, quotation).split()) > 1:
        yield Quoted((quotation,), inside[-1].owner if says else UNKNOWN, via)


def _joined(text: ArticleText, found: list[Quoted]) -> list[Quoted]:
    """The quotes, with the parts of each that the article interrupts put together."""
    kept: list[Quoted] = []
    for each in found:
        last = next((other for other in reversed(kept) if other.via is None), None)
        goes_on = last and each.via is None and last.speaker == each.speaker
        if last and goes_on and _goes_on(text, last.parts[-1], each.start):
            kept[kept.index(last)] = replace(last, parts=(*last.parts, *each.parts))
        else:
            kept.append(each)
    return kept


def _goes_on(text: ArticleText, first: Span, second: Span) -> bool:
    is_behind = first.paragraph == second.paragraph and first.end < second.start
    return is_behind and bool(_INTERRUPTED.fullmatch(text.body, first.end, second.start))
