"""Make the environment and open the notebooks, or run the tests.

python3 start.py                   JupyterLab at the first notebook of your copy, which is in work/
python3 start.py renew 02_spike    the newest version of a notebook of your copy; yours is kept beside it
python3 start.py test              every test; once installed it takes a few minutes
python3 start.py test --extended   what the tests leave out: all browser tests, other versions, peers
python3 start.py slides 02_spike   JupyterLab ready to present a notebook; the first one unless named
python3 start.py site              dist/site: the course as a static site that runs in the browser
python3 start.py paper             dist/paper: each notebook as a page and a PDF that need no network
python3 start.py class             dist/class.zip: the course without the solutions
python3 start.py repair            the environment made anew, where something in it is broken
"""

import argparse
import signal
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036  what this message is for
    sys.exit(
        f"This needs Python 3.11 or later and was started with {sys.version.split()[0]}: install a newer one "
        "and start with it, for example: python3.12 start.py"
    )

from tools import class_copy, learners_copy
from tools.setup_environment import ROOT, ensure, repair
from tools.setup_lab import FIRST, check_port, notebook_named, open_lab, open_slides
from tools.setup_show import clean_env
from tools.setup_stages import run_extended, run_tests
from tools.setup_trouble import SetupError

BUILDS = {"site": "tools.build_site", "paper": "tools.build_paper"}
REACH = ".venv-reach", "requirements-reach.lock"


def main() -> int:
    """Read the command line and do what it says."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument(
        "command",
        nargs="?",
        choices=["lab", "renew", "test", "slides", *BUILDS, "class", "repair"],
        default="lab",
        help="lab unless given",
    )
    parser.add_argument(
        "notebook", nargs="?", help="slides: the notebook to present; renew: the one to renew"
    )
    parser.add_argument("--extended", action="store_true", help="test: run what the tests leave out")
    parser.add_argument(
        "--pythons",
        choices=["newest", "all"],
        help="test --extended: of the Pythons 3.12 to 3.14 found, those to run in; the newest unless given",
    )
    parser.add_argument(
        "--no-browser", action="store_true", help="lab, slides: print the address, open no browser"
    )
    parser.add_argument(
        "--port", type=int, help="lab, slides: JupyterLab's port; else the first free one from 8888"
    )
    options, more = parser.parse_known_args()
    command, browser, port = options.command, not options.no_browser, options.port
    if options.extended and command != "test":
        parser.error("--extended belongs to the tests: python3 start.py test --extended")
    if options.pythons and not options.extended:
        parser.error(
            "--pythons belongs to the extended tests: "
            f"python3 start.py test --extended --pythons {options.pythons}"
        )
    if options.notebook and command not in ("slides", "renew"):
        parser.error(f"{command} takes no notebook: python3 start.py slides {options.notebook}")
    if command == "renew" and not options.notebook:
        parser.error("renew takes the name of a notebook: python3 start.py renew 02_spike")
    if command in ("renew", "test", "class", "repair", *BUILDS):
        if more or options.no_browser or port:
            parser.error(f"{command} takes no option{' but --extended and --pythons' * (command == 'test')}")
        if command == "renew":
            return learners_copy.main(options.notebook)
        if command == "class":
            return class_copy.main()
        if command == "repair":
            return repair()
        if command in BUILDS:
            return subprocess.call([str(ensure(*REACH)), "-m", BUILDS[command]], cwd=ROOT, env=clean_env())
        if not (ROOT / "tests").is_dir():
            raise SetupError("This is a class copy: its tests are where the teacher has the whole course.")
        return run_extended(options.pythons or "newest") if options.extended else run_tests()
    if port is not None:
        check_port(port)
    if command == "slides":
        notebook = notebook_named(options.notebook or FIRST)
        return open_slides(ensure(*REACH), notebook, browser, port, more)
    python = ensure(".venv", "requirements.lock")
    learners_copy.tell(learners_copy.bring_up_to_date())
    return open_lab(python, f"{learners_copy.WORK.name}/{FIRST}", browser, port, more)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends what it has begun, too
    try:
        sys.exit(main())
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        print("\nStopped. Start it again and it goes on from where it can.", file=sys.stderr)
        sys.exit(130)
