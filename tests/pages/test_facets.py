"""Where places, techniques and equipment lead."""

import pytest

from stuntbook.pages.indexes.facets import FacetKind, facet_address


@pytest.mark.parametrize(
    ("kind", "name", "address"),
    [
        ("place", "United Arab Emirates", "places/#place-united-arab-emirates"),
        ("place", "Łódź", "places/#place-lodz"),
        ("place", "東京", "places/#place-東京"),
        ("technique", "Free climbing", "stunts/?technique=free-climbing"),
        ("equipment", "BMW R nineT", "stunts/?equipment=bmw-r-ninet"),
    ],
)
def test_a_facet_leads_to_all_that_have_it(kind: FacetKind, name: str, address: str) -> None:
    assert facet_address(kind, name) == address


def test_spellings_of_a_name_lead_to_the_same_place() -> None:
    assert facet_address("place", "abu dhabi") == facet_address("place", "Abu Dhabi")
