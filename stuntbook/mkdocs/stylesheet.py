"""The theme's stylesheets and ours -> one, so that a page waits for one file and not for three."""

import re
from collections.abc import Iterable
from pathlib import Path

STYLES = Path(__file__).parent / "styles"
STYLE_ORDER = (
    *("base", "header", "facts", "statements", "quotes", "disputes", "lists", "listings", "references", "citations"),
    *("sources", "evidence", "figures", "home", "search", "print"),
)
"""The stylesheets in the order of the cascade."""


def one_stylesheet(theme_folders: Iterable[str]) -> str:
    """All styles, without the references to source maps that are not published."""
    folders = [Path(folder, "assets", "stylesheets") for folder in theme_folders]
    paths = [path for name in ("main", "palette") for folder in folders for path in folder.glob(f"{name}.*.min.css")]
    paths += [STYLES / f"{name}.css" for name in STYLE_ORDER]
    content = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", content)
