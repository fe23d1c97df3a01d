"""A small course and the learner's copy of it, for tests."""

import json

from tools.learners_copy import RECORD


def notebook(*sources, tags=(), outputs=()):
    """Return the file of a notebook with these cells of code."""
    cells = [
        {
            "cell_type": "code",
            "execution_count": 3,
            "id": f"cell-{k}",
            "metadata": {"tags": list(tags)},
            "outputs": list(outputs),
            "source": source,
        }
        for k, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


OUTPUT = {"output_type": "stream", "name": "stdout", "text": "the answer"}


def look(work):
    """Return every file of a folder but the record and the lock, by name."""
    files = [path for path in work.rglob("*") if path.is_file() and path.name not in (RECORD, ".making")]
    return {path.relative_to(work).as_posix(): path.read_bytes() for path in files}


def change(path, *sources, **more):
    path.write_text(notebook(*sources, **more), "utf-8")
