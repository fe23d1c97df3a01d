"""The two nerve cells of the drawing: where their parts lie, and what makes their bodies look round."""

from random import Random

from shapes import Field, Tree, curve, spines
from svg import gradient, tag

# fmt: off
AXON = curve(
    (275, 340, 32), (320, 350, 22), (375, 362, 11), (455, 366, 7.5), (560, 350, 7), (680, 326, 6.5),
    (790, 336, 6), (870, 364, 6), (905, 378, 9), n=14,
)
# fmt: on


def first_cell() -> Field:
    """Return the cell that sends: dendrites, body, axon and its ending."""
    field = Field((-20, -20, 960, 780))
    tree = Tree((240, 330), 285, seed=16)
    field.add(curve((230, 320, 44), (256, 336, 43)), 1)
    for angle, spread, radius, reach in (
        (-152, 20, 8, 0.9),
        (-108, 20, 9, 1),
        (-62, 18, 8, 1),
        (172, 18, 8, 0.8),
        (125, 22, 9, 0.95),
        (78, 18, 7, 0.8),
    ):
        tree.trunk(angle, spread, body=46, radius=radius, reach=reach)
    dress(field, tree, seed=1)
    field.add(AXON, 22)
    field.add(curve((905, 378, 10), (920, 383, 21), (924, 385, 22)), 14)
    field.cut(field.x - 943, 8)
    return field


def next_cell() -> Field:
    """Return the cell that receives, with the spine that meets the first cell's ending."""
    field = Field((900, -40, 1330, 800))
    tree = Tree((1130, 250), 208, seed=13)
    field.add(curve((1124, 240, 43), (1138, 260, 43)), 1)
    for angle, spread, radius, reach in (
        (-142, 18, 8, 0.85),
        (-93, 20, 8, 1),
        (-46, 18, 7.5, 0.75),
        (-4, 16, 7, 0.6),
    ):
        tree.trunk(angle, spread, body=44, radius=radius, reach=reach)
    shaft = curve(
        (1100, 265, 19), (1072, 296, 12), (1048, 350, 9), (1036, 425, 7), (1030, 500, 4), (1014, 562, 0.8)
    )
    field.add(shaft, 12)
    for spine in spines(Random(4), shaft[20:], 24):
        field.add(spine, 2)
    field.add(curve((1038, 410, 5), (1036, 440, 5), (1054, 480, 3.4), (1062, 530, 0.8)), 6)
    dress(field, tree, seed=2)
    field.add(curve((1045, 385, 5), (985, 390, 5), (974, 388, 17), (968, 387, 17)), 8)
    field.cut(951 - field.x, 6)
    field.add(curve((1138, 275, 22), (1152, 318, 11), (1178, 366, 6.5), (1230, 398, 6), (1340, 420, 5.5)), 14)
    return field


def dress(field: Field, tree: Tree, *, seed: int) -> None:
    """Add a tree's dendrites and their spines to a field."""
    rng = Random(seed)
    for tube in tree.tubes:
        field.add(tube, min(1.5 * tube[0, 2], 14))
    for tube in tree.tubes:
        for spine in spines(rng, tube[tube[:, 2] < 4.6], 21):
            field.add(spine, 1.5)


def body(name: str, x: float, y: float, radius: float, color: dict[str, str]) -> str:
    """Return the light and shade on a cell's body, and its nucleus."""
    light, shade, ball = f"{name}-light", f"{name}-shade", f"{name}-nucleus"
    r = 0.34 * radius
    return (
        gradient(light, (x - 0.3 * radius, y - 0.4 * radius), 0.6 * radius, ("#ffffff", 0.65), ("#ffffff", 0))
        + gradient(
            shade,
            (x + 0.3 * radius, y + 0.75 * radius),
            0.9 * radius,
            (color["deep"], 0.17),
            (color["deep"], 0),
        )
        + gradient(ball, (x - 0.35 * r, y - 0.4 * r), 1.5 * r, (color["base"], 1), (color["deep"], 1))
        + tag("circle", cx=x, cy=y, r=2 * radius, fill=f"url(#{shade})")
        + tag("circle", cx=x, cy=y, r=2 * radius, fill=f"url(#{light})")
        + tag("circle", cx=x, cy=y, r=r, fill=f"url(#{ball})", stroke=color["line"], stroke_width=1.8)
        + tag("circle", cx=x + 0.2 * r, cy=y + 0.15 * r, r=0.27 * r, fill=color["line"], opacity=0.75)
    )
