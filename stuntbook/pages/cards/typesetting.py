"""Lines of text in any script: Pillow shapes the letters, python-bidi orders them, fonts fill each other's gaps."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from bidi import get_base_level, get_display
from PIL import ImageFont, features

FONTS = Path(__file__).parent / "fonts"
OTHER_SCRIPTS = sorted(map(str, FONTS.glob("Noto*.ttf")))
TEXT = (f"{FONTS}/SourceSerif4-Regular.otf", *OTHER_SCRIPTS)
DISPLAY = (f"{FONTS}/SourceSerif4Display-Semibold.otf", *OTHER_SCRIPTS)
WORD_GAP = re.compile(" (?![–—-] )")  # a dash belongs to the word before it
MARKS = "".join(chr(code) for code in range(0x3000) if unicodedata.category(chr(code)) in {"Mn", "Mc", "Me", "Cf"})
LETTER = re.compile(f".[{MARKS}]*")
SHAPING = features.check("raqm")  # without it, letters are not joined
_font = cache(ImageFont.truetype)


class Style(NamedTuple):
    """How text is set: fonts (each serves for what those before it lack), size in pixels, ink, line height in em."""

    fonts: tuple[str, ...]
    size: int
    ink: str
    leading: float = 1.0

    def width(self, text: str) -> float:
        """In pixels. Letters grow in proportion to their size, so that one measurement serves every size."""
        return _width(text, self.fonts) * self.size / 100


def settable(text: str) -> str:
    """The first 1,000 characters in one line, without what no font holds; an ellipsis stands for letters and digits."""
    line = unicodedata.normalize("NFC", " ".join(text[:1000].split())).replace("\ufdfd", "…")  # too wide for FreeType
    letters = (letter for letter in LETTER.findall(line) if letter[0].isalnum() or _holder(letter[0], TEXT))
    kept = (char if _holder(char, TEXT) else "…" * char.isalnum() for char in "".join(letters))
    return re.sub(r"…(\s*…)+", "…", " ".join("".join(kept).split()))


def lines(text: str, style: Style, measure: float, most: int) -> list[str]:
    """Settable text in lines of about the same length, at most `measure` pixels, with an ellipsis for what is left."""
    rows = wrapped(text, style, measure)
    if len(rows) > most:
        last = wrapped(" ".join(rows[most - 1 :]), style, measure - style.width("…"))[0]
        rows[most - 1 :] = [last.rstrip(" .,;:·–—-…") + "…"]
    elif len(rows) > 1:
        words = [style.width(f" {word}") for word in WORD_GAP.split(text)]
        narrowest = max(*words, sum(words) / len(rows))
        narrower = (wrapped(text, style, narrowest + more) for more in range(0, int(measure - narrowest), 4))
        rows = next((each for each in narrower if len(each) == len(rows)), rows)
    # A line alone may not show which way its text runs: invisible letters at its ends do.
    mark = "\u200f" if rows and get_base_level(text) else "\u200e"
    return [f"{mark}{row}{mark}" for row in rows]


def wrapped(text: str, style: Style, measure: float) -> list[str]:
    """Text in as few lines as it needs. A word that is wider than a line is broken at any letter."""
    rows: list[str] = []
    room = 0.0
    for word in filter(None, WORD_GAP.split(text)):
        for piece in (f" {word}",) if style.width(f" {word}") <= measure else LETTER.findall(f" {word}"):
            if style.width(piece) <= room:
                rows[-1] += piece
                room -= style.width(piece)
            else:
                rows.append(piece.lstrip())
                room = measure - style.width(rows[-1])
    return rows


@lru_cache(maxsize=50_000)
def _width(text: str, fonts: tuple[str, ...]) -> float:
    return sum(font.getlength(run, direction=direction) for run, font, direction in runs(text, fonts, 100))


def runs(text: str, fonts: tuple[str, ...], size: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont, str | None]]:
    """What `lines` gives, in stretches of one font and one direction (if Pillow takes one), from left to right."""
    # python-bidi gives the order, not the directions: a \x01 behind a character comes to stand before it in rtl text.
    visual = get_display("".join(f"{char}\x01" for char in text))
    for stretch in re.findall(r"(?:\x01[^\x01])+|(?:[^\x01]\x01)+", visual):
        step, direction = (-1, "rtl") if stretch[0] == "\x01" else (1, "ltr")
        letters = LETTER.findall(stretch.replace("\x01", "")[::step])
        by_font = groupby(letters, lambda letter: _holder(letter[0], fonts) or fonts[0])
        for run, font in [("".join(run), _font(path, size)) for path, run in by_font][::step]:
            yield (run, font, direction) if SHAPING else (re.sub("[\u200c-\u200f]", "", run[::step]), font, None)


@cache
def _holder(char: str, fonts: tuple[str, ...]) -> str | None:
    """The first font that has a character. Pillow does not say, but draws one sign for all that a font lacks."""
    basic = ((path, _font(path, 20, layout_engine=ImageFont.Layout.BASIC)) for path in fonts)
    return next((path for path, font in basic if bytes(font.getmask(char)) != bytes(font.getmask("\U0010ffff"))), None)
