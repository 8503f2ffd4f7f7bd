"""The stylesheet of a site lacks no rule of the theme, or of ours, that applies to anything on its pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.utils import get_theme_dir
from playwright.sync_api import Browser, Page

from stuntbook.mkdocs.stylesheet import one_stylesheet
from stuntbook.mkdocs.unused_styles import without_unused
from tests.browser.conftest import KINDS, Watch, served
from tests.site_tools import add_settings, build
from tests.support import BOOK, write_book

WHOLE = one_stylesheet([get_theme_dir("material")])
RULES = r"""async (css) => {
    const rules = (list, around) => [...list].flatMap((rule) =>
        rule.selectorText === undefined
            ? rules(rule.cssRules ?? [], `${around} ${rule.conditionText ?? rule.name}`)
            : rule.selectorText.split(/,(?![^(]*\))/).map((selector) => {
                const style = [...rule.style].filter((name) => !name.startsWith("--"));
                const value = (name) => rule.style.getPropertyValue(name).replace(/\s+/g, " ");
                const values = style.map((name) => `${name}: ${value(name)}`);
                const told = `${around} | ${selector.trim()} | ${values.join("; ")}`;
                return { selector: selector.trim(), told, empty: !values.length };
            }));
    const sheet = await new CSSStyleSheet().replace(css);
    return rules(sheet.cssRules, "").filter(({ empty }) => !empty);
}"""
"""Each selector of a stylesheet with its declarations, but for custom properties, in order."""
APPLY = r"""(selectors) => {
    const plain = (selector) => selector.replace(/::?(?!not|is|where|has|root)[\w-]+(\([^)]*\))?/g, "") || "*";
    return selectors.filter((selector) => {
        try { return document.querySelector(plain(selector)); } catch { return false; }
    });
}"""
"""The selectors that some element of the page has, whatever its state."""


def rules_of(page: Page, css: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = page.evaluate(RULES, css)
    return found


def test_where_all_is_used_nothing_changes(site: Watch, whole: list[dict[str, str]]) -> None:
    assert rules_of(site.page, without_unused(WHOLE, WHOLE)) == whole


@pytest.fixture(scope="module")
def whole(browser: Browser) -> list[dict[str, str]]:
    """The rules of the theme and ours."""
    with browser.new_context() as context:
        return rules_of(context.new_page(), WHOLE)


def assert_nothing_is_missing(site: Watch, whole: list[dict[str, str]]) -> None:
    href = site.page.locator("link[rel=stylesheet]").get_attribute("href")
    css = site.page.request.get(site.page.evaluate("href => new URL(href, location).href", href)).text()
    kept = [rule["told"] for rule in rules_of(site.page, css)]
    apply = set(site.page.evaluate(APPLY, [rule["selector"] for rule in whole]))
    assert len(apply) > 100
    missing = {rule["told"] for rule in whole if rule["selector"] in apply} - set(kept)
    assert missing == set()
    rest = iter(rule["told"] for rule in whole)
    assert all(rule in rest for rule in kept), "rules have another order"


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_no_page_misses_a_style(site: Watch, whole: list[dict[str, str]], address: str) -> None:
    site.open(address)
    assert_nothing_is_missing(site, whole)


def test_what_scripts_add_misses_no_style(site: Watch, whole: list[dict[str, str]]) -> None:
    site.open("stunts/halo-jump/")
    site.page.locator("article .sb-source").first.click()
    site.page.locator("#sb-evidence").get_by_role("button", name="Cite").first.click()
    assert_nothing_is_missing(site, whole)
    site.page.keyboard.press("Escape")
    site.page.keyboard.press("/")
    site.page.get_by_role("dialog", name="Search").get_by_role("searchbox").fill("helicopter")
    site.page.get_by_role("dialog", name="Search").get_by_role("link").first.wait_for()
    assert_nothing_is_missing(site, whole)


FEATURES = """# Everything

!!! warning "A warning"
    With words.

??? tip inline end
    Folded.

=== "One"
    ```yaml title="a.yaml" linenums="1" hl_lines="1"
    key: value # (1)!
    ```
=== "Two"
    | a | b |
    |---|--:|
    | c | d |

- [x] done
- [ ] not done

++ctrl+alt+del++ ==marked== ~~deleted~~ ^^inserted^^ H~2~O {--critic--}{++critic++}{>>critic<<}
[Button](index.md){ .md-button .md-button--primary } :material-account: A note[^1], HTML and $x^2$.

Term
:   Definition

![](mark.svg#only-light){ align=left }

<div class="grid cards" markdown>

-   One
-   Two

</div>

[^1]: A footnote.

*[HTML]: HyperText Markup Language
"""
EXTENSIONS = """
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.betterem
  - pymdownx.caret
  - pymdownx.critic
  - pymdownx.details
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.highlight: {anchor_linenums: true}
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
  - pymdownx.tilde
"""


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = add_settings(write_book(tmp_path_factory.mktemp("features") / "book", BOOK, gazette="She jumped.\n"))
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(EXTENSIONS)
    (root / "docs" / "everything.md").write_text(FEATURES, encoding="utf-8")
    (root / "docs" / "mark.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    build(root, root / "site")
    with served(Path(root, "site")) as address:
        yield address


def test_no_feature_of_the_theme_misses_a_style(features: str, site: Watch, whole: list[dict[str, str]]) -> None:
    """Each has an element on the page, which is looked at as on every other."""
    watch = Watch(site.page, features)
    watch.open("everything/")
    shown = (
        "admonition",
        "tabbed-set",
        "highlighttable",
        "task-list-item",
        "keys",
        "critic",
        "footnote",
        "grid",
        "twemoji",
    )
    classes = site.page.locator("article [class]").evaluate_all("all => all.flatMap(each => [...each.classList])")
    assert [name for name in shown if name not in classes] == []
    assert re.search(r"details|abbr", site.page.content())
    assert_nothing_is_missing(watch, whole)
    watch.assert_quiet()
