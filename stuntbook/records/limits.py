"""How words put a limit to a number, in English and German: `about 60`, `60 or more`, `up to 60`."""

import re
from collections.abc import Mapping
from functools import cache

from stuntbook.records.quantities import LIMITS, Limit

_BY_A_BIT = r"(?:just|slightly|well|far|way|a (?:little|bit)|etwas|deutlich|weit|knapp|kurz)"
_BEFORE: Mapping[Limit, str] = {
    "about": r"about|around|roughly|approximately|approx\.?|some|circa|ca\.?|c\.|in the region of|etwa|rund|ungefähr|"
    r"zirka|schätzungsweise",
    "almost": r"almost|near(?:ly)?|close to|not quite|(?:just )?sh(?:ort|y) of|approaching|practically|virtually|"
    r"the (?:best|better) part of|fast|beinahe|nahezu|annähernd|knapp(?:e[nr]?)?|an die",
    "at least": r"at least|no fewer than|no less than|not less than|a minimum of|as (?:few|little|low) as|a good|"
    r"mindestens|wenigstens",
    "at most": r"at most|up to|no more than|not more than|a maximum of|as (?:many|much|high|far|long|fast) as|bis zu|"
    r"höchstens",
    "more than": rf"{_BY_A_BIT} (?:over|above|beyond|more than|über|mehr als)|more than|upwards of|in excess of|"
    r"greater than|mehr als|gut(?:e[nr]?)?",
    "less than": rf"{_BY_A_BIT} (?:under|below|less than|unter|weniger als)|less than|fewer than|weniger als",
}
_SIGNS: Mapping[Limit, str] = {
    **dict.fromkeys(LIMITS, r"(?!)"),
    "about": "[~∼≈]",
    "at least": "≥",
    "at most": "≤",
    "more than": ">",
    "less than": "<",
}
_HINTS: Mapping[Limit, str] = {
    "more than": r"over|above|beyond|über",
    "less than": r"under|below|unter",
    "at most": r"within|binnen",
}
"""What is a limit in one sentence and a place or a time in the next."""
_ENDS = r"(?=\s*(?:[.,;:!?)\]\"”’|]|$)|\s+(?:into|in|above|over|from|down|high|deep|long|wide)\b)"
"""Behind `at least`, what shows that it belongs to the number before it."""
_BEHIND: Mapping[Limit, str] = {
    "about": r",? (?:or so|or thereabouts|give or take|oder so)\b",
    "at least": r",? (?:or|and|oder|und) (?:more|over|above|mehr|darüber)\b(?! than)|"
    rf",? (?:at (?:the very )?least|mindestens){_ENDS}",
    "at most": r",? (?:or|oder) (?:less|fewer|under|weniger)\b(?! than)|"
    rf",? (?:at (?:the very )?most|tops|höchstens){_ENDS}",
}
_INSIDE: Mapping[str, Limit] = {"+": "at least", "plus": "at least", "odd": "about"}
_LONGEST = 40
_LAST = (
    *("about", "around", "roughly", "approximately", "approx", ".", "some", "circa", "ca", "of", "etwa", "rund"),
    *(
        "ungefähr",
        "zirka",
        "weise",
        "almost",
        "near",
        "nearly",
        "to",
        "quite",
        "approaching",
        "practically",
        "virtually",
    ),
    *("fast", "beinahe", "nahezu", "annähernd", "knapp", "knappe", "knappen", "knapper", "die", "least", "than", "as"),
    *("good", "mindestens", "wenigstens", "most", "zu", "höchstens", "als", "gut", "gute", "guten", "guter"),
    *("over", "above", "beyond", "über", "under", "below", "unter", "within", "binnen", *"~∼≈≥≤><"),
)
"""With what the words before a number end where they put a limit to it, which is quickly looked at."""
_BY_GROUP: Mapping[str, Limit] = {limit.replace(" ", "_"): limit for limit in LIMITS}


def limit_of(text: str, start: int, number_end: int, end: int) -> tuple[Limit | None, bool]:
    """The limit that words put to an amount, and whether they do so for sure.

    The amount begins at `start`, its number ends at `number_end`, and its unit at `end`.
    """
    words = text[max(0, start - _LONGEST) : start].lower().rstrip()
    before = _before().search(words) if words.endswith(_LAST) else None
    if before and before.lastgroup and not before.lastgroup.endswith("__hint"):
        return _BY_GROUP[before.lastgroup], True
    inside = text[number_end : number_end + 5].lower().lstrip(" -")
    if found := next((limit for sign, limit in _INSIDE.items() if inside.startswith(sign)), None):
        return found, True
    if (behind := _behind().match(text[end : end + _LONGEST].lower())) and behind.lastgroup:
        return _BY_GROUP[behind.lastgroup], True
    if before and before.lastgroup:
        return _BY_GROUP[before.lastgroup.removesuffix("__hint")], False
    return None, True


@cache
def _before() -> re.Pattern[str]:
    """What ends right before a number where its limit does; of two that end there the longer one begins first."""
    words = (f"(?P<{group}>\\b(?:{_BEFORE[limit]})|{_SIGNS[limit]})" for group, limit in _BY_GROUP.items())
    hints = (f"(?P<{limit.replace(' ', '_')}__hint>\\b(?:{words})" + ")" for limit, words in _HINTS.items())
    return re.compile(rf"(?:{'|'.join((*words, *hints))})$")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{limit.replace(' ', '_')}>{words})" for limit, words in _BEHIND.items()))
