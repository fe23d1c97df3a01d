"""Who imports whom: read from the import lines, arrows in one direction only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "lifcore"

# Each module and those that it may import, with all that these may import in turn.
# coupling and grid are parts of lif2d, figures is one of plots, exercises one of checks.
ARROWS = {
    "units": "",
    "given": "units",
    "neuron": "given",
    "engine": "",
    "inputs": "neuron",
    "runs": "neuron",
    "lif1d": "runs engine",
    "exact": "neuron lif1d",
    "sheet": "neuron engine",
    "grid": "sheet",
    "lif2d": "sheet grid",
    "schemes": "neuron",
    "theory": "neuron",
    "measures": "lif1d lif2d",
    "sound": "lif1d",
    "figures": "units",
    "plots": "theory measures figures",
}
ARROWS["widgets"] = ARROWS["exercises"] = " ".join(ARROWS)
ARROWS["checks"] = ARROWS["exercises"] + " exercises"
ARROWS["__init__"] = "units neuron inputs lif1d exact lif2d measures theory"
# The libraries that only some modules may import; every other one but NumPy is refused everywhere.
HOMES = {
    "matplotlib": "figures plots widgets",
    "PIL": "figures plots widgets",
    "IPython": "figures sound widgets",
    "ipywidgets": "widgets",
    "anywidget": "widgets",
    "traitlets": "widgets",
    "numba": "engine",
    "tqdm": "lif2d",
}
HEAVY = {*HOMES, "scipy"}
FILES = sorted(HOUSE.rglob("*.py"))


def layer_of(path):
    """Return the module's name; all files of a package are one layer."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def reachable(layer):
    """Return the modules along the arrows, as far as they go."""
    direct = ARROWS[layer].split()
    return set(direct).union(*map(reachable, direct))


def imported(path):
    """Return the dotted names that a file imports anywhere in it, those of `from a import b` as a.b."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            base = ".".join((*above, node.module) if node.module else above)
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return names


@pytest.fixture(params=FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def path(request):
    return request.param


def test_imports_follow_the_arrows(path):
    layer = layer_of(path)
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("lifcore.")}
    if layer in ("widgets", "exercises", "checks"):  # above the package, whose public names they may take
        ours &= set(ARROWS)
    assert ours - {layer} <= reachable(layer)


def test_no_private_name_of_another_module(path):
    private = [name for name in imported(path) if name.startswith("lifcore.") and "._" in name]
    assert [name for name in private if name.split(".")[-2] != path.stem] == []


def test_libraries_stay_in_their_modules(path):
    libraries = {name.split(".")[0] for name in imported(path)} - set(sys.stdlib_module_names)
    assert libraries <= {
        "numpy",
        "lifcore",
        *(name for name in HOMES if layer_of(path) in HOMES[name].split()),
    }


def test_no_star_imports(path):
    assert not [name for name in imported(path) if name.endswith("*")]


def test_the_arrows_form_no_circle():
    for layer in ARROWS:
        assert layer not in reachable(layer)


def loaded_by(statement):
    """Return the top-level modules in memory after a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


def test_the_look_at_what_is_loaded_sees():
    assert loaded_by("import matplotlib, ipywidgets") >= {"matplotlib", "ipywidgets", "IPython", "numpy"}


def test_import_lifcore_is_light():
    assert not loaded_by("import lifcore") & HEAVY


def test_a_small_run_loads_nothing_more():
    runs = "lifcore.simulate_1d(duration=10); lifcore.simulate_2d(shape=(4, 4), duration=1)"
    assert not loaded_by(f"import lifcore; {runs}") & HEAVY
