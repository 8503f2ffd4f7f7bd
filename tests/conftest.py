"""Fixtures that tests of several modules share."""

from __future__ import annotations

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from tests.site_tools import HOST, ROOT, Site, build_real, built_once
from tests.support import SITES


@pytest.fixture(scope="session")
def valid() -> KnowledgeBase:
    """The small knowledge base in `sites/valid`, which exercises every field."""
    report = Report()
    knowledge = load_and_check(SITES / "valid", report)
    assert not report.has_errors, report.render()
    return knowledge


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The real site as an editor builds it."""
    folder = built_once(tmp_path_factory, "plain", build_real)
    return Site(folder, f"{HOST}/")


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    """The real knowledge base."""
    report = Report()
    knowledge = load_and_check(ROOT, report)
    assert not report.has_errors, report.render()
    return knowledge
