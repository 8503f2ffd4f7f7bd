"""The benchmark: its knowledge base is sound, what it compares is the same, and its figures are what they say."""

import json
import sys
from collections import Counter
from pathlib import Path

import markdown  # type: ignore[import-untyped]
import pytest

from benchmarks.__main__ import figures, table
from benchmarks.builds import Build
from benchmarks.chrome import page_template
from benchmarks.generate import generate
from benchmarks.markdown import to_markdown
from benchmarks.measure import CommandError, Run, peak_mib, run
from benchmarks.pages import Content, first_difference, letters, read_content
from benchmarks.rebuilds import AFTER, BEFORE, measure_rebuilds, rebuild_table
from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.coverage import accounted, measure_coverage
from stuntbook.knowledge.statements import Status


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeBase, tuple[str, ...]]:
    """A made-up knowledge base of forty pages, on which nothing is found wrong, and its addresses."""
    folder = tmp_path_factory.mktemp("generated")
    addresses = generate(folder, pages=40)
    report = Report()
    knowledge = load_and_check(folder, report)
    assert not report, report.render()
    return knowledge, addresses


def test_the_addresses_are_those_of_the_records(generated: tuple[KnowledgeBase, tuple[str, ...]]) -> None:
    knowledge, addresses = generated
    records = [address_of(record) for record in knowledge.records]
    sources = [address_of(source.article) for source in knowledge.sources.values()]
    assert sorted(addresses) == sorted(records + sources)


def test_every_kind_of_statement_comes_up(generated: tuple[KnowledgeBase, tuple[str, ...]]) -> None:
    knowledge, _ = generated
    kinds = Counter(statement.kind for statement in knowledge.all_statements())
    assert kinds.keys() >= {
        *("summary", "quote", "measure", "injury", "consequence", "risk", "precaution", "disagreement", "account"),
        *("story", "event", "place", "technique", "equipment", "credit", "performer", "film"),
    }
    statuses = {statement.evidence.status for statement in knowledge.all_statements()}
    assert statuses >= {Status.ARTICLES, Status.ARTICLE, Status.SAID, Status.DISPUTED}


def test_articles_hold_more_than_is_cited(generated: tuple[KnowledgeBase, tuple[str, ...]]) -> None:
    done, total = accounted(measure_coverage(generated[0]))
    assert 0.8 < done / total < 1


def test_one_seed_gives_the_same_files(tmp_path: Path) -> None:
    files = []
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        generate(tmp_path / name, pages=20, seed=seed)
        paths = sorted((tmp_path / name).rglob("*.*"))
        files.append({path.relative_to(tmp_path / name): path.read_bytes() for path in paths if path.is_file()})
    assert files[0] == files[1]
    assert files[0][Path("stunts.yaml")] != files[2][Path("stunts.yaml")]


def test_a_new_knowledge_base_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    generate(tmp_path, pages=100)
    generate(tmp_path, pages=20)
    assert len(list((tmp_path / "articles").iterdir())) == 4


@pytest.mark.parametrize("pages", [40, 230, 1003])
def test_it_has_as_many_pages_as_wanted(tmp_path: Path, pages: int) -> None:
    addresses = generate(tmp_path, pages=pages)
    assert len(set(addresses)) == len(addresses) == pytest.approx(pages, rel=0.05)


PAGES = ("films/one/", "stunts/two/")
linux = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="time and memory are measured on Linux")


def _site(folder: Path, **articles: str) -> Path:
    for address in PAGES:
        article = articles.get(address.split("/")[1])
        if article is not None:
            (folder / address).mkdir(parents=True)
            page = f"<html><body>{folder.name}<article class='x'>{article}</article></body></html>"
            (folder / address / "index.html").write_text(page, encoding="utf-8")
    return folder


def test_markup_and_what_surrounds_the_article_make_no_difference(tmp_path: Path) -> None:
    ours = _site(tmp_path / "ours", one="<h1>A “leap”</h1><p>It was <b>high</b>.</p>", two="<p>Tom &amp; Jo</p>")
    theirs = _site(tmp_path / "theirs", one='<h1>A "leap"</h1>\nIt was high<script>let x</script>', two="Tom&#38;Jo")
    assert first_difference(PAGES, {"ours": ours, "theirs": theirs}) is None


