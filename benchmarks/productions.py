"""One made-up film with all that belongs to it: four stunts, three people, and the two articles that tell of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from benchmarks.stunts import Scene, place_name, stunt_entry
from benchmarks.telling import Entry, Named, Telling, fill, slug
from benchmarks.words import ACTIONS, ADJECTIVES, GENRES, MONTHS, STRUCTURES, TRADES, invented

STUNTS = 4
PAGES = 10
"""One film, four stunts, three people, two articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """A film and what belongs to it, ready to be written."""

    lead: Named
    stunts: tuple[Named, ...]
    records: Mapping[str, Mapping[str, Entry]]
    """Section, identifier, entry."""
    articles: Mapping[str, tuple[Entry, str]]
    """Identifier, front matter and text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crew:
    """Who and what a film is made of."""

    random: Random
    film: Named
    genre: str
    year: int
    director: Named
    planner: Named
    lead: Named
    guest: Named | None
    first: Telling
    second: Telling


def produce(number: int, seed: int, earlier: Sequence[Production]) -> Production:
    """The production of that number. People and stunts of earlier ones come into it; later ones change nothing."""
    random = Random(f"{seed}/{number}")  # noqa: S311 -- to be foreseen is its purpose
    papers = [f"{invented(random.randrange(40), 'ton')} {each}" for each in ("Gazette", "Courier")]
    crew = _crew(number, random, papers, earlier)
    film = _film(crew)
    stunts: dict[str, Entry] = {}
    scenes = _scenes(crew, number, earlier)
    for part, scene in enumerate(scenes):
        stunts[scene.record.id] = stunt_entry(scene, part)
    calls = [f"[[{scene.record.id}|{scene.name}]]" for scene in scenes]
    summary = f"[[{crew.director.id}]]'s {crew.genre}, with the {calls[0]}, the {calls[1]} and the {calls[2]}."
    film["summary"] = [{"text": summary, "cite": film["credits"][0]["cite"]}]
    return Production(
        lead=crew.lead,
        stunts=tuple(scene.record for scene in scenes),
        records={"films": {crew.film.id: film}, "stunts": stunts, "people": _people(crew, film, stunts, calls)},
        articles={
            telling.id: _article(crew, telling, paper)
            for telling, paper in zip((crew.first, crew.second), papers, strict=True)
        },
    )


def _crew(number: int, random: Random, papers: Sequence[str], earlier: Sequence[Production]) -> _Crew:
    title = f"The {random.choice(ADJECTIVES)} {random.choice(STRUCTURES)} of ".title().replace(" Of ", " of ")
    title += invented(number, "ia")
    director, planner, lead = (_person(3 * number + part, random) for part in range(3))
    first, second = (Telling(f"{slug(paper)}-{number + 1}", random) for paper in papers)
    return _Crew(
        random=random,
        film=Named(id=slug(title), name=title),
        genre=random.choice(GENRES),
        year=1920 + random.randrange(100),
        director=director,
        planner=planner,
        lead=lead,
        # Few people are in many films, and many in one.
        guest=earlier[int(len(earlier) * random.random() ** 2)].lead if earlier else None,
        first=first,
        second=second,
    )


def _person(number: int, random: Random) -> Named:
    name = f"{invented(random.randrange(900))} {invented(number, 'ov')}"
    return Named(id=slug(name), name=name)


def _scenes(crew: _Crew, number: int, earlier: Sequence[Production]) -> list[Scene]:
    random = crew.random
    actions, structures = random.sample(tuple(ACTIONS), STUNTS), random.sample(STRUCTURES, STUNTS)
    return [
        Scene(
            random=random,
            film=crew.film,
            lead=crew.lead,
            planner=crew.planner,
            earlier=random.choice(random.choice(earlier).stunts) if earlier else None,
            first=crew.first,
            second=crew.second,
            action=action,
            structure=structure,
            place=place_name(random, number),
        )
        for action, structure in zip(actions, structures, strict=True)
    ]


def _film(crew: _Crew) -> Entry:
    film, first, second = crew.film.name, crew.first, crew.second
    first.paragraph()
    second.paragraph()
    month = crew.random.randrange(12)
    made, out = first.tell(
        f"[{film} is a ~adj {crew.genre} that {crew.director.name} directed], and it [came out in {crew.year}]."
    )
    begun = first.tell(f"Among ~adj ~things, [filming began in {MONTHS[month]} {crew.year - 1}].")
    led = second.tell(f"[{crew.lead.name} leads the cast of {film}], all in ~adj ~things.")
    told = second.tell(f"“[We had ~adj ~things and no ~things to stand on],” {crew.director.last} said.")
    credited: list[Entry] = [
        {"person": crew.director.id, "role": "director", "cite": [made]},
        {"person": crew.lead.id, "role": "cast", "cite": led},
    ]
    if crew.guest:
        played = second.tell(
            f"Beside the ~adj ~things, [{crew.guest.name} plays a {crew.random.choice(TRADES)} in it]."
        )
        credited.append({"person": crew.guest.id, "role": "cast", "cite": played})
    when = f"{crew.year - 1}-{month + 1:02}"
    return {
        "title": film,
        "year": {"value": crew.year, "cite": [out]},
        "credits": credited,
        "events": [{"kind": "shooting", "when": when, "text": "The filming began.", "cite": begun}],
        "story": {"background": [{"text": f"It is a {crew.genre}.", "cite": [made]}]},
        "quotes": [{"speaker": crew.director.id, "context": "On the whole film.", "cite": told}],
    }


def _people(crew: _Crew, film: Entry, stunts: Mapping[str, Entry], calls: Sequence[str]) -> dict[str, Entry]:
    crew.second.paragraph()
    directed, led = (credit["cite"] for credit in film["credits"][:2])
    planned = next(iter(stunts.values()))["credits"][0]["cite"]
    summaries = {
        crew.director: (f"Directed [[{crew.film.id}]].", directed),
        crew.planner: (f"Planned the {calls[0]}.", planned),
        crew.lead: (f"Leads [[{crew.film.id}]].", led),
    }
    return {
        person.id: _person_entry(crew, person, [{"text": text, "cite": cite}])
        for person, (text, cite) in summaries.items()
    }


def _person_entry(crew: _Crew, person: Named, summary: list[Entry]) -> Entry:
    trade, years = crew.random.choice(TRADES), crew.random.randrange(2, 20)
    cite = crew.second.tell(f"[{person.name} was a {trade}] for {years} years, with ~adj ~things.")
    story = {"background": [{"text": f"Was a {trade} before.", "cite": cite}]}
    return {"name": person.name, "summary": summary, "story": story}


def _article(crew: _Crew, telling: Telling, paper: str) -> tuple[Entry, str]:
    """Front matter and text, with a banner above and an announcement below."""
    random = crew.random
    banner = f"The {paper} bakes biscuits. Take all of them?"
    announcement = fill("Our next column is about ~adj ~things.", random)
    text = f"{banner}\n\n{telling.text}\n\n{announcement}\n"
    matter: Entry = {
        "title": fill(f"{crew.film.name}: ~adj ~things and ~things", random),
        "publisher": paper,
        "author": _person(1_000_000 + random.randrange(300), random).name,
        "published": f"{crew.year}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
        "url": f"https://{slug(paper)}.example/{telling.id}",
        "rights": "full" if random.random() < 0.1 else "excerpts",
        "boilerplate": [banner],
        "left_out": [{"words": announcement, "reason": "The paper announces something else."}],
        "digest": sha256(text.encode()).hexdigest(),
    }
    return matter, text
