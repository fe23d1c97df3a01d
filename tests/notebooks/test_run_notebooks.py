"""The tool that runs the notebooks: its canonical form, its comparison, and nbval beside it."""

import base64
import io
import re
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image, PngImagePlugin

from tests.notebooks.pages import ROOT
from tools import notebook_form, run_notebooks


def png(gray, *, remark=None):
    """Return a small gray PNG in base64."""
    remarks = PngImagePlugin.PngInfo()
    if remark:
        remarks.add_text("Software", remark)
    file = io.BytesIO()
    Image.fromarray(np.full((4, 4), gray, np.uint8)).save(file, "png", pnginfo=remarks)
    return base64.b64encode(file.getvalue()).decode()


def shown(gray=255, **more):
    """Return an output with a picture."""
    return new_output("display_data", {"image/png": png(gray), "text/plain": "a picture"}, **more)


def text_of(*cells):
    return notebook_form.canonical(new_notebook(cells=list(cells)), "07_noise")


def test_the_form_is_its_own_form():
    text = text_of(new_markdown_cell("# Noise\n\nα  \n"), new_code_cell("1 + 1", outputs=[shown()]))
    again = notebook_form.canonical(nbformat.reads(text, as_version=4), "07_noise")
    assert again == text
    assert text.endswith("}\n") and "α" in text


def test_ids_stay_when_a_cell_is_put_between():
    book = nbformat.reads(text_of(new_code_cell("1"), new_code_cell("2")), as_version=4)
    book.cells.insert(1, new_code_cell("3"))
    book.cells.append(book.cells[0].copy())
    notebook_form.name_cells(book.cells, "07-noise")
    assert [cell.id[-3:] for cell in book.cells] == ["001", "003", "002", "004"]


def test_what_changes_from_run_to_run_is_left_out():
    view = {notebook_form.WIDGET_VIEW: {"model_id": "0a1b"}}
    rich = view | {"text/plain": "HBox()", "image/png": png(9, remark="x")}
    error = new_output("error", ename="ValueError", evalue="no", traceback=["File somewhere", "no"])
    outputs = [new_output("display_data", rich), error, new_output("display_data", view)]
    cell = new_code_cell("f()", outputs=outputs)
    cell.metadata = {"execution": {"iopub.execute_input": "now"}, "tags": ["loop"], "scrolled": True}
    language = {"name": "python", "version": "3.11"}
    book = new_notebook(cells=[cell], metadata={"widgets": {"state": {}}, "language_info": language})
    text = notebook_form.canonical(book, "07_noise")
    for gone in ("model_id", "Software", "somewhere", "iopub", "scrolled", '"state"', "3.11"):
        assert gone not in text
    for kept in ("HBox()", png(9), "ValueError: no", '"loop"'):
        assert kept in text
    assert len(book.cells[0].outputs) == 2


def test_a_sound_stays_out_of_the_file_and_of_the_comparison():
    cell = new_code_cell("listen(run)", outputs=[new_output("display_data", {"text/html": "<audio>"})])
    cell.metadata = {"tags": ["sound"]}
    book = new_notebook(cells=[cell])
    assert "audio" not in notebook_form.canonical(book, "07_noise")
    assert book.cells[0].metadata.tags == ["nbval-ignore-output", "sound"]  # nbval's own word for it


def test_a_picture_that_is_none_is_refused():
    with pytest.raises(ValueError, match="must be a PNG"):
        notebook_form.bare_png(b"GIF89a..")


def test_the_same_run_makes_no_difference():
    text = text_of(new_code_cell("1", outputs=[shown()]))
    assert run_notebooks.difference(text, text, pictures=True) == ""


def test_other_text_is_a_difference():
    old, new = (text_of(new_code_cell("print(x)", outputs=[new_output("stream", text=t)])) for t in "12")
    said = run_notebooks.difference(old, new, pictures=False).splitlines()
    assert [line.split()[-1] for line in said if line[0] in "+-"][2:] == ['"1"', '"2"']


def test_another_form_is_a_difference():
    text = text_of(new_code_cell("1"))
    assert run_notebooks.difference(text.replace('"1"', '"1" '), text, pictures=False) != ""


