"""What a text states of a date, and what follows from the day on which its article was published.

Relative words and seasons are read in English and German, names of months and days in every language of CLDR.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from babel import UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from stuntbook.records.dates import EdtfDate, parse_edtf
from stuntbook.text.numerals import numbers_in, numerals
from stuntbook.text.ordinals import ordinals


@dataclass(frozen=True, slots=True)
class StatedDate:
    """What belongs together of a date in a text, each part as far as it is given."""

    year: int | None = None
    month: int | None = None
    days: frozenset[int] = frozenset()
    """Several where a list of days shares a month."""
    season: str | None = None


def missing_part(when: str, words: str, language: str, published: str | None) -> str:
    """`year`, `decade`, `month`, `day` or `season` where words neither state that part of a date nor let it follow.

    `published` is the day of their article; without one, nothing can be worked out. Dates are in EDTF. Of languages
    other than English and German it is known only that a date in figures, or with the name of a month, is another one.
    """
    sought = parse_edtf(when)
    dates = (*stated_dates(words, language), *worked_out_dates(words, language, published))
    missing = _missing_part(sought, words, language, dates)
    if not missing or language.partition("-")[0] in _READ:
        return missing
    years = any(each.year for each in dates) or _YEAR.search(words)
    is_stated = {"month": any(each.month for each in dates), "day": any(each.days for each in dates)}
    return missing if is_stated.get(missing, missing == "year" and years) else ""


def _missing_part(sought: EdtfDate, words: str, language: str, dates: Collection[StatedDate]) -> str:
    # 2,031 is no year.
    found = (each for each in numerals(words, language) if not _SEPARATED.search(words, each.start, each.end))
    numbers = {each.value for each in found}
    if sought.year and sought.year not in numbers | {each.year for each in dates} | _short_years(words):
        return "year"
    if not sought.year and not _holds_decade(sought.text, numbers, words):
        return "decade"
    of_year = [each for each in dates if not sought.year or each.year in (None, sought.year)]
    if sought.season and not any(each.season == sought.season for each in of_year):
        return "season"
    of_month = [each for each in of_year if each.month and each.month == (sought.month or each.month)]
    if sought.month and not of_month:
        return "month"
    return "day" if sought.day and not _states_day(sought.day, words, language, of_month, dates) else ""


def _states_day(
    day: int, words: str, language: str, of_month: Collection[StatedDate], dates: Collection[StatedDate]
) -> bool:
    """Whether a day stands with its month, or by itself and with no other month."""
    if any(day in each.days for each in of_month):
        return True
    free = {each.numeral.value for each in ordinals(words, language)} | set(map(int, _ORDINAL.findall(words)))
    free |= {1} if _FIRST.search(words) else set()
    if not of_month or any(not each.days for each in of_month):
        free |= set(numbers_in(words, language))
    return day in free and not any(day in each.days for each in dates)


def is_worked_out(when: str, words: str, language: str, published: str | None) -> bool:
    """Whether words state a date only together with the day on which their article was published."""
    if not published or not missing_part(when, words, language, None):
        return False
    return not missing_part(when, words, language, published)


def states_about(when: str, words: str) -> bool | None:
    """Whether words give a date with "about" or as an end of a period alone; None where they don't state its year."""
    year = re.escape(when[:4].rstrip("X"))
    found = [*re.finditer(rf"(?<!\d){year}", words)]
    if not found:
        return None
    periods = [match.span() for match in _PERIOD_BETWEEN.finditer(words)]
    return all(
        _ABOUT.search(words, max(0, each.start() - 40), each.start())
        or any(start <= each.start() < end for start, end in periods)
        for each in found
    )


def mentions_vagueness(words: str) -> bool:
    """Whether words may say that they are not sure about a date."""
    return bool(_VAGUE.search(words))


_READ = ("en", "de")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|\.)")
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|roughly|some time (?:around|about)|circa|ca\.|c\.|um|etwa|ungefähr|rund|gegen)\s+"
    r"(?:the\s+)?(?:[^\W\d_]+\s+){0,2}$",
    re.IGNORECASE,
)
"""What stands before a year, or before a month or season of one, that is not sure."""
_PERIOD_BETWEEN = re.compile(
    r"\b(?:between|zwischen)\s+(?:\w{1,12}\s+){0,3}\d{4}\s+(?:and|und)\s+(?:\w{1,12}\s+){0,3}\d{4}(?!\d)", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?:about|around|approx\w*|roughly|circa|ca\.|c\.|or so|early|late|mid|middle|beginning|end|towards?|possibly|"
    r"perhaps|probably|um|etwa|ungefähr|rund|gegen|anfang|mitte|ende|wohl|vermutlich)(?!\w)",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"[\s.,'’]")
