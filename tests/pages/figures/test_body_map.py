"""The map of injuries: where each part of the body stands."""

from pathlib import Path
from typing import get_args

from stuntbook.pages.figures.body_map import BodyMap, body_map
from stuntbook.records.stated import BodyPart
from tests.pages.figures.books import book

PARTS: tuple[BodyPart, ...] = get_args(BodyPart)


def hurt(folder: Path, *parts: str) -> BodyMap:
    injuries = [{"person": "p0", "body_part": part, "text": f"Hurt {i}."} for i, part in enumerate(parts)]
    knowledge = book(folder, stunts={"a": {"injuries": injuries}})
    found = body_map([statement for statement in knowledge.all_statements() if statement.kind == "injury"])
    assert found
    return found


def test_parts_stand_from_head_to_foot_with_their_injuries(tmp_path: Path) -> None:
    found = hurt(tmp_path, "ankle", "head", "ankle")
    assert [(part.name, len(part.injuries)) for part in found.parts] == [("head", 1), ("ankle", 2)]
    assert found.total == 3


def test_parts_that_come_in_pairs_are_marked_on_both_sides(tmp_path: Path) -> None:
    found = hurt(tmp_path, *PARTS)
    single = {part.name for part in found.parts if not part.offset}
    assert single == {
        *("head", "skull", "brain", "face", "nose", "jaw", "teeth", "throat", "neck"),
        *("chest", "back", "spine", "abdomen", "groin"),
    }
    assert {part.name for part in found.parts if part.is_behind} == {"back", "spine"}
    assert {part.name for part in found.parts} == set(PARTS)
