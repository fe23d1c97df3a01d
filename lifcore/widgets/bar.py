"""A progress bar."""

from collections.abc import Iterator, Sequence
from typing import Any

import ipywidgets as w
from IPython.display import display


def show_bar(items: Sequence[Any], what: str) -> Iterator[Any]:
    """Go through the items with a bar that follows; a saved notebook keeps one line of text."""
    count = len(items)
    # On a narrow page the bar gives way, and the text stays whole.
    bar = w.IntProgress(max=count, layout=w.Layout(width="240px", min_width="60px", flex="0 1 240px"))
    text = w.Label(f"0 of {count} {what}", layout=w.Layout(flex="0 0 auto"))
    box = w.HBox([bar, text])
    view = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    data = {"application/vnd.jupyter.widget-view+json": view, "text/plain": f"{count} {what}"}
    display(data, raw=True)
    for done, item in enumerate(items, 1):
        yield item
        bar.value, text.value = done, f"{done} of {count} {what}"
