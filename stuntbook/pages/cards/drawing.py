"""The image that stands for a page where its address is shared: a record's name and words, set like a book's page."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, features

from stuntbook.pages.cards.typesetting import (
    DISPLAY,
    FILES,
    TEXT,
    Direction,
    Style,
    base_direction,
    cut,
    letter_spaced,
    lines,
    settable,
    wrapped,
    write,
)

DRAWING_VERSION = 2
"""To be raised with every change of what a card looks like, so that no kept image outlives it."""

# --- The design: pixels from the left and from the top

WIDTH, HEIGHT, SPINE, MARGIN = 1200, 630, 18, 84
RIGHT = WIDTH - MARGIN
MEASURE = RIGHT - MARGIN
"""The width of a line."""
KICKER_TOP, BODY_TOP, BODY_BOTTOM, GROUND, FOOTER_BASELINE = 90, 146, 494, 526, 583
TITLE_STEPS = ((116, 1, 3), (102, 2, 3), (88, 2, 3), (76, 3, 3), (66, 3, 3), (58, 4, 2), (50, 4, 2), (42, 5, 2))
"""A title's size, with the most lines of it and of the text below it; the first step that fits is taken."""
TEXT_GAP = 30
ASCENT = 0.86
"""From the top of a line to its baseline, in em."""
LEAP_CLEARANCE, LOWEST_LEAP, HIGHEST_LEAP, LEAP_STROKE, DOT_WIDTH = 26, 70, 240, 4, 22

PAPER = (0xFB, 0xF9, 0xF4)
INKS = {
    "rule": (0xDD, 0xD6, 0xC7),
    "soft": (0x5F, 0x58, 0x4C),
    "accent": (0x9C, 0x2F, 0x1F),
    "ink": (0x1F, 0x1C, 0x18),
}
"""Where two lie on each other, the later one is seen."""
SHADES = 15
"""Steps from paper to each ink, for smooth edges. Few colours make a small file."""

Curve = tuple[tuple[float, float], ...]
MARK_BOOK: tuple[Curve, ...] = (
    ((16, 23.5), (12.5, 20.5), (8, 19.7), (3, 20.5)),
    ((3, 20.5), (3, 27)),
    ((3, 27), (8, 26.2), (12.5, 27), (16, 30)),
    ((16, 30), (19.5, 27), (24, 26.2), (29, 27)),
    ((29, 27), (29, 20.5)),
    ((29, 20.5), (24, 19.7), (19.5, 20.5), (16, 23.5)),
    ((16, 23.5), (16, 30)),
)
MARK_LEAP: Curve = ((5, 16.5), (7.5, 9.5), (12.5, 6), (19.5, 6.2))
MARK_DOT: Curve = ((25.4, 7.2),)
MARK = (("ink", MARK_BOOK, 2.4), ("accent", (MARK_LEAP,), 2.4), ("accent", (MARK_DOT,), 6))
"""The site's mark, as in theme/assets/stuntbook/mark.svg: ink, Bézier curves and width of each of its parts."""
MARK_SIZE, MARK_UNITS = 60, 32

SUM_LENGTH = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The words on a card: plain text in any language and of any length."""

    kicker: str
    """What kind of page it is, and of what: `Stunt · Mission: Impossible – Fallout`."""
    title: str
    text: str
    """A sentence or two, or nothing."""
    footer: str
    """What the page holds: `15 statements, 2 articles`."""
    site: str


# --- Images, kept from one build to the next


class Album:
    """The images of cards, kept in a folder from one build to the next.

    Each stands there under a SHA-256 of all that it is made of. What can't be read is drawn, and what can't be written
    is not kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._edition = _edition()

    def name(self, card: Card) -> str:
        """The name of the file in which a card's image is kept."""
        return f"{hashlib.sha256(self._edition + json.dumps(astuple(card)).encode()).hexdigest()}.png"

    def image(self, card: Card) -> bytes:
        """A card's PNG."""
        path = self._folder / self.name(card)
        image = _kept(path)
        if image is None:
            image = draw_card(card)
            _keep(path, image)
        return image

    def remove_others(self, used: Collection[str]) -> None:
        """Remove the images of other names, and drafts that a broken-off build left; nothing else."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in used and re.fullmatch(r"[0-9a-f]{64}\.(png|\d+)", path.name):
                    path.unlink()


def _edition() -> bytes:
    """All but a card's words that makes its image."""
    engines = [features.version(name) for name in ("pil", "freetype2", "raqm", "harfbuzz", "zlib", "zlib_ng")]
    fonts = [hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES]
    return json.dumps([DRAWING_VERSION, engines, fonts]).encode()


