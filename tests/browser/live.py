"""A live grid on a page, as its tests use it."""

import itertools

CELL = "from lifcore.widgets import explore_grid\ngrid = explore_grid()\ngrid"
COLOR = """([canvas, row, column]) =>
    canvas.getContext('2d').getImageData(column, row, 1, 1).data.slice(0, 3).join()"""
NUMBERS = itertools.count()  # each grid has a kernel of its own: a page is told of all that its kernel holds


class Live:
    """A live grid on a page."""

    def __init__(self, opened, lab, width=1280, cell=CELL):
        self.notebook = opened(lab, lab.write(f"{next(NUMBERS)}/live.ipynb", cell), width)
        self.page = self.notebook.page
        self.page.set_default_timeout(60_000)
        self.notebook.run_all()
        self.box = self.page.locator(".lif-live")
        self.canvas = self.page.locator(".lif-map > canvas").first
        self.canvas.wait_for(timeout=120_000)
        self.wait_for_frames(1)

    def press(self, name):
        self.box.get_by_role("button", name=name, exact=True).click()

    def choose(self, name, label):
        self.box.locator(f".lif-{name} select").select_option(label=label)

    def number(self, name):
        """Return the number box of a control."""
        return self.box.locator(f".lif-{name} input[type=number]")

    def frames(self):
        """Return how many frames have been drawn."""
        return int(self.page.locator("[data-frames]").get_attribute("data-frames") or 0)

    def wait_for_frames(self, n):
        found = "n => Number(document.querySelector('[data-frames]')?.dataset.frames ?? 0) >= n"
        self.page.wait_for_function(found, arg=n)

    def time(self):
        return float(self.box.locator(".lif-time").inner_text().split()[2])

    def wait_for_time(self, t):
        found = "text => document.querySelector('.lif-time').innerText === text"
        self.page.wait_for_function(found, arg=f"t = {t:.1f} ms")

    def color(self, row, column):
        return self.page.evaluate(COLOR, [self.canvas.element_handle(), row, column])

    def wait_for_color(self, row, column, color):
        arg = [self.canvas.element_handle(), row, column]
        self.page.wait_for_function(f"args => ({COLOR})(args) === '{color}'", arg=arg)

    def point(self, row, column, side=128):
        """Return where on the screen a cell is."""
        self.canvas.scroll_into_view_if_needed()
        box = self.canvas.bounding_box()
        return box["x"] + (column + 0.5) * box["width"] / side, box["y"] + (row + 0.5) * box["height"] / side
