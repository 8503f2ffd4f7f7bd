"""The published workflow is one that GitHub would run, and grants no more than it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOW = ROOT / ".github/workflows/site.yml"


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return loaded


ACTIONLINT = shutil.which("actionlint", path=sysconfig.get_path("scripts"))


@pytest.mark.skipif(not ACTIONLINT and "CI" not in os.environ, reason="no wheel of actionlint for this machine")
def test_actionlint_accepts_it() -> None:
    assert ACTIONLINT
    result = subprocess.run([ACTIONLINT, "-no-color", WORKFLOW], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")


def test_only_the_deploying_job_may_write(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    writing = {
        name: {scope for scope, level in job.get("permissions", {}).items() if level == "write"}
        for name, job in workflow["jobs"].items()
    }
    assert writing == {"test": set(), "build": set(), "deploy": {"pages", "id-token"}}


def test_pull_requests_are_built_and_only_main_is_deployed(workflow: dict[Any, Any]) -> None:
    triggers = workflow[True]  # YAML 1.1 reads the key "on" as true
    assert {"push", "pull_request"} <= triggers.keys()
    assert workflow["jobs"]["deploy"]["needs"] == "build"
    assert workflow["jobs"]["build"]["needs"] == "test"
    condition = workflow["jobs"]["deploy"]["if"]
    assert "refs/heads/main" in condition
    assert "pull_request" in condition


def test_ci_calls_the_readmes_test_command() -> None:
    command = 'python -m pip install -e ".[test]" && python -m pytest'
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert command in (ROOT / ".ci/run").read_text(encoding="utf-8")
