"""What articles call the parts of the body."""

import re
from collections.abc import Iterable, Mapping
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
    "hand": "hand finger* thumb knuckle palm hände händen daumen*",
    "fingers": "finger* knuckle",
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
    "knee": "knee kneecap* patella menisc* cruciate knie kniee* knies kniescheibe* kreuzband*",
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
def words_for_part(part: BodyPart) -> re.Pattern[str]:
    """What matches the words by which English and German articles name a part, in small letters, to their end."""
    words = _WORDS[part].casefold().split()
    forms = (f"{word[:-1]}.*" if word.endswith("*") else f"{word}(?:e?s)?" for word in words)
    return re.compile(f"(?:{'|'.join(forms)})$")


_SURE = re.compile(
    r"ankle|wrist|elbow|knee|shoulder|collarbone|skull|rib|spine|pelvis|hip|neck|thumb|toe|jaw|heel|shin|thigh|groin"
)
"""Words that name a part of the body and nothing else, as `back` and `head` do not."""


def parts_in(words: Iterable[str]) -> frozenset[BodyPart]:
    """The parts of the body that words name for sure; they are in small letters."""
    sure = {word for word in words if _SURE.fullmatch(word.removesuffix("s"))}
    return frozenset(part for part in _WORDS for word in sure if words_for_part(part).match(word))
