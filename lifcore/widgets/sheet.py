"""What scenes of a sheet of neurons share: their controls, and its three maps."""

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure, SubFigure
from matplotlib.image import AxesImage

from lifcore.figures import COLORS, label
from lifcore.widgets.scene import Control
from lifcore.widgets.stage import DT, NEURON, THETA, Stage

SHEET_CONTROLS = (
    Control("weight", 0.1, 2.0, 0.05, text=r"$w/\theta$", like="ratio"),
    Control("tau_m", 1.0, 40.0, 0.5),
    Control("delay", DT, 5.0, DT, grid=DT),
    Control("t_ref", 0.0, 20.0, 0.5),
    Control("th_jump", 0.0, 40.0, 1.0),
    Control("neighbors", choices=(("4", 4), ("8", 8)), text="neighbors"),
    Control("boundary", choices=(("open", "open"), ("torus", "torus")), text="boundary"),
)


class Maps:
    """V, V_t and the spikes of a square sheet side by side.

    Parameters
    ----------
    fig
        Where.
    side
        Cells in a row and in a column.
    """

    def __init__(self, fig: Figure | SubFigure, side: int) -> None:
        spike_map = ListedColormap(["white", COLORS["spike"]])
        shown = [
            (label("v"), "viridis", NEURON.v_rest, NEURON.v_th),
            (label("th"), "viridis", NEURON.v_th, NEURON.v_th + 2 * THETA),
            ("spikes of the last $D$", spike_map, 0, 1),
        ]
        self.images: list[AxesImage] = []
        for ax, (title, cmap, low, high) in zip(fig.subplots(1, 3), shown, strict=True):
            image = ax.imshow(np.zeros((side, side)), cmap, vmin=low, vmax=high, interpolation="nearest")
            image.set_zorder(3)
            ax.set(title=title, xticks=[], yticks=[], xlim=(-0.5, side - 0.5), ylim=(side - 0.5, -0.5))
            ax.spines[:].set_visible(True)
            if cmap == "viridis":
                below = ax.inset_axes((0.0, -0.11, 1.0, 0.05))
                bar = fig.colorbar(image, cax=below, orientation="horizontal", ticks=[low, high])
                first, last = bar.ax.get_xticklabels()
                first.set_horizontalalignment("left")  # else the numbers of two maps touch
                last.set_horizontalalignment("right")
            self.images.append(image)
        fig.axes[0].set(yticks=[0, side // 2, side - 1], ylabel="row")
        ax.set(xticks=[0, side // 2, side - 1], xlabel="column")
        self.last = ax

    def show(self, stage: Stage) -> bool:
        """Bring the maps to a sheet; return whether the frames round them changed."""
        for image, shown in zip(self.images, (stage.grid.v, stage.grid.th, stage.recent()), strict=True):
            image.set_data(shown)
        # A dashed frame: what leaves on one side comes back on the other.
        frame = "--" if stage.grid.boundary == "torus" else "-"
        spines = [spine for image in self.images for spine in image.axes.spines.values()]
        changed = spines[0].get_linestyle() != frame
        for spine in spines:
            spine.set(linestyle=frame)
        return changed
