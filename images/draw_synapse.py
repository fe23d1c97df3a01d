"""The drawing of two nerve cells, the synapse between them and the spike on its way."""

import math

import draw_inset
from cells import AXON, body, first_cell, next_cell
from shapes import curve
from svg import BLUE, INK, PURPLE, SPIKE, blur, document, num, polyline, shaded, tag, text

SIZE = (1280, 764)
TITLE = "A spike on its way from one nerve cell to the next"
DESCRIPTION = (
    "A nerve cell with branching dendrites and a round cell body sends an action potential, a spike, along "
    "its axon. A small trace above the axon shows the membrane potential V over time. The axon ends at a "
    "synapse on a spine of the next cell. A lens enlarges the synapse: vesicles release transmitter into the "
    "cleft, and receptors on the other side take it up."
)
SYNAPSE = (947, 387)
RING = 41
LENS = (812, 577)

# (where, color, opacity) from the spike's tail to its front
WAKE = (
    (0, "#fbe9dc", 0),
    (0.25, "#fbdcc4", 0.85),
    (0.5, "#f3a771", 1),
    (0.8, SPIKE, 1),
    (0.95, SPIKE, 1),
    (1, SPIKE, 0),
)
# fmt: off
TRACE = curve(
    (0, -44, 0), (46, -44, 0), (70, -51, 0), (84, -72, 0), (96, -140, 0), (103, -158, 0), (110, -146, 0),
    (124, -66, 0), (136, -37, 0), (147, -30, 0), (164, -33, 0), (190, -40, 0), (225, -44, 0), n=8,
)[:, :2]
DROPS = (936, 378), (935, 390), (928, 384), (927, 395), (926, 373), (918, 387)
# fmt: on


def spike() -> tuple[str, str]:
    """Return the glow round the axon and the hot stretch inside it."""
    tail, front = 500, 648
    stops = (tag("stop", offset=at, stop_color=color, stop_opacity=alpha) for at, color, alpha in WAKE)
    span = {"gradientUnits": "userSpaceOnUse", "x1": tail, "x2": front, "y1": 0, "y2": 0}
    wake = tag("linearGradient", *stops, id="wake", **span)
    line = {"d": along_axon(tail, front + 8), "stroke": "url(#wake)"}
    halo = tag("path", **line, stroke_width=34, filter="url(#glow)", opacity=0.6)
    bright = {"d": along_axon(608, 640), "stroke": "#ffe0a8", "stroke_linecap": "round"}
    core = tag("path", **bright, stroke_width=4, filter="url(#core)")
    return wake + blur("glow", 9) + halo, blur("core", 2.5) + tag("path", **line, stroke_width=22) + core


def along_axon(start: float, stop: float) -> str:
    """Return path data of the axon's center line between two x."""
    return polyline(AXON[(AXON[:, 0] > start) & (AXON[:, 0] < stop), :2])


def trace(x: float, y: float) -> str:
    """Return the little plot of V over t, its origin at (x, y)."""
    axes = tag("path", d=f"M{x} {y - 178}V{y}H{x + 246}", stroke=INK, stroke_width=2.2)
    heads = f"M{x - 6} {y - 172}l6 -14l6 14zM{x + 240} {y - 6}l14 6l-14 6z"
    return (
        axes
        + tag("path", d=heads, fill=INK)
        + tag("path", d=polyline(TRACE + (x + 2, y)), stroke=SPIKE, stroke_width=4.5, stroke_linejoin="round")
        + text(x - 22, y - 160, "V", font_style="italic")
        + text(x + 268, y + 9, "t", font_style="italic")
    )


def probe() -> str:
    """Return the dashed line from the hot stretch of the axon to the trace that is measured there."""
    ring = tag("circle", cx=630, cy=333.5, r=4.5, fill="#ffffff", stroke=INK, stroke_width=2)
    return tag("path", d="M630 328V263", stroke=INK, stroke_width=2, stroke_dasharray="5 5") + ring


