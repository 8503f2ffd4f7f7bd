"""Ordinals in English and German texts: `third`, `3rd`, `twenty-first`, `zum dritten Mal`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stuntbook.text.numerals import Numeral

_ENGLISH = {
    word: value
    for value, word in enumerate(
        (
            *("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
            *("thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
        ),
        3,
    )
} | {"second": 2}
_TENS = {
    word: value for value, word in enumerate(("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"), 2)
}
_GERMAN = {"zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "sechst": 6, "siebt": 7, "siebent": 7, "acht": 8, "neunt": 9}
_GERMAN |= {"zehnt": 10, "elft": 11, "zwölft": 12, "zwanzigst": 20, "hundertst": 100}
_UNITS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_MAY_HOLD = re.compile(r"\d(?:st|nd|rd|th)\b|second|third|\wth\b", re.IGNORECASE)
_ORDINAL = re.compile(
    rf"""
      (?<![\w.,])(?P<figure>\d{{1,3}})(?:st|nd|rd|th)\b
    | \b(?P<tens>{"|".join(_TENS)})(?:ieth|y[\s-](?P<unit>{_UNITS}))\b
    | \b(?P<word>{"|".join(word for word in _ENGLISH if word != "second")})\b(?!\s+of\s)
    | \b(?:the|his|her|its|their|our|my|every)\s+(?P<second>second)(?=\s+[^\W\d_])
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""`A third of` is a part; of `second` it shows only behind such a word that it is no unit of time."""
_GERMAN_ORDINAL = re.compile(rf"\b(?P<word>{'|'.join(_GERMAN)})e[mnrs]?\b", re.IGNORECASE)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNTS_BEHIND = re.compile(rf"\s+(?:time|Mal|(?:of\s+)?(?:{_MONTH}))\b")
_COUNTS_BEFORE = re.compile(rf"\b(?:{_MONTH})\s+(?:the\s+)?$")


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal where a text states it."""

    numeral: Numeral
    is_count: bool
    """Whether it says a number too: `for the third time` is three times, `March 12th` the day 12."""


def ordinals(text: str, language: str = "en") -> Iterator[Ordinal]:
    """Every ordinal from the second on, in order; none in languages other than English and German."""
    main = language.partition("-")[0]
    if main == "de":
        found = ((match, _GERMAN[match["word"].lower()]) for match in _GERMAN_ORDINAL.finditer(text))
    elif main == "en" and _MAY_HOLD.search(text):
        found = ((match, _value(match)) for match in _ORDINAL.finditer(text))
    else:
        return
    for match, value in found:
        before = text[max(0, match.start() - 20) : match.start()]
        counts = _COUNTS_BEHIND.match(text, match.end()) or _COUNTS_BEFORE.search(before)
        yield Ordinal(Numeral(value, match.start(), match.end()), bool(counts))


def _value(match: re.Match[str]) -> int:
    if match["figure"]:
        return int(match["figure"])
    if match["tens"]:
        unit = (match["unit"] or "").lower()
        return 10 * _TENS[match["tens"].lower()] + (1 if unit == "first" else _ENGLISH.get(unit, 0))
    return _ENGLISH[(match["word"] or match["second"]).lower()]
