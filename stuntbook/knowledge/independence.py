"""Which articles are copies of one text, so that they count as one source.

Two articles share wording when they have runs of words in common; they are copies when at least half of the shorter
one's runs stand in the other (Broder, "On the resemblance and containment of documents", 1997).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import chain, combinations

from stuntbook.knowledge.resolution import Source
from stuntbook.text.folding import fold

RUN = 5
"""How many words make a run."""
COPIED = 0.5
"""Which part of the shorter text's runs makes it a copy."""
_COMMON = 20
"""A run that more articles than this have in common is a stock phrase, and tells nothing."""


def text_groups(sources: Mapping[str, Source]) -> dict[str, str]:
    """For each article the first one whose text it shares; itself where it shares none."""
    runs = {identifier: _runs(source) for identifier, source in sources.items()}
    repeated = {run for run, count in Counter(chain.from_iterable(runs.values())).items() if count > 1}
    # Nearly every article repeats a few runs of others. Only one that repeats at least half of its own can be a copy.
    copied = [own & repeated for own in runs.values() if len(own & repeated) >= COPIED * len(own)]
    telling = set().union(*copied)
    holders: dict[str, list[str]] = defaultdict(list)
    for identifier, own in runs.items():
        for run in own & telling:
            holders[run].append(identifier)
    held = (each for each in holders.values() if len(each) <= _COMMON)
    shared = Counter(pair for each in held for pair in combinations(each, 2))
    first = {identifier: identifier for identifier in sources}
    for (one, other), count in sorted(shared.items()):
        if count >= COPIED * min(len(runs[one]), len(runs[other])):
            merged, kept = sorted((first[one], first[other]), reverse=True)
            first = {identifier: kept if group == merged else group for identifier, group in first.items()}
    return first


def _runs(source: Source) -> set[str]:
    text = source.text.folded
    for boilerplate in source.boilerplate:
        text = text.replace(fold(source.text.text(boilerplate)), " ")
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
