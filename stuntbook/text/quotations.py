"""A text -> what stands in quotation marks in it."""

import re
from collections import defaultdict
from collections.abc import Iterator

from stuntbook.text.folding import DOUBLE_MARKS, SINGLE_MARKS
from stuntbook.text.markup import UNSEEN

_CLOSING_MARKS = {
    "“": "”",
    "‘": "’",
    "„": "“”",
    "‚": "‘’",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "”": "”",
    **dict(zip("「『《〈﹁﹃", "」』》〉﹂﹄", strict=True)),
    "〝": "〞〟",
}
"""What closes each mark, as the languages of CLDR have it (delimiters). Straight marks close themselves."""
_BOTH_WAYS = "\"'«»‹›”"
"""Marks that open in one language and close in another: where they stand tells which."""
_QUOTATION_MARK = re.compile(f"[{re.escape(DOUBLE_MARKS + SINGLE_MARKS)}]")
_ENDS_IN_BLANK_LINE = re.compile(r"\n[^\S\n]*\n[^\S\n]*$")


def find_quotations(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of the text between each opening quotation mark and the one that closes it.

    Straight marks don't say which way they face: one before a word opens, one behind it closes, one within it is an
    apostrophe. A mark that is never closed ('round the clock) quotes nothing. Where each paragraph of a long quotation
    begins with a mark, that mark continues it.
    """
    open_marks = _OpenMarks()
    for match in _QUOTATION_MARK.finditer(text):
        mark, position = match[0], match.start()
        before, after = text[position - 1 : position], text[position + 1 : position + 2]
        closing = open_marks.closed_by(mark)
        begins_paragraph = _ENDS_IN_BLANK_LINE.search(text, max(0, position - 80), position)
        continues = begins_paragraph and open_marks.has(mark)
        if continues and (mark not in _BOTH_WAYS or _faces_word(mark, before, after)):
            continue
        if mark in SINGLE_MARKS and before.isalnum() and after.isalnum():
            continue
        if closing is not None and not _faces_word(mark, before, after):
            yield open_marks.cut(closing), position
        elif (mark in _CLOSING_MARKS and mark not in _BOTH_WAYS) or (
            mark in _BOTH_WAYS and not before.isalnum() and (after.strip() or _is_set_apart(mark, before, after))
        ):
            if closing is not None:
                # No quotation stands directly in one of the same kind: the earlier mark was an apostrophe.
                open_marks.cut(closing)
            open_marks.add(mark, position + 1)


class _OpenMarks:
    """The marks that are open at a place in a text, the outermost first; each question takes the same short time."""

    def __init__(self) -> None:
        self._marks: list[tuple[str, int]] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        """Per mark, where it stands among the open ones."""

    def has(self, mark: str) -> bool:
        return bool(self._places[mark])

    def add(self, mark: str, start: int) -> None:
        """Open a mark; `start` is where the text behind it begins."""
        self._places[mark].append(len(self._marks))
        self._marks.append((mark, start))

    def closed_by(self, mark: str) -> int | None:
        """The place of the innermost open mark that this one would close."""
        places = (places for opened, places in self._places.items() if mark in _CLOSING_MARKS.get(opened, opened))
        return max((each[-1] for each in places if each), default=None)

    def cut(self, place: int) -> int:
        """Forget the mark at a place and all within it; gives where the text behind it began."""
        start = self._marks[place][1]
        for mark, _ in self._marks[place:]:
            self._places[mark].pop()
        del self._marks[place:]
        return start


def _is_set_apart(mark: str, before: str, after: str) -> bool:
    """Whether a mark opens as it does in French, with a space behind it."""
    return mark in "«‹" and not before.strip() and after.isspace()


def _faces_word(mark: str, before: str, after: str) -> bool:
    """Whether a mark that can open and close stands before a word, as an opening one does."""
    if mark in "\"'":
        return (before.isspace() or before in f"([{{-–—{UNSEEN}") and bool(after.strip())
    return mark in _BOTH_WAYS and (before.isspace() or before in f"([{{-–—:{UNSEEN}") and after.isalnum()
