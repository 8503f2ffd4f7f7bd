"""Social cards: what they show, that nothing sticks out or is lost, and how they are kept between builds."""

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.cards import album as albums
from stuntbook.pages.cards import drawing as cards
from stuntbook.pages.cards.album import Album
from stuntbook.pages.cards.card import Card
from stuntbook.pages.cards.drawing import draw_card
from stuntbook.pages.cards.typesetting import DISPLAY, FONTS, TEXT, Style, lines, runs, settable
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


def test_the_cards_of_the_real_records_are_small(knowledge: KnowledgeBase) -> None:
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


def set_lines(text: str, style: Style, measure: float, most: int) -> list[str]:
    """Without the invisible letters at their ends."""
    found = lines(text, style, measure, most)
    assert all(style.width(line) <= measure for line in found)
    return [line[1:-1] for line in found]


STYLE = Style(TEXT, 30, "ink")
TITLE = Style(DISPLAY, 60, "ink")


@pytest.mark.parametrize(
    ("text", "width_of", "most", "expected"),
    [
        ("One two three four", "One two three", 1, ["One two…"]),
        ("One two three four", "One two three", 2, ["One two", "three four"]),
        ("One two, three", " One two,…", 1, ["One two…"]),
        ("Abcdefgh", "Abcd…", 1, ["Abcd…"]),
        ("A Donaudampfschiff", "Donaudampf", 3, ["A Donaudam", "pfschiff"]),
        ("กี่ที่นี่ที่", "กี่ที่ ", 3, ["กี่ที่", "นี่ที่"]),
        ("The old canal – Return", "The old canal -", 3, ["The old", "canal – Return"]),
        ("", "One", 3, []),
    ],
)
def test_lines_break_at_spaces_and_end_in_an_ellipsis(text: str, width_of: str, most: int, expected: list[str]) -> None:
    assert set_lines(text, STYLE, STYLE.width(width_of) + 1, most) == expected


def test_lines_are_of_about_the_same_length_and_lose_no_word() -> None:
    found = set_lines("The longest jump of them all over the canal", TITLE, 1000, 3)
    assert " ".join(found) == "The longest jump of them all over the canal"
    shorter, longer = sorted(map(TITLE.width, found))
    assert shorter > 0.7 * longer


def test_a_short_title_is_larger_than_a_long_one() -> None:
    def height(title: str) -> int:
        box = used_box(picture(replace(CARD, title=title, kicker="", text="")), (cards.MARGIN, 0, 400, 280))
        assert box
        return box[3] - box[1]

    assert height("H") > 1.5 * height("H" * 24)


SCRIPTS = "Ångström Nguyễn Łódź|Ελευθέριος|Дневной дозор|عمر الشريف|می\u200cخواهم|גל גדות|शाहरुख़ ख़ान|จา พนม|Հայ|ქართ"


@pytest.mark.parametrize("text", SCRIPTS.split("|"))
def test_a_script_is_set(text: str) -> None:
    assert settable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jackie 成龍 Chan", "Jackie … Chan"),
        ("成 龍", "…"),
        ("\ufdfd one", "… one"),
        ("Jump 🪂 now 👩‍🚒", "Jump now"),
        ("Cafe\u0301\n\tx", "Café x"),
    ],
)
def test_what_no_font_holds_is_left_out(text: str, shown: str) -> None:
    assert settable(text) == shown
    assert draw_card(replace(CARD, text=text)) == draw_card(replace(CARD, text=shown))


def test_a_title_that_no_font_holds_gives_way_to_the_kicker() -> None:
    card = Card(kicker="Person", title="成龍", text="", footer="", site="")
    assert draw_card(card) == draw_card(replace(card, kicker="", title="Person"))


NASKH, HEBREW = (str(FONTS / name) for name in ("NotoNaskhArabic-Medium.ttf", "NotoSerifHebrew-Medium.ttf"))
shaping = pytest.mark.skipif(not features.check("raqm"), reason="Pillow has no raqm here")


def drawn(parts: Iterable[tuple[str, ImageFont.FreeTypeFont, str | None]]) -> bytes:
    """Parts of a line, from left to right."""
    image, left = Image.new("L", (1400, 100)), 20.0
    for text, font, direction in parts:
        ImageDraw.Draw(image).text((left, 60), text, 255, font, "ls", direction=direction)
        left += font.getlength(text, direction=direction)
    return image.tobytes()


def set_in_runs(text: str, *fonts: str) -> bytes:
    (line,) = lines(text, Style(fonts, 40, "ink"), 2000, 1)
    return drawn(runs(line, fonts, 40))


RIGHT_TO_LEFT = (
    "قفز الممثل من ارتفاع 25000 قدم (بدون مظلة) في فيلم Fallout عام 2018.",
    *("عمر Omar Sharif (1968) قفز", "عمر (Omar Sharif)", "(عمر) jump", "25 عمر", "عمر: 12/5 - 13", "عمر Omar 25 عمر"),
    *("عمر – Omar – عمر", "عمر ١٢/٣ و ١ - ٢", "قَفَزَ می\u200cخواهم"),
)
LEFT_TO_RIGHT = (
    *("Omar Sharif (عمر الشريف) rode 25 camels.", "Omar (born عمر) rode", "Jump 25% عمر", "A [عمر] B «عمر» C"),
    "Jump عمر 25 jump",
)


