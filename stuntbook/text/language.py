"""Whether a text is in English, which its small words tell."""

import re

_SMALL_WORDS = frozenset({"the", "and", "of", "to", "that", "with", "from"})
"""A seventh of a text in English; in other languages they stand in English names and titles alone."""
_SHARE = 0.08
_FEWEST = 40
"""Of fewer words nothing is known."""


def is_english(text: str) -> bool | None:
    """Whether a plain text is for the most part in English; None where it is too short to tell."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < _FEWEST:
        return None
    return sum(word in _SMALL_WORDS for word in words) >= _SHARE * len(words)
