"""Social cards: what they show, that nothing sticks out or is lost, and how they are kept between builds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.pages.cards import drawing as cards
from stuntbook.pages.cards import typesetting
from stuntbook.pages.cards.drawing import Album, Card, draw_card
from tests.site_tools import ROOT, run

CARD = Card(
    kicker="Stunt · Canal",
    title="Canal jump",
    text="Dara Quill leaps over the canal. She does it in one take.",
    footer="15 statements, 2 articles",
    site="Stuntbook",
)
LONG = (
    "The leap from the north tower of the old cathedral across the flooded market square to the moving freight train, "
    "performed in one take without a wire before dawn on the last day of the shoot in rain"
)
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
DIFFICULT = {
    "long": replace(CARD, title=LONG, kicker=LONG, text=LONG * 9, footer=LONG, site=LONG),
    "capitals": replace(CARD, title=LONG.upper(), text=LONG.upper()),
    "a title of some lines": replace(CARD, title=LONG[:75], text=LONG),
    "a long word": replace(CARD, title=WORD, kicker=WORD, text=WORD * 9, footer=WORD, site=WORD),
    "wide letters": replace(CARD, title="W" * 300, text="W" * 300),
    "Arabic": replace(CARD, title="القفزة من أعلى برج في العالم " * 6, text="قفز الممثل من ارتفاع 25000 قدم. " * 9),
    "Hebrew and Latin": replace(CARD, title="גל גדות (Gal Gadot)", text="שחקנית"),
    "Thai": replace(CARD, title="กระโดดจากสะพาน" * 12),
    "one letter": replace(CARD, title="M", text=""),
    "nothing": Card(kicker="", title="", text="", footer="", site=""),
    "Chinese": replace(CARD, title="成龍", kicker="成龍", text="成龍"),
    "controls": replace(CARD, title="a\x00\u202eb\ud800\n\tc", text="\u200f\u0301"),
}


def picture(card: Card) -> Image.Image:
    image = Image.open(BytesIO(draw_card(card)))
    return image.convert("RGB")


def used_box(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The part of a box of an image that is not bare paper."""
    part = image.crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, cards.PAPER)).getbbox()


def test_a_card_is_a_small_png_of_the_size_that_is_asked_for() -> None:
    data = draw_card(CARD)
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert image.convert("RGB").getpixel((600, 20)) == (0xFB, 0xF9, 0xF4)


def test_the_cards_of_the_real_records_are_small() -> None:
    knowledge = load_and_check(ROOT, Report())
    sizes = [len(draw_card(replace(CARD, title=record.display_name, text=LONG))) for record in knowledge.records]
    assert sizes
    assert max(sizes) < 40_000


@pytest.mark.parametrize("field", ["kicker", "title", "text", "footer", "site"])
def test_every_field_is_seen(field: str) -> None:
    before, after = picture(CARD), picture(replace(CARD, **{field: "Other words"}))
    assert ImageChops.difference(before, after).getbbox()


@pytest.mark.parametrize("name", DIFFICULT)
def test_nothing_leaves_its_place(name: str) -> None:
    image = picture(DIFFICULT[name])
    overhang = 8  # of a slanted letter
    assert used_box(image, (cards.SPINE, 0, cards.MARGIN - overhang, 630)) is None, "left margin"
    assert used_box(image, (cards.RIGHT + overhang, 0, 1200, 630)) is None, "right margin"
    assert used_box(image, (cards.SPINE, 0, 1200, 80)) is None, "top margin"
    assert used_box(image, (cards.SPINE, 610, 1200, 630)) is None, "bottom margin"
    around_ground = image.crop((cards.MARGIN, cards.GROUND - 14, cards.RIGHT - 30, cards.GROUND + 5))
    dark = [colour for _, colour in colours(around_ground) if max(colour) < 0xA0]
    assert dark == [], "text on the ground line"


