"""The pages about the whole book: home, numbers, timeline, evidence, coverage, data model, search."""

from collections.abc import Iterable

from stuntbook.data.feed import CHANGES, anchor_of
from stuntbook.data.reference import model_tables
from stuntbook.diagnostics import plural
from stuntbook.knowledge.coverage import Use, accounted, measure_coverage, percent
from stuntbook.knowledge.history import Edit
from stuntbook.knowledge.silence import silenced
from stuntbook.knowledge.statements import Statement, Status, of_kind
from stuntbook.pages.figures.comparisons import comparisons, single_measures, superlatives
from stuntbook.pages.figures.timeline import timeline
from stuntbook.pages.record_pages import ARTICLES_LISTED
from stuntbook.pages.rendering import Shared
from stuntbook.pages.site_page import PagePlan, SitePage
from stuntbook.pages.views import STATUS_MEANINGS, STATUS_NAMES

HOME_STUNTS = 8
"""How many stunts the home page shows at a glance."""
EDITS_LISTED, CHANGES_LISTED = 20, 50
"""How many revisions the page of changes lists, and how many changes of each."""
STATEMENTS_LISTED = 250
"""How many statements of one status the evidence page lists; it says how many more there are, and where."""


def home_page(shared: Shared) -> SitePage:
    """The home page: one stunt told, the first at a glance, and the ways into the rest."""
    knowledge = shared.knowledge
    statements = list(knowledge.all_statements())
    told_most = sorted(knowledge.stunts.values(), key=lambda stunt: -len(knowledge.statements[stunt.id]))
    featured = next((stunt for stunt in told_most if knowledge.summary_of(stunt)), None)
    stunts, sources = plural(len(knowledge.stunts), "film stunt"), plural(len(knowledge.sources), "article")
    description = f"{stunts}, told with the exact words of {sources}."
    return shared.page(
        PagePlan(address="", title="Home", description=description, is_index=True, trail=()),
        name=shared.publication.name,
        citations=sum(len(each.passages) for each in statements),
        featured=featured,
        quote=_longest_quote(knowledge.statements[featured.id]) if featured else None,
        stunts=list(knowledge.stunts.values())[:HOME_STUNTS],
        stunt_count=len(knowledge.stunts),
        counts={
            kind: sum(each.kind == kind for each in statements)
            for kind in ("quote", "injury", "risk", "disagreement", "measure")
        },
    )


def _longest_quote(statements: Iterable[Statement]) -> Statement | None:
    return max(of_kind(statements, "quote"), key=lambda quote: len(quote.text), default=None)


def numbers_page(shared: Shared) -> SitePage:
    """Every number of every stunt: those of one quantity on one scale, and those with which nothing compares."""
    return shared.index(
        "numbers/",
        "Numbers",
        "How high, how fast, how often: the figures that the articles give, on one scale for each quantity.",
        hide=("navigation", "toc"),
        comparisons=comparisons(shared.knowledge),
        singles=single_measures(shared.knowledge),
        superlatives=superlatives(shared.knowledge),
    )


def timeline_page(shared: Shared) -> SitePage:
    """The films in the order of their years, with what has a date."""
    words = "When the films came out, and what else the articles date."
    return shared.index("timeline/", "Timeline", words, timeline=timeline(shared.knowledge))


def evidence_page(shared: Shared) -> SitePage:
    """Every statement by how well it is carried."""
    knowledge = shared.knowledge
    statements = [each for each in knowledge.all_statements() if each.kind != "disagreement"]
    by_status = {status: [each for each in statements if each.evidence.status is status] for status in Status}
    return shared.index(
        "evidence/",
        "Evidence",
        f"How well each of {plural(len(statements), 'statement')} is carried, and which rules were set aside.",
        by_status=by_status,
        listed=STATEMENTS_LISTED,
        total=len(statements),
        meanings=STATUS_MEANINGS,
        status_names=STATUS_NAMES,
        silenced=[each for record in knowledge.records for each in silenced(knowledge, record)],
        copies=[(identifier, group) for identifier, group in knowledge.groups.items() if identifier != group],
    )


def coverage_page(shared: Shared) -> SitePage:
    """What of each article is used."""
    results = list(measure_coverage(shared.knowledge))
    done, total = accounted(results)
    least_first = sorted(results, key=lambda result: percent(*result.accounted))
    return shared.index(
        "coverage/",
        "Coverage",
        f"What of each article is used: {percent(done, total)} % of the sentences are accounted for.",
        results=results if len(results) <= ARTICLES_LISTED else least_first[:ARTICLES_LISTED],
        articles=len(results),
        done=done,
        total=total,
        uses=tuple(Use),
    )


def data_model_page(shared: Shared) -> SitePage:
    """Every key that editors write."""
    keys = "Every key that stunts.yaml and an article's front matter may hold."
    return shared.index("data-model/", "Data model", keys, hide=(), tables=model_tables(), statuses=STATUS_MEANINGS)


def changes_page(shared: Shared) -> SitePage:
    """What changed of late, day by day and revision by revision."""
    days: dict[str, list[Edit]] = {}
    for edit in shared.publication.history.edits[:EDITS_LISTED]:
        days.setdefault(edit.revision.date[:10], []).append(edit)
    return shared.index(
        CHANGES,
        "Recent changes",
        "Which statements are new, reworded, better supported or disputed, and when that was committed.",
        hide=("navigation", "toc"),
        days=days.items(),
        listed=CHANGES_LISTED,
        anchor_of=anchor_of,
        anchors={(each.record, each.anchor) for each in shared.knowledge.all_statements()},
    )


def search_page(shared: Shared) -> SitePage:
    """The search as a page of its own."""
    return shared.index("search/", "Search", "Search the films, stunts, people, quotes and sources.")
