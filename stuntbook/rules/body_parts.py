"""What articles call the parts of the body."""

import re
from collections.abc import Mapping
from functools import cache

from stuntbook.records.stated import BodyPart

_WORDS: Mapping[BodyPart, str] = {
    "head": "head skull* concuss* brain* scalp kopf kopfes schädel* gehirn*",
    "skull": "skull* schädel*",
    "brain": "brain* concuss* gehirn* hirn*",
    "face": "face facial nose nasal jaw* cheek* lip tooth teeth chin eye* gesicht* nase* kiefer* zahn* zähne* auge*",
    "eye": "eye eyelid* eyeball* retina* cornea* auge augen*",
    "ear": "ear eardrum* ohr ohren trommelfell*",
    "nose": "nose nasal nase nasen*",
    "jaw": "jaw jawbone* mandible kiefer*",
    "teeth": "tooth teeth zahn* zähne*",
    "throat": "throat larynx windpipe kehle* kehlkopf* rachen*",
    "neck": "neck cervical nacken* hals halses halswirbel* genick*",
    "collarbone": "collarbone collar clavicle schlüsselbein*",
    "shoulder": "shoulder rotator schulter*",
    "arm": "arm forearm humerus radius ulna bicep* tricep* arme armen armes armbruch unterarm* oberarm*",
    "elbow": "elbow ellbogen* ellenbogen*",
    "wrist": "wrist handgelenk*",
    "hand": "hand finger* pinkie pinky thumb knuckle palm hände händen daumen*",
    "fingers": "finger* pinkie pinky knuckle",
    "thumb": "thumb daumen*",
    "chest": "chest rib ribcage sternum breastbone brust brustbein* brustkorb* rippe*",
    "ribs": "rib ribcage rippe*",
    "lung": "lung* lunge*",
    "back": "back spine spinal vertebra* disc disk lumbar rücken* rückgrat* wirbel* bandscheibe*",
    "spine": "spine spinal vertebra* disc disk rückgrat* wirbel* bandscheibe*",
    "abdomen": "abdomen abdominal stomach belly spleen liver kidney bauch* milz leber niere*",
    "hip": "hip hüft*",
    "pelvis": "pelvis pelvic becken*",
    "groin": "groin leiste leisten*",
    "leg": "leg thigh shin shinbone calf calves femur tibia fibula hamstring* quadricep* bein beine beinen beines "
    "beinbruch oberschenkel* unterschenkel* wade* schienbein*",
    "thigh": "thigh femur hamstring* quadricep* oberschenkel*",
    "knee": "knee kneecap* patella menisc* cruciate acl knie kniee* knies kniescheibe* kreuzband*",
    "shin": "shin shinbone tibia schienbein*",
    "calf": "calf calves wade waden*",
    "ankle": "ankle achilles knöchel* sprunggelenk*",
    "foot": "foot feet toe heel metatars* fuß fußes füße füßen mittelfuß* zeh zehe zehen ferse*",
    "heel": "heel ferse*",
    "toes": "toe zeh zehe zehen",
    "skin": "skin burn burned burnt haut verbrannte* verbrennung*",
}
"""In English and German. A star stands for any end of a word; any other word may have the end of an English plural."""


@cache
def _forms(part: BodyPart) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words for a part, and what words begin with that have any end."""
    words = _WORDS[part].casefold().split()
    whole = (word + end for word in words if not word.endswith("*") for end in ("", "s", "es"))
    return frozenset(whole), tuple(word[:-1] for word in words if word.endswith("*"))


def names_part(word: str, part: BodyPart) -> bool:
    """Whether English or German articles call a part so; the word is in small letters."""
    words, beginnings = _forms(part)
    return word in words or word.startswith(beginnings)


_SURE = re.compile(
    r"\b(?:ankle|wrist|elbow|knee|shoulder|collarbone|skull|rib|spine|pelvis|hip|neck|thumb|toe|jaw|heel|shin|thigh|"
    r"groin)s?\b"
)
"""Words that name a part of the body and nothing else, as `back` and `head` do not."""


def parts_in(text: str) -> frozenset[BodyPart]:
    """The parts of the body that a text names for sure."""
    sure = set(_SURE.findall(text.casefold()))
    return frozenset(part for word in sure for part in _WORDS if names_part(word, part))
