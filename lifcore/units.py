"""The quantities of the models: one table for axes, sliders, symbol tables and messages."""

# fmt: off
# Python name -> unit ("" for a number without one), symbol in LaTeX, meaning.
QUANTITIES = {
    "v_rest": ("mV", r"V_\mathrm{rest}", "resting potential"),
    "v_reset": ("mV", r"V_\mathrm{reset}", "reset voltage"),
    "v_th": ("mV", r"V_\mathrm{th}", "firing threshold"),
    "r_m": ("MΩ", r"R", "membrane resistance"),
    "c_m": ("nF", r"C", "membrane capacitance"),
    "tau_m": ("ms", r"\tau", "membrane time constant"),
    "t_ref": ("ms", r"t_\mathrm{ref}", "absolute refractory period"),
    "th_jump": ("mV", r"\delta", "rise of the threshold at each spike"),
    "tau_th": ("ms", r"\tau_\theta", "time constant of the threshold"),
    "v": ("mV", r"V", "membrane potential"),
    "th": ("mV", r"V_t", "threshold of this moment"),
    "current": ("nA", r"I", "input current"),
    "weight": ("mV", r"w", "weight of an input spike"),
    "t": ("ms", r"t", "time"),
    "dt": ("ms", r"\Delta t", "time step"),
    "duration": ("ms", r"T", "duration"),
    "delay": ("ms", r"D", "delay"),
    "rate": ("Hz", r"f", "firing rate"),
    "cv": ("", r"\mathrm{CV}", "coefficient of variation of the intervals"),
}
# fmt: on
UNITS = {name: unit for name, (unit, _, _) in QUANTITIES.items()}
SYMBOLS = {name: (symbol, meaning) for name, (_, symbol, meaning) in QUANTITIES.items()}
