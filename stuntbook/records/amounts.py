"""What a text states as an amount: a number, its unit or currency, the range that it ends, and the limit of the words.

Words for limits are known in English and German, and most words for units; of other languages CLDR names the units.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from stuntbook.records.currencies import currencies_before
from stuntbook.records.limits import limit_of
from stuntbook.records.quantities import Limit, Range, dimension, ends, in_base, size_of
from stuntbook.records.unit_names import knows_words_of, units_behind
from stuntbook.text.numerals import Number, Numeral, knows_number_words, numerals
from stuntbook.text.ordinals import ordinals

_BETWEEN = re.compile(r"\s*(?:,|to|or|and|bis|oder|und|-|–|—)(?:\s*(?:to|or|and))?\s*", re.IGNORECASE)
"""What stands between the numbers of a range or of a choice, of which only the last has its unit."""
_TO = re.compile(r"\s*(?:to|up to|bis|bis zu|[-–—‐‑−〜～])\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|und)\s*", re.IGNORECASE)
_OR = re.compile(r"\s*(?:(?P<comma>,)|or|oder)\s*", re.IGNORECASE)
_BEFORE_AND = re.compile(r"\b(?:between|zwischen)\s+(?:(?:about|around|roughly|some|etwa|rund)\s+)?$", re.IGNORECASE)
_RISEN = re.compile(
    r"\b(?:rose|rises?|risen|rais\w+|grew|grow\w*|increas\w+|accelerat\w+|went|gone|moved|changed|stieg\w*|gestiegen|"
    r"erhöht\w*)\b[^.,;]{0,30}\b(?:from|von)\s+$",
    re.IGNORECASE,
)
"""What stands before two numbers of which one followed the other: no range, in which the number lies."""
_TEMPERATURES = frozenset({"°C", "°F", "K"})
_MINUS = re.compile(r"(?:\bminus |(?<![\d\w])[-−–])$", re.IGNORECASE)
_BELOW_ZERO = re.compile(r"\s*(?:below (?:zero|freezing)|unter (?:null|dem gefrierpunkt)|minus)\b", re.IGNORECASE)
_SCALES: Mapping[str, int] = {
    r"thousand|tausend|k": 1_000,
    r"million|millionen|m|mn|mio|万": 1_000_000,
    r"billion|milliarden?|bn": 1_000_000_000,
}
_FURTHEST_APART = 20
"""So many characters stand at most between the two numbers of a range."""
_AND_A_HALF = re.compile(r"\s+and a half\b|半")
_ARTICLE = re.compile(
    r"(?<!\bof )\b(?P<before>half\s+)?(?:an?|ein(?:e[mnrs]?)?)(?P<part>\s+(?:half|quarter)(?=[\s-](?!of\b)))?(?=[\s-])",
    re.IGNORECASE,
)
_PARTS = {"half": 0.5, "quarter": 0.25}
_VAGUE = re.compile(r"\s+(?:couple|dozen|few|half|hundred|lot|million|quarter|third|thousand)\b", re.IGNORECASE)
"""Behind an article, what makes it no number: `a few years`."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount where a text states it."""

    value: Number
    units: frozenset[str]
    """Those that the words around it can stand for: several where a symbol has two meanings, none where none stands."""
    limit: Limit | None
    is_limit_sure: bool
    """Whether the words say so plainly; of `over` and the like it can't be told whether they limit at all."""
    is_ordinal: bool = False
    """Whether it is a place in an order, and no number of anything."""
    range: tuple[Number, Number] | None = None
    """The range that it is an end of."""
    is_range_sure: bool = False
    """Whether the words say so plainly: two numbers in a row may be a range, and may be none."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with its unit where a text states it."""

    value: Number
    start: int
    """Where it begins, with a sign that stands before it."""
    number_end: int
    end: int
    """Where it ends, with the unit that stands behind it."""
    units: frozenset[str]
    has_own_unit: bool
    """Whether the unit stands with it, and not with the next number alone."""
    written: str

    @property
    def scale(self) -> int:
        """The thousand or million that is a part of the number as it is written; 1 without one."""
        return next((scale for words, scale in _scales().items() if words.search(self.written)), 1)


@dataclass(frozen=True, slots=True)
class _Ends:
    """Two numbers that are the ends of a range."""

    first: _Found
    second: _Found
    low: Number
    """The first number, in the thousands or millions of the second."""
    is_sure: bool

    @property
    def units(self) -> frozenset[str]:
        return self.second.units or self.first.units


