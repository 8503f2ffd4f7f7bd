"""What a text states as an amount: a number, the unit that stands with it, and the limit that the words put to it.

Words for limits are known in English and German, and most words for units; of other languages CLDR names the units.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from stuntbook.records.quantities import LIMITS, Limit, Unit, dimension, in_base
from stuntbook.records.unit_names import unit_names
from stuntbook.text.numerals import Number, Numeral, knows_number_words, numerals
from stuntbook.text.ordinals import ordinals

_AFTER_DIGIT = r"(?<=\d)"
_SYMBOLS: Mapping[Unit, str] = {
    "ft": r"ft\.?|feet|foot|['′’]",
    "in": rf"in\.|{_AFTER_DIGIT}in|inch(?:es)?|[\"″”]",
    "yd": r"yds?\.?|yards?",
    "cm": r"cm|centimet(?:er|re)s?",
    "m": r"m|met(?:er|re)s?",
    "mi": r"mi\.?|miles?",
    "km": r"km|kilomet(?:er|re)s?",
    "mph": r"mph|miles?[\s-](?:an|per|a)[\s-]hour|miles?/h(?:our)?",
    "km/h": r"km/h|kmh|kph|kilomet(?:er|re)s?[\s-](?:an|per|a)[\s-]hour",
    "kn": r"kn|kts?|knots?",
    "s": r"s|secs?\.?|seconds?",
    "min": r"min\.?|mins\.?|minutes?",
    "h": r"h|hrs?\.?|hours?",
    "day": r"days?",
    "week": r"weeks?",
    "month": r"months?",
    "year": r"years?",
    "lb": r"lbs?\.?|pounds?",
    "st": r"st|stones?",
    "kg": r"kg|kgs|kilos?|kilogram(?:me)?s?",
    "t": r"t|tons?|tonnes?",
}
_GERMAN: Mapping[Unit, str] = {
    "ft": r"Fuß",
    "in": r"Zoll",
    "cm": r"Zentimetern?",
    "m": r"Metern?",
    "mi": r"Meilen?",
    "km": r"Kilometern?",
    "km/h": r"Stundenkilometern?|Kilometern? (?:pro|in der) Stunde",
    "mph": r"Meilen? (?:pro|in der) Stunde",
    "s": r"Sekunden?",
    "min": r"Minuten?",
    "h": r"Stunden?",
    "day": r"Tage?n?",
    "week": r"Wochen?",
    "month": r"Monate?n?",
    "year": r"Jahre?n?",
    "kg": r"Kilo(?:gramm)?s?",
    "t": r"Tonnen?",
}
_LIMITS: Mapping[Limit, str] = {
    "about": r"about|around|roughly|approximately|approx\.?|some|circa|ca\.?|etwa|rund|ungefähr|zirka",
    "almost": r"almost|nearly|close to|just short of|fast|beinahe|knapp",
    "at least": r"at least|no fewer than|no less than|not less than|a minimum of|mindestens|wenigstens",
    "at most": r"at most|up to|no more than|not more than|a maximum of|as (?:many|much|high|fast) as|bis zu|höchstens",
    "more than": r"just over|more than|upwards of|in excess of|well over|greater than|mehr als",
    "less than": r"less than|fewer than|just under|well under|weniger als",
}
_HINTS: Mapping[Limit, str] = {
    "more than": r"over|above|beyond|über",
    "less than": r"under|below|unter",
    "at most": r"within|binnen",
}
"""What is a limit in one sentence and a place or a time in the next."""
_BETWEEN = re.compile(r"\s*(?:,|to|or|and|bis|oder|und|-|–|—)(?:\s*(?:to|or|and))?\s*", re.IGNORECASE)
"""What stands between the numbers of a range or of a choice, of which only the last has its unit."""
_AND_A_HALF = re.compile(r"\s+and a half\b|半")
_ARTICLE = re.compile(r"(?<!\bof )\b(half\s+)?(?:an?|ein(?:e[mnrs]?)?)(?=\s)", re.IGNORECASE)
_VAGUE = re.compile(r"\s+(?:couple|dozen|few|half|hundred|lot|million|quarter|third|thousand)\b", re.IGNORECASE)
"""Behind an article, what makes it no number: `a few years`."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount where a text states it."""

    value: Number
    units: frozenset[Unit]
    """Those that the words behind it can stand for: several where a symbol has two meanings, none where none stands."""
    limit: Limit | None
    is_limit_sure: bool
    """Whether the words say so plainly; of `over` and the like it can't be told whether they limit at all."""
    is_ordinal: bool = False
    """Whether it is a place in an order, and no number of anything."""


