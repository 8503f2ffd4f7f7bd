"""Words of articles keep their directions to themselves."""

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from stuntbook.text.directions import isolated


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("plain", "plain"),
        ("\u200fwith a mark of direction", "\u200fwith a mark of direction"),
        ("a\u202eb", "\u2068a\u202eb\u202c\u2069"),
        ("a\u2067b", "\u2068a\u2067b\u2069\u2069"),
        ("a\u2069b\u202cc", "\u2068abc\u2069"),
        ("\u2066a\u202eb\u2069c\u202c", "\u2068\u2066a\u202eb\u2069c\u2069"),
        ("\u202a\u2066\u202c\u2069", "\u2068\u202a\u2066\u2069\u202c\u2069"),
    ],
)
def test_what_is_opened_is_closed_within_an_isolate(words: str, expected: str) -> None:
    assert isolated(words) == expected


@given(st.text(st.sampled_from("ab \u05d0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), max_size=20))
def test_what_stands_behind_words_is_shown_as_it_would_be(words: str) -> None:
    assert get_display(f"start {isolated(words)} the end", base_dir="L").endswith(" the end")
