"""Write the address under which the course is published into every place that names it.

python tools/publish.py OWNER/NAME              the repository on GitHub; its default branch is main
python tools/publish.py OWNER/NAME --branch B   another branch
python tools/publish.py --check                 say which places don't agree with pyproject.toml
python tools/publish.py --unset                 take the address away again
python tools/publish.py --learn FOLDER          write what the branch "learn" holds: the lessons for Colab

The places: pyproject.toml, CITATION.cff, and badges under the titles of README.md and of the notebooks.
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a file, its own folder stands there

from tools import whole  # noqa: E402
from tools.publish_learn import learn  # noqa: E402
from tools.publish_places import GITHUB, Address, parse_project, places, read, rewrite  # noqa: E402
from tools.setup_trouble import SetupError  # noqa: E402


def parse(text: str, branch: str = "") -> Address:
    """Return the address of OWNER/NAME.

    Raises
    ------
    ValueError
        If GitHub or git would not take such a name.
    """
    if not re.fullmatch(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/(?!\.{1,2}$)[\w.-]{1,100}", text, re.ASCII):
        raise ValueError(f"OWNER/NAME must be two names as in ada/lif-course; got {text!r}.")
    if not re.fullmatch(r"|(?!.*(?:\.\.|//|/\.|\.lock/))[\w][\w./-]*(?<![./])(?<!\.lock)", branch, re.ASCII):
        raise ValueError(f"--branch must be the name of a branch, as in main or 2026/spring; got {branch!r}.")
    owner, _, name = text.partition("/")
    return Address(owner, name, branch)


def read_address(root: Path) -> Address | None:
    """Return the address in pyproject.toml; None while there is none.

    Raises
    ------
    ValueError
        If it is none of GitHub, or the file can't be read.
    """
    try:
        project = parse_project(read(root, "pyproject.toml"))
    except ValueError as error:
        raise ValueError(f"pyproject.toml: {error}.") from None
    url = project.get("urls", {}).get("Repository")
    if url is None:
        return None
    found = re.fullmatch(re.escape(GITHUB) + r"([^/]+/[^/]+)(?:/tree/(.+))?", url)
    if not found:
        raise ValueError(f"Repository in pyproject.toml must be {GITHUB}OWNER/NAME; got {url!r}.")
    return parse(found[1], found[2] or "")


def publish(root: Path, address: Address | None) -> list[str]:
    """Write an address, or take it away, everywhere or nowhere; return the files that changed."""
    texts = {name: rewrite(root, name, address) for name in places(root)}
    changed = [name for name, text in texts.items() if text != (root / name).read_text("utf-8")]
    whole.write({root / name: texts[name].encode() for name in changed})
    return changed


def disagreements(root: Path) -> list[str]:
    """Return a line for each place that doesn't agree with pyproject.toml."""
    address, found = read_address(root), []
    for name in places(root):
        try:
            new = rewrite(root, name, address).splitlines()
        except ValueError as error:
            found.append(str(error))
            continue
        old = (root / name).read_text("utf-8").splitlines()
        if old != new:
            line = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(new) - 1)
            found.append(f"{name}, line {line + 1}, should be: {new[line].strip()}")
    return found


def main() -> int:
    """Read the command line and do what it says."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("address", nargs="?", metavar="OWNER/NAME", help="the repository on GitHub")
    parser.add_argument("--branch", default="", help="with OWNER/NAME: main unless given")
    parser.add_argument("--check", action="store_true", help="say which places don't agree; write nothing")
    parser.add_argument("--unset", action="store_true", help="take the address away")
    parser.add_argument("--learn", type=Path, metavar="FOLDER", help="write the branch of the lessons there")
    options = parser.parse_args()
    asked = bool(options.address), options.check, options.unset, options.learn is not None
    if sum(asked) != 1 or (options.branch and not options.address):
        parser.error("give either OWNER/NAME, with or without --branch, or --check, --unset or --learn")
    try:
        if options.learn is not None:
            print(f"{options.learn} has {learn(ROOT, read_address(ROOT), options.learn)} files.")
            return 0
        if options.check:
            found, address = disagreements(ROOT), read_address(ROOT)
            print("\n".join(found) or f"All places agree: {address.url if address else 'no address yet'}.")
            return int(bool(found))
        address = parse(options.address, options.branch) if options.address else None
        changed = publish(ROOT, address)
    except (ValueError, SetupError) as error:
        sys.exit(str(error))
    print("\n".join(changed) or "Nothing to change.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
