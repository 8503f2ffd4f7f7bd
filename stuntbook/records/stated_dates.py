"""What a text states of a date, and what follows from the day on which its article was published."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from babel import UnknownLocaleError
from babel.dates import get_month_names

from stuntbook.records.dates import EdtfDate, parse_edtf
from stuntbook.text.numerals import numbers_in, numerals

_UNIT = r"(year|month|jahr|monat)"
_LAST = re.compile(rf"\b(?:last|past|previous|letzte[mnrs]?|vorige[mnrs]?|vergangene[mnrs]?) {_UNIT}\b", re.IGNORECASE)
_THIS = re.compile(rf"\b(?:(?:earlier |later )?this|diese[mnrs]?) {_UNIT}\b", re.IGNORECASE)
_AGO = re.compile(r"[\s-]*(year|month|day)s? ago\b|[\s-]*(jahr|monat|tag)e?n?\b", re.IGNORECASE)
_GERMAN_AGO = re.compile(r"\bvor\s+$", re.IGNORECASE)
_ONE_AGO = re.compile(r"\b(?:an? (year|month|day) ago|vor eine[mnr] (jahr|monat|tag))\b", re.IGNORECASE)
_DAYS = {"yesterday": 1, "gestern": 1, "today": 0, "heute": 0}
_DAY_WORD = re.compile(rf"\b({'|'.join(_DAYS)})\b", re.IGNORECASE)
_ENGLISH = {"jahr": "year", "monat": "month", "tag": "day"}
_NUMERIC_MONTH = re.compile(r"\b\d{4}-(\d{2})\b|\b\d{1,2}[./](\d{1,2})[./]\d{2,4}\b|(\d{1,2})月")
_NUMERIC_DATE = re.compile(r"\d{4}年|\d{1,2}月")
"""Dates that are read in figures alone, in Chinese and Japanese."""
_SEASONS = {
    "spring": r"spring|springtime|frühling|frühjahr",
    "summer": r"summer|sommer",
    "autumn": r"autumn|fall|herbst",
    "winter": r"winter",
}

_Known = tuple[int, int | None, int | None]
"""A year, and a month and a day as far as they are known."""


def missing_part(when: str, words: str, language: str, published: str | None) -> str:
    """`year`, `month`, `day` or `season` where words neither state that part of a date nor let it be worked out.

    `published` is the day of their article; without one, nothing can be worked out. Dates are in EDTF.
    """
    sought = parse_edtf(when)
    worked_out = list(_worked_out(words, parse_edtf(published), language)) if published else []
    numbers = set(numbers_in(words, language))
    if sought.year and sought.year not in numbers | {year for year, *_ in worked_out}:
        return "year"
    if sought.season and not re.search(rf"\b(?:{_SEASONS[sought.season]})\w{{0,2}}\b", words, re.IGNORECASE):
        return "season"
    if sought.month and sought.month not in _months_in(words, language.partition("-")[0]) | {
        month for _, month, _ in worked_out
    }:
        return "month"
    ordinals = {int(number) for number in re.findall(r"\b(\d{1,2})(?:st|nd|rd|th|\.)", words)}
    days = numbers | ordinals | {day for *_, day in worked_out}
    return "day" if sought.day and sought.day not in days else ""


def is_worked_out(when: str, words: str, language: str, published: str | None) -> bool:
    """Whether words state a date only together with the day on which their article was published."""
    if not published or not missing_part(when, words, language, None):
        return False
    return not missing_part(when, words, language, published)


def reads_dates_of(words: str) -> bool:
    """Whether words in Chinese or Japanese hold a date in figures, which can be read without knowing the language."""
    return bool(_NUMERIC_DATE.search(words))


def _worked_out(words: str, published: EdtfDate, language: str) -> Iterator[_Known]:
    """The dates of which relative words speak in an article of that date."""
    if not published.year or published.mark:
        return
    for unit, count in _relative(words, language):
        if unit == "year":
            yield published.year - count, None, None
        elif published.month and unit == "month":
            years, month = divmod(12 * published.year + published.month - 1 - count, 12)
            yield years, month + 1, None
        elif published.month and published.day:
            day = date(published.year, published.month, published.day) - timedelta(days=count)
            yield day.year, day.month, day.day


def _relative(words: str, language: str) -> Iterator[tuple[str, int]]:
    """How far back words go: `last month`, `two years ago`, `yesterday`."""
    for pattern, count in ((_LAST, 1), (_THIS, 0), (_ONE_AGO, 1)):
        for match in pattern.finditer(words):
            unit = next(filter(None, match.groups())).lower()
            yield _ENGLISH.get(unit, unit), count
    for match in _DAY_WORD.finditer(words):
        yield "day", _DAYS[match[1].lower()]
    if " ago" in words or "vor " in words.lower():
        for numeral in numerals(words, language):
            ago = _AGO.match(words, numeral.end)
            is_ago = ago and (ago[1] or _GERMAN_AGO.search(words, 0, numeral.start))
            if ago and is_ago and isinstance(numeral.value, int) and numeral.value < 1_000:
                unit = (ago[1] or ago[2]).lower()
                yield _ENGLISH.get(unit, unit), numeral.value


def _months_in(words: str, language: str) -> set[int]:
    """The months that a text names, by their names, their short names or in a numeric date."""
    names = _month_names(language)
    named = {names[word] for word in re.findall(r"[^\W\d_]+", words.casefold()) if word in names}
    return named | {int("".join(groups)) for groups in _NUMERIC_MONTH.findall(words)}


@cache
def _month_names(language: str) -> Mapping[str, int]:
    """The months by their names and short names; none of a language that CLDR does not have."""
    try:
        names = [get_month_names(width, locale=language) for width in ("wide", "abbreviated")]
    except UnknownLocaleError:
        return {}
    return {name.removesuffix(".").casefold(): number for each in names for number, name in each.items()}
