"""What Binder makes of the folder, as far as that can be told without conda and without Docker."""

import os
import re
import subprocess
import sys
import sysconfig

import pytest
import yaml
from rattler import MatchSpec

from tools.setup_environment import ROOT
from tools.setup_show import clean_env
from tools.setup_trouble import explain

ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
SPECS = ENVIRONMENT["dependencies"]
ON_PYPI = {"matplotlib-base": "matplotlib"}  # the names that differ; python itself is an option


@pytest.mark.parametrize("spec", SPECS)
def test_each_spec_is_one_for_conda(spec):
    parsed = MatchSpec(spec, strict=True)
    assert parsed.name.normalized == re.match(r"[a-z-]+", spec)[0]
    assert parsed.version and parsed.build is None and parsed.channel is None


def test_the_grammar_is_strict():
    with pytest.raises(Exception, match="invalid|parse|version"):
        MatchSpec("numpy>=2.0,,<3", strict=True)


def test_conda_forge_only_and_no_pip_section():
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert all(isinstance(spec, str) for spec in SPECS)


@pytest.fixture(scope="module")
def plan():
    """Return what repo2docker says of the folder: how it reads it, and the Dockerfile it would build."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    reply = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=clean_env())
    assert reply.returncode == 0, reply.stderr
    return reply.stdout + reply.stderr


def test_repo2docker_takes_environment_yml_and_python_312(plan):
    assert "Building conda environment for python=3.12\n" in plan
    assert "No frozen env" not in plan


def test_repo2docker_installs_before_it_copies_the_course_and_then_runs_postbuild(plan):
    install = re.search(r"env update -p \$\{NB_PYTHON_PREFIX\} --file \"environment.yml\"", plan).start()
    course = re.search(r"^COPY \S+ src/ ", plan, re.MULTILINE).start()
    post = plan.index("RUN ./postBuild\n")
    assert install < course < post  # so a change of a notebook leaves the packages in the cache


@pytest.mark.extended
def test_pip_finds_the_same_packages_in_these_versions(tmp_path):
    wanted = [
        ON_PYPI.get(name := re.match(r"[a-z-]+", spec)[0], name) + spec[len(name) :] for spec in SPECS[1:]
    ]
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed"]
    command += ["--report", str(tmp_path / "report.json"), "--disable-pip-version-check"]
    command += ["--python-version", SPECS[0].removeprefix("python="), "--only-binary=:all:"]
    reply = subprocess.run(
        [*command, "--target", str(tmp_path / "x"), *wanted], capture_output=True, text=True
    )
    if explain(reply.stderr).startswith("The packages can't be reached") and not os.environ.get("CI"):
        pytest.skip("no network")
    assert reply.returncode == 0, reply.stderr
    report = yaml.safe_load((tmp_path / "report.json").read_text("utf-8"))
    found = {package["metadata"]["name"].lower() for package in report["install"]}
    assert {re.match(r"[a-z-]+", spec)[0] for spec in wanted} <= found


@pytest.mark.skipif(os.name == "nt", reason="Binder is Linux; the script is for bash")
def test_postbuild_puts_lifcore_and_the_prompt_connection_in_place(tmp_path):
    venv = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    bases = {"base": str(venv), "platbase": str(venv)}
    site = sysconfig.get_path("purelib", "venv", bases)
    # The packages of this environment without its way to lifcore: that one's own .pth isn't read.
    with open(f"{site}/packages.pth", "w") as file:
        file.write(sysconfig.get_path("purelib"))
    env = clean_env() | {"PATH": f"{venv}/bin{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}

    def python(code):
        reply = subprocess.run(["python", "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
        return reply.stdout.strip() or reply.stderr.strip().splitlines()[-1]

    assert python("import lifcore") == "ModuleNotFoundError: No module named 'lifcore'"
    subprocess.run([str(ROOT / "postBuild")], cwd=ROOT, env=env, check=True, capture_output=True)
    assert python("import lifcore; print(lifcore.__file__)") == str(ROOT / "lifcore/__init__.py")
    server = (
        "from jupyter_server.serverapp import ServerApp\n"
        "app = ServerApp.instance()\n"
        "app.initialize(['--port=0', '--allow-root', '--no-browser'])\n"
        "print(app.web_app.settings['kernel_websocket_connection_class'])\n"
    )
    assert python(server) == "<class 'tools.setup_socket.PromptConnection'>"
