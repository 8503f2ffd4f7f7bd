"""What runs from left to right on pages that run from right to left."""

from tests.browser.conftest import Watch


def test_amounts_and_scales_run_from_left_to_right_on_a_page_that_does_not(site: Watch) -> None:
    """As on the pages of a book in Arabic; their labels are whole, and within what is drawn."""
    site.open("numbers/")
    site.page.evaluate("document.body.dir = 'rtl'")
    outside = """all => all.map(each => [each.textContent, each.getBoundingClientRect()])
        .filter(([, box]) => box.left < 0 || box.right > innerWidth || !box.width).map(([text]) => text)"""
    labels = site.page.locator(".sb-figure svg text")
    assert labels.count() > 2
    assert labels.evaluate_all(outside) == []
    assert ends_of(site, ".sb-figure svg text", "2 years") == "left to right"
    site.open("stunts/halo-jump/")
    site.page.evaluate("document.body.dir = 'rtl'")
    assert ends_of(site, ".sb-facts b", "25,000 ft (7,620 m)") == "left to right"


def ends_of(site: Watch, selector: str, text: str) -> str:
    """How the first character of a text stands to its last but one."""
    order: str = site.page.locator(selector, has_text=text).first.evaluate(
        """each => {
            const at = (from) => {
                const range = document.createRange();
                range.setStart(each.firstChild, from);
                range.setEnd(each.firstChild, from + 1);
                return range.getBoundingClientRect().left;
            };
            return at(0) < at(each.textContent.length - 2) ? "left to right" : "right to left";
        }"""
    )
    return order
