"""The figures as readers get them: drawn true to the layout, named, linked, and the same again as a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages import site as made
from stuntbook.pages.figures.collaboration import collaboration
from stuntbook.pages.figures.comparisons import OTHERS_DRAWN, STUNTS_DRAWN, STUNTS_LISTED, comparisons
from stuntbook.pages.figures.timeline import FILMS_DRAWN
from stuntbook.pages.site_page import Publication
from tests.site_tools import parse, text_of
from tests.support import book_of

BASE = "http://site.test/"
SVG = "{http://www.w3.org/2000/svg}"
MARKUP = '<b>Bold</b> & "quoted" {{ braces }}'


@dataclass(frozen=True)
class Site:
    """The pages of a knowledge base that have figures, as HTML documents."""

    knowledge: KnowledgeBase
    documents: dict[str, Element]

    def figures(self) -> Iterator[tuple[str, Element]]:
        """Address of its page, and element, of every figure."""
        for address, page in self.documents.items():
            yield from ((address, figure) for figure in page.iter("figure") if has_class(figure, "sb-figure"))

    def figure(self, id_: str, address: str | None = None) -> Element:
        """The figure of that identifier; on the page of that address, where there are several."""
        return next(figure for page, figure in self.figures() if figure.get("id") == id_ and address in (page, None))


def site_of(knowledge: KnowledgeBase) -> Site:
    drawn = [page for page in made.Site(knowledge, Publication()).pages() if "sb-figure" in page.html]
    return Site(knowledge, {page.address: parse(f"<!doctype html>{page.html}") for page in drawn})


def has_class(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()


def of_class(element: Element, name: str) -> list[Element]:
    return [each for each in element.iter() if has_class(each, name)]


def repeats_a_list(figure: Element) -> bool:
    """Whether what it shows stands beside it as a list, so that it needs no table."""
    return figure.get("id") == "fig-body"


def table_rows(figure: Element) -> list[list[str]]:
    """The cells of the body of a figure's table."""
    (table,) = figure.iter("table")
    return [[text_of(cell) for cell in row] for row in table.findall("./tbody/tr")]


def drawn_words(figure: Element) -> str:
    """The words of a figure without its table."""
    (details,) = figure.iter("details")
    return text_of(figure).removesuffix(text_of(details))


def percent(share: float) -> str:
    return f"{100 * share:.3f}%"


def crowded() -> dict[str, Any]:
    """More of everything than figures show, with markup in the titles."""
    films = {
        f"f{number}": {
            "title": f"Film {number} {MARKUP}",
            "year": 1950 + number,
            "credits": [{"person": f"p{person}", "role": "cast"} for person in range(number, number + 12)],
        }
        for number in range(FILMS_DRAWN + 5)
    }
    stunts: dict[str, dict[str, Any]] = {
        f"s{number}": {
            "title": f"Stunt {number} {MARKUP}",
            "film": f"f{number % 20}",
            "performers": [f"p{number % 30}"],
            "measures": [{"quantity": "altitude", "value": 10 * (number + 1), "unit": "ft"}],
            "injuries": [{"person": f"p{number % 30}", "body_part": "ankle", "text": f"{number} {MARKUP}."}],
        }
        for number in range(STUNTS_LISTED + 10)
    }
    stunts["s0"]["measures"] = [
        {"quantity": "altitude", "value": 2000, "unit": "m", "qualifier": "more than"},
        {"quantity": "takes", "value": 64},
    ]
    steps = [
        {"text": f"Up {MARKUP}.", "altitude": {"value": 600, "unit": "ft"}},
        {"text": "Down.", "altitude": {"value": 150, "unit": "ft"}},
    ]
    stunts["s0"]["story"] = {"performance": steps}
    people = {f"p{number}": {"name": f"Person {number} {MARKUP}"} for number in range(40)}
    return {"films": films, "people": people, "stunts": stunts}


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder: Path = tmp_path_factory.mktemp("crowded")
    return site_of(book_of(folder, **crowded()))


@pytest.fixture(scope="module")
def real(knowledge: KnowledgeBase) -> Site:
    return site_of(knowledge)


@pytest.fixture(scope="module", params=["real", "valid", "big"])
def site(request: pytest.FixtureRequest) -> Site:
    if request.param == "valid":
        return site_of(request.getfixturevalue("valid"))
    found: Site = request.getfixturevalue(request.param)
    return found


# --- Every figure


