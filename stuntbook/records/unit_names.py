"""What languages call the units: English and German by our own words, others as CLDR has it: https://cldr.unicode.org/"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

from stuntbook.records.currencies import currencies_behind
from stuntbook.records.quantities import PhysicalUnit

_AFTER_DIGIT = r"(?<=\d)"
_DEGREES = "degrees?(?! (?:Celsius|centigrade|Fahrenheit))"
_ENGLISH: Mapping[PhysicalUnit, str] = {
    "ft": r"ft\.?|feet|foot|['′’]",
    "in": rf"in\.|{_AFTER_DIGIT}in|inch(?:es)?|[\"″”]",
    "yd": r"yds?\.?|yards?",
    "cm": r"cm|centimet(?:er|re)s?",
    "m": r"m|met(?:er|re)s?",
    "mi": r"mi\.?|miles?",
    "km": r"km|kilomet(?:er|re)s?",
    "mph": r"mph|m\.p\.h\.?|miles?[\s-](?:an|per|a)[\s-]hour|miles?/h(?:our)?",
    "km/h": r"km/h|kmh|kph|(?:km|kilomet(?:er|re)s?)[\s-](?:an|per|a)[\s-]hour",
    "kn": r"kn|kts?|knots?",
    "s": r"s|secs?\.?|seconds?",
    "min": r"min\.?|mins\.?|minutes?",
    "h": r"h|hrs?\.?|hours?",
    "day": r"days?",
    "night": r"nights?",
    "week": r"weeks?",
    "month": r"months?",
    "year": r"years?",
    "lb": r"lbs?\.?|pounds?",
    "st": r"st|stones?",
    "kg": r"kg|kgs|kilos?|kilogram(?:me)?s?",
    "t": r"t|tonnes?|metric tons?",
    "ton": r"tons?",
    "°C": rf"°\s?C|℃|degrees? (?:Celsius|centigrade)|{_DEGREES}",
    "°F": rf"°\s?F|℉|degrees? Fahrenheit|{_DEGREES}",
    "K": r"K|kelvins?",
}
_GERMAN: Mapping[PhysicalUnit, str] = {
    "ft": r"Fuß",
    "in": r"Zoll",
    "cm": r"Zentimetern?",
    "m": r"Metern?",
    "mi": r"Meilen?",
    "km": r"Kilometern?",
    "km/h": r"Stundenkilometern?|(?:km|Kilometern?) (?:pro|in der) Stunde",
    "mph": r"Meilen? (?:pro|in der) Stunde",
    "s": r"Sekunden?",
    "min": r"Minuten?",
    "h": r"Stunden?",
    "day": r"Tage?n?",
    "night": r"Nächten?|Nacht",
    "week": r"Wochen?",
    "month": r"Monate?n?",
    "year": r"Jahre?n?",
    "kg": r"Kilo(?:gramm)?s?",
    "t": r"Tonnen?",
    "°C": r"Grad Celsius|Grad(?! Fahrenheit)",
    "°F": r"Grad Fahrenheit",
}
_PER_DAY = re.compile(r"(?:[\s-]+[^\W\d_]+)?\s+(?:(?:per|a|each|every)\s+day|(?:pro|am|jeden)\s+Tag)\b", re.IGNORECASE)


def knows_words_of(language: str) -> bool:
    """Whether the words for units and limits in a language (BCP 47) are known."""
    return language.partition("-")[0] in ("en", "de")


def units_behind(text: str, position: int, language: str) -> tuple[frozenset[str], int]:
    """The units and currencies that what stands behind a number can mean, and where it ends."""
    match = _unit_pattern(language).match(text, position)
    units: frozenset[str] = _units_called(match["unit"], language) if match else frozenset()
    end = match.end() if match else position
    # Of the units only pounds are money too.
    money, its_end = currencies_behind(text, position, language) if not units or "lb" in units else (units, -1)
    if money and its_end >= end:
        units, end = (units | money if its_end == end else money), its_end
    # "four hours a day" is a time and a rate.
    if knows_words_of(language) and (rate := _PER_DAY.match(text, position)):
        units, end = units | {"per day"}, end if units else rate.end()
    return units, end


@cache
def _forms(language: str) -> Mapping[PhysicalUnit, str]:
    """What a language calls each unit, as patterns; longer names that begin like others come first."""
    if not knows_words_of(language):
        return _names_of(language)
    forms = {unit: "|".join(filter(None, (form, _GERMAN.get(unit)))) for unit, form in _ENGLISH.items()}
    return dict(sorted(forms.items(), key=lambda each: each[0] not in ("mph", "km/h")))


@cache
def _unit_pattern(language: str) -> re.Pattern[str]:
    """What stands directly behind a number where a unit does; an adjective or two may stand between."""
    adjectives = r"[\s-]+(?:[^\W\d_]{3,30}[\s-]+){1,2}?" if knows_words_of(language) else ""
    forms = "|".join(_forms(language).values()) or r"(?!)"
    end = r"(?:(?<=['′’\"″”])|(?!\w))" if knows_words_of(language) else r"(?![a-z])"
    return re.compile(
        rf"(?:\+|[\s-]+(?:plus|odd)\b)?(?:\s+of\s+an?)?(?:[\s-]*|{adjectives})(?P<unit>{forms}){end}", re.IGNORECASE
    )


@lru_cache(maxsize=1_000)
def _units_called(name: str, language: str) -> frozenset[PhysicalUnit]:
    return frozenset(
        unit
        for unit, form in _forms(language).items()
        if re.fullmatch(form.replace(_AFTER_DIGIT, ""), name, re.IGNORECASE)
    )


# --- Other languages

_CLDR: Mapping[PhysicalUnit, str] = {
    "ft": "length-foot",
    "in": "length-inch",
    "yd": "length-yard",
    "mi": "length-mile",
    "cm": "length-centimeter",
    "m": "length-meter",
    "km": "length-kilometer",
    "mph": "speed-mile-per-hour",
    "km/h": "speed-kilometer-per-hour",
    "kn": "speed-knot",
    "s": "duration-second",
    "min": "duration-minute",
    "h": "duration-hour",
    "day": "duration-day",
    "week": "duration-week",
    "month": "duration-month",
    "year": "duration-year",
    "lb": "mass-pound",
    "st": "mass-stone",
    "kg": "mass-kilogram",
    "t": "mass-tonne",
    "°C": "temperature-celsius",
    "°F": "temperature-fahrenheit",
    "K": "temperature-kelvin",
}
_INTERNATIONAL: tuple[PhysicalUnit, ...] = ("cm", "m", "km", "km/h", "s", "min", "h", "kg", "t", "°C")
"""Units whose symbols are the same in all languages."""
_COUNTS = (1, 2, 3, 5, 11, 21, 100)
"""Of these numbers each plural of each language has one."""
_LENGTHS: tuple[Literal["short", "long", "narrow"], ...] = ("long", "short", "narrow")


@cache
def _names_of(language: str) -> Mapping[PhysicalUnit, str]:
    """What a language calls each unit behind a number, as patterns; nothing for a language without names."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    names = {unit: set(_forms_of(locale, unit)) | ({unit} if unit in _INTERNATIONAL else set()) for unit in _CLDR}
    return {
        unit: "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
        for unit, forms in sorted(names.items(), key=lambda each: -max(map(len, each[1]), default=0))
        if forms
    }


def _forms_of(locale: Locale, unit: PhysicalUnit) -> Iterator[str]:
    """All forms of a unit's name that stand behind a number."""
    # Imported here because most books have articles in English alone, and the import would delay every check.
    from babel.units import format_unit  # noqa: PLC0415

    for length in _LENGTHS:
        for count in _COUNTS:
            number, name = str(count), format_unit(count, _CLDR[unit], length, locale=locale)
            if name.startswith(number) and _CLDR[unit] not in name:
                yield name.removeprefix(number).strip()
