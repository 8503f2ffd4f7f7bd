"""Lines of text in any script, set with the fonts of this folder.

A line is set from runs: stretches of one direction and one font, because no one font holds every script. Characters
that no font here holds (Chinese, Japanese and Korean among them) give way to an ellipsis.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Literal

from PIL import ImageDraw, ImageFont, features

FOLDER = Path(__file__).parent / "fonts"
OTHER_SCRIPTS = (
    "NotoNaskhArabic-Medium.ttf",
    "NotoSerifHebrew-Medium.ttf",
    "NotoSerifDevanagari-Medium.ttf",
    "NotoSerifThai-Regular.ttf",
    "NotoSerifArmenian-Regular.ttf",
    "NotoSerifGeorgian-Regular.ttf",
)
DISPLAY = ("SourceSerif4Display-Semibold.otf", *OTHER_SCRIPTS)
TEXT = ("SourceSerif4-Regular.otf", *OTHER_SCRIPTS)
"""Each font serves for what those before it lack."""
FILES = tuple(FOLDER / name for name in dict.fromkeys((*DISPLAY, *TEXT)))
SHAPING = bool(features.check_feature("raqm"))
"""Whether Pillow can join letters and order them. Without it, right-to-left words have unjoined letters."""

Direction = Literal["ltr", "rtl"]
STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
DIRECTION_MARKS: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
CONTROLS = "\u200c\u200d\u200e\u200f"
"""Signs that show nothing and guide joining and order."""
LETTER_SPACE = "\u200a\u200a"
LONGEST = 1000
"""Characters of a text that are looked at; as many never fit where this is used."""
MEASURING_SIZE = 100


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: its fonts and its size in pixels."""

    fonts: tuple[str, ...]
    size: int

    def width(self, text: str) -> float:
        """In pixels."""
        return _width(text, self.fonts) * self.size

    def words(self, text: str) -> list[tuple[str, float]]:
        """The words of a text with their widths in pixels. A dash belongs to the word before it."""
        return [(word, self.width(word)) for word in re.split(r" (?![–—-] )", text) if word]


def settable(text: str) -> str:
    """Text in one line, without what no font holds; an ellipsis stands for letters and digits."""
    kept = ""
    for char in unicodedata.normalize("NFC", " ".join(text[:LONGEST].split())):
        if char in CONTROLS or any(_holds(font, char) for font in TEXT):
            kept += char
        elif char.isalnum():
            kept += "…"
    return re.sub(r"…(\s*…)+", "…", " ".join(kept.split()))


def letter_spaced(text: str) -> str:
    """Text with its capitals set apart, as capitals should be. Letters of scripts without capitals may join."""
    apart = [char.isupper() or not char.isalpha() for char in [*text, " "]]
    gaps = [LETTER_SPACE if here and after else "" for here, after in pairwise(apart)]
    return "".join(char + gap for char, gap in zip(text, gaps, strict=True))


def base_direction(text: str) -> Direction:
    """The direction of the first character that has one (Unicode Standard Annex #9, rules P2 and P3)."""
    return next((STRONG[kind] for kind in map(unicodedata.bidirectional, text) if kind in STRONG), "ltr")


def write(draw: ImageDraw.ImageDraw, text: str, style: Style, left: float, baseline: float) -> None:
    """Set a line with full coverage, 255."""
    for run in _runs(text, style.fonts):
        draw.text((left, baseline), run.text, 255, _font(run.font, style.size), "ls", direction=run.direction)
        left += _length(run, style.size)


# --- Lines


def lines(text: str, style: Style, measure: float, most: int) -> list[str]:
    """Settable text in lines of about the same length, none wider than `measure` pixels.

    What goes beyond `most` lines gives way to an ellipsis. A word wider than a line is broken.
    """
    words = [piece for word in style.words(text) for piece in _pieces(word, style, measure)]
    result = wrapped(words, style.width(" "), measure)
    if len(result) > most:
        result[most - 1 :] = [cut(" ".join(result[most - 1 : most + 1]), style, measure)]
    else:
        result = wrapped(words, style.width(" "), _narrowest(words, style.width(" "), measure))
    # A line alone no longer shows which way its text runs.
    base = base_direction(text)
    return [line if base_direction(line) == base else DIRECTION_MARKS[base] + line for line in result]


def wrapped(words: Sequence[tuple[str, float]], space: float, measure: float) -> list[str]:
    """Words in as few lines as they need. One that is wider than a line has a line of its own."""
    result: list[str] = []
    filled = 0.0
    for word, width in words:
        if result and filled + space + width <= measure:
            result[-1] += f" {word}"
            filled += space + width
        else:
            result.append(word)
            filled = width
    return result


def _narrowest(words: Sequence[tuple[str, float]], space: float, measure: float) -> float:
    """The least measure, or little more, in which words take no more lines than in that one."""
    count = len(wrapped(words, space, measure))
    low, high = max((width for _, width in words), default=0.0), measure
    for _ in range(8):
        middle = (low + high) / 2
        if len(wrapped(words, space, middle)) > count:
            low = middle
        else:
            high = middle
    return high


