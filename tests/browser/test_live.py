"""The live grid in JupyterLab: it runs, is painted on, and stays quiet where it should."""

import pytest

from .live import CELL, Live

FIRED = "213,94,0"  # the color of a cell that has fired
WAITING = "0,114,178"  # and of one that will


@pytest.fixture
def live(light, opened):
    live = Live(opened, light)
    yield live
    assert live.notebook.errors() == []
    assert "Error" not in live.box.locator(".lif-outcome").inner_text()


def test_it_runs_is_painted_and_the_wave_spreads(live):
    assert live.time() == 0
    live.press("Run")
    live.wait_for_frames(live.frames() + 30)
    x, y = live.point(20, 90)
    live.page.mouse.move(x, y)
    live.page.mouse.down()
    live.page.mouse.up()
    live.wait_for_color(20, 100, FIRED)  # ten cells from the place painted
    live.page.mouse.move(*live.point(100, 20))
    live.page.mouse.down()
    live.page.mouse.move(*live.point(100, 40), steps=8)
    live.page.mouse.up()
    live.wait_for_color(112, 30, FIRED)  # below the middle of the stroke
    live.notebook.page.wait_for_function(
        "/^[1-9]\\d* frames/.test(document.querySelector('.lif-rate').innerText)"
    )
    live.press("Pause")
    live.page.wait_for_function("document.querySelector('.lif-rate').innerText === '0 frames/s'")
    live.page.wait_for_timeout(500)
    frames, time = live.frames(), live.time()
    live.page.wait_for_timeout(500)
    assert (live.frames(), live.time()) == (frames, time)
    assert f"t = {time:g} ms" in live.box.locator(".lif-outcome [role=status]").inner_text()
    assert f"t = {time:g} ms" in live.canvas.get_attribute("aria-label")
    assert live.canvas.get_attribute("role") == "img"


def test_by_keyboard_alone(live):
    def enter(name, text):
        live.number(name).focus()
        live.page.keyboard.press("Control+A")
        live.page.keyboard.type(text)
        live.page.keyboard.press("Enter")

    def press(name):
        live.box.get_by_role("button", name=name, exact=True).focus()
        live.page.keyboard.press("Enter")

    enter("row", "12")
    enter("column", "100")
    press("Fire")
    live.wait_for_color(12, 100, FIRED)
    assert live.time() == 0.5
    press("Step")
    press("Step")
    live.wait_for_color(12, 101, FIRED)
    press("Run")
    live.wait_for_color(12, 110, FIRED)
    press("Pause")
    press("Reset")
    live.wait_for_time(0)


def test_its_sliders(live):
    row, column = (int(live.number(name).input_value()) for name in ("row", "column"))
    slider = live.box.locator(".lif-weight-slider .noUi-target")

    def pass_on(weight):
        """Return the color of a neighbor after a cell has fired, once the kernel knows of the weight."""
        box = live.number("weight").element_handle()
        live.page.wait_for_function(f"box => Number(box.value) {weight}", arg=box)
        for t, button in enumerate(("Restart", "Fire", "Step", "Step")):
            live.press(button)
            live.wait_for_time(t / 2)
        return live.color(row, column + 1)

    slider.locator(".noUi-handle").focus()
    live.page.keyboard.press("Home")
    assert pass_on("== 0.1") != FIRED
    live.notebook.drag(slider)
    assert pass_on("> 1.5") == FIRED


def test_a_finger_paints(live):
    touch = live.page.context.new_cdp_session(live.page)
    for kind, cell in (("touchStart", (30, 30)), ("touchMove", (30, 40)), ("touchMove", (40, 40))):
        x, y = live.point(*cell)
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    live.wait_for_color(30, 36, WAITING)
    live.wait_for_color(38, 40, WAITING)
    live.press("Step")
    live.wait_for_color(38, 40, FIRED)


def test_a_second_finger_leaves_the_first_alone(live):
    mouse = live.page.mouse
    mouse.move(*live.point(30, 30))
    mouse.down()
    x, y = live.point(90, 60)
    for kind in ("pointermove", "pointerup"):
        other = {"pointerId": 99, "clientX": x, "clientY": y, "isPrimary": False}
        live.canvas.evaluate(
            "(e, [kind, other]) => e.dispatchEvent(new PointerEvent(kind, other))", [kind, other]
        )
    mouse.move(*live.point(30, 60), steps=4)
    mouse.up()
    live.wait_for_color(30, 45, WAITING)
    assert live.color(60, 45) != WAITING  # on the way from the first to the second


