"""Currencies by their codes (ISO 4217): which there are, how one is shown, which ones words around a number mean.

Babel knows codes, signs and names (from CLDR). What is ours is which currency is meant where words leave it open.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

Currencies = frozenset[str]
_NONE: Currencies = frozenset()
_SIGN = "[$¢-¥؋฿៛₠-⃀﷼﹩＄￠￡￥￦]"
"""The characters that Unicode calls signs of currencies."""
_BEFORE = re.compile(rf"(?<![^\W_])(?:[A-Z]{{0,3}}{_SIGN}|[A-Z]{{3}})(?=\s?\Z)")
_BEHIND = re.compile(rf"\s?({_SIGN}|[A-Z]{{1,3}}{_SIGN}|{_SIGN}[A-Z]{{2}}|[A-Z]{{3}}|[円元])(?![^\W_])|\s?([円元])")
_WORDS = re.compile(r"[\s-]*([^\W\d_]+)(?:[\s-]([^\W\d_]+))?(?:[\s-]([^\W\d_]+))?")
_OTHER_SIGNS = {"US$": "USD", "AU$": "AUD", "C$": "CAD", "S$": "SGD", "JP¥": "JPY", "円": "JPY", "元": "CNY"}
"""Signs that English texts have besides those of CLDR."""
_OTHER_NAMES = {"us dollar": "USD", "pounds sterling": "GBP", "canadian dollar": "CAD"}
_ALONE: Mapping[str, str] = {"dollar": "USD", "pound": "GBP", "pfund": "GBP"}
"""Names that many countries share, and the country that is meant where none is named."""
_PLURALS = (("", ""), ("s", ""), ("r", ""), ("n", ""), ("en", ""), ("or", "a"), ("e", "a"))
"""How the end of a name changes in the plural."""


@cache
def currencies() -> Currencies:
    """The codes of all that is or was money somewhere."""
    tender = (each for country in get_global("territory_currencies").values() for each in country if each[3])
    return frozenset(each[0] for each in tender)


def symbol(code: str) -> str:
    """What stands before a sum in English: `£`, `HK$`, `CHF` and a space that does not break."""
    sign: str = Locale("en").currency_symbols.get(code, code)
    return f"{sign}\N{NO-BREAK SPACE}" if sign[-1].isalpha() else sign


def currencies_before(text: str, position: int, language: str) -> tuple[Currencies, int]:
    """The currencies that the sign or code before a number can mean, and where it starts."""
    match = _BEFORE.search(text, max(0, position - 5), position)
    found = _meant_by(match[0], language) if match else _NONE
    return (found, match.start()) if match and found else (_NONE, position)


def currencies_behind(text: str, position: int, language: str) -> tuple[Currencies, int]:
    """The currencies that the sign, code or name behind a number can mean, and where it ends."""
    match = _BEHIND.match(text, position)
    if match and (found := _meant_by(match[1] or match[2], language)):
        return found, match.end()
    words = _WORDS.match(text, position)
    names = _names(language.partition("-")[0])
    for last in (3, 2, 1) if words and names else ():
        if words and words[last] and (found := _named(words.groups()[:last], names)):
            return found, words.end(last)
    return _NONE, position


def _meant_by(sign: str, language: str) -> Currencies:
    code = _signs(language).get(sign, sign)
    return frozenset({code}) if code in currencies() else _NONE


@cache
def _signs(language: str) -> Mapping[str, str]:
    """The signs of currencies in a language, and those of English that it does not use for another one."""
    symbols = (_locale("en").currency_symbols, _locale(language).currency_symbols)
    english, own = ({sign: code for code, sign in each.items()} for each in symbols)
    return {**english, **_OTHER_SIGNS, **own}


def _named(words: tuple[str, ...], names: Mapping[str, Currencies]) -> Currencies:
    *before, last = (word.lower() for word in words)
    for ending, singular in _PLURALS:
        stem = last.removesuffix(ending) if ending else last
        if last.endswith(ending) and (found := names.get(" ".join((*before, stem + singular)))):
            return found
    return _NONE


@cache
def _names(language: str) -> Mapping[str, Currencies]:
    """The names of currencies in English or German, whole and by their last word; of other languages none."""
    names: dict[str, set[str]] = defaultdict(set)
    for name, code in _whole_names(language) if language in ("en", "de") else ():
        names[name].add(code)
        names[name.rpartition(" ")[2]].add(code)
    return {name: frozenset(codes) for name, codes in names.items()} | {
        name: frozenset({code}) for name, code in _ALONE.items() if name in names
    }


def _whole_names(language: str) -> Iterator[tuple[str, str]]:
    for code, name in _locale(language).currencies.items():
        if code in currencies():
            yield " ".join(re.findall(r"[^\W\d_]+", name.partition("(")[0].lower())), code
    yield from _OTHER_NAMES.items()


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
