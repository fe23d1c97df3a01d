"""An explorer far from its kernel: a late answer undoes nothing that the reader has done since."""

import pytest

CELL = "from lifcore.widgets import explore_spike\nexplore_spike()"
# Each message takes 100 ms, there and back.
SLOW = """(() => {
    const late = (f) => (...args) => setTimeout(() => f(...args), 100);
    const { send, addEventListener } = WebSocket.prototype;
    WebSocket.prototype.send = function (message) { late(send.bind(this))(message); };
    WebSocket.prototype.addEventListener = function (name, f, ...rest) {
        addEventListener.call(this, name, name === 'message' ? late(f) : f, ...rest);
    };
    Object.defineProperty(WebSocket.prototype, 'onmessage', {
        set(f) { addEventListener.call(this, 'message', late(f)); },
    });
})()"""


@pytest.fixture
def spike(light, opened):
    """Return a page with the spike explorer, and the explorer."""
    page = opened(light, light.write("slow_line.ipynb", CELL), script=SLOW)
    page.run_all()
    return page, page.explorers()[0]


def numbers(page, explorer):
    """Return what the number boxes show when all is at rest."""
    page.picture(explorer)
    page.page.wait_for_timeout(500)
    return [float(box.input_value()) for box in explorer.locator("input[type=number]").all()]


def test_the_line_is_slow(spike):
    page, explorer = spike
    page.picture(explorer)
    start = page.page.evaluate("performance.now()")
    old = explorer.locator("img.lif-image").get_attribute("src")
    explorer.locator(".lif-preset").last.click()
    page.wait_for_new_picture(explorer, old)
    assert page.page.evaluate("performance.now()") - start > 200


def test_the_last_of_two_presets_stays(spike):
    page, explorer = spike
    first, *others = explorer.locator(".lif-preset").all()
    start = numbers(page, explorer)
    for other in others:
        other.click()
        page.page.wait_for_timeout(150)  # the page hears of it after the next press
        first.click()
        assert numbers(page, explorer) == start


def test_a_drag_ends_where_the_mouse_does(spike):
    page, explorer = spike
    for name in ("tau_m", "weight", "v_th"):
        page.drag(explorer.locator(f".lif-{name}-slider .noUi-target"))
        numbers(page, explorer)
        box = explorer.locator(f".lif-{name} input[type=number]")
        low, high = (float(box.get_attribute(end)) for end in ("min", "max"))
        part = (float(box.input_value()) - low) / (high - low)
        assert min(abs(part - 0.1), abs(part - 0.9)) < 0.02