def test_a_missing_page_is_noticed(tmp_path: Path) -> None:
    ours, theirs = _site(tmp_path / "ours", one="a", two="b"), _site(tmp_path / "theirs", one="a")
    assert first_difference(PAGES, {"ours": ours, "theirs": theirs}) == "theirs has no page stunts/two/"
    assert first_difference(PAGES, {"theirs": theirs, "ours": ours}) == "theirs has no page stunts/two/"


@pytest.mark.parametrize(
    "text", ["It was tall, they say.", "It was low.", "It was high", "It was high, they say. Very.", ""]
)
def test_a_changed_word_is_noticed(tmp_path: Path, text: str) -> None:
    ours = _site(tmp_path / "ours", one="same", two="It was high, they say.")
    theirs = _site(tmp_path / "theirs", one="same", two=text)
    difference = first_difference(PAGES, {"ours": ours, "theirs": theirs})
    assert difference is not None
    assert difference.startswith("stunts/two/: ours has 'Itwashigh")


HTML = """
<nav><ol><li><a href="../../">Home</a></li></ol></nav>
<h1 id="top">A *leap* [sic] &amp; more</h1>
<p>1. It _was_ <b>high</b> &lt;b&gt;, as <q>they</q> <a href="../../people/jo/#x">said</a>.
<sup><a id="m" href="#r">1</a></sup></p>
<dl><div><dt>Film</dt><dd id="f">The | Film</dd><dd>Another</dd></div><dt>Empty</dt><dd></dd></dl>
<ul><li>One<ul><li>Two <p>Three</p></li></ul></li>
<li><h3>Four</h3><blockquote><p>Five</p><p>Six</p></blockquote></li></ul>
<figure><svg role="img"><g><text>7</text></g>
<svg><text>8</text></svg></svg><figcaption>Nine</figcaption></figure>
<table><caption>Ten</caption><tr><th>A|B</th></tr><tr id="row"><td>C</td><td><p>D</p>E</td></tr></table>
"""


def test_markdown_says_what_the_html_says() -> None:
    converted = to_markdown(HTML, lambda href: f"to:{href}")
    again = markdown.markdown(converted, extensions=["attr_list", "def_list", "tables"])
    assert letters(again) == letters(HTML)
    for kept in ("<h1", "<dt>", "<li>", "<blockquote>", "<td>", "<strong>high", "<svg", 'id="f"', 'id="row"', 'id="m"'):
        assert kept in again
    assert 'href="to:../../people/jo/#x"' in again


def _page(title: str, *, address: str, text: str) -> str:
    up = "../" if address.startswith("films") else "../../films/"
    return (
        f'<html><head><title>{title} - Site</title><meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{title}: {text}"><meta property="og:type" content="x.{title}">\n'
        f'<script type="application/ld+json">{json.dumps({"name": title})}</script></head>'
        f'<body><span>{title}</span><a href="{up}">Films</a><code>{{{{ literal }}}}</code>'
        f'<nav class="md-nav md-nav--secondary"><nav>{title}</nav></nav>'
        f"<article>{text}</article><p>Foot</p></body></html>"
    )


def _made(folder: Path, title: str, address: str, text: str) -> tuple[str, Content]:
    page = _page(title, address=address, text=text)
    (folder / address).mkdir(parents=True)
    (folder / address / "index.html").write_text(page, encoding="utf-8")
    return page, read_content(folder, address)


def test_the_chrome_of_all_pages_is_one_template(tmp_path: Path) -> None:
    one = page_template(*_made(tmp_path, "One", "films/one/", "First."))
    two = page_template(*_made(tmp_path, "Two", "stunts/two/", "Second."))
    assert one == two
    assert '<a href="../../films/">' in one
    assert '{{ "{{" }} literal }}' in one
    for action in ("{{ .Content }}", "{{ .Title }} - Site", "{{ .Description }}", '{{ partial "contents.html" . }}'):
        assert action in one