def test_every_figure_has_a_title_a_description_and_the_same_in_words(site: Site) -> None:
    figures = list(site.figures())
    assert figures
    for _, figure in figures:
        by_id = {each.get("id"): each for each in figure.iter() if each.get("id")}
        assert text_of(by_id[figure.get("aria-labelledby")])
        assert text_of(by_id[figure.get("aria-describedby")])
        if repeats_a_list(figure):
            continue
        (table,) = figure.iter("table")
        assert text_of(table.findall("caption")[0])
        assert all(cell.get("scope") == "col" for cell in table.findall("./thead/tr/th"))
        assert all(row.findall("th[@scope='row']") for row in table.findall("./tbody/tr"))


def test_every_drawing_is_named_or_repeats_what_the_words_say(site: Site) -> None:
    for _, figure in site.figures():
        ids = {each.get("id") for each in figure.iter()}
        hidden = {inner for outer in figure.iter() if outer.get("aria-hidden") == "true" for inner in outer.iter()}
        drawings = set(figure.iter(f"{SVG}svg"))
        nested = {inner for outer in drawings for inner in outer.iter(f"{SVG}svg") if inner is not outer}
        for svg in drawings - nested:
            # A link in a drawing would need a name and a size of its own: they all stand in the words.
            assert not list(svg.iter(f"{SVG}a"))
            assert svg in hidden or svg.get("role") == "img"
            assert set(svg.get("aria-labelledby", "").split()) <= ids


def test_markup_in_titles_is_text(big: Site) -> None:
    for id_ in ("fig-timeline", "fig-altitude", "fig-collaboration", "fig-heights"):
        figure = big.figure(id_)
        assert MARKUP in text_of(figure)
        assert all(text_of(bold) != "Bold" for bold in figure.iter("b"))


def test_every_figure_has_an_address_and_a_link_that_names_it(site: Site) -> None:
    for _, figure in site.figures():
        (link,) = of_class(figure, "sb-figure__link")
        (title,) = (text_of(each) for each in figure.iter() if each.get("id") == f"{figure.get('id')}-title")
        assert (link.get("href"), link.get("aria-label")) == (f"#{figure.get('id')}", f"Link to the figure: {title}")


def test_controls_of_figures_on_one_page_have_names_of_their_own(site: Site) -> None:
    for page in site.documents.values():
        names = [text_of(each) for each in page.iter("summary")]
        names += [each.get("aria-label", "") for each in of_class(page, "sb-figure__link")]
        assert len(set(names)) == len(names)


# --- Timeline


def test_the_bars_of_films_stand_at_their_years(real: Site) -> None:
    figure = real.figure("fig-timeline")
    bars = of_class(figure, "sb-year-bar")
    # The axis goes from 2000 to 2025.
    years = [film.year.value for film in real.knowledge.films.values() if film.year]
    assert [bar.get("x") for bar in bars] == [percent((year - 2000) / 25) for year in years]
    assert {bar.get("width") for bar in bars} == {percent(1 / 25)}


def test_a_year_that_no_article_gives_is_hollow(real: Site) -> None:
    hollow = [has_class(bar, "sb-year-bar--unsourced") for bar in of_class(real.figure("fig-timeline"), "sb-year-bar")]
    assert hollow == [not film.year.cite for film in real.knowledge.films.values() if film.year]


def test_an_injury_is_marked_by_a_shape_and_a_word(real: Site) -> None:
    marks = of_class(real.figure("fig-timeline"), "sb-timeline__injury")
    assert [text_of(mark) for mark in marks] == ["injury: foot", "injury: ankle"]
    assert all(of_class(mark, "sb-cross") for mark in marks)


def test_the_table_of_the_timeline_says_the_same(site: Site) -> None:
    figure = site.figure("fig-timeline")
    words = drawn_words(figure)
    rows = table_rows(figure)
    assert len(rows) == len(of_class(figure, "sb-timeline__film"))
    for year, film, *_ in rows:
        assert film in words
        assert year == "not known" or year[:4] in words


def test_films_of_unknown_year_are_said_to_be_so(tmp_path: Path) -> None:
    years = {"b": {"title": "One", "year": 2001}, "c": {"title": "Two", "year": 2002}}
    films: dict[str, dict[str, Any]] = {"a": {"title": "Old"}, **years}
    figure = site_of(book_of(tmp_path, films=films)).figure("fig-timeline")
    assert "Year not known Old" in drawn_words(figure)
    assert table_rows(figure)[-1][:2] == ["not known", "Old"]
    assert len(of_class(figure, "sb-year-bar")) == 2


