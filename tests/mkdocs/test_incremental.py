"""What is made again after an edit, and what is kept, together are what a clean build gives, byte for byte.

Edits are made at random: words, names, statements, whole records and articles change, move, go and come back, and many
an edit breaks something. After each, the knowledge base that remembers all edits before it is compared with a new one.
"""

import random
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from stuntbook.check import load_and_check
from stuntbook.data.files import exports
from stuntbook.diagnostics import Report
from stuntbook.memo import Memo
from stuntbook.pages.site import Site
from stuntbook.pages.site_page import Publication, SitePage
from stuntbook.reading.pieces import split
from tests.site_tools import ROOT
from tests.support import SITES, THOROUGH, edition_of

EDITS = 400 if THOROUGH else 12
"""How many edits are made in a row."""
PUBLICATION = Publication(name="Book", address="https://book.example/", repository="https://code.example/")
"""With a repository, every page names the lines of its statements."""
NEW_ARTICLE = "---\ntitle: Another article\npublisher: Elsewhere\nurl: https://elsewhere.example/\n---\nNothing.\n"

Dice = random.Random


def content(root: Path, report: Report, memo: Memo | None = None) -> dict[str, SitePage | bytes]:
    """Everything that is made of a knowledge base; nothing where it has errors."""
    knowledge = load_and_check(root, report, memo=memo)
    if report.has_errors:
        return {}
    pages: dict[str, SitePage | bytes] = {page.address: page for page in Site(knowledge, PUBLICATION).pages()}
    files = exports(edition_of(knowledge))  # of which these two tell all that the others do
    return pages | {path: files[path]() for path in ("data/stuntbook.json", "data/annotations.jsonld")}


# --- Edits of a text


def change_a_word(text: str, dice: Dice) -> str:
    """A word of the editor's, or any other."""
    pattern = dice.choice([r"(?m)^ +(?:- )?(?:text|context|note|about|role): (.+)$", r"(?m)^ +(?:title|name): (.+)$"])
    values = list(re.finditer(pattern, text))
    words = list(re.finditer(r"\w+", text)) if not values or dice.random() < 0.2 else []
    if words:
        word = dice.choice(words)
        return text[: word.start()] + dice.choice(["indeed", "25", "none", ""]) + text[word.end() :]
    value = dice.choice(values)
    spaces = [match.start() for match in re.finditer(" ", value[1])]
    place = value.start(1) + (dice.choice(spaces) if spaces else 0)
    return f"{text[:place]} indeed{text[place:]}"


def move_lines(text: str, dice: Dice) -> str:
    """A blank line or a comment more, so that all that follows moves."""
    lines = text.split("\n")
    lines.insert(dice.randrange(len(lines)), dice.choice(["", "# a remark", "      # another remark"]))
    return "\n".join(lines)


def lose_or_double_a_line(text: str, dice: Dice) -> str:
    lines = text.split("\n")
    place = dice.randrange(len(lines))
    lines[place : place + 1] = dice.choice([[], [lines[place]] * 2])
    return "\n".join(lines)


def change_places(text: str, dice: Dice) -> str:
    """Two neighbouring records, or statements of a list."""
    pieces = split(text)
    if pieces and dice.random() < 0.5:
        one, other = dice.choice(list(pairwise(pieces)))
        if one.section == other.section:
            return text.replace(one.text + other.text, other.text + one.text)
    entries = list(re.finditer(r"(?m)^( +)- .*\n(?:\1  .*\n)*", text))
    one_entry = dice.choice(entries)
    for other_entry in entries:
        if other_entry.start() == one_entry.end() and other_entry[1] == one_entry[1]:
            return text[: one_entry.start()] + other_entry[0] + one_entry[0] + text[other_entry.end() :]
    return text


def lose_an_entry(text: str, dice: Dice) -> str:
    """A whole statement, or one of its citations."""
    entry = dice.choice(list(re.finditer(r"(?m)^( +)- .*\n(?:\1  .*\n)*", text)))
    return text[: entry.start()] + text[entry.end() :]


def lose_a_record(text: str, dice: Dice) -> str:
    pieces = split(text)
    return text.replace(dice.choice(pieces).text, "", 1) if pieces else text


EDITS_OF_TEXT: tuple[Callable[[str, Dice], str], ...] = (
    *(change_a_word, change_a_word, change_a_word, move_lines, move_lines, move_lines, change_places, change_places),
    *(lose_an_entry, lose_an_entry, lose_or_double_a_line, lose_or_double_a_line, lose_a_record),
)


def edit(root: Path, dice: Dice) -> None:
    """Change a file at random."""
    articles = sorted((root / "articles").glob("*.md"))
    kind = dice.random()
    if kind < 0.75:
        path = root / "stunts.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(dice.choice(EDITS_OF_TEXT)(text, dice), encoding="utf-8")
    elif kind < 0.85:
        path = dice.choice(articles)
        text = path.read_text(encoding="utf-8")
        changed = dice.choice(["publisher: A", r"\g<0> B"])
        path.write_text(re.sub("publisher: .*", changed, text, count=1), encoding="utf-8")
    elif kind < 0.95:
        path = dice.choice(articles)
        head, body = re.split(r"(?<=\n---\n)", path.read_text(encoding="utf-8"), maxsplit=1)
        changed = dice.choice([f"A new beginning.\n\n{body}", body.replace(" the ", " a ", 1), f"{body}\nA new end.\n"])
        path.write_text(head + changed, encoding="utf-8")
    else:
        path = root / "articles/another-article.md"
        if path.exists():
            path.unlink()
        else:
            path.write_text(NEW_ARTICLE, encoding="utf-8")


def copy_input(root: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "articles", folder / "articles")
    shutil.copy(root / "stunts.yaml", folder)
    return folder


@pytest.mark.parametrize("root", [ROOT, SITES / "valid"], ids=["real", "valid"])
def test_what_is_kept_is_what_would_be_made_again(root: Path, tmp_path: Path) -> None:
    dice = random.Random(1)
    memo = Memo()
    work = copy_input(root, tmp_path / "work")
    sound = copy_input(root, tmp_path / "sound")
    content(work, Report(), memo)
    shown = 0
    for number in range(EDITS):
        edit(work, dice)
        remembered, anew = Report(), Report()
        kept, clean = content(work, remembered, memo), content(work, anew)
        assert remembered.render() == anew.render(), f"edit {number}"
        assert kept.keys() == clean.keys(), f"edit {number}"
        assert [address for address in clean if kept[address] != clean[address]] == [], f"edit {number}"
        shown += bool(clean)
        # What is broken is mended, most often at once.
        if clean:
            copy_input(work, sound)
        elif dice.random() < 0.8:
            copy_input(sound, work)
    assert shown > EDITS / 4, "too few of the edits leave something to compare"
