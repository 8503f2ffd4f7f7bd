"""What is new costs little: whatever can be cited is checked, told and shown, and a kind of record has its pages."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.site_tools import add_settings, copy_program, replace_in, run
from tests.support import BOOK, indented, write_book

FIELD = "    steps: tuple[Step, ...] = ()\n"
BODY = 'The jump won the Golden Rope. "We won it," said Dara Quill.\n'


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program in which a stunt has awards too."""
    folder = copy_program(tmp_path / "program")
    new = '    awards: tuple[Claim, ...] = ()\n    """Prizes."""\n'
    replace_in(folder / "stuntbook/records/model.py", FIELD, new + FIELD)
    return folder


def build(program: Path, article: str) -> CompletedProcess[str]:
    """Build a book with an award for which an article is cited."""
    awards = f"awards:\n  - text: It was given an award.\n    cite: {{{article}: won the Golden Rope}}"
    return build_book(program, BOOK + indented(awards))


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
    section = page[page.index('<h2 id="awards">Awards</h2>') :].partition("</section>")[0]
    assert 'id="award-' in section
    assert "It was given an award." in section
    source = (program.parent / "site/sources/gazette/index.html").read_text(encoding="utf-8")
    assert "stunts/canal-jump/#award-" in source


def test_a_page_that_lacks_a_statement_is_refused(program: Path) -> None:
    replace_in(program / "stuntbook/pages/templates/stunt.html", "{{ m.others(view, statements) }}", "")
    finished = build(program, "gazette")
    assert finished.returncode == 1
    assert (
        "templates/stunt.html:1:1: error[template]: the page does not show the award of stunts.yaml:" in finished.stderr
    )
    assert not (program.parent / "site").exists()


TEAM = """
class Team(Record):
    \"\"\"People who perform stunts together.\"\"\"

    kind: ClassVar[str] = "team"
    section: ClassVar[str] = "teams"

    name: Text
    \"\"\"As it calls itself.\"\"\"

    @property
    def display_name(self) -> str:
        return self.name


"""
TEAMS = """teams:
  rope-dancers:
    name: The Rope Dancers
    summary: They worked on [[canal-jump]].
    claims:
      - {text: They were given an award., cite: {gazette: won the Golden Rope}}
    quotes:
      - {speaker: dara-quill, cite: {gazette: We won it}}
"""


def test_a_new_kind_of_record_has_a_page_and_an_index(program: Path) -> None:
    model, kinds = program / "stuntbook/records/model.py", program / "stuntbook/records/kinds.py"
    replace_in(model, "AnyRecord = Film | Person | Stunt\n", f"{TEAM}AnyRecord = Film | Person | Stunt | Team\n")
    entry = 'RecordKind(model=Person, schema_type="Person"),'
    replace_in(kinds, entry, f'{entry}\n        RecordKind(model=Team, schema_type="Organization"),')
    replace_in(kinds, "Stunt\n", "Stunt, Team\n")
    finished = build_book(program, BOOK + TEAMS)
    assert finished.returncode == 0, finished.stderr
    page = (program.parent / "site/teams/rope-dancers/index.html").read_text(encoding="utf-8")
    assert 'id="claim-' in page
    assert "<q>We won it</q>" in page
    index = (program.parent / "site/teams/index.html").read_text(encoding="utf-8")
    assert "The Rope Dancers" in index
