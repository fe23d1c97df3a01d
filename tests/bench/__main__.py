"""Print every table; end with an error where a target is missed: `python -m tests.bench [name …]`."""

import platform
import sys

import numpy as np

from tests.bench import one, sheet
from tests.bench.measure import show

MODULES = {"one": one, "sheet": sheet}


def main(names: list[str]) -> int:
    """Measure the named modules, all of them where none is named."""
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(MODULES)}")
        return 2
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    met = [show(table) for name in names or MODULES for table in MODULES[name].tables()]
    print(f"\n{sum(met)} of {len(met)} tables meet their targets")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