def direction() -> str:
    """Return the arrow beside the axon that tells where the spike is going."""
    line = AXON[(AXON[:, 0] > 664) & (AXON[:, 0] < 752), :2] - (0, 34)
    (x, y), (u, v) = line[-1], line[-1] - line[-3]
    turn = f"translate({num(x)} {num(y)}) rotate({num(math.degrees(math.atan2(v, u)))})"
    shaft = tag("path", d=polyline(line), stroke=SPIKE, stroke_width=5, stroke_linecap="round")
    return shaft + tag("path", d="M-4 -12L20 0L-4 12L1 0Z", fill=SPIKE, transform=turn)


def leader(*points: tuple[float, float]) -> str:
    """Return a thin line from a label to a dot on the thing it names."""
    x, y = points[-1]
    line = {"d": polyline(points), "stroke_linejoin": "round"}
    return (
        tag("path", **line, stroke="#ffffff", stroke_width=5, opacity=0.7)
        + tag("path", **line, stroke=INK, stroke_width=2)
        + tag("circle", cx=x, cy=y, r=4.5, fill=INK, stroke="#ffffff", stroke_width=1.2)
    )


def labels() -> list[str]:
    """Return the names of the parts and the lines that lead to them."""
    x, y = LENS
    return [
        text(20, 40, "dendrites", anchor="start"),
        leader((96, 52), (129, 138)),
        text(395, 468, "cell body"),
        leader((375, 438), (276, 345)),
        text(528, 448, "axon"),
        leader((520, 418), (497, 361)),
        text(590, 46, "action potential (spike)"),
        text(912, 320, "synapse"),
        text(1165, 510, "next cell"),
        leader((1148, 480), (1106, 268)),
        text(x - 200, y - 44, "vesicles with", "transmitter", anchor="end"),
        leader((x - 192, y - 37), (x - 96, y - 50)),
        text(x + 195, y + 56, "receptors", anchor="start"),
        leader((x + 188, y + 46), (x + 50, y + 34)),
        text(x + 14, y + 140, "cleft"),
        leader((x + 15, y + 112), (x + 18, y + 50)),
    ]


def lens_beam() -> str:
    """Return the two tangents from the circle round the synapse to the lens."""
    (x, y), (u, v), radius = SYNAPSE, LENS, RING
    distance, toward = math.hypot(u - x, v - y), math.atan2(v - y, u - x)
    lean = math.acos((radius - draw_inset.RADIUS) / distance)
    ends = []
    for side in (-1, 1):
        dx, dy = math.cos(toward + side * lean), math.sin(toward + side * lean)
        ends += [(x + radius * dx, y + radius * dy), (u + draw_inset.RADIUS * dx, v + draw_inset.RADIUS * dy)]
    a, b, c, d = ends
    beam = tag("path", d=polyline((a, b, d, c)) + "Z", fill="#8fa3b3", opacity=0.16)
    edges = tag("path", d=polyline((a, b)) + polyline((c, d)), stroke=INK, stroke_width=1.5)
    return beam + edges + tag("circle", cx=x, cy=y, r=radius, fill="#ffffff")


def draw() -> str:
    """Return the drawing as SVG."""
    glow, hot = spike()
    drop = {"r": 2.6, "fill": draw_inset.ORANGE, "stroke": draw_inset.AMBER, "stroke_width": 0.8}
    drops = (tag("circle", cx=x, cy=y, **drop) for x, y in DROPS)
    return document(
        SIZE,
        TITLE,
        DESCRIPTION,
        blur("soft", 4),
        lens_beam(),
        glow,
        shaded("first", first_cell().outline(), BLUE, body("body-1", 240, 328, 62, BLUE), hot, *drops),
        shaded("next", next_cell().outline(), PURPLE, body("body-2", 1129, 249, 57, PURPLE)),
        trace(500, 262),
        probe(),
        direction(),
        tag("circle", cx=SYNAPSE[0], cy=SYNAPSE[1], r=RING, stroke=INK, stroke_width=2.5),
        draw_inset.draw(LENS),
        *labels(),
    )


PICTURES = {"synapse.svg": draw}
