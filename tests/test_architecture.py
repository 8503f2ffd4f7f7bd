"""The house rules of the code, read from the code: who imports whom, who opens files, who prints, how long things are.

Everything flows one way: files -> records -> KnowledgeBase -> SitePages -> MkDocs.
"""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.site_tools import ROOT, run, stuntbook_here

PACKAGE = ROOT / "stuntbook"
ORDER = (
    *("diagnostics", "layout", "progress", "parallel", "safe", "readings", "memo"),
    *("text", "records", "reading", "knowledge", "rules", "check"),
    *("data", "recheck", "pages", "publish", "mkdocs", "editing", "terminal", "cli", "__main__"),
)
"""The packages, and the modules beside them, in an order in which each imports only from those above it."""
LONGEST_FUNCTION = 45
LONGEST_MODULE = 450

PUBLISHED = "data.verify"
"""A program of its own, which is published beside the proofs, and no module."""
MODULES = sorted(
    {path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".") for path in PACKAGE.rglob("*.py")}
    - {PUBLISHED}
)
EVERY = [module for module in MODULES if module != "__init__"]
"""Those that hold something."""


@cache
def tree_of(module: str) -> ast.Module:
    path = _path(module)
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _path(module: str) -> Path:
    return PACKAGE.joinpath(*module.split(".")).with_suffix(".py")


@cache
def imports(module: str) -> frozenset[str]:
    """The dotted name of every module that a module imports, wherever the import stands in it."""
    return frozenset(_imports(module))


def _imports(module: str) -> Iterator[str]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            name = node.module or ""
            # `from stuntbook import prose` names a module behind the word `import`.
            yield from ([f"{name}.{alias.name}" for alias in node.names] if name == "stuntbook" else [name])


@cache
def calls(module: str) -> frozenset[str]:
    """The dotted name of everything that a module calls or refers to by an attribute, such as `sys.exit`."""
    found = (node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call | ast.Attribute))
    return frozenset(ast.unparse(node.func if isinstance(node, ast.Call) else node) for node in found)


def modules_that(found: Callable[[str], bool]) -> list[str]:
    return [module for module in MODULES if found(module)]


def test_the_order_names_every_package() -> None:
    assert {module.partition(".")[0] for module in MODULES} == {*ORDER, "__init__"}


def test_a_package_imports_only_from_those_above_it() -> None:
    places = {package: place for place, package in enumerate(ORDER)}
    own = ((module, name) for module in EVERY for name in imports(module) if name.startswith("stuntbook."))
    below = [(module, name) for module, name in own if places[name.split(".")[1]] > places[module.partition(".")[0]]]
    assert below == []


def test_the_package_itself_imports_nothing() -> None:
    assert imports("__init__") == set()


@pytest.mark.parametrize(
    ("library", "owners"),
    [
        (
            "mkdocs",
            [
                f"mkdocs.{module}"
                for module in (
                    "building",
                    "exporting",
                    "hand_written",
                    "live",
                    "making",
                    "others",
                    "plugin",
                    "policy",
                    "serving",
                    "settings",
                    "surroundings",
                )
            ],
        ),
        ("material", []),
        ("yaml", ["reading.settings_file", "reading.yaml_cursor", "reading.yaml_reader", "reading.yaml_syntax"]),
        ("frontmatter", ["reading.sources"]),
        (
            "rapidfuzz",
            ["diagnostics", "rules.consistency", "rules.corroboration", "rules.particulars", "text.article_text"],
        ),
        ("regex", ["text.folding", "text.phrases", "text.search_words", "text.web_address"]),
        ("markdown_it", ["text.prose"]),
        ("click", ["cli", "mkdocs.plugin", "terminal"]),
        ("platformdirs", ["safe"]),
        ("PIL", ["pages.cards.album", "pages.cards.drawing", "pages.cards.typesetting"]),
        ("trafilatura", ["editing.extraction"]),
        ("lxml", ["editing.extraction"]),
        ("lsprotocol", ["editing.language_server.server"]),
        ("pygls", ["editing.language_server.server"]),
        ("bidi", ["pages.cards.drawing", "pages.cards.typesetting"]),
        ("pagefind_bin", ["publish.pagefind"]),
        ("tinycss2", ["mkdocs.unused_styles"]),
    ],
)
def test_a_library_has_one_module_that_knows_it(library: str, owners: list[str]) -> None:
    assert modules_that(lambda module: library in {name.partition(".")[0] for name in imports(module)}) == owners