@shaping
@pytest.mark.parametrize("text", [*RIGHT_TO_LEFT, *LEFT_TO_RIGHT])
def test_runs_are_joined_and_ordered_as_by_another_library(text: str) -> None:
    """One font that holds both scripts lets raqm, with FriBidi, order the whole line: an independent answer."""
    direction = "rtl" if text in RIGHT_TO_LEFT else "ltr"
    assert set_in_runs(text, NASKH) == drawn([(text, ImageFont.truetype(NASKH, 40), direction)])


@shaping
def test_scripts_of_several_fonts_follow_each_other_from_the_right() -> None:
    latin, arabic, hebrew = (ImageFont.truetype(name, 40) for name in (TEXT[0], NASKH, HEBREW))
    expected = [("גל", hebrew, "rtl"), (" ", latin, "rtl"), ("عمر", arabic, "rtl")]
    assert set_in_runs("عمر גל", *TEXT) == drawn(expected)


@shaping
def test_a_line_of_a_wrapped_text_keeps_the_direction_of_the_text() -> None:
    _, line = lines("عمر الشريف Fallout 2018 عمر", STYLE, STYLE.width("Fallout 2018 عمر") + 1, 3)
    assert [text.strip(" \u200f") for text, *_ in runs(line, TEXT, 30)] == ["عمر", "", "Fallout 2018", ""]


def test_lines_of_a_right_to_left_text_begin_at_the_right() -> None:
    title = (cards.MARGIN, 150, cards.MARGIN + 200, 250)
    assert used_box(picture(replace(CARD, title="عمر", text="عمر")), title) is None
    assert used_box(picture(replace(CARD, title="عمر", text="Omar")), title)


def test_without_a_shaping_library_there_is_still_a_card() -> None:
    program = (
        "from PIL import _imagingft\n"
        "_imagingft.HAVE_RAQM = False\n"
        "from tests.pages.test_cards import CARD, DIFFICULT, STYLE, TEXT, draw_card, lines, runs\n"
        "assert all(len(draw_card(card)) > 1000 for card in DIFFICULT.values())\n"
        "(line,) = lines('אב Omar', STYLE, 1000, 1)\n"
        "print(ascii([(text, direction) for text, _, direction in runs(line, TEXT, 30) if text]))\n"
    )
    finished = run("-c", program, cwd=ROOT)
    assert finished.stdout.strip() == ascii([("Omar", None), (" ", None), ("בא", None)]), finished.stderr


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


def test_an_album_holds_the_cards_as_they_are_drawn(tmp_path: Path) -> None:
    assert images(tmp_path / "cache", many(3)) == [draw_card(card) for card in many(3)]


def test_what_is_kept_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = images(tmp_path, many(3))
    monkeypatch.setattr(cards, "draw_card", lambda card: b"drawn")
    assert images(tmp_path, many(4)) == [*first, b"drawn"]


@pytest.mark.parametrize("changed", ["drawing.py", "typesetting.py", "fonts/NotoSerifHebrew-Medium.ttf", None])
def test_another_drawing_draws_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str | None) -> None:
    before = Album(tmp_path).name(CARD)
    folder = shutil.copytree(FONTS.parent, tmp_path / "cards")
    monkeypatch.setattr(albums, "__file__", str(folder / "album.py"))
    assert Album(tmp_path).name(CARD) == before
    if changed:
        (folder / changed).write_bytes((folder / changed).read_bytes() + b"\n")
    else:
        monkeypatch.setattr(features, "version", lambda name: "0.0.1")
    assert Album(tmp_path).name(CARD) != before


@pytest.mark.parametrize("place", [0, 30, 500, -16, -10, -1])
def test_a_damaged_file_is_drawn_again_and_mended(tmp_path: Path, place: int) -> None:
    first = images(tmp_path, many(1))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    changed = bytearray(whole)
    changed[place] ^= 1
    for damaged in (bytes(changed), whole[:place]):
        path.write_bytes(damaged)
        assert images(tmp_path, many(1)) == first
        assert path.read_bytes() == whole


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
    images(tmp_path, many(5))
    assert len(list(tmp_path.iterdir())) == 7
    images(tmp_path, many(2))
    assert len(list(tmp_path.iterdir())) == 4
    assert {"notes.txt", "photo.png"} <= {path.name for path in tmp_path.iterdir()}


def test_the_fonts_come_with_their_licences() -> None:
    licences = " ".join(path.read_text(encoding="utf-8") for path in FONTS.glob("OFL-*.txt"))
    assert licences.count("SIL OPEN FONT LICENSE Version 1.1") == 2
    assert {str(path) for path in FONTS.glob("*.?tf")} == {*DISPLAY, *TEXT}
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 1_200_000
