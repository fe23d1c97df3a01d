"""The explorers' pictures without widgets: two or three presets side by side."""

from matplotlib.figure import Figure

from lifcore.figures import figure, label, styled
from lifcore.plots import plot_map
from lifcore.widgets.first import FirstScene
from lifcore.widgets.grid import NEURON, GridScene
from lifcore.widgets.rate import RateScene
from lifcore.widgets.scene import Scene
from lifcore.widgets.spike import SpikeScene


def draw_first(*presets: str) -> Figure:
    """Return the picture of `lifcore.widgets.explore_first` at each of the presets; none: at the first."""
    return _side_by_side(FirstScene, presets)


def draw_spike(*presets: str) -> Figure:
    """Return the picture of `lifcore.widgets.explore_spike` at each of the presets; none: at the first."""
    return _side_by_side(SpikeScene, presets)


def draw_rate(*presets: str) -> Figure:
    """Return the picture of `lifcore.widgets.explore_rate` at each of the presets; none: at the first."""
    return _side_by_side(RateScene, presets)


def draw_grid(*presets: str) -> Figure:
    """Return V on the sheet of `lifcore.widgets.explore_grid` at each of the presets; none: at the first."""
    presets = presets or (next(iter(GridScene.presets)),)
    fig, axes = figure(1, len(presets), size=(7.0, 2.5), squeeze=False)
    scene = GridScene(Figure())
    for ax, name in zip(axes[0], presets, strict=True):
        values = scene.preset(name)
        grid = scene.simulate(values)
        last = ax is axes[0, -1]
        plot_map(
            grid.v, ax=ax, label=label("v"), vmin=NEURON.v_rest, vmax=NEURON.v_th, colorbar=last,
            title=_title(scene, name, grid, values),
        )  # fmt: skip
        if ax is not axes[0, 0]:
            ax.set_ylabel("")
    return fig


def _title(scene: Scene, name: str, run: object, values: dict) -> str:
    """Return a preset's name and the first words of what came out."""
    return f"{name}: {scene.outcome(run, values).split(',')[0].split(':')[0].rstrip('.').lower()}"


@styled
def _side_by_side(scene: type[Scene], presets: tuple[str, ...]) -> Figure:
    presets = presets or (next(iter(scene.presets)),)
    fig, axes = figure(size=scene.size)
    axes.remove()
    parts = fig.subfigures(1, len(presets), squeeze=False).ravel()
    for part, name in zip(parts, presets, strict=True):
        shown = scene(part)
        values = shown.preset(name)
        run = shown.simulate(values)
        shown.update(run, values)
        part.axes[0].set_title(_title(shown, name, run, values))
    _share(fig, [part.axes for part in parts])
    return fig


def _share(fig: Figure, columns: list) -> None:
    """Give a row of axes the same limits, one name of the y axis and one legend for all."""
    for row in zip(*columns, strict=True):
        low, high = (pick(ax.get_ylim()[end] for ax in row) for pick, end in ((min, 0), (max, 1)))
        for ax in row:
            ax.set_ylim(low, high)
        for ax in row[1:]:
            ax.set_ylabel("")
    legends = [ax.get_legend() for axes in columns for ax in axes if ax.get_legend()]
    if legends:
        names = [text.get_text() for text in legends[0].get_texts()]
        fig.legend(legends[0].legend_handles, names, loc="outside upper left", ncols=4, markerscale=1)
    for legend in legends:
        legend.remove()
