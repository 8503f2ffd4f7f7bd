"""Where statements are written stands in a file of its own: pages stay what they are when lines move."""

import json
import shutil
from pathlib import Path

from stuntbook.knowledge.base import KnowledgeBase
from tests.site_tools import PUBLISHED, ROOT, Site, build, differences, snapshot
from tests.support import SITES


def test_the_file_leads_to_the_lines(published: Site, knowledge: KnowledgeBase) -> None:
    ((path, records),) = json.loads(published.files["data/lines.json"]).items()
    assert path == "stunts.yaml"
    assert set(records) == {id_ for id_, statements in knowledge.statements.items() if statements}
    text = (ROOT / path).read_text(encoding="utf-8").splitlines()
    told = 0
    for id_, statements in knowledge.statements.items():
        for statement in (part for each in statements for part in each):
            line = text[records[id_][statement.anchor] - 1]
            told += statement.kind in ("story", "summary")
            assert statement.kind not in ("story", "summary") or line.lstrip().startswith(("- text:", "- {text:"))
    assert told > 50


def test_a_comment_changes_no_page(tmp_path: Path) -> None:
    root = shutil.copytree(SITES / "valid", tmp_path / "book")
    build(root, tmp_path / "before", **PUBLISHED)
    knowledge = root / "stunts.yaml"
    knowledge.write_text(f"# A comment\n{knowledge.read_text(encoding='utf-8')}", encoding="utf-8")
    build(root, tmp_path / "after", **PUBLISHED)
    before, after = snapshot(tmp_path / "before"), snapshot(tmp_path / "after")
    assert differences(before, after) == ["data/lines.json"]
    assert any(path.endswith(".html") for path in before)
