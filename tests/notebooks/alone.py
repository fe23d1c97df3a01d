"""Kernels from which lifcore is hidden, as where a notebook is opened alone."""

from pathlib import Path

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

# Read by a Python when it starts, after the files that would show it lifcore.
START = """\
import os
import sys

sys.path[:] = [place for place in sys.path if not os.path.isdir(os.path.join(place, "lifcore"))]
"""


def hide_lifcore(folder: Path, monkeypatch, colab: bool = False) -> None:
    """Let kernels that are started from now on find no lifcore; for Colab they have loaded google.colab."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(START + "import google.colab\n" * colab)
    if colab:
        module = folder / "google" / "colab.py"
        module.parent.mkdir()
        module.write_text("")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def run(folder: Path, notebook) -> str:
    """Run a notebook in a folder; return what its last cell printed.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    return "".join(out.text for out in notebook.cells[-1].outputs)


def run_cells(folder: Path, *sources: str) -> str:
    """Run cells of these sources in a folder; return what the last printed."""
    return run(folder, new_notebook(cells=[new_code_cell(source) for source in sources]))
