"""The kinds of values that a record's fields hold, and what each refuses."""

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from stuntbook.records.dates import parse_edtf
from stuntbook.text.directions import FORMAT_CHARACTERS
from stuntbook.text.folding import INVISIBLE
from stuntbook.text.web_address import flaw_in

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
ID_LENGTH = 80
"""The most characters of an identifier: with the folders around it, a path stays within what systems can store."""
TEXT_LENGTH = 10_000
"""The most characters of a text."""
_UNNAMED = r"(?:an?|the|one|some|several|two|three|four|five|six) \S.*"
""""a crew member", "one of the producers": how an article speaks of somebody whom it does not name."""
RESERVED_NAMES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)
"""Names that no file or folder may have on Windows:
https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions"""


_INVISIBLE = INVISIBLE | {"\u2800"}
"""What nobody sees; the last is the Braille pattern without dots."""
_DIRECTIONS = re.compile(f"[{FORMAT_CHARACTERS}]")
_INSTRUCTIONS = re.compile("[\u206a-\u206f\ufff9-\ufffb\U000e0001]")
"""Characters that tell programs how to show others, of which Unicode says that texts should do without them."""


def _is_control(char: str) -> bool:
    is_noncharacter = 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE
    return is_noncharacter or (unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t")


def _is_seen(char: str) -> bool:
    """Whether a reader sees a character where it stands alone: no white space, no accent, and nothing invisible."""
    return not (char.isspace() or char in _INVISIBLE or unicodedata.category(char).startswith("M"))


def _readable(text: str, directions: bool = False) -> str:
    """Refuse what no page can show: control characters, and text of which nothing is seen.

    What turns the direction of other characters round is refused too, unless `directions` says otherwise: a text is
    shown next to others.
    """
    if len(text) > TEXT_LENGTH:
        raise PydanticCustomError(
            "long_text",
            "is {length} characters long, and {most} are the most",
            {"length": f"{len(text):,}", "most": f"{TEXT_LENGTH:,}", "advice": "make two texts of it"},
        )
    if not any(map(_is_seen, text)):
        raise PydanticCustomError("blank", "is blank: write a text, or leave the key out")
    if text.isprintable():
        return text
    # What Python does not know may be newer than its tables; only noncharacters will never be anything.
    bad = next((c for c in text if _is_control(c)), None)
    if bad is not None:
        raise PydanticCustomError(
            "control_character", "holds the control character U+{code}", {"code": f"{ord(bad):04X}"}
        )
    if unseen := _INSTRUCTIONS.search(text) or (None if directions else _DIRECTIONS.search(text)):
        raise PydanticCustomError(
            "format_character",
            "holds the invisible character U+{code}, which changes how others are shown",
            {"code": f"{ord(unseen[0]):04X}", "advice": "take it out"},
        )
    return text


def _allowed_id(text: str) -> str:
    if text in RESERVED_NAMES:
        raise PydanticCustomError("reserved_id", '"{name}" is a name that Windows keeps for itself', {"name": text})
    return text


def is_unnamed(speaker: str) -> bool:
    """Whether a speaker is a description, such as "a crew member", and no identifier."""
    return " " in speaker


def _edtf(text: str) -> str:
    try:
        parse_edtf(text)
    except ValueError as error:
        raise PydanticCustomError("edtf", "{reason}", {"reason": str(error)}) from error
    return text


def _http(text: str) -> str:
    if flaw := flaw_in(text):
        raise PydanticCustomError("http", "{flaw}", {"flaw": flaw})
    return text


Text = Annotated[str, AfterValidator(_readable)]
Words = Annotated[str, AfterValidator(partial(_readable, directions=True))]
"""Words of an article, which may hold whatever its publisher has set."""
PROSE = {"format": "prose"}
"""What tells prose from other text in a JSON Schema."""
Prose = Annotated[Text, Field(json_schema_extra=dict(PROSE))]
"""Text that takes emphasis, links and `[[id]]` cross-references."""


UNKNOWN = "unknown"
"""Stands for a speaker whom the editor has still to name."""


@dataclass(frozen=True, slots=True)
class WithinRecord:
    """Marks an identifier that names no other record: a statement of the same one, or what it was called before."""


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_LENGTH), AfterValidator(_allowed_id)]
StatementId = Annotated[Id, WithinRecord()]
FormerId = Annotated[Id, WithinRecord()]
_SPEAKER_PATTERN = f"{ID_PATTERN}|^{_UNNAMED}$"
WhoeverSpeaks = Annotated[
    Text,
    StringConstraints(pattern=_SPEAKER_PATTERN),
    WithJsonSchema({"type": "string", "pattern": _SPEAKER_PATTERN}),
]
"""The identifier of a record, or how an article describes somebody whom it does not name."""
Edtf = Annotated[Text, AfterValidator(_edtf)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Silence = dict[str, Text]
"""Rules that don't apply here: the rule's name, and the reason."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]
WebAddress = Annotated[Text, AfterValidator(_http)]
