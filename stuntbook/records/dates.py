"""Dates that may be incomplete, in the Extended Date/Time Format.

The format is EDTF level 0 and the parts of level 1 and 2 that news needs: a calendar date of year, month or day
precision; 21 to 24 in place of a month for spring, summer, autumn and winter; `X` for digits that are not stated; `?`
uncertain, `~` approximate, `%` both, at the end.
Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification", 2019 (ISO 8601-2:2019).
"""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from functools import lru_cache

_PATTERN = re.compile(
    r"(?P<year>[0-9X]{4})(?:-(?:(?P<month>[01X][0-9X])(?:-(?P<day>[0-3X][0-9X]))?|(?P<season>2[1-4])))?"
    r"(?P<mark>[?~%]?)"
)
_LEAP_YEAR = 2000
SEASONS = ("spring", "summer", "autumn", "winter")
_QUALIFIERS = {"": "", "?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date of which any part may be unknown. `month`, `day` and `season` are None where they are not stated."""

    text: str
    year: int | None
    month: int | None
    day: int | None
    season: str | None
    mark: str

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """Orders by what is known; a date without a year comes last."""
        return (self.year or 9999, self.month or 99, self.day or 99, self.text)

    def __str__(self) -> str:
        """For readers: `27 July 2018`, `March 2017`, `27 July, year not stated`, `2018 (uncertain)`."""
        month = self.season or month_name[self.month or 0]
        day_month = " ".join(part for part in (str(self.day or ""), month) if part)
        if self.day and not self.month:
            day_month = f"day {self.day} of a month not stated"
        known = self.text[:4].rstrip("X")
        unspecified = f"{known:0<4}s" if known.isdigit() and len(known) > 1 else "year not stated"
        year = str(self.year or unspecified)
        separator = " " if self.year and month else ", "
        shown = separator.join(part for part in (day_month, year) if part)
        return f"{shown} ({_QUALIFIERS[self.mark]})" if self.mark else shown


def parse_edtf(text: str) -> EdtfDate:
    """The date that an EDTF string names.

    Raises ValueError, with a message for editors, where the text is not a date in the supported part of EDTF.
    """
    match = _PATTERN.fullmatch(text)
    if not match:
        raise ValueError(
            f'"{text}" is not an EDTF date: write 2018, 2018-07 or 2018-07-27, X for digits that no article states '
            "(XXXX-07-27), and ? at the end for an uncertain date"
        )
    year, month, day = (int(part) if part and "X" not in part else None for part in match.group("year", "month", "day"))
    season = SEASONS[int(match["season"]) - 21] if match["season"] else None
    if year == 0:
        raise ValueError(f'"{text}" has no year: write X for digits that no article states')
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f'"{text}" has no month {month}')
    if day is not None and not 1 <= day <= (monthrange(year or _LEAP_YEAR, month)[1] if month else 31):
        raise ValueError(f'"{text}" has no day {day}')
    return EdtfDate(text, year, month, day, season, match["mark"])


@lru_cache(maxsize=10_000)
def shown_date(text: str) -> str:
    """An EDTF string as readers see it. Remembered, as one date stands on many pages. Raises as `parse_edtf` does."""
    return str(parse_edtf(text))
