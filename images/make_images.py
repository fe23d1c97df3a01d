"""Draw every picture of this folder: `python images/make_images.py [folder]`.

Each `draw_*.py` has in `PICTURES` what it draws, by the name of the file: a function that returns a drawing
as SVG, or one that writes another picture to a path.
"""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def pictures() -> dict[str, Callable[..., Any]]:
    """Return what draws each picture, by the file's name."""
    modules = [importlib.import_module(path.stem) for path in sorted(HERE.glob("draw_*.py"))]
    return {name: draw for module in modules for name, draw in getattr(module, "PICTURES", {}).items()}


def main(folder: Path) -> None:
    """Draw all pictures into a folder."""
    for name, draw in pictures().items():
        path = folder / name
        if path.suffix == ".svg":
            path.write_bytes(draw().encode())  # with the same line ends on every system
        else:
            draw(path)
        print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
