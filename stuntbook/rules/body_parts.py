"""What articles call the parts of the body."""

import re
from collections.abc import Iterable, Mapping

from stuntbook.records.stated import BodyPart

_WORDS: Mapping[BodyPart, str] = {
    "head": "head skull concuss brain scalp kopf schädel gehirn",
    "face": "face facial nose jaw cheek lip tooth teeth chin eye gesicht nase kiefer zahn zähne auge",
    "neck": "neck throat nacken hals genick",
    "shoulder": "shoulder collarbone clavicle schulter schlüsselbein",
    "arm": "arm forearm humerus radius ulna unterarm oberarm",
    "elbow": "elbow ell",
    "wrist": "wrist handgelenk",
    "hand": "hand finger thumb knuckle daumen",
    "chest": "chest rib sternum brustbein brust rippe",
    "back": "back spine spinal vertebra disc disk rücken wirbel",
    "hip": "hip pelvis pelvic hüfte becken",
    "leg": "leg thigh shin calf femur tibia fibula hamstring bein oberschenkel unterschenkel wade schienbein",
    "knee": "knee kneecap meniscus cruciate knie",
    "ankle": "ankle achilles knöchel",
    "foot": "foot feet toe heel metatars fuß fuss zeh ferse",
}


def words_for_part(part: BodyPart) -> tuple[str, ...]:
    """The beginnings of the words by which English and German articles name a part, in small letters."""
    return tuple(_WORDS[part].split())


_SURE = re.compile(r"ankle|wrist|elbow|knee|shoulder|collarbone|skull|rib|spine|pelvis|hip|neck|thumb|toe|jaw")
"""Words that name a part of the body and nothing else, as `back` and `head` do not."""


def parts_in(words: Iterable[str]) -> frozenset[BodyPart]:
    """The parts of the body that words name for sure; they are in small letters."""
    sure = {word for word in words if _SURE.fullmatch(word.removesuffix("s"))}
    return frozenset(part for part in _WORDS for word in sure if word.startswith(words_for_part(part)))
