"""How it feels, in Chromium: a slider's way to new pixels, the live grid's frames, a press's way there."""

import itertools
import random
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench.measure import Own, Table, Target, Work
from tests.browser.lab import FLAGS, Lab, Page
from tools.setup_stages import find_chromium

SOCKET = "--ServerApp.kernel_websocket_connection_class=tools.setup_socket.PromptConnection"
SERVERS = {"start.py's server": [SOCKET], "a server without its setting": []}
EXPLORER = "from lifcore.widgets import explore_spike\nexplore_spike()"
INTERACT = """\
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider, interact
from lifcore.figures import styled
from lifcore.widgets.scenes.spike import SpikeScene

@styled
def draw(tau_m):
    scene = SpikeScene(plt.figure(figsize=SpikeScene.size, layout="constrained"))
    values = scene.preset("classic") | {"tau_m": tau_m}
    scene.update(scene.simulate(values), values)
    plt.show()

interact(draw, tau_m=FloatSlider(value=14, min=1, max=50, step=0.5));
"""
GRID = "from lifcore.widgets import explore_grid\nexplore_grid({preset!r}, live=True)"
SECONDS = 3  # that frames are counted
# Resolves to the ms from the next key to the frame that shows a picture that was not there before.
WATCH_PICTURES = """root => {
    const old = new Set([...root.querySelectorAll('img')].map(img => img.src));
    let start;
    root.addEventListener('keydown', () => { start = performance.now(); }, { capture: true, once: true });
    window.lifTook = new Promise(resolve => {
        const observer = new MutationObserver(async () => {
            const img = [...root.querySelectorAll('img')].find(img => img.src && !old.has(img.src));
            if (!img) return;
            observer.disconnect();
            await img.decode();
            requestAnimationFrame(() => resolve(performance.now() - start));
        });
        const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ['src'] };
        observer.observe(root, changes);
    });
}"""
# Resolves to the ms from the next press to the frame in which the cell under it has another color.
WATCH_CELL = """([root, row, column]) => {
    const canvas = root.querySelector('.lif-map > canvas'), context = canvas.getContext('2d');
    const color = () => context.getImageData(column, row, 1, 1).data.join();
    const old = color();
    let start;
    root.addEventListener('pointerdown', () => { start = performance.now(); }, { capture: true, once: true });
    window.lifTook = new Promise(resolve => {
        const observer = new MutationObserver(() => {
            if (start === undefined || color() === old) return;
            observer.disconnect();
            resolve(performance.now() - start);
        });
        observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['data-frames'] });
    });
}"""


def took(page: Page) -> Own:
    """Return what the page has measured; let it come to rest."""
    found = Own(page.page.evaluate("lifTook") / 1000)
    page.page.wait_for_timeout(150)
    return found


def sliding(page: Page, root: str) -> Work:
    """Return a work: one step of the first slider, to and fro, at any moment between two frames."""
    moments = random.Random(1)
    page.page.wait_for_selector(f"{root} img", timeout=120_000)
    keys = itertools.cycle(["ArrowRight", "ArrowLeft"])

    def step() -> Own:
        page.page.locator(root).first.evaluate(WATCH_PICTURES)
        page.page.locator(f"{root} .noUi-handle").first.focus()
        key = next(keys)
        page.page.wait_for_timeout(moments.uniform(0, 1000 / 60))
        page.page.keyboard.down(key)
        found = took(page)
        page.page.keyboard.up(key)
        return found

    return step


def playing(page: Page, side: int) -> Work:
    """Return a work: the mean time of a frame while a sheet runs."""

    def frames() -> int:
        return int(page.page.locator("[data-frames]").get_attribute("data-frames"))

    def run() -> Own:
        page.page.locator(".lif-side select").select_option(label=f"{side} × {side}")
        press(page, "Run")
        page.page.wait_for_timeout(1000)
        first = frames(), page.page.evaluate("performance.now()")
        page.page.wait_for_timeout(1000 * SECONDS)
        last = frames(), page.page.evaluate("performance.now()")
        press(page, "Pause")
        return Own((last[1] - first[1]) / 1000 / max(last[0] - first[0], 1))

    return run


def painting(page: Page) -> Work:
    """Return a work: a press on a running sheet of 128 × 128 cells, on another cell each time."""
    cells = itertools.cycle((row, column) for row in range(10, 120, 10) for column in range(10, 120, 10))

    def paint() -> Own:
        page.page.locator(".lif-side select").select_option(label="128 × 128")
        press(page, "Run")
        page.page.wait_for_timeout(500)
        row, column = next(cells)
        root = page.page.locator(".lif-live")
        root.evaluate(f"(root, cell) => ({WATCH_CELL})([root, ...cell])", [row, column])
        box = page.page.locator(".lif-map > canvas").bounding_box()
        cell = box["width"] / 128
        page.page.mouse.click(box["x"] + (column + 0.5) * cell, box["y"] + (row + 0.5) * cell)
        found = took(page)
        press(page, "Pause")
        return found

    return paint


def press(page: Page, name: str) -> None:
    """Press one of the buttons of the live grid."""
    page.page.locator(".lif-live").get_by_role("button", name=name, exact=True).click()


def tables() -> Iterator[Table]:
    """Yield what this module measures; nothing where there is no Chromium."""
    chromium = find_chromium()
    if chromium is None:
        return
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        stack.callback(browser.close)
        for server, options in SERVERS.items():
            home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            lab = Lab(home, options=options)
            stack.callback(lab.close)

            def opened(cell: str, lab: Lab = lab, numbers: Iterator[int] = itertools.count()) -> Page:  # noqa: B008
                page = Page(browser.new_page(), lab, lab.write(f"feel_{next(numbers)}.ipynb", cell))
                page.run_all()
                return page

            yield from tables_of(server, opened)


def tables_of(server: str, opened) -> Iterator[Table]:
    """Yield the tables of one server; `opened` gives the page of a notebook with one cell."""
    prompt = server in list(SERVERS)[:1]
    works: dict[str, Work] = {
        "explore_spike": sliding(opened(EXPLORER), ".lif-explorer"),
        "interact and plt.show": sliding(opened(INTERACT), ".jp-Cell-outputArea"),
        "33 ms": lambda: Own(0.033),
    }
    targets = [Target("explore_spike", "interact and plt.show", 1 / 3 if prompt else 1 / 2)]
    if prompt:
        targets.append(Target("explore_spike", "33 ms", 1.0))
    yield Table(f"A slider's step to new pixels, {server}", works, targets)

    page = opened(GRID.format(preset="cut wave"))
    page.page.wait_for_selector("[data-frames]", timeout=120_000)
    rate = 60 if prompt else 50
    works = {
        "128 × 128": playing(page, 128),
        "512 × 512": playing(page, 512),
        f"{rate} frames a second": lambda: Own(1 / rate),
        "20 frames a second": lambda: Own(1 / 20),
    }
    # A screen's 60 pictures a second are never quite that many of the clock's.
    targets = [Target("128 × 128", f"{rate} frames a second", 1.02)]
    if prompt:
        targets.append(Target("512 × 512", "20 frames a second", 1.0))
    yield Table(f"A frame of the live grid, {server}", works, targets, rounds=3)

    quiet = opened(GRID.format(preset="too weak"))
    quiet.page.wait_for_selector("[data-frames]", timeout=120_000)
    works = {"press to first changed pixel": painting(quiet), "60 ms": lambda: Own(0.06)}
    targets = [Target("press to first changed pixel", "60 ms", 1.0)] if prompt else []
    yield Table(f"Painting on the live grid while it runs, {server}", works, targets, rounds=15)
