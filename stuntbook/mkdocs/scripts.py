"""Our scripts, each whole in itself: what it takes from the shared functions is written into it.

A reader, a filter or a broken connection may refuse any one script. That must stop nothing but what that script does,
so none may wait for another that all need.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

FOLDER = "assets/stuntbook"
SHARED = "shared.js"
_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./shared\.js";\n', re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://.*|/\*\*.*\*/)\n", re.MULTILINE)
"""A line of ours that is for those who read the code, not for readers of pages."""
_OURS = Path(__file__).parent / "theme" / FOLDER
_NAME = re.compile(r"^export (?:async )?(?:function|const) (\w+)", re.MULTILINE)


def own_scripts(theme_folders: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Path within the site and text of every script of the theme, each from the first of its folders that has it."""
    folders = [Path(folder, FOLDER) for folder in theme_folders]
    paths = {path.name: path for folder in reversed(folders) for path in folder.glob("*.js")}
    pieces = _text(paths.pop(SHARED)).split("\n\n")
    shared = {match[1]: piece.replace("export ", "", 1) for piece in pieces if (match := _NAME.search(piece))}

    def written_in(match: re.Match[str]) -> str:
        return "\n\n".join(shared[name].strip() for name in match[1].split(", ")) + "\n"

    for name, path in sorted(paths.items()):
        yield f"{FOLDER}/{name}", _IMPORT.sub(written_in, _text(path))


def _text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return _COMMENT.sub("", text) if path.parent == _OURS else text
