"""Folding: what makes two texts the same for matching, however they were typeset.

White space counts as one space, quotation marks and dashes of all languages as the plain ones, canonically equal
characters as their composed form; what no reader sees, such as soft hyphens and direction marks, counts for nothing.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import regex

from stuntbook.text.markup import UNSEEN

SINGLE_MARKS = "'‘’‚‛′ʼʻʹ´`＇‹›"
DOUBLE_MARKS = '"“”„‟″＂«»「」『』《》〈〉〝〞〟﹁﹂﹃﹄'
DASHES = "-‐‑‒–—―−﹘﹣－"
_IGNORABLE = (
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010)),
    *(*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0),
    *(*range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000)),
)
INVISIBLE = frozenset((*map(chr, _IGNORABLE), UNSEEN))
"""The code points with the property Default_Ignorable_Code_Point, which is stable:
https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt
"""
SPACED_WORD = re.compile(r"\S+")
"""What stands between two stretches of white space."""

_FOLDED_CHARACTERS = {
    **dict.fromkeys(SINGLE_MARKS, "'"),
    **dict.fromkeys(DOUBLE_MARKS, '"'),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(INVISIBLE, ""),
}
_FOLD_TABLE = str.maketrans(_FOLDED_CHARACTERS)


def fold(text: str) -> str:
    """The folded text."""
    return _fold_by_character(text) if _is_plain(text) else Folded(text).text


def _fold_by_character(text: str) -> str:
    # Of ASCII's characters, all but one fold to themselves.
    return " ".join((text if text.isascii() and "`" not in text else text.translate(_FOLD_TABLE)).split())


def _is_plain(text: str) -> bool:
    """Whether each character folds by itself, which is much faster: the text is in composed form already."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


class Folded:
    """A folded text that knows which character of the original each of its characters came from.

    The text is mapped in runs: within a run, folded and original characters correspond one to one.
    """

    def __init__(self, original: str) -> None:
        self.text: str
        self._starts: Sequence[int]
        """Where each run starts in the folded text, ascending."""
        self._origins: array[int]
        """Where each run starts in the original."""
        if not _is_plain(original) or not set(original).isdisjoint(INVISIBLE):
            self.text, origins = _fold_clusters(original)
            self._origins = array("L", origins)
            self._starts = range(len(self._origins))
        else:
            words = [(word.start(), word.end()) for word in SPACED_WORD.finditer(original)]
            self.text = _fold_by_character(original)
            self._origins = array("L", (start for start, _ in words))
            self._starts = array("L", accumulate((end - start + 1 for start, end in words[:-1]), initial=0))

    def origin(self, position: int) -> int:
        """The offset in the original of the character at a position of the folded text."""
        run = bisect_right(self._starts, position) - 1
        return self._origins[run] + position - self._starts[run]


def _fold_clusters(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset of the character it came from."""
    folded: list[str] = []
    offsets: list[int] = []
    for match in regex.finditer(r"\X", text):
        # What makes one character for readers comes composed (Unicode form NFC), in whatever script.
        cluster = unicodedata.normalize("NFC", match[0]).translate(_FOLD_TABLE)
        if cluster.isspace():
            cluster = " " if folded and folded[-1] != " " else ""
        folded.extend(cluster)
        offsets.extend([match.start()] * len(cluster))
    if folded and folded[-1] == " ":
        folded.pop()
        offsets.pop()
    return "".join(folded), offsets