def test_out_of_sight_it_stands_still(live):
    live.press("cut wave")
    live.wait_for_frames(live.frames() + 20)
    live.box.evaluate("e => { e.style.display = 'none' }")
    live.page.wait_for_timeout(1000)
    frames = live.frames()
    live.page.wait_for_timeout(1000)
    assert live.frames() == frames
    live.box.evaluate("e => { e.style.display = '' }")
    live.wait_for_frames(frames + 20)


def test_a_hidden_window_piles_up_no_old_frames(live, light, opened):
    live.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    other = opened(light, live.notebook.name).page
    other.wait_for_selector(".lif-map > canvas", timeout=60_000)
    live.page.bring_to_front()  # a browser shows a few pictures a second of what can't be seen, or none
    live.press("Run")
    live.wait_for_frames(live.frames() + 120)
    now = live.time()
    other.bring_to_front()
    old = other.locator("[data-frames]").get_attribute("data-frames")
    other.wait_for_function(f"document.querySelector('[data-frames]').dataset.frames > {old}")
    assert float(other.locator(".lif-time").inner_text().split()[2]) > now - 10


def test_less_motion(live):
    live.page.emulate_media(reduced_motion="reduce")
    live.press("plane wave")
    live.page.wait_for_function("document.querySelector('.lif-time').innerText !== 't = 0.0 ms'")
    frames, time = live.frames(), live.time()
    live.page.wait_for_timeout(2000)
    assert live.frames() - frames <= 5
    assert live.time() > time


def test_maps_sizes_and_presets(live):
    for side in ("64 × 64", "512 × 512"):
        live.choose("side", side)
        live.page.wait_for_function(f"document.querySelector('.lif-map > canvas').width == {side.split()[0]}")
    live.press("random flash")
    live.wait_for_frames(live.frames() + 10)
    live.choose("side", "128 × 128")
    live.choose("show", "all three")
    live.page.wait_for_function("document.querySelectorAll('.lif-map').length === 3")
    for preset in live.box.locator(".lif-preset").all():
        preset.click()
        live.wait_for_frames(live.frames() + 10)
        live.page.wait_for_function(
            "name => document.querySelector('.lif-preset.mod-info')?.innerText === name",
            arg=preset.inner_text(),
        )
    live.choose("show", "spikes")
    live.page.wait_for_function("document.querySelectorAll('.lif-map').length === 1")


@pytest.mark.parametrize("width", [1280, 480])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_and_can_be_read(request, opened, theme, width):
    live = Live(opened, request.getfixturevalue(theme), width)
    live.press("cut wave")
    pause = live.box.get_by_role("button", name="Pause", exact=True)
    places = []
    for _ in range(10):
        live.wait_for_frames(live.frames() + 10)
        places.append(pause.evaluate("e => [e.getBoundingClientRect().x, e.getBoundingClientRect().y]"))
    assert places == places[:1] * 10  # it doesn't run away from the pointer
    live.press("Pause")
    canvas, box = live.canvas.bounding_box(), live.box.bounding_box()
    assert canvas["width"] == pytest.approx(canvas["height"], abs=1)
    assert 300 < canvas["width"] <= box["width"] <= width
    assert live.box.evaluate("element => element.scrollWidth - element.clientWidth") <= 1
    text = live.box.locator(".lif-stage").evaluate(
        "e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).map(Number)"
    )
    assert min(text) > 150 if theme == "dark" else max(text) < 120
    live.notebook.shoot(theme)
    live.choose("show", "all three")
    live.page.wait_for_function("document.querySelectorAll('.lif-map').length === 3")
    assert live.box.evaluate("element => element.scrollWidth - element.clientWidth") <= 1
    live.notebook.shoot(f"{theme}_all")


def test_without_a_canvas(light, opened):
    page = opened(light, light.write("still.ipynb", CELL.replace("grid()", "grid(live=False)")))
    page.run_all()
    (explorer,) = page.explorers()
    for button in ("Fire", "Step"):
        old = page.picture(explorer)
        explorer.get_by_role("button", name=button, exact=True).click()
        page.wait_for_new_picture(explorer, old)
    explorer.locator(".lif-outcome").get_by_text("t = 17 ms").wait_for()  # it comes after the picture
    assert page.errors() == []