def test_a_book_of_too_few_dates_has_no_timeline_and_says_so(tmp_path: Path) -> None:
    book = book_of(tmp_path, films={"a": {"title": "Old"}, "b": {"title": "One", "year": 2001}})
    (page,) = (each for each in made.Site(book, Publication()).pages() if each.address == "timeline/")
    assert "too few dates for a timeline" in page.html
    assert "fig-timeline" not in page.html


def test_a_capped_timeline_says_so(big: Site) -> None:
    words = drawn_words(big.figure("fig-timeline"))
    total = len(big.knowledge.films)
    assert f"The {FILMS_DRAWN} films with the most stunts, of {total}." in words
    assert f"All {total} films" in words


# --- Comparisons


def test_every_line_is_as_long_as_its_number(big: Site) -> None:
    (altitude,) = (each for each in comparisons(big.knowledge) if each.quantity == "altitude")
    dots = of_class(big.figure("fig-altitude", "numbers/"), "sb-dot")
    assert [dot.get("cx") for dot in dots] == [percent(mark.at) for row in altitude.drawn for mark in row.marks]
    lines = [line for line in of_class(big.figure("fig-altitude", "numbers/"), "sb-bar") if line.tag == f"{SVG}line"]
    assert [line.get("x2") for line in lines] == [dot.get("cx") for dot in dots]
    assert {line.get("x1") for line in lines} == {"0"}


def test_a_limit_is_drawn_and_written(big: Site) -> None:
    figure = big.figure("fig-altitude", "numbers/")
    assert len(of_class(figure, "sb-arrow")) == 1
    assert "more than 2,000 m (6,562 ft)" in drawn_words(figure)
    assert "An arrow goes on" in drawn_words(figure)


def test_a_capped_comparison_says_so_twice(big: Site) -> None:
    figure = big.figure("fig-altitude", "numbers/")
    stunts = len(big.knowledge.stunts)
    assert f"the {STUNTS_DRAWN} largest are drawn" in drawn_words(figure)
    assert f"{stunts - STUNTS_DRAWN} more" in drawn_words(figure)
    assert len(table_rows(figure)) == STUNTS_LISTED
    assert f"The {STUNTS_LISTED} largest of {stunts}." in text_of(figure)


def test_the_table_of_a_comparison_says_the_same(real: Site) -> None:
    figure = real.figure("fig-training-time", "numbers/")
    rows = table_rows(figure)
    assert [row[:3] for row in rows] == [
        ["HALO jump", "Mission: Impossible – Fallout", "more than 1 year"],
        ["Helicopter flight", "Mission: Impossible – Fallout", "1 year"],
    ]
    assert all(cell in drawn_words(figure) for row in rows for cell in row)


def test_what_one_stunt_alone_has_is_told_and_not_drawn(real: Site) -> None:
    page = real.documents["numbers/"]
    (singles,) = of_class(page, "sb-singles")
    alone = [text_of(each) for each in singles]
    assert "Altitude 25,000 ft (7,620 m) HALO jump, Mission: Impossible – Fallout" in alone
    assert "Takes 64 Zero-gravity plane crash, The Mummy" in alone
    assert [each.get("id") for each in of_class(page, "sb-figure")] == ["fig-training-time"]


# --- Records


def test_a_record_says_among_how_many(big: Site, tmp_path: Path) -> None:
    stunts = {
        f"s{number}": {
            "title": f"Stunt {number}",
            "measures": [{"quantity": "takes", "value": 5}, {"quantity": "jumps", "value": number}],
        }
        for number in range(7)
    }
    site = site_of(book_of(tmp_path, stunts=stunts))
    records = [text_of(each) for each in of_class(site.documents["numbers/"], "sb-record")]
    assert records[1].startswith("Most jumps 6 Stunt 6")
    assert records[1].endswith("of 7 stunts with this figure")
    assert "shared with 4 more; of 7 stunts" in records[0]


def test_one_record_alone_is_left_to_its_figure(real: Site) -> None:
    assert of_class(real.documents["numbers/"], "sb-record") == []
    assert len(of_class(real.documents["numbers/"], "sb-figure")) == 1


# --- Collaboration

ARC = re.compile(r"M100 (\d+)A([\d.]+) (\d+) 0 0 0 100 (\d+)")


