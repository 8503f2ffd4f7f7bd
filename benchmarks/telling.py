"""Made-up articles. What is stated and the words that carry it are made together, so that every citation is found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.words import ADJECTIVES, PLURALS

Entry = dict[str, Any]
"""What stands under a key in `stunts.yaml`."""

_FILLER = {"~adj": ADJECTIVES, "~things": PLURALS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record to refer to."""

    id: str
    name: str

    @property
    def last(self) -> str:
        """A person's last name."""
        return self.name.split()[-1]


@dataclass(slots=True)
class Telling:
    """An article while it is written."""

    id: str
    random: Random
    paragraphs: list[list[str]] = field(default_factory=list)

    def paragraph(self) -> None:
        self.paragraphs.append([])

    def tell(self, sentence: str) -> list[Entry]:
        """Add a sentence, and return citations of its parts in [brackets], in their order.

        Each `~adj` and `~things` in it becomes some word of that kind.
        """
        filled = fill(sentence, self.random)
        self.paragraphs[-1].append(re.sub(r"[\[\]]", "", filled))
        return [{self.id: words} for words in re.findall(r"\[(.*?)\]", filled)]

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(sentences) for sentences in self.paragraphs)


def fill(sentence: str, random: Random) -> str:
    """The sentence with a word in place of each `~adj` and `~things`."""
    return re.sub("~adj|~things", lambda match: random.choice(_FILLER[match[0]]), sentence)


def slug(name: str) -> str:
    """The identifier of what has this name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
