"""A page's language is that of its words, whatever the theme's."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from stuntbook.text.language import is_english
from tests.site_tools import Site, add_settings, build, differences, replace_in, snapshot
from tests.support import BOOK, FRONT_MATTER, SITES, indented, write_book

ENGLISH = (
    "She jumped from the bridge at dawn, and a boat with the crew waited on the other side of the river for her.",
    "In the weeks before that she had trained with a rope, from a tower which the crew had built in the harbour.",
)
DUTCH = (
    "De stunt werd op een brug in de stad opgenomen, en de springster oefende er een jaar lang met haar ploeg voor.",
    "Ze kwam na de laatste sprong ongedeerd aan de kant, waar de hele ploeg met warme dekens op haar stond te wachten.",
)
ARABIC = (
    "قفزت نادين من الجسر إلى النهر في الصباح الباكر بينما كان الطاقم يراقبها من القارب على الضفة الأخرى من المدينة.",
    "وقبل ذلك بأسابيع كانت قد تدربت مع الطاقم كل يوم على القفز من برج عال بني في الميناء خصيصا لها ولفريقها الصغير.",
)
GERMAN = (
    "Der Film „The Lord of the Dance“ wurde im Winter gedreht, und die Springerin war in jeder Szene selbst zu sehen.",
    "Sie hatte dafür ein Jahr lang mit ihrer Gruppe geübt, erst von einem Turm aus, dann von der Brücke am Fluss.",
)


@pytest.mark.parametrize(
    ("texts", "known"),
    [(ENGLISH, True), ((*ENGLISH, "Nadine Odile " * 9), True), (GERMAN, False), (DUTCH, False), (ARABIC, False),
     ((*ARABIC, "The Bridge of the River"), False), (ENGLISH[:1], None), ((), None), (["25,000 "] * 50, None)],
)  # fmt: skip
def test_small_words_tell_english(texts: Iterable[str], known: bool | None) -> None:
    assert is_english(" ".join(texts)) is known


def book(tmp_path: Path, language: str, told: Iterable[str] = ENGLISH) -> Path:
    """A book with a page by hand in each language, and a summary."""
    lines = "".join(f'  - text: "{each}"\n    cite: {{gazette: "* * *"}}\n' for each in told)
    front = FRONT_MATTER.replace("---\n", f"---\nlanguage: {'ar' if told == ARABIC else 'en'}\n", 1)
    cited = "قفزت نادين" if told == ARABIC else "She jumped"
    knowledge = BOOK + indented(f"summary:\n{lines}".replace("* * *", cited))
    root = add_settings(write_book(tmp_path / "book", knowledge, gazette=f"{front}{cited}.\n"))
    replace_in(root / "mkdocs.yml", "font: false", f"font: false, language: {language}")
    for name, texts in {"arabic": ARABIC, "dutch": DUTCH, "english": ENGLISH, "short": ["Ja."]}.items():
        (root / "docs" / f"{name}.md").write_text("\n\n".join(("# &mdash;", *texts)), encoding="utf-8")
    return root


def shown(root: Path) -> dict[str, tuple[str, str]]:
    """Language and direction of pages by their names."""
    build(root, root / "site")
    found = {}
    for path in (root / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        (language,), (direction,) = re.findall(r'<html lang="([^"]*)"', text), re.findall(r'<body dir="([^"]*)"', text)
        if path.parent.parent.name != "sources":  # which tell of the article
            assert f'name="DCTERMS.language" content="{language}"' in text
        found[path.parent.name if path.stem == "index" else path.stem] = (language, direction)
    return found


GENERATED = ("site", "canal", "people", "search", "404")


def test_an_english_book_is_english_under_another_theme(tmp_path: Path) -> None:
    pages = shown(book(tmp_path, "ar"))
    assert {pages[name] for name in (*GENERATED, "english", "short")} == {("en", "ltr")}
    assert pages["arabic"] == ("ar", "rtl")


def test_a_book_in_the_themes_language_is_in_it(tmp_path: Path) -> None:
    pages = shown(book(tmp_path, "ar", ARABIC))
    assert {pages[name] for name in (*GENERATED, "arabic", "short")} == {("ar", "rtl")}
    assert pages["english"] == ("en", "ltr")


def test_the_theme_says_it_where_words_do_not(tmp_path: Path) -> None:
    pages = shown(book(tmp_path, "nl", DUTCH))
    assert {pages[name] for name in (*GENERATED, "dutch", "short")} == {("nl", "ltr")}


@pytest.mark.parametrize("language", ["ar", "he", "ja"])
def test_an_english_site_is_the_same_under_any_theme(tmp_path: Path, language: str, small: Site) -> None:
    """With its theme's own words: nothing of the other language is left, which a reader might not know."""
    root = shutil.copytree(SITES / "valid", tmp_path / "book")
    replace_in(root / "mkdocs.yml", "font: false", f"font: false\n  language: {language}")
    build(root, tmp_path / "site")
    assert differences(small.files, snapshot(tmp_path / "site")) == []


def test_words_of_an_article_say_their_language(small: Site) -> None:
    pages = ("sources/manara-arabic/", "stunts/lighthouse-jump/")
    for page in pages:
        words = small.pages[page].article.iterfind('.//*[@lang="ar"]')
        assert any("لم أنظر" in "".join(each.itertext()) for each in words), page
    assert {each.get("lang") for each in small.pages["sources/lantern-gazette/"].article.iter()} == {None}
