"""The explorers' pictures without widgets: two or three presets side by side."""

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from lifcore.figures import figure, label, styled
from lifcore.measures import outcome, since_last_spike
from lifcore.plots import plot_map
from lifcore.widgets.adaptive import AdaptiveScene
from lifcore.widgets.first import FirstScene
from lifcore.widgets.grid import NEURON, GridScene
from lifcore.widgets.membrane import MembraneColumn
from lifcore.widgets.rate import RateScene
from lifcore.widgets.scene import Scene
from lifcore.widgets.spike import SpikeScene
from lifcore.widgets.time_step import TimeStepColumn
from lifcore.widgets.waves import PAST, WavesScene


def draw_first(*presets: str) -> Figure:
    """Return the picture of `lifcore.widgets.explore_first` at each of the presets; none: at the first."""
    return _side_by_side(FirstScene, presets)


def draw_membrane(*presets: str) -> Figure:
    """Return the views of `lifcore.widgets.explore_membrane` at each of the presets; none: at the first."""
    return _side_by_side(MembraneColumn, presets)


def draw_spike(*presets: str) -> Figure:
    """Return the picture of `lifcore.widgets.explore_spike` at each of the presets; none: at the first."""
    fig = _side_by_side(SpikeScene, presets)
    for line in fig.findobj(Line2D):
        if str(line.get_marker()).startswith("$"):  # a name, which the line of another input may cross
            line.set_path_effects([withStroke(linewidth=2.5, foreground="white")])
    return fig


def draw_rate(*presets: str) -> Figure:
    """Return the picture of `lifcore.widgets.explore_rate` at each of the presets; none: at the first."""
    return _side_by_side(RateScene, presets)


def draw_time_step(*presets: str) -> Figure:
    """Return two views of `lifcore.widgets.explore_time_step` at each of the presets; none: at the first."""
    return _side_by_side(TimeStepColumn, presets)


@styled
def draw_adaptive(*presets: str) -> Figure:
    """Return the picture of `lifcore.widgets.explore_adaptive` at each of the presets; none: at the first.

    The presets stand one below the other, so that they share the time axis.
    """
    presets = presets or (next(iter(AdaptiveScene.presets)),)
    n = len(presets)
    fig, axes = figure(size=(7.0, 0.6 + 2.3 * n))
    axes.remove()
    parts = fig.subfigures(n, 1, squeeze=False, height_ratios=[1.25, *[1.0] * (n - 1)])[:, 0]
    scenes = [AdaptiveScene(part) for part in parts]
    for scene, name in zip(scenes, presets, strict=True):
        values = scene.preset(name)
        run = scene.simulate(values)
        scene.update(run, values)
        scene.left.set_title(_title(scene, name, run, values))
    for scene in scenes:
        scene.left.set_ylim(
            *(pick(s.left.get_ylim()[end] for s in scenes) for end, pick in enumerate((min, max)))
        )
    for scene in scenes[1:]:
        scene.legend.remove()
    return fig


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


def draw_waves(*presets: str) -> Figure:
    """Return the sheet of `lifcore.widgets.explore_waves` at each of the presets; none: at the first."""
    presets = presets or (next(iter(WavesScene.presets)),)
    fig, axes = figure(1, len(presets), size=(7.0, 2.9), squeeze=False)
    scene = WavesScene(Figure())
    for ax, name in zip(axes[0], presets, strict=True):
        values = scene.preset(name)
        run = scene.simulate(values)
        plot_map(
            since_last_spike(run, values["t"]), ax=ax, label="ms since last spike", vmin=0, vmax=PAST,
            colorbar=ax is axes[0, -1], title=f"{name}: {outcome(run)}\nhere at {values['t']:g} ms",
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
        for axis in "xy":
            limits = [getattr(ax, f"get_{axis}lim")() for ax in row]
            low, high = min(a for a, _ in limits), max(b for _, b in limits)
            for ax in row:
                getattr(ax, f"set_{axis}lim")(low, high)
        for ax in row[1:]:
            ax.set_ylabel("")
    legends = [ax.get_legend() for ax in columns[0] if ax.get_legend()]
    if legends:
        handles = [handle for legend in legends for handle in legend.legend_handles]
        names = [text.get_text() for legend in legends for text in legend.get_texts()]
        fig.legend(handles, names, loc="outside upper left", ncols=4, markerscale=1)
    for legend in (ax.get_legend() for axes in columns for ax in axes):
        if legend:
            legend.remove()