@lru_cache(maxsize=10_000)  # several rules look at the same passage
def amounts_in(text: str, language: str = "en") -> tuple[Amount, ...]:
    """Every amount of a text, in order, and those that it states without a number: `an entire year`."""
    found = list(_counted(text, numerals(text, language), language))
    ranges = {each: ends for pair in pairwise(found) if (ends := _range_of(text, *pair)) for each in pair}
    counted = (_in_range(text, each, ranges.get(each)) for each in found)
    places = (
        Amount(each.numeral.value, frozenset(), None, True, not each.is_count) for each in ordinals(text, language)
    )
    return (*counted, *_articles(text, language), *places)


def _in_range(text: str, found: _Found, ends: _Ends | None) -> Amount:
    if not ends:
        return Amount(found.value, found.units, *limit_of(text, found.start, found.number_end, found.end))
    value = ends.low if found is ends.first else found.value
    limit = limit_of(text, ends.first.start, ends.second.number_end, ends.second.end)
    amount = Amount(value, ends.units, *limit)
    return replace(amount, range=(ends.low, ends.second.value), is_range_sure=ends.is_sure)


def _counted(text: str, found: Sequence[Numeral], language: str) -> Iterator[_Found]:
    inches_of = -1
    behind = _units_behind(text, found, language)
    for index, numeral in enumerate(found):
        units, end = behind[index]
        value = numeral.value + (0.5 if units and _AND_A_HALF.match(text, end) else 0)
        follows = found[index + 1] if index + 1 < len(found) else None
        follows_at_once = follows and units == {"ft"} and not text[end : follows.start].strip(" ,-")
        if follows and follows_at_once and "in" in behind[index + 1][0]:
            value, units, inches_of = 12 * value + follows.value, frozenset({"in"}), index + 1
        if index != inches_of:
            money, start = currencies_before(text, numeral.start, language)
            value = -value if units and units <= _TEMPERATURES and _is_below_zero(text, numeral.start, end) else value
            is_own = not follows or end <= follows.start
            yield _Found(
                value=value,
                start=start,
                number_end=numeral.end,
                end=end if is_own else numeral.end,
                units=money or units,
                has_own_unit=bool(money or (units and is_own)),
                written=text[numeral.start : numeral.end],
            )


def _units_behind(text: str, found: Sequence[Numeral], language: str) -> list[tuple[frozenset[str], int]]:
    """The units of each numeral, and where they end: what stands behind it, or behind the next one of its range."""
    behind: list[tuple[frozenset[str], int]] = []
    # From the last one on, because each may have those of the one behind it.
    for index in reversed(range(len(found))):
        units, end = units_behind(text, found[index].end, language)
        if not units and behind and _BETWEEN.fullmatch(text, found[index].end, found[index + 1].start):
            units, end = behind[-1]
        behind.append((units, end))
    return behind[::-1]


@cache
def _scales() -> Mapping[re.Pattern[str], int]:
    return {re.compile(rf"(?:{words})$", re.IGNORECASE): scale for words, scale in _SCALES.items()}


def _is_below_zero(text: str, start: int, end: int) -> bool:
    before, behind = text[max(0, start - 8) : start], text[end : end + 30]
    return bool(_MINUS.search(before) or _BELOW_ZERO.match(behind))


def _range_of(text: str, first: _Found, second: _Found) -> _Ends | None:
    """The range that two numbers in a row are the ends of."""
    between = text[first.end : second.start]
    if len(between) > _FURTHEST_APART:
        return None
    low = first.value * (second.scale if first.scale == 1 and first.value < second.value / second.scale else 1)
    is_same_unit = not (first.units and second.units) or first.units & second.units
    if low >= second.value or not is_same_unit:
        return None
    before = text[max(0, first.start - 60) : first.start]
    if _TO.fullmatch(between):
        return None if _RISEN.search(before) else _Ends(first, second, low, True)
    if _AND.fullmatch(between) and _BEFORE_AND.search(before):
        return _Ends(first, second, low, True)
    # "75, 80 miles an hour": the unit stands behind the second alone.
    is_hint = second.has_own_unit and not first.has_own_unit and _OR.fullmatch(between)
    return _Ends(first, second, low, not is_hint["comma"]) if is_hint else None


def _articles(text: str, language: str) -> Iterator[Amount]:
    """`a year`, `half an hour`, `a minute and a half`: one of a unit, or half of one, where no number stands."""
    for match in _ARTICLE.finditer(text) if knows_words_of(language) else ():
        units, end = units_behind(text, match.end(), language)
        if units and not _VAGUE.match(text, match.end()):
            part = (match["before"] or match["part"] or "").strip(" -").lower()
            value = _PARTS.get(part, 1) + (0.5 if _AND_A_HALF.match(text, end) else 0)
            yield Amount(value, units, *limit_of(text, match.start(), match.end(), end))


