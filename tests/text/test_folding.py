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
        ("\u1100\u1161\u11a8 \u1112\u1161\u11ab\u1100\u1173\u11af", "각 한글"),  # Hangul, decomposed
        ("\u0995\u09c7\u09be", "\u0995\u09cb"),  # a Bengali vowel sign in two parts
        ("\u0917\u093c \u0958", "\u0917\u093c \u0915\u093c"),  # composed forms that Unicode excludes
        ("a\u200f\u061c\u2066b\u2069\ufe0f\u034f\U000e0041c\u180e", "abc"),
        ("a\u115fb\u1160c\u3164d\uffa0e", "abcde"),  # Hangul's fillers
        ("»a« ›b‹ 「c」『d』 《e》 ”f”", '"a" \'b\' "c""d" "e" "f"'),
        ("ʼn ʻokina O′Hara Oʹ `x´", "'n 'okina O'Hara O' 'x'"),
        ("`x`", "'x'"),  # with no other character beyond ASCII
        ("…«»", '…""'),
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
