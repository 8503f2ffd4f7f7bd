"""Phrases in texts: whole words only, and found by an index of many."""

import pytest

from stuntbook.text.phrases import PhraseIndex, holds, occurrences


def test_a_phrase_stands_where_no_word_is_split() -> None:
    assert list(occurrences("jump, jumps, ski-jump jump", "jump")) == [0, 17, 22]
    assert holds("ski-jump", "jump")
    assert not holds("jumps", "jump")
    assert not holds("jump", "")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("東京の橋から飛んだ", "橋"),
        ("カメラマンの田中さん", "田中"),
        ("เธอกระโดดลงน้ำ", "กระโดด"),
        ("ນາງໂດດລົງນ້ຳ", "ໂດດ"),
        ("នាងលោតចុះ", "លោត"),
        ("သူမခုန်ချ", "ခုန်"),
        ("從30公尺跳下", "30公尺"),
    ],
)
def test_a_script_without_spaces_has_no_words_to_split(text: str, phrase: str) -> None:
    assert holds(text, phrase)
    assert phrase in PhraseIndex(["tom hardy", phrase]).within(text)


@pytest.mark.parametrize(
    ("text", "phrase"), [("그녀가뛰었다", "그녀"), ("прыжок", "прыж"), ("قفزت", "قفز"), ("नमस्ते", "नमस"), ("เช้า", "เช")]
)
def test_a_script_with_spaces_has(text: str, phrase: str) -> None:
    assert not holds(text, phrase)


def test_an_index_gives_the_phrases_that_a_text_may_hold() -> None:
    index = PhraseIndex(["tom cruise", "tom hardy", "—"])
    assert index.within("tom cruise and the rest") == ["tom cruise", "—"]
    assert index.within("hardy") == ["tom hardy", "—"]