def states_amount(text: str, value: Number | Range, unit: str | None, language: str) -> bool:
    """Whether the text states the number with its unit, or the range with both its ends.

    In a language whose words are not known it does so as far as it can be told.
    """
    here = [each for each in amounts_in(text, language) if not each.is_ordinal]
    amounts = [each for each in here if _is_of(each, value)]
    if isinstance(value, Range) and not knows_words_of(language):
        amounts = [each for each in here if each.value in ends(value)]
        amounts = amounts if {each.value for each in amounts} == {*ends(value)} else []
    if not amounts:
        return not here and may_be_in_words(ends(value)[1], language)
    # Where a unit is not known by its words, only another one tells that it is not there.
    return unit is None or any(unit in each.units or not (each.units or knows_words_of(language)) for each in amounts)


def may_be_in_words(value: Number, language: str) -> bool:
    """Whether a text may state a number in words that are not known in its language."""
    return value <= _MOST_IN_WORDS and not knows_number_words(language)


_MOST_IN_WORDS = 100


def _is_of(amount: Amount, value: Number | Range) -> bool:
    return amount.range == ends(value) if isinstance(value, Range) else amount.value == value


def allows_limit(text: str, value: Number | Range, unit: str | None, limit: Limit | None, language: str) -> bool:
    """Whether the text puts the amount under that limit, or does not say clearly that it puts it under another."""
    amounts = [each for each in amounts_in(text, language) if _is_of(each, value) and (not unit or unit in each.units)]
    limits = [
        _limits_of(each) if isinstance(value, Range) else _limits_alone(each) for each in amounts if not each.is_ordinal
    ]
    if not knows_words_of(language) and not (amounts and all(each.is_range_sure for each in amounts)):
        return True  # of other languages it is known only that a dash makes a range
    allowed = {each for several in limits for each in several}
    return not limits or limit in allowed or (limit == "less than" and "almost" in allowed)


def is_end_of_range(text: str, value: Number | Range, unit: str | None, language: str) -> bool:
    """Whether the text states the number as an end of a range alone."""
    amounts = [each for each in amounts_in(text, language) if each.value == value and (not unit or unit in each.units)]
    return bool(amounts) and all(each.range for each in amounts)


def _limits_of(amount: Amount) -> set[Limit | None]:
    return {amount.limit, amount.limit if amount.is_limit_sure else None}


def _limits_alone(amount: Amount) -> set[Limit | None]:
    """The limits under which an amount may be told by itself: of a range, only what is sure for each number in it."""
    if not amount.range:
        return _limits_of(amount)
    end: Limit = "at most" if amount.value == amount.range[1] else "at least"
    if amount.is_range_sure:
        return {end} if None in _limits_of(amount) else set()
    return {end, *_limits_of(amount)}


def comes_to(stated: Amount, told: Amount) -> bool:
    """Whether one amount is the other: the same number of its unit, or converted and rounded as it is told."""
    if not stated.units or not told.units:
        return stated.value == told.value
    if stated.units & told.units and (stated.value == told.value or told.limit is None):
        return stated.value == told.value
    return any(
        _is_rounded(in_base(stated.value, one), in_base(told.value, other), size_of(other) * _last_digit(told.value))
        for one in stated.units
        for other in told.units
        if dimension(one) == dimension(other) != ""
    )


_FURTHEST = 0.1
"""By so much of itself a number may be rounded: 3 km for 2 miles, and not 2 minutes for 90 seconds."""


def _is_rounded(exact: float, told: float, last_digit: float) -> bool:
    """Whether an amount is the exact one, or that to the last digit with which it is told."""
    return abs(exact - told) <= min(0.5 * last_digit, _FURTHEST * abs(exact)) + 1e-9 * abs(told)


def _last_digit(number: Number) -> float:
    """What the last digit that a number is told with counts: 10 for 180, 1 for 55, 0.1 for 7.6; at most a hundredth."""
    step, number = 1.0, abs(number)
    while number == int(number) and number % (step * 10) == 0 and step * 100 <= number:
        step *= 10
    return step if number == int(number) else 10.0 ** -len(f"{number:g}".partition(".")[2])


_UP, _DOWN = ("at least", "more than"), ("at most", "less than", "almost")


def agree(stated: Amount, told: Amount) -> bool:
    """Whether an amount is told under a limit that does not go against the one under which it is stated."""
    if stated.units and stated.is_range_sure and not told.range:
        return told.limit in _limits_alone(stated)
    if stated.limit is None or told.limit is None:
        return True
    if "about" in (stated.limit, told.limit):
        return told.limit not in (*_UP, *_DOWN)
    return (stated.limit in _UP) == (told.limit in _UP)
