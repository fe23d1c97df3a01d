"""The mutants: in which file, what is replaced by what; and the tests that must notice."""

# File -> what to run when it is broken, quickest first.
TESTS = {
    "lifcore/lif1d.py": [
        "test_convention",
        "test_membrane",
        "test_trains",
        "test_start",
        "test_against_reference",
    ],
    "lifcore/neuron.py": ["test_convention", "test_membrane"],
    "lifcore/exact.py": ["test_exact"],
    "lifcore/grid.py": ["test_convention", "test_grid", "test_start", "test_against_reference"],
    "lifcore/lif2d.py": ["test_grid", "test_start", "test_waves", "test_against_reference"],
    "lifcore/sheet/constants.py": ["test_grid", "test_neighbors", "test_engines"],
    "lifcore/sheet/coupling.py": ["test_neighbors", "test_against_reference"],
    "lifcore/sheet/dense.py": ["test_convention", "test_grid", "test_waves", "test_against_reference"],
    "lifcore/sheet/events.py": ["test_grid", "test_neighbors", "test_against_reference"],
    "lifcore/sheet/fused.py": ["test_engines"],
    "lifcore/sheet/sparse.py": ["test_engines"],
    "lifcore/sheet/relay.py": ["test_engines"],
    "lifcore/sheet/pick.py": ["test_engines"],
}

