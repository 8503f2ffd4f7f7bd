"""Who says what: the person whom an article names behind, before or above a quotation, or in reported speech."""

from pathlib import Path

import pytest

from tests.support import BOOK, codes, indented, judged, read_book


def found(folder: Path, lines: str, body: str) -> list[str]:
    return judged(folder, f"performers: [dara-quill, mo-venn]\n{lines}", body)


def quote(speaker: str, words: str = "I never looked down", extra: str = "") -> str:
    return f"quotes: [{{speaker: {speaker}, {extra}cite: {{weekly: {words}}}}}]"


DARA_SAYS = [
    '"I never looked down," Dara Quill said. Mo Venn held the rope.',
    '"I never looked down," Quill says. Mo Venn held the rope.',
    '"I never looked down," said Dara Quill. Mo Venn held the rope.',
    '“I never looked down,” recalled Dara Quill. Mo Venn held the rope.',
    'Mo Venn held the rope. Dara Quill said, "I never looked down."',
    'Mo Venn held the rope. Dara Quill later added: "I never looked down."',
    'Mo Venn held the rope. Quill noted that it was high and that "I never looked down" was her rule.',
    'Mo Venn held the rope. Dara Quill jumped. "I never looked down," she said.',
    'Mo Venn held the rope. Dara Quill jumped.\n\n"I never looked down," she said.',
    'Dara Quill jumped. "Mo Venn was there. So was the rope," she said. "I never looked down."',
    'Mo Venn held the rope. Dara\nQuill said, "I never looked down."',
    'Mo Venn held the rope. Dara Quill jumped. She detailed the jump:\n\n"I never looked down."',
    'Mo Venn held the rope. Quill described it as "I never looked down," which later became a song.',
    'Mo Venn held the rope. Dara Quill jumped. „I never looked down“, gibt sie zu.',
]  # fmt: skip


@pytest.mark.parametrize("body", DARA_SAYS)
def test_the_named_speaker_is_the_speaker_and_nobody_else(body: str, tmp_path: Path) -> None:
    assert found(tmp_path, quote("dara-quill"), body) == []
    assert found(tmp_path, quote("mo-venn"), body) == ["attribution"]


QUILLS = BOOK.replace("  mo-venn:", "  ada-quill:\n    name: Ada Quill\n  mo-venn:")


@pytest.mark.parametrize("speaker", ["dara-quill", "ada-quill"])
@pytest.mark.parametrize(
    "body",
    [
        'Venn drove. Dara Quill, whose mother Ada Quill was a diver, taught him. "I never looked down," Quill said.',
        'Dara Quill and Ada Quill were there. Quill said: "I never looked down."',
        'Dara Quill and Ada Quill were there. "I never looked down," according to Quill.',
    ],
)
def test_a_surname_of_two_people_is_no_verdict(speaker: str, body: str, tmp_path: Path) -> None:
    _, report = read_book(tmp_path, QUILLS + indented(quote(speaker)), weekly=body)
    assert not {"attribution", "speaker-not-named"} & set(codes(report))


@pytest.mark.parametrize("speaker", ["dara-quill", "mo-venn"])
def test_a_sentence_that_begins_with_a_pronoun_may_go_on_to_speak_of_whoever_was_named_before(
    speaker: str, tmp_path: Path
) -> None:
    body = 'Dara Quill is a diver. She grew up where her aunt, Mo Venn, fished. "I never looked down," she says.'
    assert found(tmp_path, quote(speaker), body) == []


@pytest.mark.parametrize(
    "body",
    [
        'Venn drove, and said: "I never looked down."\n\nDara Quill wrote the part for her.',
        'Venn drove. He said: "I never looked down." Quill wrote the part for Rook and said so.',
        'Venn drove, and said: "I never looked down"\n\nQuill said nothing.',
        'Venn drove. Quill said: "It was cold." Venn went on: "I never looked down."',
        'Dara Quill said, "It was cold." Mo Venn, on the height: "I never looked down."',
        'Dara Quill asked much.\n\nMo Venn: I jumped. "I never looked down."',
        'Quill was there. "I never looked down," as Venn puts it.',
    ],
)
def test_a_name_counts_in_the_sentence_and_paragraph_of_the_words(body: str, tmp_path: Path) -> None:
    assert found(tmp_path, quote("mo-venn"), body) == []


