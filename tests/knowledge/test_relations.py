"""What connects records: stunts that share something, roles, mentions in prose, and the order of time."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.relations import RELATED_SHOWN, Relations
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord, Film, Stunt
from tests.support import book_of, sound_book

Records = Mapping[str, Mapping[str, Any]]
PEOPLE: Records = {"dara": {"name": "Dara Quill"}, "mo": {"name": "Mo Venn"}}
FILMS: Records = {
    "late": {"title": "Late", "year": 2031},
    "early": {"title": "Early", "year": 2029},
    "some": {"title": "Some"},
}


def book(folder: Path, stunts: Records, films: Records = FILMS, people: Records = PEOPLE) -> KnowledgeBase:
    """A knowledge base of the given records; a stunt without a film is of `early`, in the order of the titles."""
    whole = {id_: {"title": id_, "film": "early", **stunt} for id_, stunt in stunts.items()}
    return book_of(folder, films=films, people=people, stunts=whole)


def record(knowledge: KnowledgeBase, identifier: str) -> AnyRecord:
    found = knowledge.record(identifier)
    assert not isinstance(found, Article)
    return found


def related(knowledge: KnowledgeBase, stunt: str) -> dict[str, tuple[str, ...]]:
    """The related stunts' identifiers in their order, each with the reasons."""
    return {each.stunt.id: each.reasons for each in Relations(knowledge).related(knowledge.stunts[stunt])}


def named(*names: str) -> Sequence[Mapping[str, str]]:
    return [{"name": name} for name in names]


# --- Related stunts


def test_each_thing_that_two_stunts_share_is_a_reason(tmp_path: Path) -> None:
    shared: Mapping[str, Any] = {
        "performers": [{"id": "dara"}],
        "credits": [{"person": "mo", "role": "director"}],
        "places": named("The Pier"),
        "techniques": named("high fall"),
        "equipment": named("air bag"),
    }
    found = related(book(tmp_path, {"one": shared, "other": shared}), "one")
    assert found == {
        "other": (
            "also in Early",
            "also performed by Dara Quill",
            "also with Mo Venn",
            "same place: The Pier",
            "same technique: high fall",
            "same equipment: air bag",
        )
    }


def test_names_are_the_same_in_any_case(tmp_path: Path) -> None:
    stunts: Records = {"one": {"places": named("the pier")}, "other": {"film": "late", "places": named("The Pier")}}
    assert list(related(book(tmp_path, stunts), "one")) == ["other"]


def test_a_place_and_a_technique_of_one_name_are_not_the_same(tmp_path: Path) -> None:
    stunts: Records = {"one": {"places": named("wire")}, "other": {"film": "late", "techniques": named("wire")}}
    assert related(book(tmp_path, stunts), "one") == {}


def test_a_thing_named_twice_is_one_reason(tmp_path: Path) -> None:
    credits_ = [{"person": "mo", "role": "director"}, {"person": "mo", "role": "editor"}]
    stunts: Records = {"one": {"film": "late", "credits": credits_}, "other": {"credits": credits_}}
    assert related(book(tmp_path, stunts), "one") == {"other": ("also with Mo Venn",)}


def test_what_few_share_counts_more_than_what_many_do(tmp_path: Path) -> None:
    # All share the performer; `far` alone shares the place with `one`, from another film at the other end of time.
    stunts: dict[str, dict[str, Any]] = {f"s{number}": {"performers": ["dara"]} for number in range(4)}
    stunts["s0"]["places"] = named("The Pier")
    stunts["far"] = {"film": "late", "performers": ["dara"], "places": named("The Pier")}
    found = related(book(tmp_path, stunts), "s0")
    assert list(found) == ["far", "s1", "s2", "s3"]


def test_of_equals_the_nearest_in_time_come_first_and_no_more_than_are_shown(tmp_path: Path) -> None:
    stunts: Records = {f"s{number}": {"title": f"S{number}"} for number in range(10)}
    found = list(related(book(tmp_path, stunts), "s4"))
    assert found == ["s3", "s5", "s2", "s6", "s1", "s7"]
    assert len(found) == RELATED_SHOWN


def test_in_a_large_group_only_the_nearest_are_compared(tmp_path: Path) -> None:
    stunts: dict[str, dict[str, Any]] = {f"s{number:02}": {} for number in range(60)}
    for id_ in ("s00", "s30", "s59"):  # the ends are too far from the middle to be compared with it by the film
        stunts[id_] = {"techniques": named("high fall")}
    knowledge = book(tmp_path, stunts)
    assert list(related(knowledge, "s30")) == ["s59", "s00", "s29", "s31", "s28", "s32"]
    assert related(knowledge, "s30")["s00"] == ("same technique: high fall",)
    assert list(related(knowledge, "s00"))[:4] == ["s30", "s59", "s01", "s02"]


def test_a_stunt_is_not_related_to_itself_nor_to_strangers(tmp_path: Path) -> None:
    assert related(book(tmp_path, {"one": {}, "other": {"film": "late"}}), "one") == {}


def test_related_stunts_of_the_real_book(knowledge: KnowledgeBase) -> None:
    found = related(knowledge, "halo-jump")
    assert "also in Mission: Impossible – Fallout" in found["rooftop-jump"]
    assert "also with Wade Eastwood" in found["rooftop-jump"]
    assert found["burj-khalifa"] == ("also performed by Tom Cruise",)


# --- Roles


