"""The words that made-up films, people and articles are told with: invented names and plain nouns."""

from __future__ import annotations

_ONSETS = ("B", "D", "F", "G", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Z", "Br", "Dr", "Gr", "Kl", "Pl", "Tr")
_MIDDLES = ("abo", "ado", "avi", "eba", "ego", "elu", "ibo", "iga", "ilu", "oba", "oda", "ovi", "uba", "uge", "ulo")
_ENDS = ("bim", "dok", "fu", "gat", "kle", "lum", "mip", "nud", "pog", "rik", "sop", "tez", "vab", "wun", "zed")
_NAMES = len(_ONSETS) * len(_MIDDLES) * len(_ENDS)
_STRIDE = 1_787
"""Without a common divisor with the number of names, so that neighbours in a list don't look alike."""


def invented(number: int, ending: str = "") -> str:
    """A made-up name, another one for each number: `Badomip` for instance."""
    turn, place = divmod(number, _NAMES)
    place = place * _STRIDE % _NAMES
    onset, rest = place % len(_ONSETS), place // len(_ONSETS)
    middle, end = rest % len(_MIDDLES), rest // len(_MIDDLES)
    more = invented(turn - 1).lower() if turn else ""
    return f"{_ONSETS[onset]}{_MIDDLES[middle]}{_ENDS[end]}{more}{ending}"


ACTIONS = {
    "leap": "leapt across",
    "roll": "rolled under",
    "slide": "slid down",
    "swing": "swung over",
    "climb": "climbed up",
    "crossing": "went across",
    "dive": "dived beside",
    "vault": "vaulted onto",
    "drop": "dropped from",
    "dash": "dashed along",
    "tumble": "tumbled past",
    "glide": "glided above",
    "crawl": "crawled through",
    "somersault": "turned over behind",
}
"""What is done, and the verb of it. No word here starts with a vowel, so that all of them follow `a`."""
STRUCTURES = (
    *("mill", "kiln", "weir", "pier", "barn", "silo", "ferry", "chimney", "viaduct", "quarry", "gasworks", "barge"),
    *("windmill", "sawmill", "brewery", "lock gate", "haystack", "greenhouse", "signal box", "water tower"),
    *("cable car", "paddle boat", "marquee", "scaffold", "drawbridge", "grain lift", "boathouse", "bell tower"),
    *("tramway", "skating rink", "fire escape", "hay wagon", "log flume", "coal heap", "rope bridge", "sand dune"),
)
TECHNIQUES = (
    *("wire fall", "free fall", "rope descent", "ratchet pull", "high fall", "box fall", "skid turn"),
    *("stair fall", "barrel turn", "body drag", "pole vault", "rope swing", "blind jump", "slow fall", "cannon roll"),
)
EQUIPMENT = (
    *("harness", "winch", "crash mat", "pulley", "air bag", "trampoline", "ladder", "cable", "buggy", "raft", "sledge"),
    *("bicycle", "hay cart", "safety net", "spring board", "canvas sail", "steel rail", "counterweight"),
)
ADJECTIVES = (
    *("blunt", "brittle", "broad", "chalky", "coarse", "copper", "crooked", "damp", "dented"),
    *("dusty", "faded", "flat", "frosty", "gilded", "glossy", "grey", "heavy", "hollow", "humble", "jagged"),
    *("knotted", "leaky", "lofty", "mossy", "muddy", "narrow", "painted", "patched", "plain", "polished"),
    *("ragged", "rusty", "sandy", "scarlet", "shallow", "silent", "slender", "smoky", "sodden", "spare", "spotted"),
    *("steep", "sturdy", "tarred", "tidy", "timber", "velvet", "waxed", "weathered", "wooden", "yellow"),
)
PLURALS = (
    *("acorns", "anvils", "apples", "bales", "barrels", "baskets", "beacons", "bobbins", "bottles", "bricks"),
    *("buckets", "candles", "carrots", "chairs", "crates", "cushions", "drums", "feathers", "gravel sacks", "hooks"),
    *("kettles", "lamps", "lanterns", "mattresses", "nets", "oars", "paddles", "pebbles", "planks", "pumpkins"),
    *("ribbons", "sacks", "saddles", "shingles", "spoons", "stools", "straw bales", "tiles", "trunks", "wheels"),
)
GENRES = ("comedy", "thriller", "western", "melodrama", "mystery", "farce", "romance", "musical", "fable")
TRADES = ("baker", "cooper", "diver", "gardener", "glazier", "joiner", "mason", "miller", "potter", "roofer", "tailor")
BODY_PARTS = ("shoulder", "elbow", "wrist", "hand", "back", "hip", "knee", "ankle")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