_FIRST = re.compile(r"\b(?:first|ersten?)\b", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<![\w.])['’](\d\d)(?!\d|s?\s*(?:in|ft|feet)\b)")
_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8}
_DECADES |= {"nineties": 9, "zwanziger": 2, "dreißiger": 3, "vierziger": 4, "fünfziger": 5, "sechziger": 6}
_DECADES |= {"siebziger": 7, "achtziger": 8, "neunziger": 9}
_DECADE = re.compile(rf"\b(?:{'|'.join(_DECADES)})|['’](\d)0s", re.IGNORECASE)


def _short_years(words: str) -> set[int]:
    """The years that figures such as `'97` can mean."""
    return {century + int(figures) for figures in _SHORT_YEAR.findall(words) for century in (1900, 2000)}


def _holds_decade(text: str, numbers: Collection[float], words: str) -> bool:
    """Whether words hold what is known of a year: the decade of `199X`, the century of `18XX`."""
    known = text[:4].rstrip("X")
    if not known or any(1_000 <= number < 10_000 and str(number).startswith(known) for number in numbers):
        return True
    tens = {int(each[1]) if each[1] else _DECADES[each[0].lower()] for each in _DECADE.finditer(words)}
    return len(known) == 3 and int(known[2]) in tens


# --- Dates as they are written

_SPACE = r"(?:[^\S\n]|\n(?!\s*\n))+"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?(?![\d:])"
_LIST = rf"{_DAY}(?:\s*(?:,|-|–|—|/|&|and|to|or|und|bis|oder|et|au|y|e)\s*(?:the\s+)?{_DAY})*"
_BEFORE = re.compile(rf"(?<![\d.,£$€])(?P<days>{_LIST}){_SPACE}(?:(?:of|de|d['’])\s*)?$", re.IGNORECASE)
_BEHIND = re.compile(rf"\.?{_SPACE}(?:the\s+)?(?P<days>{_LIST})(?!\s*(?:%|[^\W\d_]*(?:feet|met|mile|people)))")
_ITS_YEAR = re.compile(rf"\.?,?{_SPACE}(?:(?:of|de|in|des Jahres){_SPACE})?(?P<year>\d{{4}})(?!\d)")
_IN_FIGURES = re.compile(
    r"(?<!\d)(?P<y1>\d{4})-(?P<m1>\d{2})(?:-(?P<d1>\d{2}))?(?!\d)"
    r"|(?<![\d.,/])(?P<a>\d{1,2})(?P<sign>[./])\s?(?P<b>\d{1,2})(?P=sign)\s?(?P<y2>\d{4}|\d{2})(?!\d)"
    r"|(?:(?P<y3>\d{4})\s?[年년]\s?)?(?P<m3>\d{1,2})\s?[月월](?:\s?(?P<d3>\d{1,2})\s?[日일])?"
)
_SEASON_WORDS = {
    "spring": r"(?:in|last|this|next|early|late|the|that|of|each|every) spring|spring(?: of)?,? \d{4}|springtime|"
    r"frühling\w{0,2}|frühjahr\w{0,2}",
    "summer": r"summer(?:time)?|sommers?",
    "autumn": r"autumn|herbst(?:es)?|(?:last|this|next|early|late|each|every) fall|fall(?: of)?,? \d{4}|in the fall of",
    "winter": r"winter(?:time|s)?",
}
_SEASON = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _SEASON_WORDS.items()), re.IGNORECASE)


@lru_cache(maxsize=10_000)  # several rules look at the same passage
def stated_dates(words: str, language: str) -> tuple[StatedDate, ...]:
    """Every month and season that a text names, with the days and the year that stand with it."""
    return (*_in_figures(words, language), *_with_names(words, language), *_seasons(words))


