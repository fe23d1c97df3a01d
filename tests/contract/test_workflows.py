"""The workflows: YAML with the keys that GitHub documents, its own actions, and our two commands."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

TOP = {"name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"}
JOB = {
    *("name", "permissions", "needs", "if", "runs-on", "environment", "concurrency", "outputs", "env"),
    *("defaults", "steps", "timeout-minutes", "strategy", "continue-on-error"),
}
STEP = {"id", "if", "name", "uses", "run", "with", "env", "shell", "working-directory", "timeout-minutes"}
STRATEGY = {"matrix", "fail-fast", "max-parallel"}
OWN = re.compile(r"actions/[a-z-]+@v\d+")


def load(path):
    """Return a workflow with every value as text: as YAML's types the key `on` would be true."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def steps(workflow):
    """Return the steps of all jobs."""
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_there_are_workflows():
    assert "tests.yml" in [path.name for path in WORKFLOWS]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_grammar(path):
    workflow = load(path)
    assert {"name", "on", "jobs"} <= set(workflow) <= TOP
    for name, job in workflow["jobs"].items():
        assert {"runs-on", "steps"} <= set(job) <= JOB
        assert set(job.get("strategy", {})) <= STRATEGY
        needs = job.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= set(workflow["jobs"]) - {name}
        for variable in re.findall(r"\$\{\{ matrix\.(\w+) \}\}", str(job)):
            assert variable in job["strategy"]["matrix"]
    for step in steps(workflow):
        assert set(step) <= STEP
        assert ("uses" in step) != ("run" in step)
        assert "uses" not in step or OWN.fullmatch(step["uses"])


def test_the_tests_run_where_the_course_does():
    workflow = load(ROOT / ".github/workflows/tests.yml")
    assert {"push", "pull_request", "schedule"} <= set(workflow["on"])
    jobs = workflow["jobs"]
    assert jobs["linux"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert jobs["elsewhere"]["strategy"]["matrix"]["system"] == ["macos-latest", "windows-latest"]
    commands = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs.items()}
    assert commands["linux"] == ["bash .ci/run"]
    assert commands["elsewhere"] == ["python start.py test"]
    assert commands["newest"][-1] == "python start.py test"


def test_the_newest_versions_are_found_by_the_command_of_the_lock():
    second = (ROOT / "requirements.lock").read_text("utf-8").splitlines()[1]
    assert second.removeprefix("#").split()[:3] == ["uv", "pip", "compile"]
    run = [
        step.get("run", "") for step in load(ROOT / ".github/workflows/tests.yml")["jobs"]["newest"]["steps"]
    ]
    assert any("sed -n '2s/^# *//p' requirements.lock" in command for command in run)
