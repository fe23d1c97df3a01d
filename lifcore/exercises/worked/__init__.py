"""The lines that the learner writes first: what a notebook gives, a hint, and ours, as text.

A module for each notebook that has some, named like it. Its `YOURS` maps the exercise's name to a `Yours`,
with which the notebook's cells are compared.
"""

import importlib
import math
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

FOLD = """\
<details><summary>Hint</summary>

{hint}

</details>
<details><summary>Our lines</summary>

```python
{ours}
```

</details>"""


@dataclass(frozen=True)
class Yours:
    """One thing to write.

    Attributes
    ----------
    stub : str
        The function as the notebook gives it, which runs as it stands.
    hint : str
    ours : str
        The function as we write it.
    """

    stub: str
    hint: str
    ours: str

    @property
    def name(self) -> str:
        """The function's name."""
        return re.match(r"def (\w+)", self.stub)[1]  # type: ignore[index]

    def cell(self, id: str) -> str:
        """Return the source of the cell with the stub and, as its last line, its check."""
        return f'{self.stub}\n\n\ncheck("{id}", {self.name})'

    def fold(self) -> str:
        """Return the source of the cell below it: hint and our lines, folded."""
        return FOLD.format(hint=self.hint, ours=self.ours)

    def function(self) -> Callable[..., Any]:
        """Return our function."""
        names: dict[str, Any] = {"math": math, "np": np}
        exec(compile(self.ours, f"<our {self.name}>", "exec"), names)
        return names[self.name]


def yours(number: str = "") -> dict[str, Yours]:
    """Return what the learner writes in a notebook, by id; "": in all that have something."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.name.startswith(number)]
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {f"{name[:2]}.{id}": one for name, module in modules.items() for id, one in module.YOURS.items()}
