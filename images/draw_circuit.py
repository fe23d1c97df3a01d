"""The drawing of the membrane: a leaky bucket, and beside it the circuit that does the same with charge."""

from svg import BLUE, INK, document, tag, text

SIZE = (1280, 660)
TITLE = "The membrane as a leaky bucket and as a circuit"
DESCRIPTION = (
    "Left: a bucket under a tap. The inflow is I, the level of the water is V above V_rest, the width of "
    "the bucket is C, and a thin tube R at the bottom lets water leak. Right: the circuit of the membrane. "
    "Between inside and outside stand side by side a source of the current I, a capacitor C, and a resistor "
    "R in series with a battery V_rest. The current I divides: the part I_C charges the capacitor, the part "
    "I_R leaks through the resistor."
)
AMBER, EDGE, SKY = "#e69f00", "#8a5a00", "#56b4e9"

LEFT, RIGHT, BOTTOM, LEVEL = 170, 430, 530, 330  # the bucket's walls, its bottom and its water
INSIDE, OUTSIDE = 150, 560  # the circuit's two conductors
SOURCE, STORE, CHANNEL = 720, 905, 1100  # its three branches


def symbol(x: float, y: float, base: str, below: str = "", anchor: str = "middle") -> str:
    """Return a quantity's symbol with its index."""
    index = tag("tspan", below, dy=10, font_size=30, font_style="normal") if below else ""
    return tag("text", base, index, x=x, y=y, font_size=38, text_anchor=anchor, fill=INK, font_style="italic")


def line(path: str, width: float = 4) -> str:
    """Return a black line."""
    return tag(
        "path", d=path, stroke=INK, stroke_width=width, stroke_linejoin="round", stroke_linecap="round"
    )


def flow(x: float, y: float, length: float, color: str, edge: str) -> str:
    """Return a thick upright arrow from (x, y), down by `length`, up where that is negative."""
    way = 1 if length > 0 else -1
    neck = length - 30 * way
    path = f"M{x - 8} {y}v{neck}h-12l20 {30 * way}l20 {-30 * way}h-12v{-neck}z"
    return tag("path", d=path, fill=color, stroke=edge, stroke_width=2.5, stroke_linejoin="round")


def span(x: float, y: float, dx: float, dy: float) -> str:
    """Return a thin line with a head at both ends."""
    along = (0, 1) if dx == 0 else (1, 0)
    heads = ""
    for end, way in (((x, y), 1), ((x + dx, y + dy), -1)):
        back = (14 * way * along[0], 14 * way * along[1])
        side = (6 * along[1], 6 * along[0])
        heads += f"M{end[0]} {end[1]}l{back[0] + side[0]} {back[1] + side[1]}"
        heads += f"l{-2 * side[0]} {-2 * side[1]}z"
    return line(f"M{x} {y}l{dx} {dy}", 2) + tag("path", d=heads, fill=INK)


