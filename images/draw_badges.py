"""The badges that open the course elsewhere: a spike on a color, and beside it where it leads."""

from functools import partial

from svg import INK, document, tag, text

HEIGHT, TAB = 28, 34
BADGES = {
    "open_colab.svg": ("Open in Colab", "#e69f00", 150),
    "open_binder.svg": ("Open in Binder", "#d55e00", 154),
    "open_browser.svg": ("Open in your browser", "#0072b2", 200),
}
TRACE = "M6 19Q12 17 15 13L17 5L18.5 22.5Q20 21 28 19"  # rest, climb, spike, back


def draw(name: str) -> str:
    """Return the badge of this file name as SVG."""
    label, color, width = BADGES[name]
    description = (
        f"A badge with the words {label} beside a small spike of a membrane potential; it is a link that "
        "opens the notebook there."
    )
    frame = {"x": 0.5, "y": 0.5, "width": width - 1, "height": HEIGHT - 1, "rx": 5}
    return document(
        (width, HEIGHT),
        f"{label}: a badge",
        description,
        tag("path", d=f"M{TAB} 0.5H5.5a5 5 0 0 0 -5 5V{HEIGHT - 5.5}a5 5 0 0 0 5 5H{TAB}z", fill=color),
        tag("rect", **frame, stroke=INK, stroke_width=1),
        tag("path", d=TRACE, stroke="#ffffff", stroke_width=2, stroke_linejoin="round"),
        text((TAB + width) / 2, 19, label, size=14),
    )


PICTURES = {name: partial(draw, name) for name in BADGES}