@lru_cache(maxsize=10_000)  # several rules look at the same passage
def amounts_in(text: str, language: str = "en") -> tuple[Amount, ...]:
    """Every amount of a text, in order, and those that it states without a number: `an entire year`."""
    places = (
        Amount(each.numeral.value, frozenset(), None, True, not each.is_count) for each in ordinals(text, language)
    )
    counted = _counted(text, numerals(text, language), language)
    return (*counted, *_articles(text, language), *places)


def _counted(text: str, found: Sequence[Numeral], language: str) -> Iterator[Amount]:
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
            yield _amount(text, value, numeral.start, units)


def _units_behind(text: str, found: Sequence[Numeral], language: str) -> list[tuple[frozenset[Unit], int]]:
    """The units of each numeral, and where they end: what stands behind it, or behind the next one of its range."""
    behind: list[tuple[frozenset[Unit], int]] = []
    # From the last one on, because each may have those of the one behind it.
    for index in reversed(range(len(found))):
        units, end = _units_at(text, found[index].end, language)
        if not units and behind and _BETWEEN.fullmatch(text, found[index].end, found[index + 1].start):
            units, end = behind[-1]
        behind.append((units, end))
    return behind[::-1]


def _units_at(text: str, position: int, language: str) -> tuple[frozenset[Unit], int]:
    """The units that what stands behind a number can mean, and where it ends."""
    match = _unit_pattern(language).match(text, position)
    units = _units_called(match["unit"], language) if match else frozenset[Unit]()
    # "four hours a day" is a time and a rate.
    rate = _PER_DAY.match(text, position) if knows_words_of(language) else None
    end = max(each.end() if each else position for each in (match, None if units else rate))
    return (units | {"per day"} if rate else units), end


@cache
def _forms(language: str) -> Mapping[Unit, str]:
    """What a language calls each unit, as patterns; longer names that begin like others come first."""
    if not knows_words_of(language):
        return unit_names(language)
    forms = {unit: "|".join(filter(None, (form, _GERMAN.get(unit)))) for unit, form in _SYMBOLS.items()}
    return dict(sorted(forms.items(), key=lambda each: each[0] not in ("mph", "km/h")))