# File -> (what stands there once, what to put in its place).
MUTANTS = {
    "lifcore/lif1d.py": [
        ("for k, v_inf in enumerate(v_infs, 1):", "for k, v_inf in enumerate(v_infs, 0):"),
        ("th = v_th + (th - v_th) * decay_th", "th = v_th + (th - v_th) * decay"),
        ("        if th != v_th:  #", "        if th != v_th and k > hold:  #"),
        ("if k <= hold:", "if k < hold:"),
        ("            v = v_reset\n        else:", "            v = v_reset + kicks[k]\n        else:"),
        ("(v - v_inf) * decay + kicks[k]", "(v - v_inf + kicks[k]) * decay"),
        ("(v - v_inf) * decay + kicks[k]", "(v - v_inf) * decay + kicks[k - 1]"),
        ("            if v >= th:", "            if v > th:"),
        ("v = v_reset  # 4. reset", "v = v - (th - v_reset)  # 4. reset"),
        ("                th += th_jump", "                th = v_th + th_jump"),
        ("hold = k + n_ref", "hold = k + n_ref - 1"),
        ("hold = k + n_ref", "hold = k + n_ref + 1"),
        ("first = start and v >= th", "first = v >= th"),
        (
            "math.exp(-dt / neuron.tau_m), math.exp(-dt / neuron.tau_th)",
            "1 - dt / neuron.tau_m, 1 - dt / neuron.tau_th",
        ),
    ],
    "lifcore/exact.py": [
        ("fires = v >= th\n", "fires = v > th\n"),
        ("now > free + TIE", "now >= free - TIE"),
        ("free = now + neuron.t_ref", "free = now"),
        ("th + neuron.th_jump", "neuron.v_th + neuron.th_jump"),
        ("drive / tau * math.exp(-s / tau) + lift", "drive / tau * math.exp(-s / tau) - lift"),
        ("(0.0, extremum) if above(extremum) >= 0", "(0.0, left) if above(extremum) >= 0"),
        ("if drive and tau != tau_th else 0.0", "if drive else 0.0"),
    ],
    "lifcore/grid.py": [
        ("        v *= decay\n", "        v *= decay_th\n"),
        ("            th *= decay_th\n", "            th *= decay\n"),
        ("        v += v_inf\n", "        v -= v_inf\n"),
        (
            "        if self.sheet.adapts:\n            th -=",
            "        if not self.sheet.adapts:\n            th -=",
        ),
        ("        engine.hold()\n\n        # 3. test", "        # 3. test"),
        (
            "            v += put\n        engine.hold()\n",
            "            engine.hold()\n            v += put\n",
        ),
        (
            "        fired = engine.test()\n        engine.reset(fired)",
            "        fired = engine.test()\n        engine.reset(fired[:1])",
        ),
    ],
    "lifcore/lif2d.py": [
        (
            'array("input_spikes(t)", input_spikes(k * grid.dt)',
            'array("input_spikes(t)", input_spikes((k - 1) * grid.dt)',
        ),
        ("grid.step(kicks_at(k + 1), drive)", "grid.step(kicks_at(k), drive)"),
        ("first_spike.ravel()[cells[::-1]] = times[::-1]", "first_spike.ravel()[cells] = times"),
        ("ends[k + 1 : k + m + 1] - ends[k]", "ends[k : k + m] - ends[k]"),
    ],
    "lifcore/sheet/dense.py": [
        ("self._until[0][0] < self.steps", "self._until[0][0] <= self.steps"),
        ("self.steps + n_ref, cells.size", "self.steps + n_ref + 1, cells.size"),
        ("np.greater_equal(self.v", "np.greater(self.v"),
        ("+= self.sheet.neuron.th_jump", "= self.sheet.neuron.v_th + self.sheet.neuron.th_jump"),
        ("sent = self.steps % len(self._frames)", "sent = (self.steps + 1) % len(self._frames)"),
        ("self._put += kicks", "pass"),
    ],
    "lifcore/sheet/coupling.py": [
        (
            "[int(i * wide + j) for i, j in entries]",
            "[int((2 * pad[0] - i) * wide + 2 * pad[1] - j) for i, j in entries]",
        ),
        ("[int(i * wide + j) for i, j in entries]", "[int(j * wide + i) for i, j in entries]"),
        ("p + (i - p) % size", "p + (i - p + 1) % size"),
        ("if self._torus:", "if not self._torus:"),
        (
            "np.where(distance <= inhibition_radius, -inhibition, 0.0)",
            "np.where(distance <= inhibition_radius, inhibition, 0.0)",
        ),
    ],
    "lifcore/sheet/fused.py": [
        (
            "(v[i] - inf_i) * decay + inf_i\n                    th_i",
            "(v[i] - inf_i) * decay_th + inf_i\n                    th_i",
        ),
        ("reached |= v_i >= th_i", "reached |= v_i > th_i + 1"),
        ("v_reset if until[lo + c] >= step else v_c", "v_reset if until[lo + c] > step else v_c"),
        ("hits[c] = v_c >= th[lo + c]", "hits[c] = v_c > th[lo + c]"),
        ("th[start + c] += th_jump", "th[start + c] -= th_jump"),
        ("last = min(step + n_ref, FOREVER)", "last = min(step + n_ref - 1, FOREVER)"),
        (
            "                                        due[b] = last\n",
            "                                        pass\n",
        ),
        ("max(0, c - 2 * pad_cols) // BLOCK", "max(0, c) // BLOCK"),
        ("max(0, r - 2 * pad_rows)", "max(0, r - pad_rows)"),
        ("put[c] *= scale", "put[c] += scale"),
        ("                frame[r * wide : (r + 1) * wide] = 0\n", ""),
        (
            "put[event_cells[event] - start] += event_weights[event]",
            "put[event_cells[event] - start] = event_weights[event]",
        ),
    ],
    "lifcore/sheet/sparse.py": [
        ("row + rows_off[e], col + cols_off[e]", "row - rows_off[e], col - cols_off[e]"),
        ("math.exp(-rate_th * (step - since[cell]))", "math.exp(-rate_th)"),
        ("math.exp(-rate * (step - until[cell]))", "math.exp(-rate * (step - since[cell]))"),
        ("                if v_now >= th_now:", "                if v_now > th_now + 1e-6:"),
        ("if until[cell] < step:", "if until[cell] <= step:"),
        ("until[cell] = min(step + n_ref, FOREVER)", "until[cell] = min(step + n_ref + 1, FOREVER)"),
        ("if max(v_now, inf) >= min(th_now, v_th):", "if inf >= v_th:"),
        ("if max(v_now, inf) >= min(th_now, v_th):", "if v_now >= th_now:"),
        ("        log[first:tail].sort()\n", ""),
        ("np.exp((self._since[late] - now)", "np.exp((self.until[late] - now)"),
    ],
    "lifcore/sheet/relay.py": [
        ("(steps - ago) % sheet.n_delay] = len(cells)", "(steps - ago + 1) % sheet.n_delay] = len(cells)"),
        ("self.until[cells] = min(last - self.base, FOREVER)", "self.until[cells] = min(last, FOREVER)"),
        ("(self.until > self.steps - self.base).nonzero()", "(self.until >= self.steps).nonzero()"),
    ],
}
