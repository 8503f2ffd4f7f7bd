"""Where a place, a technique or a piece of equipment leads: to everything in this book that has it."""

from typing import Literal

from stuntbook.pages.indexes.listing import slug

FacetKind = Literal["place", "technique", "equipment"]


def facet_address(kind: FacetKind, name: str) -> str:
    """The way from the site's root to the stunts with a facet: `places/#place-dubai`, `stunts/?technique=halo`.

    Templates put `view.to('')` before it, the way from their page to the root.
    """
    return f"places/#{place_anchor(name)}" if kind == "place" else f"stunts/?{kind}={slug(name)}"


def place_anchor(name: str) -> str:
    """The anchor of a place on the page of places. What differs only in case, accents or punctuation is one place."""
    return f"place-{slug(name)}"