def _in_figures(words: str, language: str) -> Iterator[StatedDate]:
    for match in _IN_FIGURES.finditer(words):
        if match["sign"]:
            first, second, year = int(match["a"]), int(match["b"]), int(match["y2"])
            years = (year,) if year > 99 else (1900 + year, 2000 + year)
            # In English, which of the two is the month is a matter of the country.
            orders = [(first, second)] + ([(second, first)] if match["sign"] == "/" and language[:2] == "en" else [])
            yield from (StatedDate(each, month, frozenset((day,))) for day, month in orders for each in years)
        else:
            parts = (match[f"{part}1"] or match[f"{part}3"] for part in "ymd")
            found, month, day = (int(part) if part else None for part in parts)
            yield StatedDate(found, month, frozenset((day,)) if day else frozenset())


def _with_names(words: str, language: str) -> Iterator[StatedDate]:
    names = _month_names(language.partition("-")[0])
    for word in _LETTERS.finditer(words):
        month = names.get(word[0].casefold())
        # "may" and "march" are words too.
        if month and (word[0][0].isupper() or language.partition("-")[0] not in _READ):
            before = _BEFORE.search(words, max(0, word.start() - 40), word.start())
            behind = None if before else _BEHIND.match(words, word.end())
            year = _ITS_YEAR.match(words, behind.end() if behind else word.end())
            days = re.findall(r"\d+", (before or behind or {"days": ""})["days"])
            yield StatedDate(int(year["year"]) if year else None, month, frozenset(map(int, days)))


def _seasons(words: str) -> Iterator[StatedDate]:
    for match in _SEASON.finditer(words):
        inside, behind = match[0][-4:], _ITS_YEAR.match(words, match.end())
        year = inside if inside.isdigit() else behind and behind["year"]
        yield StatedDate(int(year) if year else None, season=match.lastgroup)


# --- Dates that follow from the day of publication

_PERIODS = {"jahr": "year", "monat": "month", "woche": "week", "tag": "day", "frühling": "spring", "frühjahr": "spring"}
_PERIODS |= {"sommer": "summer", "herbst": "autumn", "fall": "autumn"}
_PERIOD = (
    "(?P<period>month|year|week|spring|summer|autumn|fall|winter|monat|jahr|woche|frühling|frühjahr|sommer|herbst)s?"
)
_SHIFTS = (
    (-1, r"last|past|previous|letzte[nrsm]?|vorige[nrsm]?|vergangene[nrsm]?"),
    (1, r"next|coming|nächste[nrsm]?|kommende[nrsm]?"),
    (0, r"this|diese[nrsm]?"),
)
"""By how many of its periods each kind of relative words moves from the day of publication."""
_SHIFTED = tuple((by, re.compile(rf"\b(?:{words}) {_PERIOD}\b", re.IGNORECASE)) for by, words in _SHIFTS)
_AGO = re.compile(
    r"[\s-]*(day|week|month|year)s?\s+(?:ago|earlier)\b|[\s-]*(jahr|monat|woche|tag)e?n?\b", re.IGNORECASE
)
_GERMAN_AGO = re.compile(r"\bvor\s+$", re.IGNORECASE)
_ONE_AGO = re.compile(
    r"\b(?:an? (day|week|month|year) (?:ago|earlier)|vor eine[mnr] (jahr|monat|woche|tag))\b", re.IGNORECASE
)
_DAY_WORDS = {"yesterday": 1, "gestern": 1, "vorgestern": 2, "today": 0, "tonight": 0, "heute": 0}
_DAY_WORD = re.compile(rf"\b(?:the day before yesterday|{'|'.join(_DAY_WORDS)})\b", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(
    r"\b(on|last|this|next|am|letzten|vergangenen|vorigen|kommenden|nächsten) $", re.IGNORECASE
)
_COMING = ("next", "kommenden", "nächsten")
_SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11}
"""The last month of a season; that of winter is in the year that follows."""


def worked_out_dates(words: str, language: str, published: str | None) -> tuple[StatedDate, ...]:
    """The dates of which relative words speak, such as `last month`, in an article of that day."""
    day = parse_edtf(published) if published else None
    if not day or not day.year or day.mark or language.partition("-")[0] not in _READ:
        return ()
    shifted = (_shifted(day, period, by) for period, by in _relative(words, language))
    return tuple(each for several in (*shifted, _weekdays(words, language, day)) for each in several)