@pytest.mark.parametrize(
    "behind",
    [
        "Venn remembered",
        "Venn recalls",
        "according to Venn",
        "as Venn puts it",
        "remembers Mo Venn",
        "Venn argued",
        "Venn muses",
        "chuckles Mo Venn",
    ],
)
def test_there_are_other_words_for_said(behind: str, tmp_path: Path) -> None:
    body = f'Dara Quill drove. "I never looked down," {behind}.'
    assert found(tmp_path, quote("mo-venn"), body) == []
    assert found(tmp_path, quote("dara-quill"), body) == ["attribution"]


@pytest.mark.parametrize(("speaker", "code"), [("mo-venn", []), ("dara-quill", ["attribution"])])
def test_initials_of_an_interview_are_aliases(speaker: str, code: list[str], tmp_path: Path) -> None:
    book = BOOK.replace("name: Mo Venn", "name: Mo Venn\n    aliases: [MV]")
    body = "Dara Quill asked Mo Venn.\n\nDQ: Was it high?\n\nMV: Yes. I never looked down. Quill did."
    lines = f"summary: [{{text: The height was no matter., by: {speaker}, cite: {{weekly: I never looked down}}}}]"
    _, report = read_book(tmp_path, book + indented(lines), weekly=body)
    assert [each for each in codes(report) if each == "attribution"] == code


@pytest.mark.parametrize(
    ("by", "code"), [("dara-quill", []), ("mo-venn", ["attribution"])], ids=["the teller", "somebody else"]
)
@pytest.mark.parametrize(
    "body",
    [
        "Mo Venn held the rope. Dara Quill said that it was cold.",
        "Mo Venn held the rope. Quill has always said that it was cold.",
        "Mo Venn held the rope. Dara Quill now says that it was cold.",
    ],
)
def test_reported_speech(by: str, code: list[str], body: str, tmp_path: Path) -> None:
    assert found(tmp_path, f"summary: [{{text: It was cold., by: {by}, cite: {{weekly: it was cold}}}}]", body) == code


def test_what_the_article_says_itself_is_nobodys(tmp_path: Path) -> None:
    lines = "summary: [{text: It was cold., cite: {weekly: It was cold}}]"
    assert found(tmp_path, lines, "Dara Quill and Mo Venn said much. It was cold.") == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('Somebody was there.\n\n"I never looked down."\n\nMo Venn spoke.', []),
        ('Mo Venn spoke.\n\n"I never looked down."', []),
        ('Mo Venn spoke.\n\nIt was cold.\n\n"I never looked down."', ["speaker-not-named"]),
        ('Venner spoke. "I never looked down."', ["speaker-not-named"]),
        ('A man spoke. "I never looked down."', ["speaker-not-named"]),
    ],
)
def test_a_speaker_is_named_nearby(body: str, code: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, quote("mo-venn"), body) == code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('A crew member was there. "I never looked down."', []),
        ('Crew members were there. A crew member spoke.\n\n"I never looked down."', []),
        ('Dara Quill was there. One crew member shouted: "I never looked down."', []),
        ('Dara Quill says that a crew member shouted: "I never looked down."', []),
        ('A cameraman was there. "I never looked down."', ["speaker-not-named"]),
        ('A crew member spoke.\n\nIt was cold.\n\n"I never looked down."', ["speaker-not-named"]),
        ('A crew member was there. "I never looked down," Dara Quill said.', ["attribution"]),
        ('A crew member was there. Dara Quill said, "I never looked down."', ["attribution"]),
    ],
)
@pytest.mark.parametrize("speaker", ["a crew member", "the crew member", "one crew member"])
def test_a_speaker_without_a_name_is_described_nearby(speaker: str, body: str, code: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, quote(speaker), body) == code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("A crew member said that it was cold.", []),
        ("Dara Quill says a crew member told her that it was cold.", []),
        ("A cameraman said that it was cold.", ["speaker-not-named"]),
        ("A crew member was there. Dara Quill said that it was cold.", ["attribution"]),
    ],
)
def test_reported_speech_of_somebody_without_a_name(body: str, code: list[str], tmp_path: Path) -> None:
    lines = "summary: [{text: The water was cold., by: a crew member, cite: {weekly: it was cold}}]"
    assert found(tmp_path, lines, body) == code