@linux
def test_a_run_is_measured(tmp_path: Path) -> None:
    work = "import time; held = bytearray(64 << 20); time.sleep(0.2); held[::4096] = held[::4096]"
    command = (sys.executable, "-c", work)
    assert 0.2 <= run(command, tmp_path, {}, tmp_path / "log").seconds < 20
    assert 64 <= peak_mib(command, tmp_path, {}, tmp_path / "log") < 160


@linux
def test_the_memory_of_children_counts(tmp_path: Path) -> None:
    child = "import time; held = bytearray(64 << 20); held[::4096] = b'x' * len(held[::4096]); time.sleep(0.6)"
    both = f"import subprocess, sys; runs = [subprocess.Popen([sys.executable, '-c', {child!r}]) for _ in 'ab']; "
    both += "[each.wait() for each in runs]"
    assert 128 <= peak_mib((sys.executable, "-c", both), tmp_path, {}, tmp_path / "log") < 320


@linux
def test_a_failing_command_is_told(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "print('it broke'); raise SystemExit(3)")
    for measured in (run, peak_mib):
        with pytest.raises(CommandError, match=r"(?s)ended with 3.*it broke"):
            measured(command, tmp_path, {}, tmp_path / "log")


def test_the_figures_of_a_build(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "films").mkdir(parents=True)
    (site / "films" / "index.html").write_bytes(b"x" * 1000)
    (site / "data.json").write_bytes(b"x" * 24)
    build = Build(name="stuntbook", command=(), folder=tmp_path, output=site)
    runs = [Run(seconds=seconds, cpu_seconds=2 * seconds) for seconds in (3.0, 1.0, 2.0)]
    found = figures(build, runs, 12.34)
    assert found == {
        "median_s": 2.0,
        "peak_mib": 12.3,
        "bytes": 1024,
        "html_bytes": 1000,
        "cpu_s": 4.0,
        "runs_s": [3.0, 1.0, 2.0],
    }
    other = {**found, "median_s": 8.0}
    lines = table({"pages": 1000, "builds": {"stuntbook": found, "hugo": other}}).splitlines()
    assert lines[0] == "1,000 pages"
    assert lines[-1].split()[:3] == ["hugo", "8.00", "s"]
    assert " 0.25 " in lines[-1]


def test_what_a_build_after_an_edit_leaves_otherwise(tmp_path: Path) -> None:
    """The program writes one file anew, makes and removes another in turns, and leaves the third."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.md").write_text(f"{BEFORE} {BEFORE}", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    for name in ("same.html", "page.html"):
        (site / name).write_text("before", encoding="utf-8")
    program = (
        "import pathlib; text = pathlib.Path('pages/a.md').read_text(); site = pathlib.Path('site');"
        "(site / 'page.html').write_text(text); other = site / 'other.html';"
        "other.unlink() if other.exists() else other.write_text('xx')"
    )
    build = Build(name="stuntbook", command=(sys.executable, "-c", program), folder=tmp_path, output=site)
    found = measure_rebuilds([build], 2, tmp_path / "log")
    assert found["stuntbook"]["files"] == 2
    assert found["stuntbook"]["sent"] == len(f"{AFTER} {AFTER}")
    assert (site / "page.html").read_text(encoding="utf-8") == f"{AFTER} {AFTER}"
    lines = rebuild_table({**found, "hugo": {**found["stuntbook"], "median_s": 10**6}}, "stuntbook").splitlines()
    assert lines[-1].split()[:4] == ["hugo", "1000000.00", "s", "0.00"]


def test_a_build_starts_without_what_the_last_one_left(tmp_path: Path) -> None:
    for left in (".cache/parsed", "site/index.html"):
        (tmp_path / left).parent.mkdir()
        (tmp_path / left).touch()
    Build(name="any", command=(), folder=tmp_path, output=tmp_path / "site").clean()
    assert not (tmp_path / "site").exists()
    assert not (tmp_path / ".cache").exists()
