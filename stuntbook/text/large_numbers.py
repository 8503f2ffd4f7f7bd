"""What languages call thousands and millions behind figures, as CLDR has it: https://cldr.unicode.org/"""

from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def large_numbers(language: str) -> Mapping[str, int]:
    """The words for large numbers, in small letters, each with its number; none of a language that CLDR lacks."""
    try:
        formats = Locale.parse(language, sep="-").compact_decimal_formats
    except (UnknownLocaleError, ValueError):
        return {}
    words: dict[str, int] = {}
    for numbers in formats.get("long", {}).values():
        for number, form in numbers.items():
            zeros, _, word = form.pattern.replace("'", "").partition(" ")
            if word and zeros.strip("0") == "":
                words[word.lower()] = int(number) // 10 ** (len(zeros) - 1)
    return words