def bucket() -> list[str]:
    """Return the bucket, its water, its tap and its leak."""
    water, tube = BLUE["light"], BOTTOM - 14
    middle = (LEFT + RIGHT) / 2
    stream = f"M{middle - 9} 150h18V{LEVEL}h-18z"
    pool = f"M{LEFT} {LEVEL}H{RIGHT}V{BOTTOM - 22}h58v16H{RIGHT}V{BOTTOM}H{LEFT}z"
    jet = f"M{RIGHT + 58} {BOTTOM - 22}q42 0 50 88h-16q-4 -66 -34 -72z"
    # The wall goes round the tube and leaves it open.
    wall = f"M{LEFT} 200V{BOTTOM}H{RIGHT}V{BOTTOM - 6}h58M{RIGHT + 58} {BOTTOM - 22}H{RIGHT}V200"
    tap = f"M{middle - 96} 84h92q22 0 22 24v38h-36v-20h-78zM{middle - 40} 84v-26M{middle - 66} 56h52"
    return [
        text(middle, 36, "tap"),
        tag("path", d=stream + pool + jet, fill=water),
        line(wall, 6),
        tag("path", d=tap, fill="#d9d9d9", stroke=INK, stroke_width=4, stroke_linejoin="round"),
        flow(middle + 64, 150, 130, AMBER, EDGE),
        symbol(middle + 108, 222, "I"),
        flow(RIGHT + 124, tube + 16, 92, SKY, BLUE["line"]),
        symbol(RIGHT + 172, tube + 74, "I", "R"),
        text(RIGHT + 18, tube - 28, "tube", anchor="start"),
        symbol(RIGHT + 98, tube - 28, "R", anchor="start"),
        span(LEFT - 34, LEVEL, 0, tube - LEVEL),
        text(LEFT - 50, (LEVEL + tube) / 2 + 10, "level", anchor="end"),
        symbol(LEFT - 50, LEVEL + 14, "V", anchor="end"),
        symbol(LEFT - 50, tube + 12, "V", "rest", anchor="end"),
        span(LEFT, BOTTOM + 38, RIGHT - LEFT, 0),
        text(middle - 22, BOTTOM + 84, "width"),
        symbol(middle + 48, BOTTOM + 85, "C"),
    ]


def circuit() -> list[str]:
    """Return the circuit: a source, a capacitor, and a resistor with a battery, side by side."""
    plates, zigzag, battery = 348, 250, 440
    source = tag("circle", cx=SOURCE, cy=355, r=42, fill="#ffffff", stroke=INK, stroke_width=4)
    wires = (
        f"M{SOURCE} {INSIDE}H{CHANNEL}M{SOURCE} {OUTSIDE}H{CHANNEL}"
        f"M{SOURCE} {INSIDE}V313M{SOURCE} 397V{OUTSIDE}"
        f"M{STORE} {INSIDE}V{plates}M{STORE} {plates + 22}V{OUTSIDE}"
        f"M{CHANNEL} {INSIDE}V{zigzag}M{CHANNEL} {zigzag + 120}V{battery}M{CHANNEL} {battery + 20}V{OUTSIDE}"
    )
    teeth = "".join(f"l{dx} 20" for dx in (22, -44, 44, -44, 44)) + "l-22 20"
    parts = (
        f"M{STORE - 46} {plates}h92M{STORE - 46} {plates + 22}h92"
        f"M{CHANNEL - 20} {battery}h40M{CHANNEL - 40} {battery + 20}h80"
    )
    dots = (tag("circle", cx=STORE, cy=y, r=8, fill=INK) for y in (INSIDE, OUTSIDE))
    return [
        line(wires),
        line(f"M{CHANNEL} {zigzag}{teeth}"),
        line(parts, 6),
        source,
        *dots,
        text(912, INSIDE - 42, "inside of the cell"),
        text(912, OUTSIDE + 58, "outside"),
        flow(SOURCE, 384, -62, AMBER, EDGE),
        symbol(SOURCE - 76, 368, "I"),
        symbol(STORE + 76, 372, "C"),
        symbol(CHANNEL + 62, 322, "R"),
        symbol(CHANNEL + 56, 464, "V", "rest", anchor="start"),
        span(SOURCE + 96, INSIDE + 10, 0, OUTSIDE - INSIDE - 20),
        symbol(SOURCE + 72, OUTSIDE - 74, "V"),
        flow(STORE + 34, INSIDE + 26, 118, INK, INK),
        symbol(STORE + 84, INSIDE + 94, "I", "C"),
        flow(CHANNEL + 44, INSIDE + 26, 78, SKY, BLUE["line"]),
        symbol(CHANNEL + 94, INSIDE + 76, "I", "R"),
    ]


def draw() -> str:
    """Return the drawing as SVG."""
    return document(SIZE, TITLE, DESCRIPTION, *bucket(), *circuit())


PICTURES = {"circuit.svg": draw}
