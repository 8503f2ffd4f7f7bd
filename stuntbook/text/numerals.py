"""Numbers in figures, and in words of English, German, Chinese and Japanese: each numeral states one number."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from stuntbook.text.large_numbers import large_numbers

Number = int | float


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number where a text states it."""

    value: Number
    start: int
    """Offset of the first character of its figures or words in the text."""
    end: int
    """Offset behind the last."""


def numbers_in(text: str, language: str = "en") -> Iterator[Number]:
    """Every number that the text states, in order. The language is a code of BCP 47."""
    return (numeral.value for numeral in numerals(text, language))


# --- Figures

_SPACES = "\u0020\u00a0\u2007\u2008\u2009\u200a\u202f"
_APOSTROPHES = "'’ʼ"
_VULGAR = "".join(map(chr, (0xBC, 0xBD, 0xBE, *range(0x2150, 0x215F), 0x2189)))
"""Characters such as ½."""
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹₩₽]|\b(?:usd|eur|gbp|hkd))\s?$")
_MONEY_BEHIND = re.compile(r"\s?(?:pounds?|dollars?|euros?|yen|[$€£¥])(?!\w)")
_THOUSAND, _MILLION = 1_000, 1_000_000
_MOST_DIGITS = 15
_LARGEST = 10**18
"""What more words would make of a number, which nobody means by them."""
_LONGEST_WORD = 80
_DIGIT = re.compile(rf"[\d{_VULGAR}]")
_SUFFIXES = {"k": _THOUSAND, "bn": 1_000 * _MILLION, "mn": _MILLION, "mio": _MILLION, "m": _MILLION}
_SUFFIXES |= dict.fromkeys("万萬", 10 * _THOUSAND) | dict.fromkeys("億亿", 100 * _MILLION)


@cache
def _suffixes(language: str) -> Mapping[str, int]:
    """What may stand behind figures as a part of the number; English and German words are read as words too."""
    return _SUFFIXES if language.partition("-")[0] == "en" else {**large_numbers(language), **_SUFFIXES}


@cache
def _symbols(language: str) -> tuple[str, str]:
    """The decimal symbol of a language and its separator of groups, as CLDR has them; of an unknown one English's."""
    try:
        symbols = Locale.parse(language, sep="-").number_symbols["latn"]
    except (UnknownLocaleError, ValueError):
        symbols = Locale("en").number_symbols["latn"]
    return symbols["decimal"], symbols["group"]


@cache
def _figures(language: str) -> re.Pattern[str]:
    """What matches a number in figures, with all that belongs to it."""
    decimal, group = map(re.escape, _symbols(language))
    separators = rf"[{_SPACES}{_APOSTROPHES}]|{group}"
    grouped = rf"\d{{1,3}}(?:(?P<group>{separators})\d{{3}}(?:(?P=group)\d{{3}})*)(?!\d)"
    indian = r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"
    # What stands behind a digit and a point or comma belongs to a date or a list.
    whole = (
        rf"(?<!\d[.,])(?P<whole>{indian}|{grouped}|\d+)(?P<decimals>(?:{decimal}|[.,])\d+(?![.,]?\d))?|(?P<rest>\d+)"
    )
    below_one = rf"(?<![\w.,])(?P<below>{decimal}\d+)"
    fraction = rf"(?:[{_SPACES}]?(?P<vulgar>[{_VULGAR}])|[ -](?P<mixed>\d/\d{{1,2}})(?![\d/]))"
    words = "|".join(sorted(map(re.escape, _suffixes(language)), key=len, reverse=True))
    suffix = rf"(?:(?P<space>\s?)(?P<suffix>[万萬億亿]|(?:{words})(?!\w))|(?P<ordinal>st|nd|rd|th)\b)"
    alone = rf"(?P<alone>[{_VULGAR}])|(?<![\d/])(?P<ratio>\d/\d{{1,2}})(?![\d/])"
    # Most characters begin no number, which the first look tells.
    return re.compile(rf"(?=[.,{decimal}]?[\d{_VULGAR}])(?:{alone}|(?:{whole}|{below_one}){fraction}?{suffix}?)")


