"""Write a made-up knowledge base of any size, on which nothing is found wrong: `python -m benchmarks.generate FOLDER`.

Per ten pages there are one film, four stunts, three people and two articles. Each article is cited about twenty times.
People come back in later films, so that a few are in many; about four stunts share a place, and all share a short list
of techniques and of equipment. With one seed, a smaller knowledge base is the beginning of a larger one, but for the
order in which the site lists things.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.productions import PAGES, Production, produce

ROOT = Path(__file__).parent.parent
"""The repository, whose settings and hand-written pages the generated site takes over."""
SECTIONS = ("films", "stunts", "people")
_RECORD_LINK = re.compile(r"\[([^\]]*)\]\((?:films|people|sources|stunts)/[^)/]+/index\.md[^)]*\)")


def generate(folder: Path, *, pages: int, seed: int = 1) -> tuple[str, ...]:
    """Write a knowledge base with as many pages of films, stunts, people and sources, rounded to ten, at least ten.

    Returns the addresses of those pages, the index pages come on top. An earlier knowledge base in the folder is
    replaced; anything else there stays.
    """
    articles = folder / "articles"
    shutil.rmtree(articles, ignore_errors=True)
    articles.mkdir(parents=True)
    produced: list[Production] = []
    for number in range(max(1, round(pages / PAGES))):
        produced.append(produce(number, seed, produced))
        for identifier, (matter, text) in produced[-1].articles.items():
            content = f"---\n{''.join(_yaml(matter, ''))}---\n{text}"
            (articles / f"{identifier}.md").write_text(content, encoding="utf-8")
    with (folder / "stunts.yaml").open("w", encoding="utf-8") as file:
        for section in SECTIONS:
            file.write(f"{section}:\n")
            for production in produced:
                file.writelines(_yaml(production.records[section], "  "))
    _copy_site(folder)
    return tuple(_addresses(produced))


def _addresses(produced: Sequence[Production]) -> Iterator[str]:
    for production in produced:
        for section, named in (*production.records.items(), ("sources", production.articles)):
            yield from (f"{section}/{identifier}/" for identifier in named)


def _yaml(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    """The lines of a mapping in block style; texts in the form that JSON has in common with YAML."""
    for key, part in value.items():
        if isinstance(part, dict):
            yield f"{indent}{key}:\n"
            yield from _yaml(part, f"{indent}  ")
        elif isinstance(part, list):
            yield f"{indent}{key}:\n"
            for item in part:
                lines = list(_yaml(item, f"{indent}    ")) if isinstance(item, dict) else [f"{_scalar(item)}\n"]
                yield f"{indent}  - {lines[0].lstrip()}"
                yield from lines[1:]
        else:
            yield f"{indent}{key}: {_scalar(part)}\n"


def _scalar(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)


def _copy_site(folder: Path) -> None:
    """The settings and the hand-written pages, without their links to records that the generated book lacks."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    docs = folder / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    docs.mkdir()
    for page in sorted((ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        (docs / page.name).write_text(_RECORD_LINK.sub(r"\1", text), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a made-up knowledge base of any size.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generate(arguments.folder, pages=arguments.pages, seed=arguments.seed)


if __name__ == "__main__":
    main()
