"""Input currents, spike trains and pictures. Every random one takes a seed: same seed, same array."""

from lifcore.inputs.currents import noise, ramp, sine, step
from lifcore.inputs.pictures import from_image
from lifcore.inputs.trains import poisson, regular

__all__ = ["from_image", "noise", "poisson", "ramp", "regular", "sine", "step"]