def test_every_arc_joins_the_rows_of_two_people(site: Site) -> None:
    found = collaboration(site.knowledge)
    assert found
    figure = site.figure("fig-collaboration")
    drawing = of_class(figure, "sb-arcs__drawing")[0]
    arcs = [arc for path in of_class(drawing, "sb-arc") for arc in ARC.findall(path.get("d") or "")]
    # A row is ten units high, and an arc begins and ends in the middle of one.
    drawn = {((int(upper) - 5) // 10, (int(lower) - 5) // 10) for upper, _, _, lower in arcs}
    assert drawn == {(pair.upper, pair.lower) for pair in found.drawn}
    assert len(arcs) == len(found.drawn)
    assert all(int(lower) - int(upper) == 2 * int(half) for upper, _, half, lower in arcs)
    names = [text_of(next(row.iter("a"))) for row in of_class(figure, "sb-arcs__people")[0]]
    assert names == [each.person.name for each in found.people]


def test_the_table_of_pairs_says_the_same(real: Site) -> None:
    found = collaboration(real.knowledge)
    assert found
    rows = table_rows(real.figure("fig-collaboration"))
    assert len(rows) == len(found.pairs)
    assert rows[0] == ["Tom Cruise", "Christopher McQuarrie", "1", "2"]


def test_a_capped_collaboration_says_so(big: Site) -> None:
    words = text_of(big.figure("fig-collaboration"))
    found = collaboration(big.knowledge)
    assert found
    assert f"The {len(found.people)} best connected of 36 people." in words
    assert f"The {len(found.drawn)} closest of {len(found.pairs)} pairs have one." in words
    assert f"The {len(found.listed)} closest of {len(found.pairs)} pairs." in words


# --- Body map


def test_injured_parts_are_marked_and_lead_to_their_injuries(real: Site) -> None:
    figure = real.figure("fig-body", "injuries/")
    parts = list(of_class(figure, "sb-body-map__parts")[0])
    assert [text_of(each) for each in parts] == ["ankle 1", "foot 1"]
    assert [next(each.iter("a")).get("href") for each in parts] == ["./?part=ankle", "./?part=foot"]
    assert len(of_class(figure, "sb-body-map__pair")) == 4
    assert "Which side was hurt is not recorded" in text_of(figure)


def test_several_injuries_of_a_part_are_counted(big: Site) -> None:
    (part,) = of_class(big.figure("fig-body", "injuries/"), "sb-body-map__parts")[0]
    assert text_of(part) == f"ankle {len(big.knowledge.stunts)}"


# --- One stunt


def test_steps_are_drawn_at_their_heights_and_lead_to_the_story(big: Site) -> None:
    figure = big.figure("fig-heights", "stunts/s0/")
    (plot,) = of_class(figure, "sb-heights__plot")
    dots = of_class(plot, "sb-step__dot")
    # Of the axis, which ends at 8,000 feet: 600 and 150 feet, and the 2,000 metres of no step.
    assert [dot.get("cy") for dot in dots] == [percent(1 - feet / 8_000) for feet in (600, 150, 2_000 / 0.3048)]
    assert [text_of(number) for number in of_class(plot, "sb-step__figure")] == ["1", "2"]
    steps = [each for each in big.knowledge.statements["s0"] if each.kind == "story"]
    links = [next(step.iter("a")) for step in of_class(figure, "sb-step")]
    assert [link.get("href") for link in links] == [f"#{step.anchor}" for step in steps]
    (story,) = of_class(big.documents["stunts/s0/"], "sb-story")
    assert [each.get("id") for each in of_class(story, "sb-told")] == [step.anchor for step in steps]


def test_the_heights_of_a_stunt_are_in_its_table(big: Site) -> None:
    rows = [row[:2] for row in table_rows(big.figure("fig-heights", "stunts/s0/"))]
    assert [height for _, height in rows] == ["600 ft (183 m)", "150 ft (45.7 m)", "more than 2,000 m (6,562 ft)"]
    assert rows[-1][0] == "Altitude"


def test_a_number_of_a_stunt_is_set_off_among_those_of_others(real: Site, big: Site) -> None:
    figure = real.figure("fig-training-time", "stunts/halo-jump/")
    (own,) = of_class(figure, "sb-row--own")
    assert text_of(own).startswith("HALO jump more than 1 year")
    assert [row[:1] for row in table_rows(figure)] == [["HALO jump"], ["Helicopter flight"]]
    crowded = big.figure("fig-altitude", "stunts/s40/")
    stunts = len(big.knowledge.stunts)
    assert f"The {OTHERS_DRAWN + 1} that come nearest, of {stunts} stunts" in drawn_words(crowded)
    assert f"All {stunts} side by side" in drawn_words(crowded)


def test_a_number_with_which_nothing_compares_has_no_figure(real: Site) -> None:
    assert "stunts/mummy-plane-crash/" not in real.documents