def _pieces(word: tuple[str, float], style: Style, measure: float) -> Iterator[tuple[str, float]]:
    if word[1] <= measure:
        yield word
        return
    piece = ""
    for sign in _signs(word[0]):
        if piece and style.width(piece + sign) > measure:
            yield piece, style.width(piece)
            piece = ""
        piece += sign
    yield piece, style.width(piece)


def cut(text: str, style: Style, measure: float) -> str:
    """As much of a text as fits a line of `measure` pixels, with an ellipsis where something is missing."""
    if style.width(text) <= measure:
        return text
    signs = _signs(text)
    count = bisect_right(range(len(signs)), measure, key=lambda end: style.width("".join(signs[:end]) + "…")) - 1
    head = "".join(signs[: max(count, 0)])
    whole_words = head.rpartition(" ")[0]
    if len(whole_words) > len(head) / 2:
        head = whole_words
    return head.rstrip(" .,;:·–—-…") + "…"


def _signs(text: str) -> list[str]:
    """What a reader sees as one sign each: a character with the marks that belong to it."""
    signs: list[str] = []
    for char in text:
        if signs and (char in CONTROLS or unicodedata.category(char).startswith("M")):
            signs[-1] += char
        else:
            signs.append(char)
    return signs


# --- Runs


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    font: str
    direction: Direction | None


def _runs(text: str, fonts: tuple[str, ...]) -> list[_Run]:
    """A line's runs from left to right.

    Pillow orders the characters within a run. This orders the runs, as the Unicode Standard Annex #9 has it for text
    without embeddings and isolates.
    """
    base = base_direction(text)
    chars = zip(text, _directions(text, base), _fonts(text, fonts), strict=True)
    stretches = []
    for direction, stretch in groupby(chars, key=itemgetter(1)):
        parts = [("".join(char for char, *_ in part), font) for font, part in groupby(stretch, key=itemgetter(2))]
        runs = [_run(part, font, direction) for part, font in parts]
        stretches.append(runs if direction == "ltr" else runs[::-1])
    return [run for runs in (stretches if base == "ltr" else stretches[::-1]) for run in runs]


def _run(text: str, font: str, direction: Direction) -> _Run:
    if SHAPING:
        return _Run(text, font, direction)
    shown = "".join(char for char in text if char not in CONTROLS)
    return _Run(shown if direction == "ltr" else shown[::-1], font, None)


def _directions(text: str, base: Direction) -> list[Direction]:
    """Each character's direction. A digit follows the letter before it; other signs follow the letters around them."""
    strong: list[Direction | None] = []
    before = base
    for kind in map(unicodedata.bidirectional, text):
        before = STRONG.get(kind, before)
        strong.append(before if kind in STRONG or kind in {"EN", "AN", "NSM"} else None)
    # Rule N0: brackets go with what they hold if it runs as the line does, and otherwise with what stands before them.
    for pair in re.finditer(r"[(\[][^()\[\]]*[)\]]", text):
        first, last = pair.start(), pair.end() - 1
        outside = next((each for each in reversed(strong[:first]) if each), base)
        strong[first] = strong[last] = base if base in strong[first:last] else outside
    result: list[Direction] = []
    for direction, group in groupby(strong):
        length = len(list(group))
        before = result[-1] if result else base
        after = next(iter(strong[len(result) + length :]), None) or base
        result += [direction or (before if before == after else base)] * length
    return result


def _fonts(text: str, fonts: tuple[str, ...]) -> list[str]:
    """Each character's font. Marks, spaces and punctuation stay with the letters before them where they can."""
    chosen = []
    font = fonts[0]
    for char in text:
        if char not in CONTROLS and (char.isalnum() or not _holds(font, char)):
            font = next((each for each in fonts if _holds(each, char)), font)
        chosen.append(font)
    return chosen


# --- Fonts


@functools.cache
def _holds(font: str, char: str) -> bool:
    """Whether a font has a character. Pillow does not say, but draws one sign for all that a font lacks."""
    return _glyph(font, char) != _glyph(font, "\U0010ffff")


def _glyph(font: str, char: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(font, 20, ImageFont.Layout.BASIC).getmask(char)
    return mask.size, bytes(mask)


@functools.cache
def _font(name: str, size: int, layout: ImageFont.Layout | None = None) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / name, size, layout_engine=layout)


def _length(run: _Run, size: int) -> float:
    """In pixels."""
    return _font(run.font, size).getlength(run.text, direction=run.direction)


@functools.lru_cache(maxsize=50_000)
def _width(text: str, fonts: tuple[str, ...]) -> float:
    """In em. Letters grow in proportion to their size, so that one measurement serves every size."""
    return sum(_length(run, MEASURING_SIZE) for run in _runs(text, fonts)) / MEASURING_SIZE
