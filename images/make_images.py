"""Draw every picture of this folder: `python images/make_images.py [folder]`."""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import draw_badges
import draw_beyond
import draw_circuit
import draw_rule
import draw_runs
import draw_synapse

from tools.setup_trouble import SetupError
from tools.whole import write


def drawing(draw: Callable[[], str]) -> Callable[[Path], object]:
    """Return a function that writes a drawing's SVG to a path, with the same line ends on every system."""
    return lambda path: path.write_bytes(draw().encode())


PICTURES: dict[str, Callable[[Path], object]] = {
    "synapse.svg": drawing(draw_synapse.draw),
    "circuit.svg": drawing(draw_circuit.draw),
    "spike_rule.svg": drawing(draw_rule.draw),
    "lif_1d.png": draw_runs.draw_1d,
    "lif_2d.png": draw_runs.draw_2d,
    "lif_2d.gif": draw_runs.draw_moving,
    "beyond.png": draw_beyond.draw,
    **{name: drawing(partial(draw_badges.draw, name)) for name in draw_badges.BADGES},
}


def main(folder: Path) -> None:
    """Draw all pictures into a folder, or none if one can't be drawn or written."""
    with tempfile.TemporaryDirectory() as drawn:
        for name, draw in PICTURES.items():
            draw(Path(drawn, name))
        write({folder / name: Path(drawn, name).read_bytes() for name in PICTURES})
    print("\n".join(str(folder / name) for name in PICTURES))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
    except SetupError as error:
        sys.exit(str(error))