def _figure(match: re.Match[str], text: str, suffixes: Mapping[str, int]) -> tuple[Number | None, int]:
    """The number of a match of figures, and where it ends; None for an ordinal and for what can't be told."""
    if match["ordinal"] or match["rest"]:
        return (None if match["ordinal"] else _whole(match["rest"])), match.end()
    if alone := match["alone"] or match["ratio"]:
        return _simple(_fraction(alone)), match.end()
    if match.end("whole") == match.end() and len(match[0]) <= _MOST_DIGITS and match[0].isdecimal():
        return int(match[0]), match.end()  # as most numbers are
    value = _decimal(match["whole"] or "0", match["decimals"] or match["below"] or "")
    if value is None:
        return None, match.end()
    value += _fraction(match["vulgar"] or match["mixed"] or "")
    suffix = match["suffix"]
    is_money = _MONEY_BEFORE.search(text, max(0, match.start() - 5), match.start()) or _MONEY_BEHIND.match(
        text, match.end()
    )
    if suffix == "m" and not is_money:
        return _simple(value), match.start("space")  # metres, say, which are no part of the number
    return _simple(value * suffixes.get(suffix, 1)), match.end()


def _decimal(whole: str, decimals: str) -> Fraction | None:
    whole, decimals = _digits(whole), _digits(decimals)
    # Three zeros behind a point are thousands as often as not, and nobody measures with more than fifteen digits.
    if (decimals == "000" and len(whole) <= 3) or len(whole) > _MOST_DIGITS:
        return None
    return Fraction(f"{whole}.{decimals[:_MOST_DIGITS] or 0}")


def _whole(text: str) -> Number | None:
    return int(_digits(text)) if len(text) <= _MOST_DIGITS else None


def _digits(text: str) -> str:
    """The digits of a text, as ASCII."""
    if text.isascii() and text.isdecimal():
        return text
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def _fraction(text: str) -> Fraction:
    if "/" in text:
        above, below = text.split("/")
        return Fraction(int(above), int(below)) if int(below) else Fraction(0)
    return Fraction(unicodedata.numeric(text)).limit_denominator(10) if text else Fraction(0)


def _simple(value: Fraction) -> Number:
    return int(value) if value.denominator == 1 and value < 10**15 else float(value)


# --- Words

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(_ONES)} | {word: 10 * (i + 2) for i, word in enumerate(_TENS)}
_SCALES = {"hundred": 100, "thousand": _THOUSAND, "million": _MILLION, "billion": 1_000 * _MILLION}
_SCALES |= {"lakh": 100 * _THOUSAND, "crore": 10 * _MILLION}
_UNCOUNTED = re.compile(r"\b(?:several|few|many|couple(?: of)?|tens of|dozens of|hundreds of|thousands of)[\s-]+$")
"""Before a thousand, what makes it no number."""
_ALONE = {"once": 1, "single": 1, "twice": 2, "thrice": 3}
_DOZEN = {"dozen": 12}
_FRACTIONS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PARTS = {word: value for value, word in enumerate(_FRACTIONS, 3)}
_PARTS |= {"half": 2, "halve": 2, "quarter": 4, "twentieth": 20, "hundredth": 100, "thousandth": 1_000}
_PART_WORD = re.compile(r"hal[fv]|third|quarter|fourth|ths?\b")
_COUNTED_PARTS = re.compile(rf"\b({'|'.join(_ONES[2:])}|\d)[\s-]({'|'.join(_PARTS)})s\b")
"""`two thirds`, `three-quarters`."""
_COUNT_AND = re.compile(rf"(?:\b(?:{'|'.join((*_SMALL, *_SCALES))})|\d)[\s-]+and[\s-]+\Z")
_ONE_PART = re.compile(rf"\b(?:an?|one)[\s-]({'|'.join(_PARTS)})(?=\s+of\b)")
"""`a tenth of a second`."""
_HALF_SCALE = re.compile(r"\bhalf[\s-]an?[\s-](dozen|hundred|thousand|million|billion)\b")
_AND_A_PART = re.compile(r"[\s-]+and[\s-]+(?:(an?|one|two|three)[\s-]+)?(half|quarter|third)s?\b")
"""What may stand behind a number: `two and a half`, `three and three quarters`."""

