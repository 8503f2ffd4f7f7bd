"""A text -> what stands in quotation marks in it."""

import re
from collections.abc import Iterator

from stuntbook.text.folding import DOUBLE_MARKS, SINGLE_MARKS

_CLOSING_MARKS = {"“": "”", "‘": "’", "«": "»", "„": "“”"}
"""What closes each mark that can only open. Straight marks close themselves."""
_QUOTATION_MARK = re.compile(f"[{DOUBLE_MARKS}{SINGLE_MARKS}«»]")
_ENDS_IN_BLANK_LINE = re.compile(r"\n[^\S\n]*\n[^\S\n]*$")


def find_quotations(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of the text between each opening quotation mark and the one that closes it.

    Straight marks don't say which way they face: one before a word opens, one behind it closes, one within it is an
    apostrophe. A mark that is never closed ('round the clock) quotes nothing. Where each paragraph of a long quotation
    begins with a mark, that mark continues it.
    """
    open_marks: list[tuple[str, int]] = []
    for match in _QUOTATION_MARK.finditer(text):
        mark, position = match[0], match.start()
        before, after = text[position - 1 : position], text[position + 1 : position + 2]
        closing = _closing_index(mark, open_marks)
        begins_paragraph = _ENDS_IN_BLANK_LINE.search(text, max(0, position - 80), position)
        continues = begins_paragraph and any(mark == opened for opened, _ in open_marks)
        if continues and (mark in _CLOSING_MARKS or _faces_word(mark, before, after)):
            continue
        if mark in SINGLE_MARKS and before.isalnum() and after.isalnum():
            continue
        if closing is not None and not _faces_word(mark, before, after):
            yield open_marks[closing][1], position
            del open_marks[closing:]
        elif mark in _CLOSING_MARKS or (mark in "\"'" and not before.isalnum() and after.strip()):
            if closing is not None:
                # No quotation stands directly in one of the same kind: the earlier mark was an apostrophe.
                del open_marks[closing:]
            open_marks.append((mark, position + 1))


def _closing_index(mark: str, open_marks: list[tuple[str, int]]) -> int | None:
    """The index of the innermost open mark that this one would close."""
    pairs = ((index, opened) for index, (opened, _) in reversed(list(enumerate(open_marks))))
    return next((index for index, opened in pairs if mark in _CLOSING_MARKS.get(opened, opened)), None)


def _faces_word(mark: str, before: str, after: str) -> bool:
    """Whether a straight mark stands before a word, as an opening one does."""
    return mark in "\"'" and (before.isspace() or before in "([{-–—") and bool(after.strip())
