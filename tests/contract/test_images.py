"""The pictures: made by their script and by nothing else, on white, readable, and named."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageSequence

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "images"
SVGS = sorted(path.name for path in IMAGES.glob("*.svg"))
PNGS = sorted(path.name for path in IMAGES.glob("*.png"))
MOVING = "lif_2d.gif"
SVG = "{http://www.w3.org/2000/svg}"
NARROW = 480  # px, the narrowest width at which a picture is shown


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the script has drawn all pictures."""
    folder = tmp_path_factory.mktemp("images")
    script = [sys.executable, str(IMAGES / "make_images.py"), str(folder)]
    subprocess.run(script, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    return folder


def svg(name: str) -> ElementTree.Element:
    """Return the root element of a drawing."""
    return ElementTree.parse(IMAGES / name).getroot()


def pixels(path: Path, reduced: int = 1) -> np.ndarray:
    """Return a picture's pixels, (height, width, 4), 0 to 255, reduced by averaging squares of them."""
    return np.asarray(Image.open(path).convert("RGBA").reduce(reduced), float)


def test_the_script_draws_every_picture_and_no_other(drawn: Path) -> None:
    kept = {path.name for path in IMAGES.iterdir() if path.is_file() and path.suffix != ".py"}
    assert kept == {path.name for path in drawn.iterdir()} == {*SVGS, *PNGS, MOVING}
    assert {"synapse.svg", "spike_rule.svg", "lif_1d.png", "lif_2d.png", "beyond.png"} <= kept


@pytest.mark.parametrize("name", SVGS)
def test_drawings_are_reproduced_byte_for_byte(name: str, drawn: Path) -> None:
    assert (drawn / name).read_bytes() == (IMAGES / name).read_bytes()


@pytest.mark.parametrize("name", PNGS)
def test_plots_are_reproduced(name: str, drawn: Path) -> None:
    # Other versions of matplotlib move letters by a pixel: 0.75 on average; other data make 3 or more.
    again, kept = pixels(drawn / name, 10), pixels(IMAGES / name, 10)
    assert again.shape == kept.shape
    assert np.abs(again - kept).mean() < 1.5


@pytest.mark.parametrize("name", PNGS)
def test_plots_are_opaque_on_white_and_of_a_fit_size(name: str) -> None:
    picture = pixels(IMAGES / name)
    assert (picture[..., 3] == 255).all()
    assert (picture[[0, 0, -1, -1], [0, -1, 0, -1], :3] == 255).all()
    assert 1400 <= picture.shape[1] <= 1600
    assert (IMAGES / name).stat().st_size < 150_000


def frames(path: Path) -> np.ndarray:
    """Return the pixels of a moving picture, (frames, height, width, 3)."""
    with Image.open(path) as picture:
        return np.stack([np.asarray(frame.convert("RGB"), int) for frame in ImageSequence.Iterator(picture)])


def test_the_moving_picture_is_reproduced_and_moves(drawn: Path) -> None:
    again, kept = frames(drawn / MOVING), frames(IMAGES / MOVING)
    assert again.shape == kept.shape == (41, 300, 300, 3)
    assert np.abs(again - kept).mean() < 1.5
    assert np.abs(np.diff(kept, axis=0)).mean(axis=(1, 2, 3)).min() > 2
    assert (IMAGES / MOVING).stat().st_size < 350_000


@pytest.mark.parametrize("name", SVGS)
def test_drawings_stand_on_white(name: str) -> None:
    root = svg(name)
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    _, _, width, height = root.attrib["viewBox"].split()
    assert ground.attrib == {"width": width, "height": height, "fill": "#ffffff"}
    before = [child.tag for child in root][: list(root).index(ground)]
    assert before == [f"{SVG}title", f"{SVG}desc"]


@pytest.mark.parametrize("name", SVGS)
def test_drawings_say_what_they_show(name: str) -> None:
    root = svg(name)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "title desc"
    for part, least in (("title", 20), ("desc", 100)):
        element = root.find(f"{SVG}{part}")
        assert element is not None
        assert element.attrib["id"] == part
        assert len(element.text or "") >= least


@pytest.mark.parametrize("name", SVGS)
def test_drawings_are_readable_when_narrow(name: str) -> None:
    root = svg(name)
    assert root.attrib["font-family"].startswith("'DejaVu Sans'")
    sizes = [float(label.attrib["font-size"]) for label in root.iter(f"{SVG}text")]
    assert sizes
    assert min(sizes) * NARROW / float(root.attrib["width"]) >= 11


@pytest.mark.parametrize("name", SVGS)
def test_drawings_need_no_other_file(name: str) -> None:
    root = svg(name)
    ids = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    for element in root.iter():
        for key, value in element.attrib.items():
            if key.endswith("href"):
                assert value.removeprefix("#") in ids
            elif value.startswith("url("):
                assert value.removeprefix("url(#").removesuffix(")") in ids
    assert "<image" not in (IMAGES / name).read_text("utf-8")
