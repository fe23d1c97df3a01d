"""Programs that an environment is made with: what they may see, and what is shown of what they say."""

import os
import shutil
import subprocess
import sys

from tools.setup_lock import inherited
from tools.setup_trouble import SetupError, explain


def clean_env() -> dict[str, str]:
    """Return the environment variables for programs of our environments.

    Those that would bring in other Pythons' packages, or another matplotlib backend, are left out.
    """
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "MPLBACKEND")}
    return env | {"JUPYTER_PREFER_ENV_PATH": "1", "PYTHONUTF8": "1"}


def show(command: list[str], failed: str, hold: int | None = None) -> None:
    """Run a command and show its lines as they come: on a terminal in one line that changes.

    The command holds the lock whose descriptor is `hold` as long as it lives.

    Raises
    ------
    SetupError
        If it fails; it begins with the sentence `failed`.
    """
    env = clean_env() | {"PYTHONUNBUFFERED": "1"}
    width = shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else 0
    lines = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=env,
        encoding="utf-8",
        errors="replace",
        **inherited(hold),
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                lines.append(line.rstrip())
                text = f"      {line.strip()}"
                if width:
                    print(f"\r{text[:width]:{width}}", end="", flush=True)
                elif not line.startswith((" ", "Ignoring")):  # pip's and uv's details
                    print(text[:110], flush=True)
        except BaseException:
            process.kill()  # else it would go on alone
            raise
    if width and lines:
        print(f"\r{'':{width}}\r", end="", flush=True)
    if process.returncode:
        for line in lines[-8:]:
            print(f"      {line[:160]}")
        why = explain("\n".join(lines)) or "The lines above say why; mend that and start again."
        raise SetupError(f"{failed} {why}")
