"""The numbers in an article that make measures: each with its quantity, unit and limit, and the words that state it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from stuntbook.editing.suggestions.passages import words_of
from stuntbook.records.amounts import Amount, amounts_in
from stuntbook.records.quantities import PHYSICAL_UNITS, Limit, Quantity, units_of
from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.numerals import numerals

_ADJECTIVES = r"(?:[^\W\d_]+\s+){0,2}?"
_COUNTED: Mapping[Quantity, re.Pattern[str]] = {
    "cameras": re.compile(rf"\s+{_ADJECTIVES}(?:cameras?|Kameras?)\b"),
    "takes": re.compile(rf"\s+{_ADJECTIVES}(?:takes?|Takes?|Versuche?n?)\b"),
    "jumps": re.compile(rf"\s+{_ADJECTIVES}(?:jumps?|leaps?|Sprünge?n?)\b"),
    "rolls": re.compile(rf"\s+{_ADJECTIVES}(?:rolls?|Überschläge?n?)\b"),
    "falls": re.compile(rf"\s+{_ADJECTIVES}(?:falls?|Stürze?n?)\b"),
}
"""What stands behind a number that counts it."""
_TIMES = re.compile(r"\s+(?:times|Mal)\b")
_DONE: Mapping[Quantity, re.Pattern[str]] = {
    "jumps": re.compile(r"\b(?:jump(?:s|ed)?|leap(?:s|t|ed)?|sprang)\b", re.IGNORECASE),
    "rolls": re.compile(r"\b(?:roll(?:s|ed)?|überschlug)\b", re.IGNORECASE),
    "falls": re.compile(r"\b(?:f[ae]ll(?:s|en)?|stürzte)\b", re.IGNORECASE),
}
"""What was done so many times."""
_TIME: tuple[tuple[Quantity, re.Pattern[str]], ...] = (
    ("hospital stay", re.compile(r"\bhospital\b|\bKrankenhaus|\bKlinik", re.IGNORECASE)),
    (
        "training time",
        re.compile(r"\btrain|\brehears|\bpractis|\bpractic|\blearn|\btrainier|\bprobte|\bübte", re.IGNORECASE),
    ),
)
"""In this order: what a stretch of time is, by the words of its sentence."""
_TIME_OF: tuple[tuple[Quantity, re.Pattern[str]], ...] = (
    ("light", re.compile(r"\s+(?:of\s+)?(?:\w+\s+)?(?:light|Licht)\b")),
    ("action", re.compile(r"\s+(?:of\s+)?(?:\w+\s+)?(?:action|Aktion)\b")),
)
"""What it is by what stands behind it."""
_NEAR: tuple[tuple[Quantity, re.Pattern[str]], ...] = (
    ("height", re.compile(r"^\W*(?:high|tall|above|up|hoch)\b", re.IGNORECASE)),
    ("length", re.compile(r"^\W*(?:long|lang|of (?:rail|rope|cable|track|wire|chain))\b", re.IGNORECASE)),
    ("distance", re.compile(r"^\W*(?:away|apart|across|weit|over|from|in front)\b", re.IGNORECASE)),
)
"""By what stands behind the number and its unit."""
_FALLING = re.compile(r"\b(?:jump|leap|leapt|f[ae]ll|drop|sprang|sprung|stürz|fiel)", re.IGNORECASE)
_DEEP = re.compile(r"\W*(?:deep|tief|of water)\b", re.IGNORECASE)
_DEPTH_BEFORE = re.compile(r"\b(?:depth|Tiefe)\s+(?:of|von)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_IN_THE_AIR = re.compile(
    r"\b(?:plane|aeroplane|airplane|aircraft|biplane|helicopter|altitude|parachut\w*|skydiv\w*|HALO|Flugzeug|Flughöhe)",
    re.I,
)
_AT_A_HEIGHT = re.compile(r"\b(?:at|until|in)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_TRAVELLING = re.compile(r"\b(?:fl[ey]w|travell?ed|drove|ran|climbed|rolled|walked|fuhr|flog|lief)\b", re.IGNORECASE)
_LENGTHS = units_of("length")
_TIMES_OF_DAY = units_of("duration")
_UNITS = frozenset(PHYSICAL_UNITS)
_WITHOUT_NUMBER = frozenset({"min", "h", "day", "week", "month", "year"})
_FEW = 5
_REACH = 40
_BETWEEN = re.compile(r"\s*(?:,|to|or|bis|oder|-|–|—)(?:\s*(?:to|or))?\s*", re.IGNORECASE)
"""What stands between the numbers of a range or of a choice."""
_COUNTED_BEFORE = re.compile(r"\b(?:miles|feet|metres|meters|kilomet\w+|times|hours|minutes|days|Stunden|Mal)\s+$")
_COMPOUND = re.compile(r"-(?:second|minute|hour|day|week|month|year)\b")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Measured:
    """A number where an article states it."""

    quantity: Quantity
    value: str
    """As YAML has it: a number, or a range."""
    unit: str | None
    limit: Limit | None
    span: Span
    """The fewest words that state it, with its unit and limit."""

    @property
    def is_long(self) -> bool:
        """Whether it is a stretch of days or more."""
        return self.quantity == "duration" and self.unit in ("day", "week", "month", "year")


def measures_in(text: ArticleText, sentence: Span, language: str) -> Iterator[Measured]:
    """The measures of a sentence, in the order in which the amounts are found."""
    words = text.body[sentence.start : sentence.end]
    for amount in amounts_in(words, language):
        if amount.is_range_sure and amount.range and amount.value == amount.range[0]:
            continue  # its other end stands for both
        for unit in sorted(amount.units & _UNITS, key=lambda each: (each != "per day", each))[:1]:
            span = _fewest_words(text, sentence, amount, language)
            if _is_stated(text, span, amount, unit, language) and (quantity := _quantity(text, sentence, span, unit)):
                yield _measured(quantity, amount, unit, span)
    for numeral in numerals(words, language):
        behind = words[numeral.end :]
        quantity = next((each for each, noun in _COUNTED.items() if noun.match(behind)), None)
        if quantity is None and _TIMES.match(behind):
            quantity = next((each for each, done in _DONE.items() if done.search(words)), None)
        counted = [each for each in amounts_in(words, language) if each.value == numeral.value]
        if quantity and counted and not counted[0].units:
            noun = _COUNTED[quantity].match(behind) or _TIMES.match(behind)
            end = sentence.start + numeral.end + (noun.end() if noun else 0)
            yield _measured(quantity, counted[0], None, _from_limit(text, sentence, counted[0], end, language))


def _is_stated(text: ArticleText, span: Span, amount: Amount, unit: str, language: str) -> bool:
    """Whether words state one amount for sure: not `a foot`, `eight-hour days`, `five, six weeks`, `an hour`."""
    words, before = text.text(span), text.body[max(0, span.start - _REACH) : span.start]
    numbers = numerals(words, language)
    last = numerals(before, language)[-1:]
    is_unsure = any(_BETWEEN.fullmatch(words, one.end, other.start) for one, other in pairwise(numbers))
    is_unsure = is_unsure or any(_BETWEEN.fullmatch(before, each.end) for each in last)
    is_rate = not numbers and _COUNTED_BEFORE.search(before)
    return bool(numbers or unit in _WITHOUT_NUMBER) and not (
        (is_unsure and not amount.is_range_sure) or is_rate or _COMPOUND.search(words)
    )


def _measured(quantity: Quantity, amount: Amount, unit: str | None, span: Span) -> Measured:
    low, high = amount.range if amount.range and amount.is_range_sure else (None, None)
    value = f"{amount.value}" if low is None else f"{{from: {low}, to: {high}}}"
    return Measured(quantity, value, unit, amount.limit if amount.is_limit_sure else None, span)


def _fewest_words(text: ArticleText, sentence: Span, amount: Amount, language: str) -> Span:
    """The least of a sentence that still states an amount with its unit and limit."""
    words = list(_WORD.finditer(text.body, sentence.start, sentence.end))
    first, last = 0, len(words) - 1
    while first < last and _states(text.body[words[first + 1].start() : words[last].end()], amount, language):
        first += 1
    while first < last and _states(text.body[words[first].start() : words[last - 1].end()], amount, language):
        last -= 1
    return _trimmed(text, words[first].start(), words[last].end())


def _from_limit(text: ArticleText, sentence: Span, amount: Amount, end: int, language: str) -> Span:
    """The least of a sentence up to a place that still states a number with its limit."""
    words = list(_WORD.finditer(text.body, sentence.start, end))
    first = 0
    while first < len(words) - 2 and _states(text.body[words[first + 1].start() : end], amount, language):
        first += 1
    return _trimmed(text, words[first].start(), end)


def _states(words: str, amount: Amount, language: str) -> bool:
    return any(
        (each.value, each.range, each.units, each.limit) == (amount.value, amount.range, amount.units, amount.limit)
        for each in amounts_in(words, language)
    )


def _trimmed(text: ArticleText, start: int, end: int) -> Span:
    """A stretch without the marks around its words."""
    while end > start + 1 and text.body[end - 1] in ".,;:!?\"'”’“»)":
        end -= 1
    while start < end - 1 and text.body[start] in "\"'“‘„«(":
        start += 1
    return text.span(start, end)


def _quantity(text: ArticleText, sentence: Span, span: Span, unit: str) -> Quantity | None:
    """What an amount is of; None where its words do not tell."""
    words = _around(text, sentence)
    if unit == "per day":
        return "chances" if re.search(r"\b(?:chance|Chance|Versuch)", text.text(span)) else None
    if unit in units_of("speed"):
        return "speed"
    if unit in units_of("weight"):
        return "weight"
    if unit in _TIMES_OF_DAY:
        return _kind_of_time(words, text.body[span.end : sentence.end])
    return _kind_of_length(text, sentence, span) if unit in _LENGTHS else None


def _kind_of_time(words: str, behind: str) -> Quantity | None:
    if re.match(r"\s+(?:old|alt)\b", behind):
        return None  # an age, and it is not said of what
    of = next((each for each, sign in _TIME_OF if sign.match(behind)), None)
    return of or next((each for each, sign in _TIME if sign.search(words)), "duration")


def _around(text: ArticleText, sentence: Span) -> str:
    """The words of a sentence, and of its paragraph where they are few: `At 25,000 feet.`"""
    words = words_of(text, sentence)
    return words if len(words.split()) > _FEW else text.body[slice(*text.paragraph_bounds(sentence.paragraph))]


def _kind_of_length(text: ArticleText, sentence: Span, span: Span) -> Quantity:
    words, before = _around(text, sentence), text.body[sentence.start : span.start]
    behind = text.body[span.end : sentence.end]
    is_falling = _FALLING.search(words)
    if _IN_THE_AIR.search(words) and _AT_A_HEIGHT.search(before + " "):
        return "altitude"
    if _DEEP.match(behind) or _DEPTH_BEFORE.search(before):
        return "height" if is_falling and not re.search(r"\bdepth\b|water|Wasser", words) else "depth"
    if near := next((each for each, sign in _NEAR if sign.search(behind)), None):
        return near
    if is_falling or _TRAVELLING.search(words):
        return "height" if is_falling else "distance"
    return "length"