@pytest.mark.parametrize(("gray", "said"), [(250, ""), (200, "another picture in 07-noise-002")])
def test_pictures_may_differ_by_rounding_only(gray, said):
    first = new_code_cell("1", outputs=[shown()])
    old, new = (text_of(first.copy(), new_code_cell("2", outputs=[shown(g)])) for g in (255, gray))
    assert run_notebooks.difference(old, new, pictures=True) == said
    assert run_notebooks.difference(old, new, pictures=False) == ""


def test_pictures_of_other_sizes_differ():
    file = io.BytesIO()
    Image.fromarray(np.full((4, 5), 255, np.uint8)).save(file, "png")
    assert not run_notebooks.same_picture(png(255), base64.b64encode(file.getvalue()).decode())


def test_a_run_fills_the_outputs(tmp_path):
    path = tmp_path / "07_noise.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("x = 2"), new_code_cell("x + 1")]), path)
    last = nbformat.reads(run_notebooks.run(path), as_version=4).cells[1]
    assert (last.execution_count, last.outputs[0].data["text/plain"]) == (2, "3")


def test_a_cell_that_fails_is_named(tmp_path):
    path = tmp_path / "07_noise.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("x = 2", id="a"), new_code_cell("y + 1", id="b")]), path)
    with pytest.raises(run_notebooks.RunError, match=r"cell 2 \(b, `y \+ 1`\): NameError: name 'y'"):
        run_notebooks.run(path)


@pytest.mark.parametrize("text", ["", '{"cells": [', '{"nbformat": 4, "cells": []}', '{"nbformat": 4}'])
@pytest.mark.parametrize("form", [True, False])
def test_what_is_no_notebook_is_told_and_left(tmp_path, text, form):
    path = tmp_path / "07_noise.ipynb"
    path.write_text(text)
    said = run_notebooks.treat(path, check=False, form=form, pictures=False)
    assert re.search(r"07_noise.ipynb: it isn't a whole notebook \(.*\): take back one that is", said)
    assert path.read_text() == text


def test_a_full_disk_leaves_a_notebook_as_it_was(tmp_path, fill_disk):
    path = tmp_path / "07_noise.ipynb"
    path.write_text(nbformat.writes(new_notebook(cells=[new_code_cell("x = 2")])))
    before = path.read_bytes()
    fill_disk(1)
    said = run_notebooks.treat(path, check=False, form=True, pictures=False)
    assert "07_noise.ipynb can't be written (No space left on device): make room" in said
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert run_notebooks.treat(path, check=False, form=True, pictures=False) == ""
    assert path.read_bytes() != before


def test_what_fails_ends_the_command_with_an_error(tmp_path, monkeypatch, capsys):
    (tmp_path / "07_noise.ipynb").write_text("{")
    for name in ("NOTEBOOKS", "ROOT"):
        monkeypatch.setattr(run_notebooks, name, tmp_path)
    monkeypatch.setattr(sys, "argv", ["run_notebooks.py", "--form"])
    assert run_notebooks.main() == 1
    assert "FAILED 07_noise.ipynb" in capsys.readouterr().out


def test_a_name_that_is_no_notebook():
    with pytest.raises(SystemExit, match="There is no notebook 99_nothing; there are: .*02_spike"):
        run_notebooks.find(["99_nothing"])


def test_a_name_means_the_notebook_and_its_solution():
    found = [run_notebooks.name_of(path) for path in run_notebooks.find(["02_spike"])]
    assert found == ["notebooks/02_spike.ipynb", "notebooks/solutions/02_spike.ipynb"]
    assert [run_notebooks.name_of(p) for p in run_notebooks.find([str(ROOT / found[1])])] == found[1:]


def test_nbval_knows_quiet_cells(tmp_path):
    """A cell that ends in a semicolon shows nothing; an output that its file has is a failure."""
    saved = new_output("stream", text="1\n")
    quiet = [new_code_cell("1;", execution_count=1), new_code_cell("2;", execution_count=2, outputs=[saved])]
    nbformat.write(new_notebook(cells=quiet), tmp_path / "quiet.ipynb")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--nbval", str(tmp_path)]
    reply = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "1 failed, 1 passed" in reply.stdout
    assert "quiet.ipynb::Cell 1" in reply.stdout
