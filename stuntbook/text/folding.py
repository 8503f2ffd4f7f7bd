"""Folding: what makes two texts the same for matching, however they were typeset.

White space counts as one space, typographic quotation marks and dashes as the plain ones, a letter with its combining
marks as the composed letter; soft hyphens and zero-width characters, which no reader sees, count for nothing.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

SINGLE_MARKS = "'‘’‚‛′"
DOUBLE_MARKS = '"“”„‟″'
DASHES = "-‐‑‒–—―−"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
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
    return Folded(text).text if _has_combining(text) else _fold_by_character(text)


def _fold_by_character(text: str) -> str:
    # ASCII characters fold to themselves.
    return " ".join((text if text.isascii() else text.translate(_FOLD_TABLE)).split())


def _has_combining(text: str) -> bool:
    """Whether there are combining marks. Without them each character folds by itself, which is much faster."""
    return not text.isascii() and any(map(unicodedata.combining, set(text)))


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
        if _has_combining(original) or not set(original).isdisjoint(INVISIBLE):
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
    ends = (end for end in range(1, len(text) + 1) if end == len(text) or not unicodedata.combining(text[end]))
    for start, end in pairwise((0, *ends)):
        # A letter and its combining marks come composed (Unicode form NFC).
        cluster = text[start] if end == start + 1 else unicodedata.normalize("NFC", text[start:end])
        if cluster.isspace():
            plain = " " if folded and folded[-1] != " " else ""
        else:
            plain = _FOLDED_CHARACTERS.get(cluster, cluster)
        folded.extend(plain)
        offsets.extend([start] * len(plain))
    if folded and folded[-1] == " ":
        folded.pop()
        offsets.pop()
    return "".join(folded), offsets
