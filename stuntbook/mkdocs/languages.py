"""In which language a page is: the theme's may be another than that of the book."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape

from stuntbook.mkdocs.making import GeneratedPage, Prepared
from stuntbook.text.language import is_english


def languages_of(prepared: Prepared, theme: str) -> Callable[[object], str]:
    """What tells the language of a page as ISO 639-1 has it, given that of the theme.

    It is English where the words are: those of the book for a generated page, and for one written by hand its own. Of
    a page with too few words the book's tell, and else the theme's language is taken for it.
    """
    if theme == "en":
        return lambda page: theme
    statements = prepared.knowledge.all_statements() if prepared.entries else ()
    book = is_english(" ".join(each.text for each in statements))

    def language_of(page: object) -> str:
        content = getattr(page, "content", None)
        known = None if isinstance(page, GeneratedPage) or not content else _is_english(content)
        return "en" if (book if known is None else known) else theme

    return language_of


@lru_cache(maxsize=8)
def _is_english(content: str) -> bool | None:
    return is_english(unescape(re.sub(r"<[^>]*>", " ", content)))