READERS = {"open", "read_text", "read_bytes", "readlines", "fdopen", "fromfile", "loadtxt"}
WRITERS = {"write_text", "write_bytes", "touch", "symlink_to"}


def _last(names: Iterable[str]) -> set[str]:
    return {name.rpartition(".")[2] for name in names}


CACHES = ["data.schema_file", "pages.bytecode", "pages.cards.album", "safe"]
"""The modules that read and write files of their own."""


def test_one_module_opens_input_files() -> None:
    readers = modules_that(lambda module: bool(READERS & _last(calls(module))))
    program = "data.files", "mkdocs.live", "mkdocs.policy", "mkdocs.scripts", "mkdocs.stylesheet"
    own = ["__main__", *program]
    own += ["mkdocs.surroundings", "publish.replacing", "publish.site_folder", "recheck"]
    editing = ["editing.fetching", "editing.files"]  # a saved page, and what a command changes
    past = "reading.revisions"  # archives that git makes
    # `own` are the program's files, and those of a running build.
    assert readers == sorted([*CACHES, *own, *editing, past, "reading.files"])


def test_only_what_can_be_made_again_is_written_but_for_what_an_editor_asks_for() -> None:
    writers = modules_that(lambda module: bool(WRITERS & _last(calls(module))))
    assert writers == sorted(["pages.cards.album", "publish.site_folder", "safe"])


@pytest.mark.parametrize(
    ("names", "modules"),
    [
        (
            {"print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write"},
            ["__main__", "cli", "terminal"],
        ),
        ({"sys.exit", "exit", "quit", "SystemExit", "os._exit", "os.abort"}, ["__main__", "cli"]),
    ],
)
def test_only_the_commands_print_and_end_the_program(names: set[str], modules: list[str]) -> None:
    assert modules_that(lambda module: bool(names.intersection(calls(module)))) == modules


def test_one_module_sees_the_network() -> None:
    network = {"socket", "ssl", "urllib.request", "http.client", "requests", "urllib3"}
    assert modules_that(lambda module: bool(network.intersection(imports(module)))) == ["editing.fetching"]


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (["check", "--fresh"], {"mkdocs", "material", "markdown", "PIL"}),
        (["check"], {"pydantic", "rapidfuzz.fuzz", "babel"}),  # nothing has changed since the other check
        (["build"], {"PIL", "watchdog", "socketserver", "mkdocs.livereload"}),
    ],
    ids=["fresh check", "unchanged", "build"],
)
def test_a_command_imports_nothing_that_it_does_not_need(
    tmp_path: Path, command: list[str], unneeded: set[str]
) -> None:
    stuntbook_here("check", "--root", ROOT)
    options = ["--site-dir", str(tmp_path / "site")] if command == ["build"] else []
    program = (
        "import sys\n"
        "from stuntbook.cli import main\n"
        f"main({[*command, *options]}, standalone_mode=False)\n"
        f"print(sorted({unneeded} & sys.modules.keys()))\n"
    )
    finished = run("-c", program, cwd=ROOT)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.splitlines()[-1] == "[]"


def test_functions_are_short() -> None:
    functions = (
        (module, each)
        for module in EVERY
        for each in ast.walk(tree_of(module))
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = {(module, each.name): (each.end_lineno or each.lineno) - each.lineno + 1 for module, each in functions}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_modules_are_short() -> None:
    lengths = {module: len(_path(module).read_text(encoding="utf-8").splitlines()) for module in EVERY}
    assert {module: length for module, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_and_class_says_what_it_is_for() -> None:
    parts = ((module, each) for module in EVERY for each in ast.walk(tree_of(module)))
    told = ((module, each) for module, each in parts if isinstance(each, ast.Module | ast.ClassDef))
    silent = [(module, getattr(each, "name", "")) for module, each in told if not ast.get_docstring(each)]
    assert [(module, name) for module, name in silent if not name.startswith("_")] == []


def test_the_libraries_that_are_used_are_declared() -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    distributions = {
        "PIL": "pillow",
        "frontmatter": "python-frontmatter",
        "markdown_it": "markdown-it-py",
        "markupsafe": "jinja2",
        "pydantic_core": "pydantic",
        "yaml": "pyyaml",
    }
    used = {name.partition(".")[0] for module in MODULES for name in imports(module)}
    used -= {*sys.stdlib_module_names, "stuntbook"}
    assert [name for name in sorted(used) if f'"{distributions.get(name, name)}' not in declared] == []
