"""Characters that change the direction of what stands behind them (https://www.unicode.org/reports/tr9/).

One that is never closed would turn round what stands behind a text on a page. The marks of direction (U+200E, U+200F,
U+061C) do not reach beyond themselves.
"""

import re

FORMAT_CHARACTERS = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates with what ends them, for a class of a regular expression."""
_FORMAT = re.compile(f"[{FORMAT_CHARACTERS}]")
_POP_FORMATTING, _FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u202c", "\u2068", "\u2069"
_ISOLATES = "\u2066\u2067\u2068"


def isolated(text: str) -> str:
    """An article's words, so that no direction reaches beyond them: what they open is closed, all within an isolate.

    What ends nothing is left out. Words without such characters come back as they are.
    """
    if not _FORMAT.search(text):
        return text
    pieces, open_ends, position = list[str](), list[str](), 0
    for match in _FORMAT.finditer(text):
        pieces.append(text[position : match.start()])
        position = match.end()
        pieces.append(_followed(match[0], open_ends))
    ends = "".join(reversed(open_ends))
    return "".join((_FIRST_STRONG_ISOLATE, *pieces, text[position:], ends, _POP_ISOLATE))


def _followed(char: str, open_ends: list[str]) -> str:
    """What is written for a character, given what would end each of those that are open, the outermost first."""
    if char == _POP_FORMATTING:
        # It can't end what was opened before the isolate that it stands in.
        return open_ends.pop() if open_ends[-1:] == [char] else ""
    if char == _POP_ISOLATE:
        if char not in open_ends:
            return ""
        while open_ends.pop() != char:  # it ends all that was opened within its isolate too
            pass
        return char
    open_ends.append(_POP_ISOLATE if char in _ISOLATES else _POP_FORMATTING)
    return char
