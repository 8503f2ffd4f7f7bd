"""The people whom an article names, told from everything else that has a capital."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from babel import Locale

from stuntbook.editing.suggestions.passages import words_of
from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.folding import fold

_WORD = r"(?:[A-ZÀ-ÖØ-Þ]['’]?[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ][\w'’]*(?:-[A-ZÀ-Þ][\w'’]*)*)"
_PARTICLE = r"(?:(?:van|von|de|der|den|la|del|della|di|du|dos|el|al|bin|ten|zu)\s+){0,2}"
_RUN = re.compile(rf"{_WORD}(?:[ \n](?:[A-Z]\.\s)?{_PARTICLE}{_WORD})+")
_ROLES = (
    "actor|actress|aunt|boss|brother|captain|choreographer|colleague|co-star|co-stars|cinematographer|coach|coordinator|"
    "co-ordinator|creator|daughter|director|diver|doctor|double|driver|editor|father|fighter|filmmaker|husband|"
    "instructor|mother|nephew|niece|officer|operator|performer|pilot|producer|rider|rigger|showrunner|sister|son|star|"
    "stars|starring|stuntman|stuntwoman|supervisor|technician|trainer|uncle|walker|wife|writer|"
    "regisseur|regisseurin|produzent|produzentin|koordinator|koordinatorin|kameramann|kamerafrau|schauspieler|"
    "schauspielerin|stuntfrau|darsteller|darstellerin|fahrer|fahrerin|mutter|vater|schwester|bruder|kollege|kollegin"
)
_ROLE_WORD = re.compile(rf"(?:{_ROLES})", re.IGNORECASE)
_ROLE_BEFORE = re.compile(rf"\b(?:{_ROLES}),?\s+$", re.IGNORECASE)
_SAYS = (
    "said|says|say|recalls?|recalled|remembers?|remembered|told|tells|explains?|explained|adds?|added|noted|notes|"
    "admits?|admitted|shared|wrote|writes|jokes?|joked|insists?|insisted|confirmed|revealed|called|calls|described|"
    "sagte?|erklärte?|meinte?|erzählte?|erinnert|gibt|gab|berichtete?|schreibt|schrieb"
)
_SAYS_BEHIND = re.compile(rf"(?:['’]s)?\s+(?:\w+ly\s+)?(?:{_SAYS})\b")
_SAYS_BEFORE = re.compile(rf"\b(?:{_SAYS}|according to|laut)\s+$", re.IGNORECASE)
_TOLD_BEHIND = re.compile(r",?\s+(?:who|whose|der|die|deren|dessen)\s|,\s+(?:an?|the|his|her|\d{1,2})[\s,]|['’]s?\s")
_WHERE_BEFORE = re.compile(r"\b(?:in|at|near|over|of|from|the|von|aus)\s+$")
_NOUN_BEFORE = re.compile(r"(?:^|[\s(])[A-ZÄÖÜ][a-zäöüß-]{3,}\s$")
"""In German a noun right before a name says who it is: `der Lawinenwart`, `Regisseurin`."""
_NEXT_IN_LIST = re.compile(r",\s+|,?\s+(?:and|und|&)\s+")
_NO_NAME = frozenset(
    re.findall(
        r"\w+",
        "a an the this that these those it he she they we you i his her their its our my in on at for from to of "
        "by with as and or but when while after before during following although despite if because since until "
        "under over no not one two three first second last next now then there here what who how why where all "
        "every each some many most der die das ein eine einen dem den des im am zum zur und oder aber für mit von "
        "nach bei auf aus wie was wer als wenn series show movie film stunt",
    )
)
_PLACES = re.compile(
    r"^(?:New|Sankt|Saint|St|Mount|Lake|North|South|East|West|United)\b|"
    r"\b(?:Airport|Awards?|Beach|Bridge|Canyon|Centre|Center|City|Company|County|Emirates|Festival|Gazette|Harbour|Hospital|"
    r"Hotel|House|Inc|Island|Kingdom|Lake|Ltd|Magazine|Mountains?|News|Park|Pictures|Post|Productions|Quarterly|"
    r"River|Road|School|States|Street|Studios?|Times|Tower|University|Valley|Weekly)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom an article names."""

    name: str
    aliases: tuple[str, ...] = ()


