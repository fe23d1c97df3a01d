"""The model's convention a second time, written to be read: one cell and one step after the other."""

import math

from lifcore import LIF


def steps_up(x: float, dt: float) -> int:
    """Return x / dt rounded up, unless it is a whole number but for rounding errors."""
    quotient = x / dt
    nearest = math.floor(quotient + 0.5)
    return nearest if abs(quotient - nearest) <= 1e-9 * max(1.0, quotient) else math.ceil(quotient)


class Cell:
    """One neuron: v and th in mV, and how many samples v is still held at reset."""

    def __init__(self, neuron: LIF, dt: float, v: float, th: float) -> None:
        self.neuron, self.dt, self.v, self.th = neuron, dt, v, th
        self.n_ref = steps_up(neuron.t_ref, dt)
        self.held = 0
        self.margin = math.inf  # mV, the smallest |v - th| ever tested

    def step(self, current: float, kick: float) -> bool:
        """Go to the next sample and tell whether the neuron fires there."""
        n = self.neuron
        self.th = n.v_th + (self.th - n.v_th) * math.exp(-self.dt / n.tau_th)
        if self.held > 0:
            self.held -= 1
            return False
        v_inf = n.v_rest + n.r_m * current
        self.v = v_inf + (self.v - v_inf) * math.exp(-self.dt / n.tau_m)
        self.v += kick
        return self.test()

    def test(self) -> bool:
        """Compare v with the threshold; fire and reset where it is reached."""
        self.margin = min(self.margin, abs(self.v - self.th))
        if self.v < self.th:
            return False
        self.v = self.neuron.v_reset
        self.th += self.neuron.th_jump
        self.held = self.n_ref
        return True


def simulate_cell(neuron, n, dt, currents, times, weights, v_start, th_start):
    """Return v and th (n+1 values each), the samples of the spikes, and the smallest margin, mV."""
    cell = Cell(neuron, dt, v_start, th_start)
    arrivals = [[] for _ in range(n + 1)]
    for time, weight in zip(times, weights, strict=True):
        if steps_up(time, dt) <= n:
            arrivals[steps_up(time, dt)].append(weight)
    cell.v += sum(arrivals[0])
    spikes = [0] if arrivals[0] and cell.test() else []
    v, th = [cell.v], [cell.th]
    for k in range(1, n + 1):
        if cell.step(currents[k - 1], sum(arrivals[k])):
            spikes.append(k)
        v.append(cell.v)
        th.append(cell.th)
    return v, th, spikes, cell.margin


def simulate_sheet(neuron, shape, n, dt, kernel, delay, boundary, current_at, events, v_start, th_start):
    """Return v, th (lists of rows), the spikes (sample, row, column), and the smallest margin, mV.

    `current_at` is a function of the step k = 0 … n-1 that returns rows of nA, `events` are
    (time, row, column, weight), `v_start` and `th_start` are rows of mV.
    """
    rows, cols = shape
    places = [(i, j) for i in range(rows) for j in range(cols)]
    cells = {(i, j): Cell(neuron, dt, v_start[i][j], th_start[i][j]) for i, j in places}
    n_delay = steps_up(delay, dt)
    center = len(kernel) // 2, len(kernel[0]) // 2
    arrivals = [{} for _ in range(n + 1)]  # of each sample: place -> weights that arrive there
    for time, i, j, weight in events:
        if steps_up(time, dt) <= n:
            arrivals[steps_up(time, dt)].setdefault((i, j), []).append(weight)
    spikes = []

    def send(k, i, j):
        spikes.append((k, i, j))
        if k + n_delay > n:
            return
        for a, line in enumerate(kernel):
            for b, weight in enumerate(line):
                # The target sees this cell at the offset (a, b) - center from itself.
                target = i - (a - center[0]), j - (b - center[1])
                if boundary == "torus":
                    target = target[0] % rows, target[1] % cols
                if target in cells:
                    arrivals[k + n_delay].setdefault(target, []).append(weight)

    for place in places:
        cell = cells[place]
        if place in arrivals[0]:
            cell.v += sum(arrivals[0][place])
            if cell.test():
                send(0, *place)
    for k in range(1, n + 1):
        currents = current_at(k - 1)
        for i, j in places:
            if cells[i, j].step(currents[i][j], sum(arrivals[k].get((i, j), ()))):
                send(k, i, j)
    v = [[cells[i, j].v for j in range(cols)] for i in range(rows)]
    th = [[cells[i, j].th for j in range(cols)] for i in range(rows)]
    return v, th, spikes, min(cell.margin for cell in cells.values())
