"""The lens over the synapse: vesicles, cleft and receptors, enlarged."""

import numpy as np
from shapes import Field, curve
from svg import BLUE, INK, PURPLE, gradient, polyline, shaded, tag

RADIUS = 172
ZOOM = 1.1
ORANGE, AMBER, GREEN = "#e69f00", "#8a5a00", "#009e73"
FACES = -2.0, 27.0  # where the two membranes stand, at y = 0

# fmt: off
VESICLES = (
    (-26, -32), (-28, 27), (-44, -6), (-56, -38), (-60, 20), (-74, -14), (-46, 50), (-86, 40), (-90, 10),
    (-86, -46),
)
LOOSE = (
    (-9, -4), (-10, 4), (-3, 0), (4, -6), (3, 7), (11, -15), (12, 1), (10, 16), (6, -25), (19, -6), (19, 9),
    (13, -36), (7, 27), (17, 33), (20, -24),
)
# fmt: on
RECEPTORS = (-31, 0, 31)


def face(at: float, y: np.ndarray | float) -> np.ndarray | float:
    """Return where a membrane of the synapse stands at height y."""
    return at + y**2 / 400


def endings() -> tuple[np.ndarray, np.ndarray]:
    """Return the outlines of the axon's ending and of the spine that faces it."""
    box = (-260.0, -220.0, 300.0, 220.0)
    sender, receiver = Field(box), Field(box)
    sender.add(curve((-250, -118, 16), (-180, -88, 17), (-135, -58, 21), (-90, -24, 36)), 1)
    sender.add(curve((-54, 2, 68), (-48, 2, 70)), 30)
    receiver.add(curve((64, 3, 58), (70, 4, 57)), 1)
    receiver.add(curve((90, 8, 34), (132, 20, 17), (180, 30, 16), (260, 50, 20)), 26)
    sender.cut(sender.x - face(FACES[0], sender.y), 12)
    receiver.cut(face(FACES[1], receiver.y) - receiver.x, 12)
    return sender.outline(), receiver.outline()


def vesicle(x: float, y: float) -> str:
    """Return a vesicle full of transmitter."""
    dots = "".join(dot(x + dx, y + dy) for dx, dy in ((-5, -3), (1.5, -6), (5.5, 1), (-1.5, 2), (2, 7)))
    ball = f"vesicle{x}{y}"
    light = gradient(ball, (x - 4, y - 5), 20, ("#fffdf4", 1), ("#f6dc95", 1))
    return (
        light + tag("circle", cx=x, cy=y, r=12.5, fill=f"url(#{ball})", stroke=AMBER, stroke_width=1.8) + dots
    )


def dot(x: float, y: float) -> str:
    """Return one drop of transmitter."""
    return tag("circle", cx=x, cy=y, r=2.9, fill=ORANGE, stroke=AMBER, stroke_width=0.8)


def released(y: float) -> str:
    """Return a vesicle that has opened into the cleft."""
    x = float(face(FACES[0], y))
    bay = f"M{x + 3} {y - 6}h-4a11 11 0 1 0 0 12h4z"
    lip = f"M{x} {y - 7}a11 11 0 1 0 0 14"
    return tag("path", d=bay, fill="#ffffff") + tag("path", d=lip, stroke=BLUE["line"], stroke_width=2.6)


def receptor(y: float) -> str:
    """Return a channel through the receiving membrane: two halves with a pore between them."""
    x = float(face(FACES[1], y))
    halves = (
        tag(
            "rect",
            x=x - 8,
            y=y + dy,
            width=22,
            height=7.5,
            rx=3.7,
            fill=GREEN,
            stroke="#00452f",
            stroke_width=1.4,
        )
        for dy in (-9, 1.5)
    )
    return "".join(halves)


def draw(center: tuple[float, float]) -> str:
    """Return the lens at its place."""
    sender, receiver = endings()
    y = np.linspace(-50, 50, 21)
    density = {"d": polyline(np.column_stack((face(FACES[1] + 6, y), y))), "stroke_linecap": "round"}
    zone = tag("path", **density, stroke=PURPLE["deep"], stroke_width=9, opacity=0.55)
    seen = (
        shaded("sender", sender, BLUE),
        shaded("receiver", receiver, PURPLE, zone),
        *(vesicle(*place) for place in VESICLES),
        released(0),
        *(receptor(height) for height in RECEPTORS),
        *(dot(*place) for place in LOOSE),
    )
    ground = tag("circle", r=RADIUS, fill="url(#glass)")
    enlarged = tag("g", *seen, transform=f"scale({ZOOM})")
    return tag(
        "g",
        gradient("glass", (-50, -60), 260, ("#ffffff", 1), ("#eef2f5", 1)),
        tag("clipPath", tag("circle", r=RADIUS), id="lens"),
        tag("g", ground, enlarged, clip_path="url(#lens)"),
        tag("circle", r=RADIUS, stroke=INK, stroke_width=3.5),
        transform=f"translate({center[0]} {center[1]})",
    )