def _kept(path: Path) -> bytes | None:
    """The image in a file, which ends in the image's SHA-256; None if there is none, or a damaged one."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    image, total = data[:-SUM_LENGTH], data[-SUM_LENGTH:]
    return image if hashlib.sha256(image).digest() == total else None


def _keep(path: Path, image: bytes) -> None:
    # Written beside its place first, so that another build never reads half an image.
    draft = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(image + hashlib.sha256(image).digest())
        draft.replace(path)


# --- The sheet


def draw_card(card: Card) -> bytes:
    """A card as PNG, 1200 x 630 pixels; the same card gives the same bytes.

    The size is the least that Facebook, where Open Graph comes from, asks for, in the shape (1.91 : 1) that it shows
    without cropping: https://developers.facebook.com/docs/sharing/webmasters/images
    """
    return _png(_drawn(card))


class _Sheet:
    """Paper that takes ink. Its pixels number the colours of a palette."""

    def __init__(self) -> None:
        self.image = Image.new("L", (WIDTH, HEIGHT))

    def fill(self, ink: str, left: int, top: int, right: int, bottom: int) -> None:
        self.image.paste(_colours(ink)[255], (left, top, right, bottom))

    def stamp(self, ink: str, coverage: Image.Image, left: int, top: int) -> None:
        box = (left, top, left + coverage.width, top + coverage.height)
        self.image.paste(ImageChops.lighter(self.image.crop(box), coverage.point(_colours(ink))), box)

    def write(self, text: str, setting: _Setting, left: float, baseline: float) -> None:
        strip = Image.new("L", (WIDTH, 2 * setting.size))
        above = round(1.3 * setting.size)
        write(ImageDraw.Draw(strip), text, setting, left, above)
        self.stamp(setting.ink, strip, 0, round(baseline) - above)


@functools.cache
def _colours(ink: str) -> list[int]:
    """For each coverage from 0 to 255 with an ink, the colour's place in the palette."""
    first = list(INKS).index(ink) * SHADES
    steps = [round(coverage * SHADES / 255) for coverage in range(256)]
    return [step and first + step for step in steps]


@functools.cache
def _palette() -> list[int]:
    """Paper, then each ink from its palest shade to its full one: red, green and blue of each in turn."""
    shades = [(ink, step / SHADES) for ink in INKS.values() for step in range(1, SHADES + 1)]
    return [*PAPER, *(round(p + (i - p) * share) for ink, share in shades for p, i in zip(PAPER, ink, strict=True))]


@functools.cache
def _strokes(curves: tuple[Curve, ...], pen: float, scale: float, size: tuple[int, int]) -> Image.Image:
    """Curves drawn with a round pen, as coverage: four times as large first, for smooth edges."""
    image = Image.new("L", (size[0] * 4, size[1] * 4))
    draw = ImageDraw.Draw(image)
    for curve in curves:
        points = [(x * scale * 4, y * scale * 4) for x, y in (_point(curve, step / 200) for step in range(201))]
        draw.line(points, 255, round(pen * scale * 4), joint="curve")
        for end in (points[0], points[-1]):
            draw.circle(end, pen * scale * 2, 255)
    return image.reduce(4)


def _point(curve: Curve, t: float) -> tuple[float, float]:
    """The point of a Bézier curve at t from 0 to 1, by de Casteljau's construction."""
    points = list(curve)
    while len(points) > 1:
        points = [(x + (u - x) * t, y + (v - y) * t) for (x, y), (u, v) in pairwise(points)]
    return points[0]


def _png(image: Image.Image) -> bytes:
    output = BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


# --- What stands where


@dataclass(frozen=True, slots=True)
class _Setting(Style):
    ink: str
    leading: float = 1.0
    """From one baseline to the next, in em."""


