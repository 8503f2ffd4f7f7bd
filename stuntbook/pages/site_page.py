"""What a page of the site is, and how the site is called and published."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from stuntbook.data.linked_data import Trail
from stuntbook.knowledge.history import NO_HISTORY, History
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.pages.cards.card import Card
from stuntbook.pages.views import Heading

CARDS = "assets/cards"
"""The folder of the site that holds the pictures of the cards."""
_ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class PagePlan:
    """What is known of a page before its template runs."""

    address: str
    """Relative to the site's root, with a slash at the end; empty for the home page."""
    title: str
    description: str
    """Plain text, for search engines and previews."""
    template: str = ""
    """The template's name; by default an index page's own address."""
    trail: Trail = (("", "Home"),)
    origin: str = KNOWLEDGE_FILE
    """The file in which its content is edited, relative to the knowledge base's folder."""
    is_index: bool = False
    """Whether the navigation lists it."""
    hide: tuple[str, ...] = ("navigation", "toc")
    """The theme's side columns that the page does without."""
    kicker: str = ""
    """What its card says above the title."""
    footer: str = ""
    """What its card says below."""
    og_type: str = "website"
    """Its type in the Open Graph protocol, https://ogp.me/#types."""


@dataclass(frozen=True, kw_only=True)
class SitePage(PagePlan):
    """One page of the site, without the theme around it."""

    html: str
    outline: tuple[Heading, ...]
    card: Card
    """What its picture shows where a link to it is shared."""
    linked_data: str
    """JSON-LD, as the text of a script element."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What reference managers read in its head, by name, where that is about something else than the page."""

    @property
    def image(self) -> str:
        """The address of the picture of its card."""
        return image_of(self.address)

    @property
    def anchors(self) -> frozenset[str]:
        """Everything on the page that a link can lead to."""
        return frozenset(_ID.findall(self.html))


def image_of(address: str) -> str:
    """The address of the picture of the card of the page at an address."""
    return f"{CARDS}/{address.strip('/') or 'home'}.png"


def address_of_card(path: str) -> str:
    """The address of the page whose card has that path."""
    name = path.removeprefix(f"{CARDS}/").removesuffix(".png")
    return "" if name == "home" else f"{name}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How the site is called, and where it is published."""

    name: str = "Stuntbook"
    address: str = ""
    """Absolute, with a slash at the end; empty where that is not known."""
    repository: str = ""
    """The address, with a slash at the end, below which the input files are shown to readers; empty for none."""
    history: History = NO_HISTORY
