"""Words by which a text is found too, beside those that stand in it: plain letters, parts of a run, units, initials.

What the search's script does with a question is the same: `LETTERS` and `SCRIPTS` reach it as data.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

import regex

_LATIN = re.compile(r"LATIN SMALL LETTER ([A-Z]{1,2})(?: WITH .+)?")


def _letters() -> Iterator[tuple[str, str]]:
    """The Latin letters that no normalisation takes apart, such as ø, with the plain ones in their names."""
    for letter in map(chr, range(0x80, 0x2C80)):
        name = _LATIN.fullmatch(unicodedata.name(letter, ""))
        if name and unicodedata.normalize("NFKD", letter) == letter:
            yield letter, name[1].lower()


LETTERS: Mapping[str, str] = {
    **dict(_letters()),
    "ß": "ss",
    "þ": "th",
    "ð": "d",
    "ı": "i",
    "œ": "oe",
    "ŋ": "n",
    "ĸ": "k",
    "ə": "e",
}
"""Letters with strokes and the like, with those that a reader types in their place."""
SCRIPTS = (
    r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Yi}"
    r"\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}ーｰ]+"
)
"""A run of scripts that write words without spaces, or, as Korean does, with what belongs to them attached.

The expression means the same in Python's `regex` and in JavaScript.
"""
_RUN = regex.compile(SCRIPTS)
_STROKED = re.compile(rf"\w*[{''.join(LETTERS)}]\w*")
_STROKES = str.maketrans(dict(LETTERS))


def found_as(text: str) -> Iterator[str]:
    """The words that stand for those of a text which a reader may type in another way, or in part."""
    if text.isascii():
        return
    text = unicodedata.normalize("NFC", text)
    # To look at each character once takes a tenth of the time of the expressions.
    foreign = "".join(each for each in set(text) if each > "\x7f")
    if _STROKED.search(foreign.lower()):
        yield from (word.translate(_STROKES) for word in _STROKED.findall(text.lower()))
    if _RUN.search(foreign):
        yield from (pair for run in _RUN.findall(text) for pair in pairs(run))


def pairs(run: str) -> Iterator[str]:
    """A run of characters as its pairs, one overlapping the next, and the last character alone.

    A part of the run, wherever it begins, has some of the same pairs; dictionaries, which would cut it into words, are
    not the same in any two programs. A pair is told in digits, which no language's stems or segmentation touch.
    """
    return ("x" + "".join(str(ord(character)) for character in run[at : at + 2]) for at in range(len(run)))


# --- Units

_UNITS = (
    (r"mph|miles?/h|miles? (?:per|an) hour", "mph miles per hour"),
    (r"km/h|kmh|kph|kilomet(?:re|er)s? (?:per|an) hour", "kmh kph kilometres kilometers per hour"),
    (r"ft|feet|foot", "ft feet"),
    (r"inch(?:es)?", "inches"),
    (r"yds?|yards?", "yards"),
    (r"mi|miles?", "miles"),
    (r"kn|knots?", "knots"),
    (r"km|kilomet(?:re|er)s?", "km kilometres kilometers"),
    (r"cm|centimet(?:re|er)s?", "cm centimetres centimeters"),
    (r"m|met(?:re|er)s?", "metres meters"),
    (r"kg|kilos?|kilograms?", "kg kilograms kilos"),
    (r"lbs?|pounds?", "lb pounds"),
    (r"stones?", "stones"),
    (r"t|tons?|tonnes?", "tons tonnes"),
)
"""How each unit is written, those first that others are part of, and the words by which it is asked for.

A foot is no word of them, which is a part of the body too.
"""
_UNIT = re.compile(rf"\d[\s-]?(?:{'|'.join(f'({form})' for form, _ in _UNITS)})(?!\w)", re.IGNORECASE)


def units_in(text: str) -> Iterator[str]:
    """The words for the units that a text gives numbers in: `mph miles per hour` of `200 mph`."""
    return (_UNITS[match.lastindex - 1][1] for match in _UNIT.finditer(text) if match.lastindex)


# --- Names


def squeezed(names: Iterable[str]) -> Iterator[str]:
    """Names of several words written as one: `ScreenRant`."""
    return (re.sub(r"[\W_]", "", name) for name in names if " " in name)


def initials(name: str, least: int) -> str:
    """What a name is shortened to, such as `UAE`; empty where that has fewer letters and figures than asked for."""
    words = re.findall(r"\w+", name)
    short = "".join(word if word.isdigit() else word[0] for word in words if word[0].isupper() or word.isdigit())
    return short if len(short) >= least else ""
