"""A few lines of SVG: elements, smooth paths and a document that says what it shows."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import numpy as np

INK = "#222222"
SPIKE = "#d55e00"
BLUE = {"line": "#0b4a75", "base": "#86bfe3", "light": "#cfe8f7", "deep": "#0072b2"}
PURPLE = {"line": "#7d3f62", "base": "#dca3c2", "light": "#f5dfea", "deep": "#b05b8c"}
FONT = "'DejaVu Sans', Verdana, sans-serif"


def num(x: float) -> str:
    """Return a coordinate as short text, to a tenth."""
    text = f"{x:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def tag(name: str, *children: str, **attributes: Any) -> str:
    """Return an element; `stroke_width=2` becomes stroke-width="2", numbers are shortened."""
    pairs = (
        f' {key.replace("_", "-")}="{escape(value if isinstance(value, str) else f"{value:.6g}")}"'
        for key, value in attributes.items()
    )
    head = name + "".join(pairs)
    return f"<{head}>{''.join(children)}</{name}>" if children else f"<{head}/>"


def polyline(points: Iterable[Sequence[float]]) -> str:
    """Return path data of straight lines."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points)


def smooth_loop(points: np.ndarray) -> str:
    """Return path data of a closed quadratic spline, for which the points are the controls."""
    middles = (points + np.roll(points, -1, axis=0)) / 2
    steps = zip(points[1:], middles[1:], strict=True)
    curve = "".join(f"Q{num(x)} {num(y)} {num(u)} {num(v)}" for (x, y), (u, v) in steps)
    (x, y), (u, v) = points[0], middles[0]
    return f"M{num(u)} {num(v)}{curve}Q{num(x)} {num(y)} {num(u)} {num(v)}Z"


def text(x: float, y: float, *lines: str, size: float = 30, anchor: str = "middle", **attributes: Any) -> str:
    """Return a label of one or more lines, its first baseline at y."""
    spans = (tag("tspan", escape(line), x=x, y=y + 1.15 * size * i) for i, line in enumerate(lines))
    return tag("text", *spans, font_size=size, text_anchor=anchor, **{"fill": INK, **attributes})


def gradient(
    name: str, center: Sequence[float], radius: float, inner: tuple[str, float], outer: tuple[str, float]
) -> str:
    """Return a radial gradient between two (color, opacity), in user coordinates."""
    place = {"cx": center[0], "cy": center[1], "r": radius, "gradientUnits": "userSpaceOnUse"}
    stops = (
        tag("stop", offset=at, stop_color=color, stop_opacity=alpha)
        for at, (color, alpha) in enumerate((inner, outer))
    )
    return tag("radialGradient", *stops, id=name, **place)


def blur(name: str, deviation: float) -> str:
    """Return a filter that blurs by a standard deviation in user units."""
    area = {"filterUnits": "userSpaceOnUse", "x": -400, "y": -400, "width": 2400, "height": 2000}
    soft = tag("feGaussianBlur", stdDeviation=deviation)
    return tag("filter", soft, id=name, color_interpolation_filters="sRGB", **area)


def shaded(name: str, outline: np.ndarray, color: dict[str, str], *inside: str) -> str:
    """Return a shape lit from the upper left, with more drawn inside it; needs the blur "soft"."""
    use = {"href": f"#{name}"}
    shape = tag("path", id=name, d=smooth_loop(outline))
    clip = tag("clipPath", tag("use", **use), id=f"{name}-clip")
    light = tag("use", **use, fill=color["light"], transform="translate(-3 -4)", filter="url(#soft)")
    return (
        tag("defs", shape, clip)
        + tag("use", **use, fill=color["base"], stroke=color["line"], stroke_width=3.6)
        + tag("g", light, *inside, clip_path=f"url(#{name}-clip)")
    )


def document(size: tuple[int, int], title: str, description: str, *body: str) -> str:
    """Return a whole SVG file on an opaque white ground."""
    width, height = size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title desc" font-family="{FONT}" fill="none">'
    )
    names = tag("title", escape(title), id="title"), tag("desc", escape(description), id="desc")
    ground = tag("rect", width=width, height=height, fill="#ffffff")
    return "\n".join((head, *names, ground, *body, "</svg>\n"))