def _relative(words: str, language: str) -> Iterator[tuple[str, int]]:
    """The periods of which words speak, and how many of them lie between: `last month`, `yesterday`."""
    for by, pattern in (*_SHIFTED, (-1, _ONE_AGO)):
        for match in pattern.finditer(words):
            period = next(filter(None, match.groups())).lower()
            yield _PERIODS.get(period, period), by
    for match in _DAY_WORD.finditer(words):
        yield "day", -_DAY_WORDS.get(match[0].lower(), 2)
    for numeral in numerals(words, language) if re.search(r"\b(?:ago|earlier|vor)\b", words, re.IGNORECASE) else ():
        ago = _AGO.match(words, numeral.end)
        is_ago = ago and (ago[1] or _GERMAN_AGO.search(words, 0, numeral.start))
        if ago and is_ago and isinstance(numeral.value, int) and numeral.value < 1_000:
            period = (ago[1] or ago[2]).lower()
            yield _PERIODS.get(period, period), -numeral.value


def _shifted(published: EdtfDate, period: str, by: int) -> Iterator[StatedDate]:
    """What is known of the date that lies so many periods from another one."""
    year, month = published.year, published.month
    assert year
    if period == "year":
        yield StatedDate(year + by)
    elif period in (*_SEASON_ENDS, "winter"):
        # Last summer is of this year or the one before, as it is over yet or not.
        is_over = month and month > _SEASON_ENDS.get(period, 12)
        yield StatedDate(year + by, season=period)
        if by == -1 and is_over:
            yield StatedDate(year, season=period)
    elif month and period == "month":
        years, months = divmod(12 * year + month - 1 + by, 12)
        yield StatedDate(years, months + 1)
    elif month and published.day and period in ("week", "day"):
        yield from _days_from(date(year, month, published.day), period, by)


def _days_from(day: date, period: str, by: int) -> Iterator[StatedDate]:
    on = day + timedelta(days=by * (7 if period == "week" else 1))
    if period == "day":
        yield StatedDate(on.year, on.month, frozenset((on.day,)))
        return
    begins, ends = (on + timedelta(days=days) for days in (-on.weekday(), 6 - on.weekday()))
    year = begins.year if begins.year == ends.year else None
    yield StatedDate(year, begins.month if begins.month == ends.month else None)


def _weekdays(words: str, language: str, published: EdtfDate) -> Iterator[StatedDate]:
    """The days that `on Monday` means: the last one before the day of publication, or that day itself."""
    names = _day_names(language.partition("-")[0])
    for word in _LETTERS.finditer(words) if published.month and published.day else ():
        weekday = names.get(word[0].casefold())
        before = _WEEKDAY_BEFORE.search(words, max(0, word.start() - 15), word.start())
        if weekday is not None and before:
            assert published.year
            assert published.month
            assert published.day
            day = date(published.year, published.month, published.day)
            is_coming = before[1].lower() in _COMING
            days = (weekday - day.weekday()) % 7 if is_coming else -((day.weekday() - weekday) % 7)
            on = day + timedelta(days=days)
            yield StatedDate(on.year, on.month, frozenset((on.day,)))


# --- Names of months and days

_LETTERS = re.compile(r"[^\W\d_]+")


def months_in(words: str, language: str) -> frozenset[int]:
    """The months that a text names, by their names, their short names or in figures."""
    return frozenset(each.month for each in stated_dates(words, language) if each.month)


def days_in(words: str, language: str) -> frozenset[int]:
    """The days of the week that a text names, counted from Monday on, which is 0."""
    folded = words.casefold()
    return frozenset(number for name, number in _day_names(language).items() if name in folded)


def english_month_or_day(word: str) -> tuple[str, int] | None:
    """What an English name of a month or a day of the week stands for: `("month", 3)`."""
    for what, names in (("month", _month_names("en")), ("day", _day_names("en"))):
        if (number := names.get(word.casefold())) is not None:
            return what, number
    return None


@cache
def _month_names(language: str) -> Mapping[str, int]:
    """The months by their names and short names; none of a language that CLDR does not have."""
    try:
        names = [get_month_names(width, locale=language) for width in ("wide", "abbreviated")]
    except UnknownLocaleError:
        return {}
    found = {name.removesuffix(".").casefold(): number for each in names for number, name in each.items()}
    return found | ({"sept": 9} if language in _READ else {})


@cache
def _day_names(language: str) -> Mapping[str, int]:
    try:
        return {name.casefold(): number for number, name in get_day_names("wide", locale=language).items()}
    except UnknownLocaleError:
        return {}