def colours(image: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    found = image.getcolors(image.width * image.height)
    assert found is not None
    return [(count, colour) for count, colour in found if isinstance(colour, tuple) and len(colour) == 3]


@pytest.mark.parametrize("site", ["Stuntbook", LONG])
def test_site_and_footer_keep_apart(site: str) -> None:
    footer = picture(replace(CARD, site=site, footer=LONG)).crop((cards.MARGIN, 540, cards.RIGHT, 610))
    bare = [used_box(footer, (x, 0, x + 30, 70)) is None for x in range(0, footer.width - 30, 5)]
    assert any(bare)


@pytest.mark.parametrize("title", [LONG, LONG.upper(), WORD])
def test_a_title_of_200_characters_is_shown_to_its_end(title: str) -> None:
    assert draw_card(replace(CARD, title=title + "x")) != draw_card(replace(CARD, title=title + "y"))


def test_what_can_not_fit_ends_in_an_ellipsis() -> None:
    style = typesetting.Style(typesetting.TEXT, 30)
    assert typesetting.cut("One two three four", style, style.width("One two three")) == "One two…"
    lines = typesetting.lines(LONG, style, 300, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(style.width(line) <= 300 for line in lines)


def test_a_short_title_is_larger_than_a_long_one() -> None:
    def height(title: str) -> int:
        box = used_box(picture(replace(CARD, title=title, kicker="", text="")), (cards.MARGIN, 0, 400, 280))
        assert box
        return box[3] - box[1]

    assert height("H") > 1.5 * height("H" * 24)


def test_lines_are_of_about_the_same_length_and_lose_no_word() -> None:
    style = typesetting.Style(typesetting.DISPLAY, 60)
    lines = typesetting.lines("The longest jump of them all over the canal", style, 1000, 3)
    assert " ".join(lines) == "The longest jump of them all over the canal"
    shorter, longer = sorted(map(style.width, lines))
    assert shorter > 0.7 * longer


def test_a_line_does_not_begin_with_a_dash() -> None:
    style = typesetting.Style(typesetting.DISPLAY, 60)
    lines = typesetting.lines("The old canal – Return", style, style.width("The old canal –") - 1, 3)
    assert lines == ["The old", "canal – Return"]


@pytest.mark.parametrize(
    "text",
    [
        "Plain",
        "Ångström Nguyễn Łódź",
        "Ελευθέριος",
        "Дневной дозор",
        "عمر الشريف",
        "גל גדות",
        "शाहरुख़ ख़ान",
        "จา พนม",
        "Հայ",
        "ქართ",
    ],
)
def test_a_script_is_set(text: str) -> None:
    assert typesetting.settable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jackie 成龍 Chan", "Jackie … Chan"),
        ("成 龍", "…"),
        ("Jump 🪂 now", "Jump now"),
        ("one\n\ttwo", "one two"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_what_no_font_holds_is_left_out(text: str, shown: str) -> None:
    assert typesetting.settable(text) == shown


def test_a_title_that_no_font_holds_gives_way_to_the_kicker() -> None:
    card = Card(kicker="Person", title="成龍", text="", footer="", site="")
    assert draw_card(card) == draw_card(replace(card, kicker="", title="Person"))


ONE_FONT = "NotoNaskhArabic-Medium.ttf"


@pytest.mark.skipif(not typesetting.SHAPING, reason="Pillow has no raqm here")
@pytest.mark.parametrize(
    "text",
    [
        "قفز الممثل من ارتفاع 25000 قدم (بدون مظلة) في فيلم Fallout عام 2018.",
        "Omar Sharif (عمر الشريف) rode 25 camels.",
        "عمر Omar Sharif (1968) قفز",
        "عمر (Omar Sharif)",
        "Omar (born عمر) rode",
        "(عمر) jump",
        "25 عمر",
        "Jump 25% عمر",
        "عمر: 12/5 - 13",
        "A [عمر] B «عمر» C",
        "عمر Omar 25 عمر",
        "Jump عمر 25 jump",
        "عمر – Omar – عمر",
    ],
)
def test_runs_are_joined_and_ordered_as_a_bidi_library_does(text: str) -> None:
    """One font that holds both scripts lets raqm, with FriBidi, order the whole line: an independent answer."""
    ours, theirs = Image.new("L", (1400, 100)), Image.new("L", (1400, 100))
    typesetting.write(ImageDraw.Draw(ours), text, typesetting.Style((ONE_FONT,), 40), 20, 60)
    font = ImageFont.truetype(typesetting.FOLDER / ONE_FONT, 40)
    direction = typesetting.base_direction(text)
    ImageDraw.Draw(theirs).text((20, 60), text, 255, font, "ls", direction=direction)
    assert ImageChops.difference(ours, theirs).getbbox() is None


@pytest.mark.skipif(not typesetting.SHAPING, reason="Pillow has no raqm here")
def test_scripts_of_several_fonts_follow_each_other_from_the_right() -> None:
    ours, theirs = Image.new("L", (600, 100)), Image.new("L", (600, 100))
    typesetting.write(ImageDraw.Draw(ours), "عمر גל", typesetting.Style(typesetting.TEXT, 40), 20, 60)
    hebrew = ImageFont.truetype(typesetting.FOLDER / "NotoSerifHebrew-Medium.ttf", 40)
    arabic = ImageFont.truetype(typesetting.FOLDER / ONE_FONT, 40)
    draw = ImageDraw.Draw(theirs)
    draw.text((20, 60), "גל", 255, hebrew, "ls", direction="rtl")
    draw.text((20 + hebrew.getlength("גל", direction="rtl"), 60), "عمر ", 255, arabic, "ls", direction="rtl")
    assert ImageChops.difference(ours, theirs).getbbox() is None


def test_a_line_of_a_wrapped_text_keeps_the_direction_of_the_text() -> None:
    style = typesetting.Style(typesetting.TEXT, 40)
    lines = typesetting.lines("عمر الشريف Fallout 2018 عمر", style, style.width("Fallout 2018 عمر"), 3)
    assert len(lines) == 2
    assert [typesetting.base_direction(line) for line in lines] == ["rtl", "rtl"]


def test_lines_of_a_right_to_left_text_begin_at_the_right() -> None:
    title = (cards.MARGIN, 150, cards.MARGIN + 200, 250)
    assert used_box(picture(replace(CARD, title="عمر", text="عمر")), title) is None
    assert used_box(picture(replace(CARD, title="عمر", text="Omar")), title)


def test_without_a_shaping_library_there_is_still_a_card() -> None:
    program = (
        "from PIL import _imagingft\n"
        "_imagingft.HAVE_RAQM = False\n"
        "from stuntbook.pages.cards.drawing import Card, draw_card\n"
        "from stuntbook.pages.cards.typesetting import SHAPING\n"
        "words = dict.fromkeys(['kicker', 'title', 'text', 'footer', 'site'], 'עמר \\u200dOmar (1968) عمر')\n"
        "print(SHAPING, len(draw_card(Card(**words))) > 1000)\n"
    )
    finished = run("-c", program, cwd=ROOT)
    assert finished.stdout.splitlines() == ["False True"], finished.stderr


def test_the_same_card_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib\n"
        "from tests.pages.test_cards import CARD, DIFFICULT, draw_card\n"
        "for card in (CARD, *DIFFICULT.values()): print(hashlib.sha256(draw_card(card)).hexdigest())\n"
    )
    finished = run("-c", program, cwd=ROOT)
    # Drawn here in another order, so that what one card leaves behind would show in the next.
    sums = [hashlib.sha256(draw_card(card)).hexdigest() for card in reversed((CARD, *DIFFICULT.values()))]
    assert finished.stdout.split() == sums[::-1], finished.stderr


def test_the_mark_is_the_sites_mark() -> None:
    mark = (ROOT / "stuntbook/mkdocs/theme/assets/stuntbook/mark.svg").read_text(encoding="utf-8")

    def numbers(points: Iterable[tuple[float, float]]) -> list[float]:
        return [number for point in points for number in point]

    start, *curve = cards.MARK_LEAP
    assert f"M{start[0]:g} {start[1]:g}C{' '.join(f'{number:g}' for number in numbers(curve))}" in mark
    ((x, y),) = cards.MARK_DOT
    assert f'cx="{x:g}" cy="{y:g}"' in mark
    assert f"M{' '.join(f'{number:g}' for number in cards.MARK_BOOK[0][0])}C" in mark


# --- The cache


def many(count: int) -> list[Card]:
    return [replace(CARD, title=f"Jump {number}") for number in range(count)]


def images(folder: Path, wanted: list[Card]) -> list[bytes]:
    """The images as a build makes them, which then forgets all others."""
    album = Album(folder)
    made = [album.image(card) for card in wanted]
    album.remove_others({album.name(card) for card in wanted})
    return made


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Card) -> Image.Image:
        raise AssertionError("a card was drawn")

    monkeypatch.setattr(cards, "_drawn", refuse)


def test_an_album_holds_the_cards_as_they_are_drawn(tmp_path: Path) -> None:
    assert images(tmp_path / "cache", many(3)) == [draw_card(card) for card in many(3)]


def test_what_is_kept_is_not_drawn_again(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    first = images(tmp_path, many(3))
    request.getfixturevalue("no_drawing")
    assert images(tmp_path, many(3)) == first
    with pytest.raises(AssertionError, match="a card was drawn"):
        images(tmp_path, many(4))


def test_another_drawing_version_draws_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    images(tmp_path, many(1))
    request.getfixturevalue("no_drawing")
    monkeypatch.setattr(cards, "DRAWING_VERSION", cards.DRAWING_VERSION + 1)
    with pytest.raises(AssertionError, match="a card was drawn"):
        images(tmp_path, many(1))


@pytest.mark.parametrize("damage", [b"", b"short", None])
def test_a_damaged_file_is_drawn_again_and_mended(tmp_path: Path, damage: bytes | None) -> None:
    first = images(tmp_path, many(1))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage if damage is not None else whole[:500] + b"?" + whole[501:])
    assert images(tmp_path, many(1)) == first
    assert path.read_bytes() == whole


def test_a_kept_file_opens_as_an_image(tmp_path: Path) -> None:
    images(tmp_path, many(1))
    (path,) = tmp_path.iterdir()
    with Image.open(path) as image:
        assert image.size == (1200, 630)


def test_a_cache_that_can_not_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_bytes(b"kept")
    assert len(images(blocked, many(2))) == 2
    assert len(images(blocked / "below", many(2))) == 2
    assert blocked.read_bytes() == b"kept"


def test_a_folder_in_a_files_place_is_no_error(tmp_path: Path) -> None:
    first = images(tmp_path, many(1))
    (path,) = tmp_path.iterdir()
    path.unlink()
    (path / "x").mkdir(parents=True)
    assert images(tmp_path, many(1)) == first


def test_what_no_card_uses_is_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    (tmp_path / "photo.png").write_bytes(b"mine")
    (tmp_path / f"{'0' * 64}.123").write_bytes(b"left by a build that was broken off")
    images(tmp_path, many(5))
    assert len(list(tmp_path.iterdir())) == 7
    images(tmp_path, many(2))
    assert len(list(tmp_path.iterdir())) == 4
    assert {"notes.txt", "photo.png"} <= {path.name for path in tmp_path.iterdir()}


def test_the_same_words_are_kept_once(tmp_path: Path) -> None:
    one, two = images(tmp_path, [CARD, CARD])
    assert one == two
    assert len(list(tmp_path.iterdir())) == 1


def test_the_fonts_come_with_their_licences() -> None:
    licences = " ".join(path.read_text(encoding="utf-8") for path in typesetting.FOLDER.glob("OFL-*.txt"))
    assert licences.count("SIL OPEN FONT LICENSE Version 1.1") == 2
    assert sorted(path.name for path in typesetting.FOLDER.glob("*.?tf")) == sorted(
        path.name for path in typesetting.FILES
    )
    assert sum(path.stat().st_size for path in typesetting.FOLDER.iterdir() if path.is_file()) < 1_200_000