KICKER = _Setting(TEXT, 26, "accent")
SUMMARY = _Setting(TEXT, 35, "soft", 1.4)
SITE = _Setting(DISPLAY, 36, "ink")
FOOTER = _Setting(TEXT, 27, "soft")


def _drawn(card: Card) -> Image.Image:
    kicker, title, text, footer, site = map(settable, astuple(card))
    if not any(map(str.isalnum, title)):
        kicker, title = "", kicker.strip(" ·…") or site
    sheet = _Sheet()
    sheet.fill("accent", 0, 0, SPINE, HEIGHT)
    # The running text, if there is any, decides from which side lines begin.
    side = base_direction(text or title)
    _draw_lines(sheet, [cut(letter_spaced(kicker.upper()), KICKER, MEASURE)], KICKER, KICKER_TOP, side)
    _draw_leap(sheet, _draw_body(sheet, title, text, side))
    _draw_footer(sheet, footer, site)
    sheet.image.putpalette(_palette())
    return sheet.image


def _draw_body(sheet: _Sheet, title: str, text: str, side: Direction) -> float:
    """Set title and text; give where they end."""
    setting, title_lines, text_lines = _fitted(title, text)
    bottom = _draw_lines(sheet, title_lines, setting, BODY_TOP, side)
    return _draw_lines(sheet, text_lines, SUMMARY, bottom + TEXT_GAP, side) if text_lines else bottom


def _fitted(title: str, text: str) -> tuple[_Setting, list[str], list[str]]:
    """The setting of a title, its lines, and the lines of the text below it."""
    texts = {most: lines(text, SUMMARY, MEASURE, most) for most in (2, 3)}
    for size, most, most_text in TITLE_STEPS:
        setting = _Setting(DISPLAY, size, "ink", 1.1)
        below = texts[most_text]
        room = BODY_BOTTOM - BODY_TOP - (TEXT_GAP + len(below) * SUMMARY.size * SUMMARY.leading if below else 0)
        words = setting.words(title)
        count = len(wrapped(words, setting.width(" "), MEASURE))
        whole = all(width <= MEASURE for _, width in words)
        if whole and count <= most and count * size * setting.leading <= room:
            break
    return setting, lines(title, setting, MEASURE, most), below


def _draw_lines(sheet: _Sheet, texts: Sequence[str], setting: _Setting, top: float, side: Direction) -> float:
    """Set lines below each other, all beginning at one side; give where the last one ends."""
    for text in texts:
        left = MARGIN if side == "ltr" else RIGHT - setting.width(text)
        sheet.write(text, setting, left, top + setting.size * ASCENT)
        top += setting.size * setting.leading
    return top


def _draw_leap(sheet: _Sheet, above: float) -> None:
    """The ground, and a leap over it as high as the free space above it allows."""
    sheet.fill("rule", MARGIN, GROUND, RIGHT, GROUND + 2)
    # In steps, so that many cards share a shape.
    height = min(int(GROUND - above - LEAP_CLEARANCE) // 10 * 10, HIGHEST_LEAP)
    if height < LOWEST_LEAP:
        return
    half, end = LEAP_STROKE / 2, MEASURE - DOT_WIDTH / 2
    flight: Curve = ((half, height), (end / 2, 2 * LEAP_STROKE - height), (end, height - DOT_WIDTH / 2))
    for ink, curve, pen in (("rule", flight, LEAP_STROKE), ("accent", flight[-1:], DOT_WIDTH)):
        sheet.stamp(ink, _strokes((curve,), pen, 1, (MEASURE, height)), MARGIN, GROUND - height)


def _draw_footer(sheet: _Sheet, footer: str, site: str) -> None:
    for ink, curves, pen in MARK:
        mask = _strokes(curves, pen, MARK_SIZE / MARK_UNITS, (MARK_SIZE, MARK_SIZE))
        sheet.stamp(ink, mask, MARGIN - 4, FOOTER_BASELINE - MARK_SIZE + 10)
    left = MARGIN + MARK_SIZE + 8
    site = cut(site, SITE, MEASURE / 2)
    sheet.write(site, SITE, left, FOOTER_BASELINE)
    footer = cut(footer, FOOTER, RIGHT - left - SITE.width(site) - MARK_SIZE)
    sheet.write(footer, FOOTER, RIGHT - FOOTER.width(footer), FOOTER_BASELINE)
