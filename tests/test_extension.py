"""What is new costs little: whatever can be cited is checked, told and shown, and a kind of record has its pages."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.site_tools import add_settings, copy_program, replace_in, run
from tests.support import BOOK, indented, write_book

FIELD = "    injuries: tuple[Injury, ...] = ()\n"
BODY = 'The jump was rehearsed in a harbour. "We got wet," said Dara Quill.\n'


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program in which a stunt has rehearsals too."""
    folder = copy_program(tmp_path / "program")
    new = '    rehearsals: tuple[Sentence, ...] = ()\n    """What was tried out before."""\n'
    replace_in(folder / "stuntbook/records/model.py", FIELD, new + FIELD)
    return folder


def build(program: Path, article: str) -> CompletedProcess[str]:
    """Build a book with a rehearsal for which an article is cited."""
    rehearsals = f"rehearsals:\n  - text: They tried it out first.\n    cite: {{{article}: rehearsed in a harbour}}"
    return build_book(program, BOOK + indented(rehearsals))


def build_book(program: Path, knowledge: str) -> CompletedProcess[str]:
    root = add_settings(write_book(program.parent / "book", knowledge, gazette=BODY))
    return run(program / "build_site.py", "--root", root, "--site-dir", program.parent / "site", cwd=program)


def test_a_new_field_is_checked(program: Path) -> None:
    finished = build(program, "gazete")
    assert finished.returncode == 1
    assert 'error[unknown-article]: there is no article "gazete"' in finished.stderr


def test_a_new_field_is_shown_in_a_section_of_its_own(program: Path) -> None:
    finished = build(program, "gazette")
    assert finished.returncode == 0, finished.stderr
    page = (program.parent / "site/stunts/canal-jump/index.html").read_text(encoding="utf-8")
    section = page[page.index('<h2 id="rehearsals">Rehearsals</h2>') :].partition("</section>")[0]
    assert 'id="rehearsal-' in section
    assert "They tried it out first." in section
    source = (program.parent / "site/sources/gazette/index.html").read_text(encoding="utf-8")
    assert "stunts/canal-jump/#rehearsal-" in source


def test_a_page_that_lacks_a_statement_is_refused(program: Path) -> None:
    replace_in(program / "stuntbook/pages/templates/stunt.html", "{{ m.others(view, statements) }}", "")
    finished = build(program, "gazette")
    assert finished.returncode == 1
    assert (
        "templates/stunt.html:1:1: error[template]: the page does not show the rehearsal of stunts.yaml:"
        in finished.stderr
    )
    assert not (program.parent / "site").exists()


VEHICLE = """
class Vehicle(Record):
    \"\"\"What a stunt was done with.\"\"\"

    noun: ClassVar[str] = "vehicle"
    section: ClassVar[str] = "vehicles"

    name: Text
    \"\"\"As it is painted on it.\"\"\"
    story: PersonStory = PersonStory()
    \"\"\"What is told of it.\"\"\"

    @property
    def display_name(self) -> str:
        return self.name


"""
VEHICLES = """vehicles:
  barge:
    name: The Old Barge
    summary:
      - {text: "It lay there for [[canal-jump]].", cite: {gazette: rehearsed in a harbour}}
    story:
      reception: [{show: wet}, {text: Everybody got wet.}]
    quotes:
      - {id: wet, speaker: dara-quill, cite: {gazette: We got wet}}
"""


def test_a_new_kind_of_record_has_a_page_and_an_index(program: Path) -> None:
    model, kinds = program / "stuntbook/records/model.py", program / "stuntbook/records/kinds.py"
    known = "AnyRecord = Film | Person | Organisation | Stunt"
    replace_in(model, f"{known}\n", f"{VEHICLE}{known} | Vehicle\n")
    entry = 'RecordKind(model=Organisation, schema_type="Organization"),'
    replace_in(kinds, entry, f'{entry}\n        RecordKind(model=Vehicle, schema_type="Vehicle"),')
    replace_in(kinds, "Person, Stunt\n", "Person, Stunt, Vehicle\n")
    finished = build_book(program, BOOK + VEHICLES)
    assert finished.returncode == 0, finished.stderr
    page = (program.parent / "site/vehicles/barge/index.html").read_text(encoding="utf-8")
    assert 'id="summary-' in page
    story = page[page.index('<h2 id="reception">Reception</h2>') :].partition("</section>")[0]
    assert story.index("<q>We got wet</q>") < story.index("Everybody got wet.")
    assert page.count("<q>We got wet</q>") == 1
    index = (program.parent / "site/vehicles/index.html").read_text(encoding="utf-8")
    assert "The Old Barge" in index
