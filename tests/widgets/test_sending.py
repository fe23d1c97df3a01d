"""What a page is sent: the picture as an address, and a slider's number after it."""

import base64
import sys
import types

from lifcore.widgets import explore_spike


def test_the_page_gets_the_picture_as_an_address(explorer):
    state = explorer.image.get_state()
    head, data = bytes(state["value"]).split(b",")
    assert (state["format"], head) == ("url", b"data:image/png;base64")
    assert base64.b64decode(data) == explorer.image.value
    assert explorer.image.get_state("value") == {name: state[name] for name in ("format", "value")}


def test_in_colab_the_page_gets_bytes(monkeypatch):
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    image = explore_spike().image
    state = image.get_state()
    assert (state["format"], bytes(state["value"])) == ("png", bytes(image.value))
    assert bytes(image.value).startswith(b"\x89PNG")


def test_the_number_is_sent_after_the_picture(explorer, monkeypatch):
    pictures = 0
    for name, slider in explorer.sliders.items():
        box, order = explorer.controls[name], []
        slider.value = 1
        monkeypatch.setattr(box, "send_state", lambda key, order=order: order.append("number"))
        explorer.image.observe(lambda _, order=order: order.append("picture"), "value")
        slider.value = 0
        monkeypatch.undo()
        explorer.image.unobserve_all()
        assert order.pop() == "number"
        pictures += order == ["picture"]  # else the control is inert here
    assert pictures > 0