def test_roles_are_told_film_by_film_in_the_order_of_time(tmp_path: Path) -> None:
    films: Records = {
        **FILMS,
        "late": {**FILMS["late"], "credits": [{"person": "dara", "role": "director"}]},
        "early": {**FILMS["early"], "credits": [{"person": "mo", "role": "cast"}, {"person": "dara", "role": "cast"}]},
    }
    stunts: Records = {
        "jump": {"performers": ["dara"], "credits": [{"person": "dara", "role": "rigger"}]},
        "claimed": {"film": "late", "summary": [{"text": "It was high.", "by": "mo"}]},
        "swing": {"film": [], "performers": ["dara"]},
        "show": {"film": ["some", "late"], "performers": ["dara", "mo"]},
    }
    relations = Relations(book(tmp_path, stunts, films))

    def told(person: str) -> list[tuple[str, list[str], list[str]]]:
        return [
            (getattr(role.film, "id", ""), [each.kind for each in role.of_film], [each.kind for each in role.of_stunts])
            for role in relations.roles(person)
        ]

    assert told("dara") == [
        ("early", ["credit"], ["performer", "credit"]),
        ("late", ["credit"], ["performer"]),
        ("some", [], ["performer"]),
        ("", [], ["performer"]),
    ]
    assert told("mo") == [("early", ["credit"], []), ("late", [], ["performer"]), ("some", [], ["performer"])]


# --- Mentions


def test_backlinks_give_the_words_around_the_mention(tmp_path: Path) -> None:
    stunts: Records = {
        "jump": {"summary": [{"text": "The jump of [[dara]]."}], "note": "[[mo]] filmed it."},
        "fall": {"summary": [{"text": "It is like the [[jump]], says [[dara|she]].", "note": "Not by [[mo]]."}]},
    }
    knowledge = book(tmp_path, stunts)
    relations = Relations(knowledge)

    def told(identifier: str) -> set[tuple[str, str, str]]:
        found = relations.backlinks(record(knowledge, identifier))
        return {(each.record.id, each.statement.kind if each.statement else "", each.text) for each in found}

    assert told("dara") == {
        ("jump", "summary", "The jump of [[dara]]."),
        ("fall", "summary", "It is like the [[jump]], says [[dara|she]]."),
    }
    assert told("mo") == {("jump", "", "[[mo]] filmed it."), ("fall", "summary", "Not by [[mo]].")}
    assert told("jump") == {("fall", "summary", "It is like the [[jump]], says [[dara|she]].")}
    assert told("fall") == set()


def test_a_record_that_mentions_itself_has_no_backlink_from_it(tmp_path: Path) -> None:
    knowledge = book(tmp_path, {"jump": {"summary": [{"text": "The [[jump]]."}], "note": "Not the [[jump]]."}})
    assert Relations(knowledge).backlinks(knowledge.stunts["jump"]) == ()


def test_performing_is_no_mention(tmp_path: Path) -> None:
    knowledge = book(tmp_path, {"jump": {"performers": ["dara"]}})
    assert Relations(knowledge).backlinks(knowledge.people["dara"]) == ()


# --- Before and after


def beside(relations: Relations, found: AnyRecord) -> list[str | None]:
    assert isinstance(found, Film | Stunt)
    return [each.id if each else None for each in relations.beside(found)]


def test_films_stand_by_year_and_without_one_nowhere(tmp_path: Path) -> None:
    knowledge = book(tmp_path, {}, {**FILMS, "same": {"title": "A twin", "year": FILMS["late"]["year"]}})
    relations = Relations(knowledge)
    assert {id_: beside(relations, film) for id_, film in knowledge.films.items()} == {
        "early": [None, "same"],
        "same": ["early", None],  # what is of one year is in no order
        "late": ["early", None],
        "some": [None, None],
    }


def test_stunts_stand_by_the_year_of_their_film_and_never_by_title(tmp_path: Path) -> None:
    stunts: Records = {"b": {"title": "B"}, "a": {"title": "A"}, "z": {"film": "late"}, "y": {"film": "some"}}
    knowledge = book(tmp_path, stunts)
    found = {id_: beside(Relations(knowledge), stunt) for id_, stunt in knowledge.stunts.items()}
    assert found == {"a": [None, "z"], "b": [None, "z"], "z": ["b", None], "y": [None, None]}


SHOT = "May was shot in May 2001, the first in it on 1 May 2001, June in June 2001 and another in 2001."


def shot(kind: str, when: str, words: str = "") -> Mapping[str, Any]:
    cite = {"cite": {"weekly": words}} if words else {}
    return {"title": "Shot", "film": "early", "events": [{"kind": kind, "when": when, "text": "So it was."} | cite]}


def test_stunts_of_one_year_stand_by_what_is_stated_of_their_shooting(tmp_path: Path) -> None:
    stunts: Records = {
        "may": shot("shooting", "2001-05", "shot in May 2001"),
        "first-of-may": shot("shooting", "2001-05-01", "on 1 May 2001"),
        "june": shot("shooting", "2001-06", "in June 2001"),
        "some-day": shot("shooting", "2001", "another in 2001"),
        "perhaps": shot("shooting", "2001-04?", "in June 2001"),
        "unsourced": shot("shooting", "2001-04"),
        "announced": shot("announcement", "2001-05", "in May 2001"),
    }
    knowledge = sound_book(tmp_path, json.dumps({"films": FILMS, "stunts": stunts}), weekly=f"{SHOT}\n")
    found = {id_: beside(Relations(knowledge), stunt) for id_, stunt in knowledge.stunts.items()}
    in_order = {"may": [None, "june"], "first-of-may": [None, "june"], "june": ["first-of-may", None]}
    assert found == {key: [None, None] for key in stunts} | in_order
