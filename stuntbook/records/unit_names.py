"""What languages other than English and German call the units, as CLDR has it: https://cldr.unicode.org/"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError

from stuntbook.records.quantities import Unit

_CLDR: Mapping[Unit, str] = {
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
}
_INTERNATIONAL: tuple[Unit, ...] = ("cm", "m", "km", "km/h", "s", "min", "h", "kg", "t")
"""Units whose symbols are the same in all languages."""
_COUNTS = (1, 2, 3, 5, 11, 21, 100)
"""Of these numbers each plural of each language has one."""
_LENGTHS: tuple[Literal["short", "long", "narrow"], ...] = ("long", "short", "narrow")


@cache
def unit_names(language: str) -> Mapping[Unit, str]:
    """What a language calls each unit behind a number, as patterns; nothing for a language without names."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    names = {unit: set(_names(locale, unit)) | ({unit} if unit in _INTERNATIONAL else set()) for unit in _CLDR}
    return {
        unit: "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
        for unit, forms in sorted(names.items(), key=lambda each: -max(map(len, each[1]), default=0))
        if forms
    }


def _names(locale: Locale, unit: Unit) -> Iterator[str]:
    """All forms of a unit's name that stand behind a number."""
    # Imported here because most books have articles in English alone, and the import would delay every check.
    from babel.units import format_unit  # noqa: PLC0415

    for length in _LENGTHS:
        for count in _COUNTS:
            number, name = str(count), format_unit(count, _CLDR[unit], length, locale=locale)
            if name.startswith(number) and _CLDR[unit] not in name:
                yield name.removeprefix(number).strip()
