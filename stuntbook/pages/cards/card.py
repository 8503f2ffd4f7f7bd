"""What stands on the image of a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The words on a card: plain text in any language and of any length."""

    kicker: str
    """What kind of page it is, and of what: `Stunt · Mission: Impossible – Fallout`."""
    title: str
    text: str
    """A sentence or two, or nothing."""
    footer: str
    """What the page holds: `15 statements, 2 articles`."""
    site: str
