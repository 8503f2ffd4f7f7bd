"""Made-up stunts: what two articles tell of each, and what the knowledge base says about it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.telling import Entry, Named, Telling, slug
from benchmarks.words import ACTIONS, BODY_PARTS, EQUIPMENT, TECHNIQUES, invented


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known of a stunt before it is told."""

    random: Random
    film: Named
    lead: Named
    planner: Named
    earlier: Named | None
    """A stunt of another film to compare it with."""
    first: Telling
    second: Telling
    action: str
    structure: str
    place: str

    @property
    def name(self) -> str:
        """What sentences call it; the only stunt of its film that is called so."""
        return f"{self.structure} {self.action}"

    @property
    def record(self) -> Named:
        title = f"{self.name.capitalize()} at {self.place}"
        return Named(id=slug(f"{title} {self.film.name.split()[-1]}"), name=title)


def place_name(random: Random, number: int) -> str:
    """A place; a few stunts share each, however many there are."""
    return invented(random.randrange(10 + number // 2), "holm")


def stunt_entry(scene: Scene, part: int) -> Entry:
    """Let the articles tell of a stunt, and return its record. `part` is its number in its film, from 0.

    Of the four stunts of a film, the first has an injury and steps, the second a risk, the third a disagreement, and
    the fourth what somebody says of it; the first and the third have a place, a technique and a quote, the others
    equipment and a performer whom both articles name.
    """
    scene.first.paragraph()
    scene.second.paragraph()
    entry = _made(scene, part) | _how(scene, part) | {"measures": [_measure(scene)]}
    if part == 0:
        entry |= _harm(scene) | _steps(scene)
    if part == 1:
        entry |= _hazard(scene)
    if part == 2:
        measure, entry["disagreements"] = _takes(scene)
        entry["measures"].append(measure)
    entry.setdefault("story", {})["background"] = _sentences(scene, part)
    if scene.earlier and part == 3:
        entry["note"] = f"Compare the [[{scene.earlier.id}]]."
    if scene.random.random() < 0.5:
        # Articles hold more than anybody cites.
        scene.second.tell(f"The ~things by the {scene.structure} were ~adj, and the ~things were gone.")
    if part % 2 == 0:
        entry["quotes"] = _quotes(scene)
    return entry


def _made(scene: Scene, part: int) -> Entry:
    where = f"a ~adj {scene.structure} at {scene.place}"
    did = ACTIONS[scene.action]
    film, performer, place = scene.first.tell(
        f"[For the {scene.name} in {scene.film.name}], [{scene.lead.name} {did}] [{where}], among ~adj ~things."
    )
    entry: Entry = {
        "title": scene.record.name,
        "film": {"id": scene.film.id, "cite": [film]},
        "performers": [{"id": scene.lead.id, "cite": [performer]}],
        "summary": [
            {
                "text": f"For [[{scene.film.id}]], [[{scene.lead.id}]] {did} a {scene.structure}.",
                "cite": [film, performer],
            }
        ],
    }
    if part % 2 == 0:
        entry["places"] = [{"name": scene.place, "cite": [place]}]
    else:
        again = scene.second.tell(f"In ~adj ~things, [{scene.lead.last} made the {scene.name}] before ~adj ~things.")
        entry["performers"][0]["cite"] += again
    return entry


def _how(scene: Scene, part: int) -> Entry:
    kind, names = ("techniques", TECHNIQUES) if part % 2 == 0 else ("equipment", EQUIPMENT)
    name = scene.random.choice(names)
    planned = f"{scene.planner.name}, the stunt coordinator, planned the {scene.name} with a {name}"
    cite = scene.first.tell(f"[{planned}] for the ~adj ~things.")
    return {
        "credits": [{"person": scene.planner.id, "role": "stunt coordinator", "cite": cite}],
        kind: [{"name": name.capitalize(), "cite": cite}],
    }


def _measure(scene: Scene) -> Entry:
    number = scene.random.randrange(11, 999)
    quantity, unit, sentence = scene.random.choice(
        (
            ("height", "ft", f"[The {scene.structure} rose {number} feet above the ~adj ~things]."),
            ("height", "m", f"[From its ~adj foot the {scene.structure} rose {number} metres]."),
            ("speed", "mph", f"[Wind met the {scene.name} at {number} mph], with ~adj ~things in it."),
            ("distance", "m", f"[It was {number} metres from the {scene.structure} to the ~adj ~things]."),
            ("weight", "kg", f"[All ~things on the {scene.structure} weighed {number} kilograms]."),
            ("training time", "day", f"[To train for the {scene.name} took {number} days] and ~adj ~things."),
            ("cameras", None, f"[All of {number} cameras stood around the {scene.structure}], on ~adj ~things."),
        )
    )
    amount: Entry = {"quantity": quantity, "value": number}
    return amount | ({"unit": unit} if unit else {}) | {"cite": scene.first.tell(sentence)}


def _takes(scene: Scene) -> tuple[Entry, list[Entry]]:
    few = scene.random.randrange(2, 40)
    many = few + scene.random.randrange(1, 20)
    first = scene.first.tell(f"With ~adj ~things, [the {scene.name} took {few} takes].")
    second = scene.second.tell(f"[It was done in {many} takes, the {scene.name}], or so said the ~adj ~things.")
    accounts = [{"text": f"It took {few} takes.", "cite": first}, {"text": f"It took {many} takes.", "cite": second}]
    about = f"How many takes the {scene.name} took"
    return {"quantity": "takes", "value": few, "cite": first}, [{"about": about, "accounts": accounts}]


def _harm(scene: Scene) -> Entry:
    body_part = scene.random.choice(BODY_PARTS)
    days = scene.random.randrange(2, 60)
    hurt, away = scene.first.tell(
        f"[Between ~adj ~things {scene.lead.last} hurt the {body_part} on the {scene.structure}], and "
        f"[work on the {scene.name} stopped for {days} days]."
    )
    consequence = {"text": f"The work stopped for {days} days.", "cite": [away]}
    text = f"[[{scene.lead.id}]] hurt the {body_part} there."
    injury = {"person": scene.lead.id, "body_part": body_part, "text": text, "cite": [hurt]}
    return {"injuries": [injury | {"consequences": [consequence]}]}


def _steps(scene: Scene) -> Entry:
    high = scene.random.randrange(1_000, 9_000)
    begun, ended = scene.second.tell(
        f"[High on the {scene.structure}, at {high:,} feet, a ~adj lamp gave the sign]; "
        f"[below the {scene.structure} the ~adj ~things caught the fall]."
    )
    altitude = {"value": high, "unit": "ft"}
    start = {"text": "A lamp gives the sign.", "altitude": altitude, "cite": [begun]}
    return {"story": {"performance": [start, {"text": "The fall ends on what lies below.", "cite": [ended]}]}}


def _hazard(scene: Scene) -> Entry:
    slip, nets = scene.second.tell(
        f"[Ice made the {scene.structure} ~adj], so [the crew of the {scene.name} laid out ~adj ~things]."
    )
    precaution = {"text": "The crew laid something soft below it.", "cite": [nets]}
    return {"risks": [{"text": "There was ice on it.", "cite": [slip], "precautions": [precaution]}]}


def _sentences(scene: Scene, part: int) -> list[Entry]:
    if part == 3:
        told = scene.second.tell(f"[{scene.planner.last} said that the {scene.name} had ~adj ~things in its way].")
        return [{"text": "There were things in the way.", "by": scene.planner.id, "cite": told}]
    first = scene.first.tell(f"[No rehearsal of the {scene.name} was filmed], for want of ~adj ~things.")
    second = scene.second.tell(f"Nobody [filmed the rehearsal of the {scene.name}] but ~adj ~things.")
    return [{"text": "The rehearsal was not filmed.", "cite": [*first, *second]}]


def _quotes(scene: Scene) -> list[Entry]:
    telling = scene.random.choice((scene.first, scene.second))
    telling.paragraph()
    cite = telling.tell(f"“[I saw ~adj ~things and then only the {scene.structure}],” {scene.lead.last} said.")
    return [{"speaker": scene.lead.id, "context": "On the moment itself.", "cite": cite}]
