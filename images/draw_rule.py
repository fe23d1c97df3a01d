"""The drawing of the spike rule: what one neuron does at each time step, on a run of its own."""

from dataclasses import replace
from typing import Any

import numpy as np
from svg import BLUE, INK, SPIKE, document, polyline, tag, text

from lifcore import LIF, simulate_1d

SIZE = (1280, 840)
TITLE = "The spike rule of the leaky integrate-and-fire neuron"
DESCRIPTION = (
    "Membrane potential V over time. Input spikes lift V in jumps, and between them it leaks back toward "
    "v_rest. The third jump carries V past the dashed threshold v_th: the neuron spikes, V is set to v_reset "
    "and held there for the shaded refractory period, in which an input spike is lost. Each time step takes "
    "four things in this order: decay, input, test, reset."
)
NEURON = LIF(t_ref=4.0)
INPUTS, WEIGHT, DURATION = (5.0, 10.0, 13.0, 15.6, 26.0), 11.0, 36.0

GREEN, GRAY, SHADE = "#007a59", "#6b6b6b", "#e6e6e6"
LEFT, RIGHT, TOP, BOTTOM = 222.0, 1250.0, 210.0, 686.0
HIGH, LOW = -43.0, -73.0  # mV at TOP and BOTTOM
RULE = (
    "decay: V leaks toward v_rest",
    "input: V jumps by the weights",
    "test: V ≥ v_th is a spike",
    "reset: V = v_reset, held for t_ref",
)


def at_time(t: Any) -> Any:
    """Return x at a time in ms."""
    return LEFT + (RIGHT - LEFT) * t / DURATION


def at_voltage(v: Any) -> Any:
    """Return y at a voltage in mV."""
    return BOTTOM + (TOP - BOTTOM) * (v - LOW) / (HIGH - LOW)


def badge(number: int, x: float, y: float) -> str:
    """Return a number in a disk."""
    disk = tag("circle", cx=x, cy=y, r=20, fill=INK)
    return disk + text(x, y + 11, str(number), fill="#ffffff", font_weight="bold")


def level(name: str, v: float, color: str, dashes: str, width: float) -> str:
    """Return a horizontal line at a voltage with its name and value in the margin."""
    y = at_voltage(v)
    line = tag(
        "path", d=f"M{LEFT} {y:.1f}H{RIGHT}", stroke=color, stroke_width=width, stroke_dasharray=dashes
    )
    return line + text(LEFT - 14, y + 10, f"{name} −{-v:.0f}", anchor="end", fill=color)


def axes() -> list[str]:
    """Return the frame, the ticks and the names of the axes."""
    frame = tag("path", d=f"M{LEFT} {TOP - 20}V{BOTTOM}H{RIGHT}", stroke=INK, stroke_width=2.2)
    ticks = "".join(f"M{at_time(t):.1f} {BOTTOM}v9" for t in (0, 10, 20, 30))
    numbers = (text(at_time(t), BOTTOM + 42, str(t)) for t in (0, 10, 20, 30))
    unit = text(LEFT - 14, TOP - 2, "V (mV)", anchor="end")
    return [
        frame,
        tag("path", d=ticks, stroke=INK, stroke_width=2.2),
        *numbers,
        unit,
        text(RIGHT, BOTTOM + 42, "t (ms)", anchor="end"),
    ]


def inputs(lost: np.ndarray) -> list[str]:
    """Return the arrows of the input spikes; a lost one is hollow."""
    drawn = [text(LEFT - 14, 794, "input spikes", anchor="end", fill=BLUE["deep"])]
    for t, is_lost in zip(INPUTS, lost, strict=True):
        x = at_time(t)
        arrow = f"M{x - 3:.1f} 806v-36h-9l12 -20l12 20h-9v36z"
        fill = "#ffffff" if is_lost else BLUE["deep"]
        drawn.append(tag("path", d=arrow, fill=fill, stroke=BLUE["deep"], stroke_width=2.5))
        if is_lost:
            drawn.append(text(x + 22, 794, "lost", anchor="start", fill=BLUE["deep"]))
    return drawn


def draw() -> str:
    """Return the drawing as SVG."""
    options: dict[str, Any] = {"duration": DURATION, "input_spikes": INPUTS, "input_weights": WEIGHT}
    run = simulate_1d(NEURON, **options)
    (spike,) = run.spikes
    k = int(round(spike / run.dt))
    # The run keeps V after the reset; without a threshold in reach it is the V that is tested.
    tested = simulate_1d(replace(NEURON, v_th=0.0), **options).v[k]
    x, end = at_time(spike), at_time(spike + NEURON.t_ref)
    points = np.column_stack((at_time(run.t), at_voltage(run.v)))
    rise = np.vstack((points[:k], (x, at_voltage(tested))))
    curve = {"stroke": "#000000", "stroke_width": 4, "stroke_linejoin": "round"}
    lost = (np.array(INPUTS) > spike) & (np.array(INPUTS) < spike + NEURON.t_ref)
    body = [
        tag("rect", x=x, y=TOP - 20, width=end - x, height=BOTTOM - TOP + 20, fill=SHADE),
        text((x + end) / 2, BOTTOM - 18, "t_ref"),
        level("v_th", NEURON.v_th, GREEN, "14 8", 3.5),
        level("v_reset", NEURON.v_reset, GRAY, "2 7", 2.5),
        level("v_rest", NEURON.v_rest, GRAY, "2 7", 2.5),
        *axes(),
        tag("path", d=polyline(rise), **curve),
        tag("path", d=polyline(points[k:]), **curve),
        tag("path", d=f"M{x:.1f} {at_voltage(tested):.1f}V{at_voltage(NEURON.v_reset):.1f}", stroke="#000000",
            stroke_width=3, stroke_dasharray="3 6"),
        tag("path", d=f"M{x:.1f} {at_voltage(NEURON.v_reset):.1f}l-9 -20h18z", fill="#000000"),
        tag("path", d=f"M{x:.1f} {at_voltage(tested) - 12:.1f}V{TOP - 24}", stroke=SPIKE, stroke_width=7),
        tag("circle", cx=x, cy=at_voltage(tested), r=7, fill="#ffffff", stroke="#000000", stroke_width=3),
        text(x - 16, TOP, "spike", anchor="end", fill=SPIKE),
        text(at_time(29.6), at_voltage(-60.5), "leak", anchor="start"),
        badge(1, at_time(8.1), at_voltage(-59.9)),
        badge(2, at_time(9.0), at_voltage(-56.2)),
        badge(3, x + 34, at_voltage(tested)),
        badge(4, x + 34, at_voltage(-57)),
        text(24, 44, "Each time step, in this order:", anchor="start"),
        *inputs(lost),
    ]  # fmt: skip
    for number, line in enumerate(RULE, 1):
        left, y = (44, 684)[(number - 1) // 2], (96, 146)[(number - 1) % 2]
        body += [badge(number, left, y - 10), text(left + 32, y, line, anchor="start")]
    return document(SIZE, TITLE, DESCRIPTION, *body)


PICTURES = {"spike_rule.svg": draw}