_GERMAN_ONES = (
    *("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
    *("zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
)
_GERMAN_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")


def _german_words() -> Iterator[tuple[str, int]]:
    """The numbers below a hundred, one word each."""
    yield from ((word, value) for value, word in enumerate(_GERMAN_ONES))
    for ten, word in enumerate(_GERMAN_TENS, 2):
        yield word, 10 * ten
        for one, unit in enumerate(("ein", *_GERMAN_ONES[2:10]), 1):
            yield f"{unit}und{word}", 10 * ten + one


_GERMAN = dict(_german_words())
_GERMAN_SCALES = {"millionen": _MILLION, "milliarden": 1_000 * _MILLION}
_GERMAN_ALONE: Mapping[str, Number] = {
    "einmal": 1,
    "dutzend": 12,
    "anderthalb": 1.5,
    "million": _MILLION,
    "milliarde": 1_000 * _MILLION,
    **dict.fromkeys(("halbe", "halben", "halber", "halbes"), 0.5),
}


def _german_number(word: str) -> Number | None:
    """The number of a German word: `fünfundzwanzigtausend`, `zweieinhalb`; None for another word."""
    if len(word) > _LONGEST_WORD or word in _GERMAN_ALONE:
        return _GERMAN_ALONE.get(word)
    if len(word) > len("mal") and word.endswith("mal"):
        return _german_number(word.removesuffix("mal"))  # zwölfmal
    if word.endswith("einhalb"):
        whole = _german_number(word.removesuffix("einhalb")) if word != "eineinhalb" else 1
        return None if whole is None else whole + 0.5
    value = 0
    for scale, size in (("tausend", 1_000), ("hundert", 100)):
        before, found, rest = word.partition(scale)
        if found:
            factor = 1 if before in ("", "ein") else _german_number(before)
            if not isinstance(factor, int):
                return None
            value, word = value + factor * size, rest.removeprefix("und")
    if not word:
        return value
    return value + _GERMAN[word] if word in _GERMAN else None


# --- Chinese, Japanese and Korean

_LARGE = {"万": 10_000, "萬": 10_000, "만": 10_000, "億": 10**8, "亿": 10**8, "억": 10**8, "兆": 10**12}
_SMALL_SCALES = {"十": 10, "百": 100, "千": 1_000}
_EAST_ASIAN = re.compile(
    r"[\d〇零一二三四五六七八九十百千万萬만億亿억兆](?:[\d〇零一二三四五六七八九十百千万萬만億亿억兆]|[.,．，](?=\d))*"
)
_DIGITS = re.compile(r"\d[\d.,．，]*")


def _east_asian(text: str) -> Iterator[Numeral]:
    """Numbers with characters for numbers: `2500万`, `十二`, `1億2000万`, `二〇三〇`; not those of digits alone."""
    for match in _EAST_ASIAN.finditer(text):
        if not _DIGITS.fullmatch(match[0]):
            yield Numeral(_simple(_east_asian_number(match[0])), match.start(), match.end())


def _east_asian_number(text: str) -> Fraction:
    total = section = Fraction(0)
    current: Fraction | None = None
    for token in re.findall(rf"{_DIGITS.pattern}|.", text):
        if token in _LARGE:
            total += ((section + (current or 0)) or 1) * _LARGE[token]
            section, current = Fraction(0), None
        elif token in _SMALL_SCALES:
            section += (1 if current is None else current) * _SMALL_SCALES[token]
            current = None
        elif len(token) == 1 and not token.isdecimal():
            current = (current or 0) * 10 + Fraction(unicodedata.numeric(token))
        else:
            current = Fraction(unicodedata.normalize("NFKC", token).replace(",", "").rstrip("."))
    return total + section + (current or 0)


# --- Texts

_WITH_NUMBER_WORDS = ("en", "de", "ja", "zh")


def knows_number_words(language: str) -> bool:
    """Whether numbers in words of a language (BCP 47) are read."""
    return language.partition("-")[0] in _WITH_NUMBER_WORDS


_WORDS = {
    # "twenty-first" is an ordinal.
    "en": re.compile(
        rf"\b(?:{'|'.join((*_SMALL, *_SCALES, *_DOZEN, *_ALONE))})\b(?!-(?:first|second|third|[a-z]+th)\b)"
    ),
    "de": re.compile(r"[^\W\d_]+"),
}
"""What matches the words that may be numbers."""


@lru_cache(maxsize=10_000)  # several rules look at the same passage
def numerals(text: str, language: str = "en") -> tuple[Numeral, ...]:
    """Every numeral of a text, in order. In a language whose number words are not known, only figures."""
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals become two letters, and offsets would slip
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    main = language.partition("-")[0]
    found = list(_parts(lower)) if main == "en" and _PART_WORD.search(lower) else []
    found += _east_asian(lower) if main in ("ja", "zh", "ko") else ()
    lower = _without(lower, found)
    tokens = _tokens(lower, language)
    found += _english(lower, tokens) if main == "en" else _single(tokens, main)
    return tuple(sorted(found, key=lambda numeral: numeral.start))


def _without(text: str, found: Iterable[Numeral]) -> str:
    """A text as long as it is, without the numerals that are found already."""
    pieces, position = list[str](), 0
    for numeral in sorted(found, key=lambda each: each.start):
        pieces += text[position : numeral.start], "\0" * (numeral.end - max(position, numeral.start))
        position = max(position, numeral.end)
    return "".join((*pieces, text[position:]))


_Token = tuple[int, int, str, Number | None]
"""Start and end, the word, or empty for a figure, and the figure's number; None for a word or an ordinal."""


def _tokens(text: str, language: str) -> list[_Token]:
    """The figures of a text and the words that may be numbers, in order."""
    words = _WORDS.get(language.partition("-")[0])
    tokens: list[_Token] = [(*word.span(), word[0], None) for word in words.finditer(text)] if words else []
    suffixes = _suffixes(language)
    for figure in _figures(language).finditer(text) if _DIGIT.search(text) else ():
        value, end = _figure(figure, text, suffixes)
        tokens.append((figure.start(), end, "", value))
    return sorted(tokens, key=lambda token: token[0])


def _parts(text: str) -> Iterator[Numeral]:
    """Fractions in English words."""
    for match in _COUNTED_PARTS.finditer(text):
        if _COUNT_AND.search(text, max(0, match.start() - 20), match.start()):
            continue  # "six and three quarters" is one number
        above = int(match[1]) if match[1].isdecimal() else _SMALL[match[1]]
        yield Numeral(above / _PARTS[match[2]], match.start(), match.end())
    for match in _ONE_PART.finditer(text):
        yield Numeral(1 / _PARTS[match[1]], match.start(), match.end())
    for match in _HALF_SCALE.finditer(text):
        whole = (_SCALES | _DOZEN)[match[1]]
        yield Numeral(whole // 2, match.start(), match.end())


def _single(tokens: Iterable[_Token], language: str) -> Iterator[Numeral]:
    """The numerals of a language in which a number is one word, or is read in figures alone."""
    before: Numeral | None = None
    for start, end, word, figure in tokens:
        if before and start < before.end:
            continue  # it belongs to the numeral before it
        value = _german_number(word) if word and language == "de" else figure
        if before and word in _GERMAN_SCALES and start == before.end + 1:
            before, value = replace(before, value=before.value * _GERMAN_SCALES[word], end=end), None
        elif value is not None or word:
            if before:
                yield before
            before = None
        before = before if value is None else Numeral(value, start, end)
    if before:
        yield before


_NEXT_WORD = re.compile(r"[\s-]*(and[\s-]+)?")
"""What stands between the words of one number."""


def _english(text: str, tokens: Iterable[_Token]) -> list[Numeral]:
    """The numerals of an English text: numbers of several words are put together."""
    found: list[Numeral] = []
    total: Number = 0
    current: Number | None = None
    begun = ended = 0
    last = ""

    def close() -> None:
        nonlocal total, current
        if current is not None:
            found.append(Numeral(_simple(Fraction(total + current)), begun, ended))
        total, current = 0, None

    for start, end, word, figure in tokens:
        value, scale = _SMALL.get(word, figure), (_SCALES | _DOZEN).get(word)
        if start < ended:
            continue  # it belongs to the numeral before it
        near = _NEXT_WORD.fullmatch(text, ended, start)
        # "twenty five" and "two hundred and five" are one number each; what a comma divides is not.
        is_unit = last in _TENS and word in _ONES[1:10] and near is not None and not near[1]
        if not near or not (scale or last in _SCALES or is_unit):
            close()
        begun = begun if current is not None else start
        if scale and current is None and _UNCOUNTED.search(text, max(0, start - 20), start):
            last, ended = word, end
        elif scale:
            scaled = min((1 if current is None else current) * scale, _LARGEST)
            # "two million three hundred thousand": a scale above a hundred closes its group.
            total, current = (total, scaled) if scale <= 100 else (total + scaled, 0)
        elif value is not None:
            current = (current or 0) + value
        elif word in _ALONE:
            found.append(Numeral(_ALONE[word], start, end))
        last, ended = word, end
        if current is not None and (part := _AND_A_PART.match(text, end)):
            current, ended, last = current + _SMALL.get(part[1] or "", 1) / _PARTS[part[2]], part.end(), "half"
    close()
    return found
