"""The sets of fonts under which the site is read: fontconfig shows a browser one set, and hides all others.

Text without a font is 0 px wide, so that nothing is too wide, cut off or covered: a browser is asked which it used.
"""

import os
from pathlib import Path

from playwright.sync_api import Browser

INSTALLED = Path("/usr/share/fonts/truetype")
"""Where Debian and Ubuntu have the fonts of a package, in a folder with the set's name in small letters."""
FAMILIES = {
    "DejaVu": ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"),
    "Noto": ("Noto Sans", "Noto Serif", "Noto Sans"),  # fonts-noto-core has none of a fixed width
    "Liberation": ("Liberation Sans", "Liberation Serif", "Liberation Mono"),
}
"""The families of each set: sans-serif, which is the system's too, serif and monospace."""
USUAL = "DejaVu"
"""The set of tests in which fonts do not matter."""
PAGE, EXAMPLES = "data-model/", (".sb-crumbs a", "h1", "article code")
"""A page of the site, and where the three families are seen on it."""
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>/var/cache/fontconfig</cachedir>
  <match><edit name="family" mode="append_last"><string>{sans}</string></edit></match>
  <alias binding="same"><family>sans-serif</family><prefer><family>{sans}</family></prefer></alias>
  <alias binding="same"><family>serif</family><prefer><family>{serif}</family></prefer></alias>
  <alias binding="same"><family>monospace</family><prefer><family>{mono}</family></prefer></alias>
</fontconfig>
"""
"""The match answers for `system-ui`, for which Chromium asks without a name."""


def environment_with(fonts: str, folder: Path) -> dict[str, str]:
    """The environment of a program that sees the fonts of one set only; their configuration lies in the folder."""
    sans, serif, mono = FAMILIES[fonts]
    path = folder / f"{fonts}.conf"
    shown = CONFIGURATION.format(folder=INSTALLED / fonts.lower(), sans=sans, serif=serif, mono=mono)
    path.write_text(shown, encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(path)}


def families_on(browser: Browser, base: str) -> tuple[str, ...]:
    """The families that a browser draws text of the site with: sans-serif, serif and monospace; none draws nothing."""
    with browser.new_page() as page:
        page.goto(base + PAGE)
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        used = []
        for selector in EXAMPLES:
            node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})
            fonts = session.send("CSS.getPlatformFontsForNode", node)["fonts"]
            used.append(" and ".join(sorted(font["familyName"] for font in fonts)))
    return tuple(used)
