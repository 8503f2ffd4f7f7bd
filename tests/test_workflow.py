"""The workflows are ones that GitHub would run, do what the README says, and grant no more than they need."""

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from stuntbook.editing.starting import start
from tests.site_tools import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
BOOK = ROOT / "stuntbook/editing/book/github"
"""What `stuntbook init` gives a book for GitHub."""
BEGUN = BOOK / "workflows/site.yml"
LONGEST = 120
"""How many minutes a job may take; without a limit GitHub gives it six hours."""


def load(name: str) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    return load("site")


PEDANTIC = ("--offline", "--quiet", "--persona=pedantic")


@pytest.mark.parametrize(
    ("linter", "arguments"),
    [
        ("actionlint", ["-no-color", *WORKFLOWS, BEGUN]),
        ("zizmor", [*PEDANTIC, GITHUB]),
        ("zizmor", [*PEDANTIC, "book/.github"]),
    ],
)
def test_linters_find_nothing(linter: str, arguments: list[str | Path], tmp_path: Path) -> None:
    program = shutil.which(linter, path=sysconfig.get_path("scripts"))
    if not program and "CI" not in os.environ:
        pytest.skip(f"no wheel of {linter} for this machine")
    assert program
    start(tmp_path / "book")
    command = [program, *arguments]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout


def test_actions_are_named_by_digest_and_renewed() -> None:
    """With the version beside the digest, which Dependabot renews too; each action everywhere in the same version."""
    lines = [
        line for path in (*WORKFLOWS, BEGUN) for line in re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    ]
    assert [line for line in lines if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    assert len({line.partition("@")[0] for line in lines}) == len(set(lines))
    for folder in (GITHUB, BOOK):
        updates = yaml.safe_load((folder / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
        assert [each["package-ecosystem"] for each in updates] == ["github-actions"]


@pytest.mark.parametrize(
    ("path", "program"), [(GITHUB / "workflows/site.yml", "python build_site.py"), (BEGUN, "stuntbook")]
)
def test_a_pull_request_is_told_what_it_changes(path: Path, program: str) -> None:
    """Nothing that the pull request brings stands in the command, and where it fails the site is built all the same."""
    steps = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]["build"]["steps"]
    (step,) = (each for each in steps if "GITHUB_STEP_SUMMARY" in each.get("run", ""))
    assert step["run"] == f'{program} diff --format markdown HEAD^1 HEAD >> "$GITHUB_STEP_SUMMARY"'
    assert (step["if"], step["continue-on-error"]) == ("github.event_name == 'pull_request'", True)
    assert steps[0]["with"]["fetch-depth"] == 0


def test_every_job_ends_and_only_the_deploying_one_may_write() -> None:
    writing = {}
    for name in ("site", "weekly"):
        assert load(name)["permissions"] == {"contents": "read"}
        for job, settings in load(name)["jobs"].items():
            assert 0 < settings["timeout-minutes"] <= LONGEST
            granted = settings.get("permissions", {})
            writing[job] = {scope for scope, level in granted.items() if level == "write"}
    assert {job: scopes for job, scopes in writing.items() if scopes} == {"deploy": {"pages", "id-token"}}


def test_pull_requests_are_built_and_only_main_is_deployed(workflow: dict[Any, Any]) -> None:
    triggers = workflow[True]  # YAML 1.1 reads the key "on" as true
    assert {"push", "pull_request"} <= triggers.keys()
    assert workflow["jobs"]["deploy"]["needs"] == "build"
    assert workflow["jobs"]["build"]["needs"] == ["test", "commands"]
    condition = workflow["jobs"]["deploy"]["if"]
    assert "refs/heads/main" in condition
    assert "pull_request" in condition


def test_other_versions_are_tried_weekly_and_by_hand() -> None:
    assert load("weekly")[True].keys() == {"schedule", "workflow_dispatch"}


def test_what_is_run_is_what_the_readme_says(workflow: dict[Any, Any]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    build, test = re.findall(r"^python -m pip install -c .*$", readme, re.MULTILINE)
    assert f"\n{test}\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    steps = [step.get("run") for step in workflow["jobs"]["commands"]["steps"]]
    assert {build, f"{test} --ignore=tests/browser"} <= set(steps)
    assert build in [step.get("run") for step in workflow["jobs"]["build"]["steps"]]
