"""What an article tells of harm, of danger and of dates."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from babel import Locale

from stuntbook.editing.suggestions.passages import words_of
from stuntbook.editing.suggestions.speaking import Mention
from stuntbook.records.stated import BodyPart
from stuntbook.rules.body_parts import names_part, parts_in
from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.folding import fold

EventKind = Literal["announcement", "preparation", "shooting", "release"]

_HARM = re.compile(
    r"\b(?:broke|broken|breaking|breaks?|fractur\w+|sprain\w+|crack(?:ed|s)?|tor[en]|tears?|burn(?:ed|t|s)?|bruis\w+|cut|"
    r"injur\w+|hurt|dislocat\w+|twist(?:ed|s)?|snap(?:ped|s)?|shatter\w+|lost|"
    r"brach|gebrochen|verstaucht\w*|prellt\w*|geprellt|verletzt\w*|riss|verbrannt\w*|brach)\b",
    re.IGNORECASE,
)
_DANGER = re.compile(
    r"\b(?:could|might|would) have (?:drown|die|kill|fall|been|crush|hit|broken|burn|lost)\w*|\bdanger(?:s|ous)?\b|"
    r"\brisk(?:s|y|ed)?\b|\bhazards?\b|\bcould (?:tear|kill|crush|drown|burn|break)\b|"
    r"\bhätten? [^.!?]{1,80} können\b|\bGefahr(?:en)?\b|\bgefährlich\w*|\bRisik\w+",
    re.IGNORECASE,
)
_REACH = 60
"""Within so many characters behind a verb of harm the part of the body stands, or before it in its clause."""
_EVENTS: tuple[tuple[EventKind, re.Pattern[str]], ...] = (
    ("announcement", re.compile(r"\b(?:reveal|announc|unveil|angekündigt|kündigte|verriet)", re.IGNORECASE)),
    (
        "release",
        re.compile(
            r"\b(?:opens?|opened|releas|theat(?:er|re)s|cinemas?|premier|in die Kinos?|Kinostart|läuft an)", re.I
        ),
    ),
    ("preparation", re.compile(r"\b(?:train|rehears|built|prepar|probte|gespannt|vorbereit)", re.IGNORECASE)),
    ("shooting", re.compile(r"\b(?:film(?:ed|ing)|shot|shoot|gedreht|drehte|Dreh)", re.IGNORECASE)),
)
"""In this order: what happened at a date, by the words of its sentence."""


@dataclass(frozen=True, slots=True)
class Harm:
    """Somebody hurt a part of the body, or several."""

    person: str
    parts: tuple[BodyPart, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happened at a date."""

    kind: EventKind
    when: str
    """In EDTF."""


def harm_in(text: ArticleText, sentence: Span, people: list[Mention], language: str) -> Iterator[Harm]:
    """The injuries of a sentence that names a part of the body, with whoever is named before the harm is told."""
    words = text.body[sentence.start : sentence.end]
    for harm in _HARM.finditer(words) if not _DANGER.search(words) else ():
        place = sentence.start + harm.end() + 1
        named = [each for each in people if sentence.start <= each.span.start <= place]
        around = words[words.rfind(";", 0, harm.start()) + 1 : harm.end() + _REACH].partition(";")[0]
        if named and (parts := _parts(around, language)):
            yield Harm(named[0].owner, parts)
            return


def _parts(words: str, language: str) -> tuple[BodyPart, ...]:
    """The parts of the body that words name; those that mean other things too only where none is sure."""
    # German writes nouns with capitals, and English names.
    told = [each for each in re.findall(r"[^\W\d_]+", words) if language == "de" or each.islower()]
    sure = [each for each in told if parts_in(each)]
    return tuple(dict.fromkeys(part for word in sure or told if (part := _part_of(fold(word).casefold()))))


def _part_of(word: str) -> BodyPart | None:
    """The part of the body that a word names: of several the last, since a part of another stands behind it."""
    return next((part for part in reversed(get_args(BodyPart)) if names_part(word, part)), None)


def is_dangerous(text: ArticleText, sentence: Span) -> bool:
    """Whether a sentence tells of what could have gone wrong."""
    return bool(_DANGER.search(words_of(text, sentence)))


def dated_in(text: ArticleText, sentence: Span, language: str) -> Dated | None:
    """What a sentence tells with a date, where it tells what happened at it."""
    words = words_of(text, sentence)
    kind = next((each for each, sign in _EVENTS if sign.search(words)), None)
    match = _dates(language).search(words)
    if not kind or not match:
        return None
    parts = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}
    month, day, year = _months(language)[parts["month"].casefold()], parts.get("day"), parts.get("year")
    if not day and not year and not re.search(r"\b(?:in|im|since|seit)\s+$", words[: match.start()], re.IGNORECASE):
        return None
    return Dated(kind, f"{year or 'XXXX'}-{month:02}" + (f"-{int(day):02}" if day else ""))


@cache
def _months(language: str) -> Mapping[str, int]:
    return {name.casefold(): number for number, name in Locale.parse(language).months["format"]["wide"].items()}


@cache
def _dates(language: str) -> re.Pattern[str]:
    """A month with its day before or behind it, and a year."""
    month = "|".join(name.capitalize() for name in _months(language))
    return re.compile(
        rf"\b(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?)?(?P<month>{month})"
        r"(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?P<year>\d{4}))?\b"
    )
