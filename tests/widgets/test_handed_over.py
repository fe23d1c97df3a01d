"""All that is shown is JSON: Pyodide's kernel, unlike ipykernel, makes no text of bytes."""

import base64
import json
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display

from lifcore import LIF, plots
from lifcore.checks import check
from lifcore.widgets.bar import show_bar


@pytest.fixture
def handed(monkeypatch):
    """Return the list of what IPython hands to a kernel: data and metadata."""
    publisher = CapturingDisplayPublisher()
    shell = SimpleNamespace(display_pub=publisher, display_formatter=DisplayFormatter())
    monkeypatch.setattr(InteractiveShell, "initialized", lambda: True)
    monkeypatch.setattr(InteractiveShell, "instance", lambda: shell)
    monkeypatch.setattr("IPython.get_ipython", lambda: None)  # matplotlib would settle in it
    return publisher.outputs


def pictures(handed):
    """Return the bytes of the pictures in what was handed over, all of which is JSON."""
    texts = [json.loads(json.dumps(out))["data"].get("image/png") for out in handed]
    return [base64.b64decode(text, validate=True) for text in texts if text]


def test_a_figure(handed):
    fig, ax = plots.figure()
    ax.plot([0, 1])
    plots.show(fig, alt="A line.")
    assert pictures(handed) == [plots.to_png(fig)]
    assert set(handed[0]["data"]) == {"image/png", "text/plain"}
    assert not plt.get_fignums()


def test_an_explorer(handed, explorer):
    display(explorer)
    (png,) = pictures(handed)
    assert png.startswith(b"\x89PNG") and len(handed) == 1


def test_the_live_explorer(handed, page):
    display(page.explorer)
    (png,) = pictures(handed)
    assert png.startswith(b"\x89PNG") and len(handed) == 1


def test_what_has_no_picture(handed):
    display(check("02.two_weights", None), plots.symbol_table(LIF(), "tau_m"))
    assert list(show_bar([1, 2], "steps")) == [1, 2]
    assert pictures(handed) == []
    assert len(handed) == 3
