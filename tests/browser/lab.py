"""A JupyterLab of our own on a copy of some notebooks, and one notebook in it as a browser shows it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]
SHOTS = Path(__file__).parent / "shots"
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # else cells out of sight are not in the page
}

HIGHEST, AROUND = 16_000, 120  # pixels of a picture, and those of them that aren't the notebook

SETTLED = """picture => new Promise(resolve => {
    let [src, since] = [picture.src, performance.now()];
    const timer = setInterval(() => {
        if (picture.src !== src) [src, since] = [picture.src, performance.now()];
        if (performance.now() - since < 300) return;
        clearInterval(timer);
        resolve(src);
    }, 20);
})"""

FLAGS = [
    "--no-sandbox",  # Chromium has none when root starts it
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Lab:
    """A running JupyterLab on copies of `folders`; `close` ends it and its kernels."""

    def __init__(self, home: Path, *folders: Path, dark: bool = False, options: Sequence[str] = ()) -> None:
        self.work = home / "work"
        self.work.mkdir()
        for folder in folders:
            copy = self.work / folder.name
            shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        settings = SETTINGS | {
            "apputils-extension/themes": {"theme": f"JupyterLab {'Dark' if dark else 'Light'}"}
        }
        for name, values in settings.items():
            path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        # Nothing of the user's own Jupyter takes part.
        own = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
        }
        env = os.environ | {name: str(home / folder) for name, folder in own.items()}
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--allow-root",
            "--expose-app-in-browser",
        ]
        command += [f"--port={port}", "--ServerApp.port_retries=0", "--ip=127.0.0.1"]
        command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={self.work}", *options]
        self._log = home / "log.txt"
        with self._log.open("w") as log:
            self._server = subprocess.Popen(command, env=env, cwd=self.work, stdout=log, stderr=log)
        self._wait()

    def write(self, name: str, *sources: str) -> str:
        """Write a notebook of these cells beside the others; return its name."""
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        path = self.work / "notebooks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        return name

    def _wait(self) -> None:
        for _ in range(600):
            if self._server.poll() is not None:
                raise RuntimeError(f"JupyterLab has ended:\n{self._log.read_text()[-2000:]}")
            try:
                with urllib.request.urlopen(f"{self.url}/api/status", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"JupyterLab doesn't answer:\n{self._log.read_text()[-2000:]}")

    def close(self) -> None:
        """End the server, which ends its kernels."""
        self._server.terminate()
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()


class Page:
    """One notebook in the browser."""

    def __init__(self, page, lab: Lab, name: str, width: int = 1280) -> None:
        self.page, self.name, self.width = page, name, width
        self.foreign: list[str] = []  # what the page has asked others for
        own = (lab.url, "data:", "blob:")
        page.on("request", lambda asked: asked.url.startswith(own) or self.foreign.append(asked.url))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{lab.url}/lab/tree/notebooks/{name}?reset", wait_until="domcontentloaded")
        page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.context?.isReady", timeout=120_000)
        page.wait_for_function(
            "jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status == 'idle'", timeout=120_000
        )
        if width < 800:
            self.narrow()

    def narrow(self) -> None:
        """Make the window as narrow as a telephone, without the file browser: there is no room for it."""
        self.width = 480
        self.page.set_viewport_size({"width": 480, "height": 900})
        self.page.evaluate("jupyterapp.shell.collapseLeft()")

    def run_all(self) -> None:
        """Run every cell and wait for the last."""
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")

    def errors(self) -> list[str]:
        """Return what cells wrote to the error stream or raised."""
        cells = self.page.evaluate("jupyterapp.shell.currentWidget.content.model.toJSON().cells")
        outputs = [out for cell in cells for out in cell.get("outputs", [])]
        raised = [f"{out['ename']}: {out['evalue']}" for out in outputs if out["output_type"] == "error"]
        return raised + ["".join(out["text"]) for out in outputs if out.get("name") == "stderr"]

    def broken_pictures(self) -> list[str]:
        """Return the addresses of pictures that don't show."""
        return self.page.evaluate(
            "[...document.querySelectorAll('.jp-Notebook img')]"
            ".filter(img => img.complete && !img.naturalWidth).map(img => img.getAttribute('src'))"
        )

    def explorers(self) -> list:
        """Return the explorers of the page, without live grids."""
        self.page.wait_for_selector(".lif-explorer img.lif-image, .lif-map canvas", timeout=120_000)
        return self.page.locator(".lif-explorer:not(.lif-live)").all()

    def picture(self, explorer) -> str:
        """Return an explorer's picture, as an address that holds its pixels, once no other comes any more."""
        return explorer.locator("img.lif-image").evaluate(SETTLED)

    def drag(self, slider) -> None:
        """Drag a slider's handle with the mouse, far into the half of its way where it isn't."""
        slider.scroll_into_view_if_needed()
        handle, way = (slider.locator(part).bounding_box() for part in (".noUi-handle", ".noUi-base"))
        x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        left = x < way["x"] + way["width"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(way["x"] + way["width"] * (0.9 if left else 0.1), y, steps=6)
        self.page.mouse.up()

    def wait_for_new_picture(self, explorer, old: str) -> None:
        """Wait until the picture is another one and is on the screen."""
        self.page.wait_for_function(
            "([img, old]) => img.src != old && img.complete && img.naturalWidth > 0",
            arg=[explorer.locator("img.lif-image").element_handle(), old],
            timeout=60_000,
        )

    def shoot(self, name: str) -> None:
        """Save a picture of the whole notebook, in parts where Chromium can't draw so high a one."""
        SHOTS.mkdir(exist_ok=True)
        outer = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
        height = self.page.evaluate(f"document.querySelector('{outer}').scrollHeight")
        for part, top in enumerate(range(0, height, HIGHEST - AROUND)):
            high = min(height - top + AROUND, HIGHEST)
            self.page.set_viewport_size({"width": self.width, "height": high})
            self.page.evaluate(f"document.querySelector('{outer}').scrollTop = {top}")
            self.page.wait_for_timeout(300)
            ending = f"{self.width}_{part}.png" if part else f"{self.width}.png"
            self.page.screenshot(path=SHOTS / f"{Path(self.name).stem}_{name}_{ending}")