@cache
def _unit_pattern(language: str) -> re.Pattern[str]:
    """What stands directly behind a number where a unit does; an adjective or two may stand between."""
    adjectives = r"[\s-]+(?:[^\W\d_]{3,30}[\s-]+){1,2}?" if knows_words_of(language) else ""
    forms = "|".join(_forms(language).values()) or r"(?!)"
    end = r"(?:(?<=['′’\"″”])|(?!\w))" if knows_words_of(language) else r"(?![a-z])"
    return re.compile(rf"(?:\s+of\s+an?)?(?:[\s-]*|{adjectives})(?P<unit>{forms}){end}", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def _units_called(name: str, language: str) -> frozenset[Unit]:
    return frozenset(
        unit
        for unit, form in _forms(language).items()
        if re.fullmatch(form.replace(_AFTER_DIGIT, ""), name, re.IGNORECASE)
    )


_PER_DAY = re.compile(r"(?:[\s-]+[^\W\d_]+)?\s+(?:(?:per|a|each|every)\s+day|(?:pro|am|jeden)\s+Tag)\b", re.IGNORECASE)


def _articles(text: str, language: str) -> Iterator[Amount]:
    """`a year`, `half an hour`, `a minute and a half`: one of a unit, or half of one, where no number stands."""
    for match in _ARTICLE.finditer(text) if knows_words_of(language) else ():
        units, end = _units_at(text, match.end(), language)
        if units and not _VAGUE.match(text, match.end()):
            value = (0.5 if match[1] else 1) + (0.5 if _AND_A_HALF.match(text, end) else 0)
            yield _amount(text, value, match.start(), units)


def _amount(text: str, value: Number, start: int, units: frozenset[Unit]) -> Amount:
    before = text[max(0, start - 40) : start]
    for patterns, is_sure in ((_limit_patterns(), True), (_hint_patterns(), False)):
        if limit := next((limit for limit, pattern in patterns.items() if pattern.search(before)), None):
            return Amount(value, units, limit, is_sure)
    return Amount(value, units, None, True)


@cache
def _limit_patterns() -> Mapping[Limit, re.Pattern[str]]:
    """What ends right before a number where its limit does."""
    return {limit: re.compile(rf"\b(?:{_LIMITS[limit]})\s*[$€£]?$", re.IGNORECASE) for limit in LIMITS}


@cache
def _hint_patterns() -> Mapping[Limit, re.Pattern[str]]:
    return {limit: re.compile(rf"\b(?:{words})\s*[$€£]?$", re.IGNORECASE) for limit, words in _HINTS.items()}


def states_amount(text: str, value: Number, unit: Unit | None, language: str) -> bool:
    """Whether the text states the number with its unit, as far as it can be told in its language."""
    here = [each for each in amounts_in(text, language) if not each.is_ordinal]
    amounts = [each for each in here if each.value == value]
    if not amounts:
        return not here and may_be_in_words(value, language)
    # Where a unit is not known by its words, only another one tells that it is not there.
    return unit is None or any(unit in each.units or not (each.units or knows_words_of(language)) for each in amounts)


def may_be_in_words(value: Number, language: str) -> bool:
    """Whether a text may state a number in words that are not known in its language."""
    return value <= _MOST_IN_WORDS and not knows_number_words(language)


_MOST_IN_WORDS = 100


def knows_words_of(language: str) -> bool:
    """Whether the words for units and limits in a language (BCP 47) are known."""
    return language.partition("-")[0] in ("en", "de")


def allows_limit(text: str, value: Number, unit: Unit | None, limit: Limit | None, language: str) -> bool:
    """Whether the text puts the amount under that limit, or does not say clearly that it puts it under another."""
    if not knows_words_of(language):
        return True
    amounts = [each for each in amounts_in(text, language) if each.value == value and (not unit or unit in each.units)]
    amounts = [each for each in amounts if not each.is_ordinal]
    allowed = {other for each in amounts for other in (each.limit, None if not each.is_limit_sure else each.limit)}
    return not amounts or limit in allowed or (limit == "less than" and "almost" in allowed)


def comes_to(stated: Amount, told: Amount) -> bool:
    """Whether one amount is the other: the same number of its unit, or converted and rounded as it is told."""
    if not stated.units or not told.units:
        return stated.value == told.value
    if stated.units & told.units and (stated.value == told.value or told.limit is None):
        return stated.value == told.value
    return any(
        _is_rounded(in_base(stated.value, one), in_base(told.value, other), told.value)
        for one in stated.units
        for other in told.units
        if dimension(one) == dimension(other) != ""
    )


_FURTHEST = 0.1
"""By so much of itself a number may be rounded: 3 km for 2 miles, and not 2 minutes for 90 seconds."""


def _is_rounded(exact: float, told: float, number: Number) -> bool:
    """Whether a number is the exact one, or that to the digits with which it is told."""
    step = 0.5 * abs(told) / max(abs(number), 1e-9) * _last_digit(number)
    return abs(exact - told) <= min(step, _FURTHEST * abs(exact)) + 1e-9 * abs(told)


def _last_digit(number: Number) -> float:
    """What the last digit that a number is told with counts: 10 for 180, 1 for 55, 0.1 for 7.6; at most a hundredth."""
    step = 1.0
    while number == int(number) and number % (step * 10) == 0 and step * 100 <= number:
        step *= 10
    return step if number == int(number) else 10.0 ** -len(f"{number:g}".partition(".")[2])


_UP, _DOWN = ("at least", "more than"), ("at most", "less than", "almost")


def agree(stated: Amount, told: Amount) -> bool:
    """Whether an amount is told under a limit that does not go against the one under which it is stated."""
    if stated.limit is None or told.limit is None:
        return True
    if "about" in (stated.limit, told.limit):
        return told.limit not in (*_UP, *_DOWN)
    return (stated.limit in _UP) == (told.limit in _UP)
