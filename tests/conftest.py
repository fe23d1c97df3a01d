"""What all tests share: the --extended option, no windows, seeds, a full disk, nbval's blind spot closed."""

import errno
import os
import random

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")  # not by MPLBACKEND, which the notebooks' kernels would inherit


def pytest_addoption(parser):
    parser.addoption("--extended", action="store_true", help="run the tests marked extended too")


def pytest_configure(config):
    config.addinivalue_line("markers", "extended: part of the extended tests only")
    if config.pluginmanager.hasplugin("nbval"):
        see_quiet_cells()


def pytest_collection_modifyitems(config, items):
    if config.getoption("--extended"):
        return
    skip = pytest.mark.skip(reason="extended: runs with --extended")
    for item in items:
        if "extended" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def _seeds():
    """Let a test that draws numbers without a seed of its own draw the same ones each time."""
    random.seed(0)
    np.random.seed(0)


@pytest.fixture
def fill_disk(monkeypatch):
    """Return a function with which the disk is full once, at the file of this number that is written."""

    def fill(at):
        written = []

        def sync(descriptor):
            written.append(descriptor)
            if len(written) == at:
                raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", sync)

    return fill


def see_quiet_cells():
    """Let nbval run cells as JupyterLab does.

    It asks the kernel to keep them out of the history, which is where IPython looks for the semicolon
    that ends a quiet cell: without it such a cell has an output that its file doesn't have.
    """
    from nbval.kernel import RunningKernel

    def execute_cell_input(self, cell_input, allow_stdin=None):
        return self.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)

    RunningKernel.execute_cell_input = execute_cell_input
