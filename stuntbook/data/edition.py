"""A knowledge base as it is published: what the files for other programs say of the whole."""

from dataclasses import dataclass

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.history import NO_HISTORY, History


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A knowledge base, and how, where and when it is published."""

    knowledge: KnowledgeBase
    name: str = "Stuntbook"
    description: str = ""
    address: str = ""
    """Absolute, with a slash at the end; empty where that is not known."""
    folder: str = ""
    """Where the book is within its site, with a slash at the end; empty where it is the whole site."""
    licence: str = ""
    """That of the data: an SPDX identifier or a web address; empty where nothing is said."""
    date: str = ""
    """When the build's environment or the newest commit says that it was made (RFC 3339); empty where neither does."""
    history: History = NO_HISTORY
    without: frozenset[str] = frozenset()
    """The formats that are switched off."""
