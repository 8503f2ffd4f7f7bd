"""Judgements about dates: each part of one stands in the words, or follows from when they were published."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from babel import UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from stuntbook.diagnostics import Diagnostic
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.resolution import Passage, Source
from stuntbook.knowledge.statements import Statement
from stuntbook.records.amounts import knows_words_of
from stuntbook.records.dates import EdtfDate, parse_edtf
from stuntbook.records.model import AnyRecord
from stuntbook.text.numerals import numbers_in
from stuntbook.text.ordinals import ordinals

_NUMERIC_DATE = re.compile(r"\d{4}年|\d{1,2}月")
"""Dates that are read in figures alone, in Chinese and Japanese."""


def dates_stand_in_the_passages(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Each part of a date stands in the words, or follows from the day on which the article was published."""
    for statement in knowledge.statements_of(record):
        when: str | None = vars(statement.value).get("when")
        for source, passages in by_source(knowledge, statement) if when else ():
            assert when
            words = " ".join(each.text for each in passages)
            missing = _missing_part(parse_edtf(when), words, source)
            if missing and (knows_words_of(source.article.language) or _NUMERIC_DATE.search(words)):
                message = f"these words do not state the {missing} of this date"
                advice = f"cite the words that hold it, or write X for the digits of the {missing}"
                yield Finding(statement, Diagnostic(passages[0].location, "date-not-cited", message, advice))


def by_source(knowledge: KnowledgeBase, statement: Statement) -> Iterator[tuple[Source, list[Passage]]]:
    """The articles that a statement cites, each with its passages."""
    ordered = sorted(statement.passages, key=lambda passage: passage.source)
    for source, passages in groupby(ordered, key=lambda passage: passage.source):
        yield knowledge.sources[source], list(passages)


def _missing_part(when: EdtfDate, words: str, source: Source) -> str:
    """`year`, `month` or `day` where the words neither state that part of a date nor let it be worked out."""
    language, worked_out = source.article.language, worked_out_date(words, source)
    numbers = set(numbers_in(words, language))
    if when.year and when.year not in numbers | {worked_out.year}:
        return "year"
    if when.month and when.month not in months_in(words, source.article.main_language) | {worked_out.month}:
        return "month"
    days = {each.numeral.value for each in ordinals(words, language)} | set(map(int, _DAY.findall(words)))
    return "day" if when.day and when.day not in numbers | days | {worked_out.day} else ""


_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|\.)")


# --- Relative dates


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The parts of a date that follow from relative words and the day on which they were published."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


_PERIODS = {"year": "year", "jahr": "year", "month": "month", "monat": "month", "week": "week", "woche": "week"}
_PERIOD = "(?P<period>month|year|week|Monat|Jahr|Woche)"
_SHIFTS = (
    (-1, re.compile(rf"\b(?:last|past|previous|letzte[nrsm]?|vorige[nrsm]?|vergangene[nrsm]?) {_PERIOD}\b", re.I)),
    (1, re.compile(rf"\b(?:next|nächste[nrsm]?|kommende[nrsm]?) {_PERIOD}\b", re.I)),
    (0, re.compile(rf"\b(?:(?:earlier |later )?this|diese[nrsm]?) {_PERIOD}\b", re.I)),
)
"""By how many of its periods each kind of relative words moves from the date of publication."""
_AGO = re.compile(r"\b(?P<period>day|week|month|year)s?\s+(?:ago|earlier)\b", re.IGNORECASE)
_DAYS = {"yesterday": 1, "gestern": 1, "vorgestern": 2, "today": 0, "heute": 0, "tonight": 0}
_DAY_WORD = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b", re.IGNORECASE)


def worked_out_date(words: str, source: Source) -> WorkedOut:
    """What relative words such as `last month` say in an article of a known date."""
    published = parse_edtf(source.article.published) if source.article.published else None
    if not published or not published.year:
        return WorkedOut()
    for shift, pattern in _SHIFTS:
        if match := pattern.search(words):
            return _shifted(published, _PERIODS[match["period"].lower()], shift)
    if match := _AGO.search(words):
        before = words[: match.start()].rstrip()
        numbers = list(numbers_in(before[-20:], source.article.language))
        number = (
            numbers[-1] if numbers else 1 if before.lower().endswith((" a", " one")) or before.lower() == "a" else 0
        )
        return _shifted(published, match["period"].lower(), -int(number)) if number else WorkedOut()
    if match := _DAY_WORD.search(words):
        return _shifted(published, "day", -_DAYS[match[0].lower()])
    return WorkedOut()


def _shifted(published: EdtfDate, period: str, by: int) -> WorkedOut:
    year, month, day = published.year, published.month, published.day
    assert year
    if period == "year":
        return WorkedOut(year + by)
    if not month:
        return WorkedOut()
    if period == "month":
        months = 12 * year + month - 1 + by
        return WorkedOut(months // 12, months % 12 + 1)
    if not day:
        return WorkedOut()
    on = date(year, month, day) + timedelta(days=by * (7 if period == "week" else 1))
    if period == "day":
        return WorkedOut(on.year, on.month, on.day)
    begins, ends = (on + timedelta(days=days) for days in (-on.weekday(), 6 - on.weekday()))
    year = begins.year if begins.year == ends.year else None
    return WorkedOut(year, begins.month if begins.month == ends.month else None)


# --- Names of months and days

_NUMERIC_MONTH = re.compile(r"\b\d{4}-(\d{2})\b|\b\d{1,2}[./](\d{1,2})[./]\d{2,4}\b|(\d{1,2})月")
_LETTERS = re.compile(r"[^\W\d_]+")


def months_in(words: str, language: str) -> set[int]:
    """The months that a text names, by their names, their short names or in a numeric date."""
    names = _month_names(language)
    named = {names[word] for word in _LETTERS.findall(words.casefold()) if word in names}
    return named | {int("".join(groups)) for groups in _NUMERIC_MONTH.findall(words)}


@cache
def _month_names(language: str) -> Mapping[str, int]:
    """The months by their names and short names; none of a language that CLDR does not have."""
    try:
        names = [get_month_names(width, locale=language) for width in ("wide", "abbreviated")]
    except UnknownLocaleError:
        return {}
    return {name.removesuffix(".").casefold(): number for each in names for number, name in each.items()}


@cache
def _day_names(language: str) -> Mapping[str, int]:
    try:
        return {name.casefold(): number for number, name in get_day_names("wide", locale=language).items()}
    except UnknownLocaleError:
        return {}


def days_in(words: str, language: str) -> set[int]:
    """The days of the week that a text names."""
    folded = words.casefold()
    return {number for name, number in _day_names(language).items() if name in folded}


def english_month_or_day(word: str) -> tuple[str, int] | None:
    """What an English name of a month or a day of the week stands for: `("month", 3)`."""
    for what, names in (("month", _month_names("en")), ("day", _day_names("en"))):
        if number := names.get(word.casefold(), -1) + 1:
            return what, number - 1
    return None
