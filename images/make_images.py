"""Draw every picture of this folder: `python images/make_images.py [folder]`.

Each `draw_*.py` has in `PICTURES` what it draws, by the name of the file: a function that returns a drawing
as SVG, or one that writes another picture to a path.
"""

import importlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.setup_trouble import SetupError
from tools.whole import write

HERE = Path(__file__).parent


def pictures() -> dict[str, Callable[..., Any]]:
    """Return what draws each picture, by the file's name."""
    modules = [importlib.import_module(path.stem) for path in sorted(HERE.glob("draw_*.py"))]
    return {name: draw for module in modules for name, draw in getattr(module, "PICTURES", {}).items()}


def main(folder: Path) -> None:
    """Draw all pictures into a folder, or none if one can't be drawn or written."""
    with tempfile.TemporaryDirectory() as place:
        drawn = Path(place)
        for name, draw in pictures().items():
            if name.endswith(".svg"):
                drawn.joinpath(name).write_bytes(draw().encode())  # with the same line ends on every system
            else:
                draw(drawn / name)
        write({folder / path.name: path.read_bytes() for path in sorted(drawn.iterdir())})
    print("\n".join(str(folder / name) for name in pictures()))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
    except SetupError as error:
        sys.exit(str(error))
