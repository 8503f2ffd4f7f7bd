"""Numbers in English texts, in figures or in words."""

import re
from collections.abc import Iterator

Number = int | float

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(_ONES)} | {word: 10 * (i + 2) for i, word in enumerate(_TENS)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ALONE = {"once": 1, "twice": 2, "dozen": 12}
_VAGUE = r"(?:couple|dozen|few|half|hundred|lot|million|quarter|third|thousand)\b"
_TOKEN = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+")


def states_number(text: str, value: Number, *nouns: str) -> bool:
    """Whether the text states the number, in figures or in words.

    `25,000` and `twenty-five thousand` state 25000, `three minutes` states 3. `a` and `an` state 1 where one of the
    nouns follows them: `an entire year` for the noun `year`; `half a mile` states 0.5.
    """
    if value in numbers_in(text):
        return True
    noun = "|".join(re.escape(each.removesuffix("s")) for each in nouns)
    adjectives = rf"(?:(?!{_VAGUE})[^\W\d_]+[ -]){{0,2}}"
    article = re.search(rf"(half )?\ban? {adjectives}(?:{noun})\b", " ".join(text.lower().split()))
    return article is not None and value == (0.5 if article[1] else 1)


def numbers_in(text: str) -> Iterator[Number]:
    """Every number that the text states, in figures or in English words, in order."""
    total: Number = 0
    current: Number | None = None
    last = ""
    for token in _TOKEN.findall(text.lower()):
        if token in _SCALES:
            scaled = (1 if current is None else current) * _SCALES[token]
            # "two million three hundred thousand": a scale above a hundred closes its group.
            total, current = (total, scaled) if token == "hundred" else (total + scaled, 0)
        elif token[0].isdecimal() or token in _SMALL:
            # "twenty five" and "two hundred five" are one number each.
            continues = last in _SCALES or (last in _TENS and token in _ONES[1:10])
            if current is not None and not continues:
                yield total + current
                total, current = 0, None
            current = (current or 0) + (_SMALL[token] if token in _SMALL else _figure(token))
        elif not (token == "and" and last in _SCALES):
            if current is not None:
                yield total + current
            total, current = 0, None
            if token in _ALONE:
                yield _ALONE[token]
        last = last if token == "and" else token
    if current is not None:
        yield total + current


def _figure(token: str) -> Number:
    digits = token.replace(",", "")
    # Python refuses to read integers of thousands of digits; nobody measures with more than fifteen.
    return float(digits) if "." in digits or len(digits) > 15 else int(digits)
