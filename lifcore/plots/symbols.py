"""Tables of a model's quantities."""

from dataclasses import asdict, dataclass

from lifcore.neuron import LIF
from lifcore.units import SYMBOLS, UNITS


@dataclass(frozen=True)
class SymbolTable:
    """Quantities of a model, one a row: symbol, Python name, meaning, unit and value."""

    rows: tuple[tuple[str, str, str, str, str], ...]

    def _repr_markdown_(self) -> str:
        head = "| symbol | in Python | meaning | unit | value |\n|:--|:--|:--|:--|--:|\n"
        return head + "\n".join(f"| ${s}$ | `{n}` | {m} | {u} | {v} |" for s, n, m, u, v in self.rows)

    def __repr__(self) -> str:
        """Return the same rows as plain text, without the symbols."""
        rows = [("in Python", "meaning", "unit", "value"), *(row[1:] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows)
        return "\n".join(line.rstrip() for line in lines)


def symbol_table(neuron: LIF, *names: str, **values: float) -> SymbolTable:
    """Return the table of a model's quantities, made from the record, so that it can't drift.

    Parameters
    ----------
    neuron
        Whose values to show.
    *names
        The quantities, Python names of `lifcore.SYMBOLS`; none: all parameters of the neuron.
    **values
        Values of quantities that the record doesn't hold, such as ``weight=0.5`` or ``dt=0.1``.

    Raises
    ------
    ValueError
        If a name stands for no quantity.
    """
    known = asdict(neuron) | values
    names = (*(names or asdict(neuron)), *(name for name in values if name not in names))
    for name in names:
        if name not in SYMBOLS:
            raise ValueError(f"names must be among {', '.join(SYMBOLS)}; got {name!r}")
    rows = []
    for name in names:
        symbol, meaning = SYMBOLS[name]
        rows.append((symbol, name, meaning, UNITS[name], f"{known[name]:g}" if name in known else "varies"))
    return SymbolTable(tuple(rows))
