"""The one canonical form in which notebooks are committed."""

import base64
import re
import struct
from pathlib import Path
from typing import Any

import nbformat

from tools.setup_trouble import SetupError
from tools.whole import read_notebook

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # names a model that lives only in one kernel
CELL_METADATA = ("tags", "slideshow")  # the rest is the front end's: timings, folds, trust
IGNORED = "nbval-ignore-output"
PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_CHUNKS = (
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"pHYs",
)  # the picture, not its maker


def read(path: Path) -> Any:
    """Return the notebook in a file; SetupError if it is none."""
    read_notebook(path)
    try:
        return nbformat.read(path, as_version=4)
    except nbformat.ValidationError as error:
        raise SetupError(f"{path}: it isn't a whole notebook ({error}): take back one that is.") from None


def canonical(notebook: Any, stem: str) -> str:
    """Return the text of the file in which a notebook is committed.

    Parameters
    ----------
    notebook
        A notebook of nbformat 4; changed in place.
    stem
        The file's name without its suffix, from which the cells' ids are made.

    Returns
    -------
    str
        JSON: keys sorted, one list entry a source line, ids that stay when cells move, no widget
        state, no view ids, no timings.
    """
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    name_cells(notebook.cells, stem.replace("_", "-"))
    for cell in notebook.cells:
        kept = {key: cell.metadata[key] for key in CELL_METADATA if cell.metadata.get(key)}
        cell.metadata = nbformat.from_dict(kept)
        cell.source = "\n".join(line.rstrip() for line in cell.source.splitlines()).strip("\n")
        if "sound" in cell.metadata.get("tags", []):  # its size, and it can't be looked at
            cell.metadata.tags = sorted({*cell.metadata.tags, IGNORED})
            cell.outputs = []
        elif cell.cell_type == "code":
            cell.outputs = [out for out in map(canonical_output, cell.outputs) if out is not None]
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def name_cells(cells: list[Any], prefix: str) -> None:
    """Give ids like ``02-spike-017`` to cells that have none of the notebook's own.

    An id that begins with the notebook's number is kept; a new cell takes the next free number.
    """
    own = re.compile(re.escape(prefix.split("-")[0]) + r"-[a-z0-9-]+")
    used: set[str] = set()
    new = []
    for cell in cells:
        if own.fullmatch(cell.get("id", "")) and cell.id not in used:
            used.add(cell.id)
        else:
            new.append(cell)
    numbers = [int(name[-3:]) for name in used if re.fullmatch(re.escape(prefix) + r"-\d{3}", name)]
    for number, cell in enumerate(new, max(numbers, default=0) + 1):
        cell.id = f"{prefix}-{number:03d}"


def canonical_output(out: Any) -> Any:
    """Return an output without what changes from run to run; None if nothing is left."""
    if out.output_type == "error":
        out.traceback = [f"{out.ename}: {out.evalue}"]  # the frames name the machine's folders
    if out.output_type not in ("display_data", "execute_result"):
        return out
    out.data.pop(WIDGET_VIEW, None)
    if "image/png" in out.data:
        png = bare_png(base64.b64decode(out.data["image/png"]))
        out.data["image/png"] = base64.b64encode(png).decode()
    return out if out.data else None


def bare_png(png: bytes) -> bytes:
    """Return a PNG without the chunks that name the software and the time."""
    if not png.startswith(PNG_START):
        raise ValueError(f"an image/png output must be a PNG; it starts with {png[:8]!r}")
    kept, at = PNG_START, len(PNG_START)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        end = at + 12 + length  # length, name, data, checksum
        if png[at + 4 : at + 8] in PNG_CHUNKS:
            kept += png[at:end]
        at = end
    return kept