def people_in(text: ArticleText, language: str, left_out: Iterable[Span], publisher: str) -> list[Named]:
    """The people whom an article names in full, in the order in which it does; but for what is left out."""
    runs = list(_runs(text, language, list(left_out)))
    named: dict[str, list[Span]] = {}
    for span in runs:
        named.setdefault(words_of(text, span), []).append(span)
    named = {name: spans for name, spans in named.items() if fold(name) != fold(publisher)}
    sure = {name for name, spans in named.items() if any(_is_told_as_person(text, each, language) for each in spans)}
    counted = {name for name, spans in named.items() if language == "de" and _is_counted(text, spans)}
    sure |= {name for name in named if name not in counted and _recurs(text, name)}
    sure |= _listed_with(text, named, sure)
    kept = [name for name in named if name in sure and not _PLACES.search(name)]
    return [Named(name, tuple(_first_name(text, name, kept))) for name in kept]


def others_in(text: ArticleText, language: str, titles: Iterable[Span], people: Iterable[str]) -> list[str]:
    """Names that are nobody's as far as it can be told: of places, companies or of people after all."""
    known = " ".join(people)
    runs = (words_of(text, span) for span in _runs(text, language, list(titles)))
    return [name for name in dict.fromkeys(runs) if not any(word in known for word in name.split())]


def _runs(text: ArticleText, language: str, titles: list[Span]) -> Iterator[Span]:
    """Words with capitals in a row that may be a name."""
    for match in _RUN.finditer(text.body):
        words = [(each.start() + match.start(), each.end() + match.start()) for each in re.finditer(r"\S+", match[0])]
        while words and (
            text.body[words[0][0]].islower()
            or _is_no_name(text.body[slice(*words[0])])
            or _ROLE_WORD.fullmatch(text.body[slice(*words[0])])
        ):
            words.pop(0)
        if language == "de":
            words = words[-2:]  # nouns have capitals too
        span = text.span(words[0][0], words[-1][1]) if len(words) > 1 else None
        if span and not _is_cut_off(text, span) and not any(span.overlaps(each) for each in titles):
            yield span if not text.body[: span.end].endswith(("'s", "’s")) else text.span(span.start, span.end - 2)


def _is_no_name(word: str) -> bool:
    plain = word.casefold()
    return plain in _NO_NAME or plain in _calendar()


@cache
def _calendar() -> frozenset[str]:
    """The names of months and days, which have capitals and are nobody's."""
    names = (Locale(code) for code in ("en", "de"))
    words = (word for each in names for kind in (each.months, each.days) for word in kind["format"]["wide"].values())
    return frozenset(word.casefold() for word in words)


def _is_cut_off(text: ArticleText, span: Span) -> bool:
    """Whether a run stands in a line in which nearly all words have capitals, as a headline has them."""
    start, end = text.body.rfind("\n", 0, span.start) + 1, text.body.find("\n", span.end)
    words = re.findall(r"[^\W\d_]{4,}", text.body[start : end if end >= 0 else len(text.body)])
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _is_told_as_person(text: ArticleText, span: Span, language: str) -> bool:
    before, behind = text.body[max(0, span.start - 40) : span.start], text.body[span.end : span.end + 60]
    if _ROLE_BEFORE.search(before) or _SAYS_BEHIND.match(behind) or _SAYS_BEFORE.search(before):
        return True
    if language == "de" and _NOUN_BEFORE.search(before):
        return True
    return bool(_TOLD_BEHIND.match(behind)) and not _WHERE_BEFORE.search(before)


def _recurs(text: ArticleText, name: str) -> bool:
    """Whether the last word of a name stands somewhere without the first."""
    return len(text.find(name.rsplit(maxsplit=1)[-1])) > len(text.find(name))


def _is_counted(text: ArticleText, spans: list[Span]) -> bool:
    """Whether a number stands before words that look like a name, as before `Tonnen Schnee`."""
    return any(re.search(r"\d\s$", text.body[max(0, each.start - 3) : each.start]) for each in spans)


def _listed_with(text: ArticleText, named: dict[str, list[Span]], sure: Collection[str]) -> set[str]:
    """The names that stand in one list with the name of a person."""
    ordered = sorted((span, name) for name, spans in named.items() for span in spans)
    pairs = [
        (name, other)
        for (first, name), (second, other) in pairwise(ordered)
        if _NEXT_IN_LIST.fullmatch(text.body, first.end, second.start)
    ]
    found = set(sure)
    for one, other in (*pairs, *((other, one) for one, other in reversed(pairs))):
        if one in found:
            found.add(other)
    return found


def _first_name(text: ArticleText, name: str, names: Collection[str]) -> Iterator[str]:
    """The first name, where an article calls somebody by that alone."""
    first = name.split(maxsplit=1)[0]
    is_shared = sum(each.split()[0] == first for each in names) > 1
    alone = re.compile(rf"(?<![\w'’-]){re.escape(first)}(?![\w-]|['’]\w{{2,}}|\s+(?:[A-ZÀ-Þ]))")
    if not is_shared and first not in {each.split()[-1] for each in names} and alone.search(text.body):
        yield first
