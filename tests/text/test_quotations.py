"""What stands in quotation marks, curved and straight, nested, and never closed."""

import pytest

from stuntbook.text.quotations import find_quotations


@pytest.mark.parametrize(
    ("body", "quotations"),
    [
        ("Nothing is quoted here.", []),
        ('"I jumped," she said, "and fell."', ["I jumped,", "and fell."]),
        ("“I jumped,” she said, “and fell.”", ["I jumped,", "and fell."]),
        ("'I jumped,' she said. 'Don't look,' he said.", ["I jumped,", "Don't look,"]),
        ("‘I jumped,’ she said. ‘Don’t look,’ he said.", ["I jumped,", "Don’t look,"]),
        ("“He said ‘jump’ and I did.”", ["He said ‘jump’ and I did.", "jump"]),
        ("\"He said 'jump' and I did.\"", ["He said 'jump' and I did.", "jump"]),
        ("‘He said “jump” and I did.’", ["He said “jump” and I did.", "jump"]),
        ('"He said \'jump.\'" Then "no."', ["He said 'jump.'", "jump.", "no."]),
        ("“‘Jump!’ he cried,” she recalled.", ["‘Jump!’ he cried,", "Jump!"]),
        ("She ran 'round the clock. It was the crew's idea.", []),
        ('She ran \'round the clock. "Fine," he said.', ["Fine,"]),
        ("The divers' boat. \"Fine,\" he said. The actors' car.", ["Fine,"]),
        ("The divers’ boat. “Fine,” he said. The actors’ car.", ["Fine,"]),
        ("“It’s the dogs’ home,” he said.", ["It’s the dogs’ home,"]),
        ("'90s films “were fun” in the '80s.", ["were fun"]),
        ('a 12" pipe and a "quoted" text', ["quoted"]),
        ('a 6\' 2" actor said "no" twice', ["no"]),
        ("—“No,” she said—“yes.”", ["No,", "yes."]),
        ('She said ("no") and [“yes”].', ["no", "yes"]),
        ("„Sprung“, «saut», „skok”", ["Sprung", "saut", "skok"]),
        ('“One.”“Two.” "Three."', ["One.", "Two.", "Three."]),
        ("never “closed", []),
        ("She ran 'round the clock in 'Canal'.", ["Canal"]),
        ("“”", [""]),
        ("Hun sagde: »Jeg faldt.« Så »nej«.", ["Jeg faldt.", "nej"]),
        ("»Er rief ›Spring!‹ und fiel«, sagte sie.", ["Er rief ›Spring!‹ und fiel", "Spring!"]),
        ("Elle dit : « J’ai dit ‹ non › hier ».", [" J’ai dit ‹ non › hier ", " non "]),
        ("Hon sade: ”Jag föll.” Sedan ”nej”.", ["Jag föll.", "nej"]),
        ("Hän sanoi: ’Kaaduin’, ja ”ei”.", ["ei"]),
        ("彼女は「『飛べ』と言った」と話した。", ["『飛べ』と言った", "飛べ"]),
        ("她说：“我没有往下看。”", ["我没有往下看。"]),
        ("Ona: „Skoczyłam, a on ‚nie’.”", ["Skoczyłam, a on ‚nie’.", "nie"]),
        ("“First.\n\n“Second.” Then “third.”", ["First.\n\n“Second.", "third."]),
        ('"First.\n\n"Second." Then "third."', ['First.\n\n"Second.', "third."]),
    ],
)
def test_quotations(body: str, quotations: list[str]) -> None:
    assert [body[start:end] for start, end in sorted(find_quotations(body))] == quotations