@pytest.mark.parametrize("speaker", ["crew member", "A crew member", "a ", "every crew member"])
def test_a_description_begins_with_an_article_or_a_number(speaker: str, tmp_path: Path) -> None:
    _, report = read_book(
        tmp_path, BOOK + indented(quote(f'"{speaker}"')), weekly='A crew member: "I never looked down."'
    )
    assert codes(report) == ["bad-id"]


@pytest.mark.parametrize(
    ("cite", "code"),
    [
        ("{weekly: It was cold}", ["speaker-missing"]),
        ("[{weekly: It was cold}, {weekly: very wet}]", ["speaker-missing"]),
        ("[{weekly: It was cold}, {weekly: The jump}]", []),
        ("{weekly: 'It was cold,\" Dara Quill said'}", []),
    ],
)
def test_quoted_words_need_a_speaker(cite: str, code: list[str], tmp_path: Path) -> None:
    body = 'The jump took a day. "It was cold," Dara Quill said, "and very wet."'
    assert found(tmp_path, f"summary: [{{text: The water was cold., cite: {cite}}}]", body) == code


@pytest.mark.parametrize(
    ("speaker", "extra", "code"),
    [
        ("dara-quill", "via: mo-venn, ", []),
        ("dara-quill", "", ["attribution", "nested-quote"]),
        ("mo-venn", "", ["nested-quote"]),
        ("dara-quill", "via: dara-quill, ", ["attribution"]),
    ],
)
def test_nested_quotations_name_their_teller(speaker: str, extra: str, code: list[str], tmp_path: Path) -> None:
    body = "\"Dara Quill said, 'I never looked down,'\" said Mo Venn."
    assert sorted(found(tmp_path, quote(speaker, extra=extra), body)) == code


@pytest.mark.parametrize(
    ("speaker", "via", "code"),
    [
        ("a crew member", "[mo-venn, dara-quill]", []),
        ("a crew member", "mo-venn", []),  # a title in quotation marks would make an inner quotation too
        ("a crew member", "[dara-quill, mo-venn]", ["attribution"]),
        ("a crew member", "[mo-venn, a sailor]", ["speaker-not-named"]),
        ("a crew member", "[a rower, dara-quill]", ["attribution"]),
        ("a sailor", "[mo-venn, dara-quill]", ["speaker-not-named"]),
        ("a crew member", "[]", ["attribution", "nested-quote"]),
    ],
)
def test_words_may_be_told_twice(speaker: str, via: str, code: list[str], tmp_path: Path) -> None:
    body = "A rower was there. “Dara Quill told us, ‘A crew member said, “I never looked down,”’” said Mo Venn."
    assert sorted(found(tmp_path, quote(speaker, extra=f"via: {via}, "), body)) == code


def test_nobody_tells_twice_what_is_nested_once(tmp_path: Path) -> None:
    body = "\"Dara Quill said, 'I never looked down,'\" said Mo Venn."
    assert found(tmp_path, quote("dara-quill", extra="via: [mo-venn, mo-venn], "), body) == ["nested-quote"]


def test_nobody_tells_what_is_not_nested(tmp_path: Path) -> None:
    body = 'Dara Quill was there. "I never looked down," said Mo Venn.'
    assert found(tmp_path, quote("mo-venn", extra="via: mo-venn, "), body) == ["nested-quote"]


@pytest.mark.parametrize("name", ["Dara O’Quill", "Dara O'Quill", "Zoe\u0301 Quill-Ash", "Dara Quill–Ash"])
def test_a_name_may_be_typed_in_either_form(name: str, tmp_path: Path) -> None:
    book = BOOK.replace("Dara Quill", name.replace("’", "'").replace("–", "-").replace("e\u0301", "é"))
    lines = indented("performers: [dara-quill, mo-venn]\n" + quote("dara-quill"))
    _, report = read_book(tmp_path, book + lines, weekly=f'"I never looked down," {name} said. Mo Venn held the rope.')
    assert codes(report) == []


def test_a_rule_is_silenced_with_a_reason(tmp_path: Path) -> None:
    silence = "silence: {speaker-not-named: The photo shows him.}, "
    assert found(tmp_path, quote("mo-venn", extra=silence), 'A man spoke. "I never looked down."') == []


def test_a_name_and_a_colon_give_the_words_behind_them(tmp_path: Path) -> None:
    body = 'Mo Venn: "It held." Dara Quill, on the height: "I never looked down."'
    assert found(tmp_path, quote("dara-quill"), body) == []
    assert found(tmp_path, quote("mo-venn"), body) == ["attribution"]
