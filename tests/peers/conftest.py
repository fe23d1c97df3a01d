"""The simulators, where they are installed."""

import importlib
import importlib.util
import os

import pytest

MODULES = {"brian2": "tests.peers.brian", "nest": "tests.peers.nest_runs"}
HELP = "is not installed: python3 start.py test --extended makes an environment that has it (NEST: on Linux)"


@pytest.fixture
def peer(request):
    """Give the module that runs tasks in another simulator; in CI's extended tests it must be there."""
    if importlib.util.find_spec(request.param) is None:
        must = os.environ.get("CI") and request.config.getoption("extended")
        (pytest.fail if must else pytest.skip)(f"{request.param} {HELP}")
    return importlib.import_module(MODULES[request.param])
