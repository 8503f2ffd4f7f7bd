"""What folding makes the same, and where each folded character came from."""

import pytest

from stuntbook.text.folding import Folded, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain text", "plain text"),
        ("  a \n\n b\t\u00a0c\u2009d  ", "a b c d"),
        ("“a” „b‟ ″c", '"a" "b" "c'),
        ("‘a’ ‚b‛ ′c", "'a' 'b' 'c"),
        ("a–b—c‐d‑e−f―g", "a-b-c-d-e-f-g"),
        ("so\u00adlar\u200b \u2060pan\ufeffel", "solar panel"),
        ("e\u0301", "é"),
        ("É", "É"),
        ("…«»", "…«»"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["plain", " a \u00a0 “b”", "e\u0301 — x\u00ad", "🎬 قفزة\n\nz ", ""])
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    original = Folded(text)
    folded, offsets = original.text, [original.origin(place) for place in range(len(original.text))]
    assert len(offsets) == len(folded)
    assert offsets == sorted(set(offsets))
    for character, offset in zip(folded, offsets, strict=True):
        assert fold(text[offset:]).startswith(character) or text[offset].isspace()
