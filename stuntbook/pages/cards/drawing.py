"""The image that stands for a page where its address is shared: a record's name and words, set like a book's page."""

import functools
from dataclasses import astuple
from io import BytesIO
from itertools import pairwise

from bidi import get_base_level
from PIL import Image, ImageChops, ImageDraw

from stuntbook.pages.cards.card import Card
from stuntbook.pages.cards.typesetting import DISPLAY, TEXT, Style, lines, runs, settable, wrapped

# --- The design: pixels from the left and from the top

CARD_WIDTH, CARD_HEIGHT, SPINE, MARGIN = 1200, 630, 18, 84
RIGHT = CARD_WIDTH - MARGIN
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

STEPS = [round(coverage * SHADES / 255) for coverage in range(256)]
PLACES = {ink: [step and SHADES * number + step for step in STEPS] for number, ink in enumerate(INKS)}
"""For each coverage from 0 to 255 with an ink, the place of its colour in the palette."""
_shades = ((ink, step / SHADES) for ink in INKS.values() for step in range(1, SHADES + 1))
PALETTE = [*PAPER, *(round(p + (i - p) * share) for ink, share in _shades for p, i in zip(PAPER, ink, strict=True))]

KICKER = Style(TEXT, 26, "accent")
SUMMARY = Style(TEXT, 35, "soft", 1.4)
SITE = Style(DISPLAY, 36, "ink")
FOOTER = Style(TEXT, 27, "soft")

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


def draw_card(card: Card) -> bytes:
    """A card as PNG, 1200 x 630 pixels; the same card gives the same bytes.

    The size is the least that Facebook, where Open Graph comes from, asks for, in the shape (1.91 : 1) that it shows
    without cropping: https://developers.facebook.com/docs/sharing/webmasters/images
    """
    kicker, title, text, footer, site = map(settable, astuple(card))
    if not any(map(str.isalnum, title)):
        kicker, title = "", kicker.strip(" ·…") or site
    # The running text, if there is any, decides from which side lines begin.
    sheet = _Sheet(from_right=get_base_level(text or title or " ") == 1)
    sheet.stamp("accent", Image.new("L", (SPINE, CARD_HEIGHT), 255), 0, 0)
    # Capitals are set apart, as they should be. Letters of scripts without capitals may join.
    gap = "" if any(char.isalpha() and not char.isupper() for char in kicker.upper()) else "\u200a\u200a"
    sheet.write_block(gap.join(kicker.upper()), KICKER, KICKER_TOP, 1)
    style, most, most_text = _fitted(title, text)
    bottom = sheet.write_block(title, style, BODY_TOP, most)
    if text:
        bottom = sheet.write_block(text, SUMMARY, bottom + TEXT_GAP, most_text)
    _draw_leap(sheet, bottom)
    _draw_footer(sheet, footer, site)
    output = BytesIO()
    sheet.image.putpalette(PALETTE)
    sheet.image.save(output, "PNG")
    return output.getvalue()


class _Sheet:
    """Paper that takes ink, in lines that all begin at one side. Its pixels number the colours of the palette."""

    def __init__(self, from_right: bool) -> None:
        self.image = Image.new("L", (CARD_WIDTH, CARD_HEIGHT))
        self.from_right = from_right

    def stamp(self, ink: str, coverage: Image.Image, left: int, top: int) -> None:
        box = (left, top, left + coverage.width, top + coverage.height)
        self.image.paste(ImageChops.lighter(self.image.crop(box), coverage.point(PLACES[ink])), box)

    def write(self, line: str, style: Style, left: float, baseline: int) -> None:
        strip, above = Image.new("L", (CARD_WIDTH, 2 * style.size)), round(1.3 * style.size)
        for run, font, direction in runs(line, style.fonts, style.size):
            ImageDraw.Draw(strip).text((left, above), run, 255, font, "ls", direction=direction)
            left += font.getlength(run, direction=direction)
        self.stamp(style.ink, strip, 0, baseline - above)

    def write_block(self, text: str, style: Style, top: float, most: int) -> float:
        """Set a text in at most so many lines; give where the last one ends."""
        for line in lines(text, style, MEASURE, most):
            left = RIGHT - style.width(line) if self.from_right else MARGIN
            self.write(line, style, left, round(top + style.size * ASCENT))
            top += style.size * style.leading
        return top


def _fitted(title: str, text: str) -> tuple[Style, int, int]:
    """The style of a title, with the most lines of it and of the text below it."""
    text_lines = len(wrapped(text, SUMMARY, MEASURE))
    for size, most, most_text in TITLE_STEPS:
        style = Style(DISPLAY, size, "ink", 1.1)
        below = min(text_lines, most_text) * SUMMARY.size * SUMMARY.leading
        room = BODY_BOTTOM - BODY_TOP - (TEXT_GAP + below if below else 0)
        title_lines = wrapped(title, style, MEASURE)
        unbroken = " ".join(title_lines) == title
        if unbroken and len(title_lines) <= min(most, room / size / style.leading):
            break
    return style, most, most_text


def _draw_leap(sheet: _Sheet, above: float) -> None:
    """The ground, and a leap over it as high as the free space above it allows."""
    sheet.stamp("rule", Image.new("L", (MEASURE, 2), 255), MARGIN, GROUND)
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
    left: float = MARGIN + MARK_SIZE + 8
    for line in lines(site, SITE, MEASURE / 2, 1):
        sheet.write(line, SITE, left, FOOTER_BASELINE)
        left += SITE.width(line)
    for line in lines(footer, FOOTER, RIGHT - left - MARK_SIZE, 1):
        sheet.write(line, FOOTER, RIGHT - FOOTER.width(line), FOOTER_BASELINE)


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
