"""Phrases in texts: whole words only, and found by an index of many."""

from stuntbook.text.phrases import PhraseIndex, holds, occurrences


def test_a_phrase_stands_where_no_word_is_split() -> None:
    assert list(occurrences("jump, jumps, ski-jump jump", "jump")) == [0, 17, 22]
    assert holds("ski-jump", "jump")
    assert not holds("jumps", "jump")
    assert not holds("jump", "")


def test_an_index_gives_the_phrases_that_a_text_may_hold() -> None:
    index = PhraseIndex(["tom cruise", "tom hardy", "—"])
    assert index.within("tom cruise and the rest") == ["tom cruise", "—"]
    assert index.within("hardy") == ["tom hardy", "—"]
