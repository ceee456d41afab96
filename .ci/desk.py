"""A JupyterLab in a folder of its own, and a desk in front of it: a browser that uses it as a person would.

Nothing leaves the machine: the browser's proxy leads nowhere, and the server and its kernels have one that refuses and
remembers what it was asked for.
"""

import contextlib
import json
import os
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Request,
    sync_playwright,
)

from qz_analysis.charts.theme import font_path

QUIET = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
CODE = f"{PANEL} .jp-CodeCell"
OUTPUT = ".jp-OutputArea-output"
AMISS = "".join(
    f"{PANEL} [data-mime-type='application/vnd.jupyter.{kind}'], " for kind in ("error", "stderr")
)[:-2]
# a run begins when a cell shows a star: numbers of an earlier run prove nothing
WATCH = """panel => {
  const starred = () => [...document.querySelectorAll(panel + ' .jp-InputPrompt')].some(p => p.textContent.includes('*'));
  window.ran = false;
  new MutationObserver(() => { window.ran ||= starred(); })
    .observe(document.querySelector(panel + ' .jp-Notebook'), {childList: true, characterData: true, subtree: true});
}"""
IDLE = """() => / \\| Idle/.test(document.querySelector('#jp-main-statusbar')?.textContent ?? '')"""
DONE = """panel => {
  const idle = / \\| Idle/.test(document.querySelector('#jp-main-statusbar').textContent);
  const prompts = [...document.querySelectorAll(panel + ' .jp-InputPrompt')];
  return window.ran && idle && !prompts.some(p => p.textContent.includes('*'));
}"""


class Trouble(Exception):
    """What a person at the desk would have seen go wrong."""


class Refusing(socketserver.BaseRequestHandler):
    """A proxy that lets nothing through and keeps the first line of what it was asked."""

    asked: list[str]

    def handle(self) -> None:
        self.asked.append(self.request.recv(4096).split(b"\r\n")[0].decode(errors="replace"))


@contextlib.contextmanager
def refusing() -> Iterator[tuple[str, list[str]]]:
    """The address of a refusing proxy, and the list of what it was asked for."""
    asked: list[str] = []
    handler = type("Handler", (Refusing,), {"asked": asked})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}", asked
        proxy.shutdown()


def surroundings(home: Path, root: Path, proxy: str) -> dict[str, str]:
    """The environment of the server and its kernels: nothing of this user's, the package of this tree."""
    folders = {
        "HOME": "",
        "IPYTHONDIR": "ipython",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "MPLCONFIGDIR": "matplotlib",
    }
    settings = home / "settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET), encoding="utf-8")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(("JUPYTER", "IPYTHON"))
    }
    proxies = {f"{name}_proxy": proxy for name in ("http", "https", "all")} | {
        "no_proxy": "127.0.0.1,localhost"
    }
    proxies |= {name.upper(): value for name, value in proxies.items()}
    paths = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))
    return (
        kept
        | proxies
        | {name: str(home / part) for name, part in folders.items()}
        | {"PYTHONPATH": paths}
    )


@contextlib.contextmanager
def jupyter(folder: Path, home: Path, root: Path, proxy: str) -> Iterator[tuple[str, str]]:
    """A server of `folder` on a free port, ended whatever happens: its address and its token."""
    home.mkdir()
    command = "-m jupyterlab --no-browser --allow-root --ip=127.0.0.1 --port=0 --LabApp.extension_manager=readonly"
    log = home / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, *command.split(), f"--ServerApp.root_dir={folder}"],
            env=surroundings(home, root, proxy),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        told = _told(process, home / "runtime" / f"jpserver-{process.pid}.json", log)
        yield told["url"], told["token"]
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _told(
    process: subprocess.Popen[bytes], path: Path, log: Path, seconds: float = 60
) -> dict[str, Any]:
    """What the server says of itself once it listens."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, json.JSONDecodeError):
            return dict(json.loads(path.read_text(encoding="utf-8")))
        time.sleep(0.1)
    raise Trouble(f"JupyterLab does not start: {log.read_text(encoding='utf-8')[-1000:]}")


@contextlib.contextmanager
def chromium(home: Path) -> Iterator[Browser]:
    """The system's Chromium, with a home that holds the Chinese font which a reader of these reports has."""
    (home / ".fonts").mkdir(parents=True)
    shutil.copy(font_path(), home / ".fonts")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise Trouble("chromium is not installed")
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--proxy-server=127.0.0.1:9"]
    with sync_playwright() as playwright:
        environment: dict[str, str | float | bool] = {**os.environ, "HOME": str(home)}
        browser = playwright.chromium.launch(executable_path=program, args=flags, env=environment)
        yield browser
        browser.close()


class Desk:
    """One person's browser window on one folder of the server."""

    def __init__(self, context: BrowserContext, url: str, token: str, folder: Path) -> None:
        self.url, self.token, self.folder = url, token, folder
        self.heard: list[str] = []
        self.downloads: list[Download] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.heard.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on(
            "page",
            lambda page: page.on("download", lambda download: self.downloads.append(download)),
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "assert"):
            self.heard.append(f"console: {message.text[:300]}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.heard.append(f"asks for {request.url[:120]}")

    def open(self, notebook: str) -> None:
        """Open a notebook of the folder by its address and wait until its kernel is idle."""
        address = f"{self.url}lab/tree/{self.folder.name}/{notebook}?reset&token={self.token}"
        self.page.goto(address)
        self.page.locator(f"{CODE}").first.wait_for()
        self.page.wait_for_function(IDLE)

    def menu(self, *names: str) -> None:
        """Choose from the menu bar, a name for each level."""
        bar = self.page.locator(".lm-MenuBar-item").get_by_text(names[0], exact=True)
        bar.click()
        for number, name in enumerate(names[1:]):
            label = (
                self.page.locator(".lm-Menu")
                .nth(number)
                .locator(".lm-Menu-itemLabel")
                .get_by_text(name, exact=True)
            )
            label.hover() if number < len(names) - 2 else label.click()

    def agree(self, button: str) -> None:
        """Press a button of the dialog that stands open."""
        self.page.locator(".jp-Dialog-buttonLabel").get_by_text(button, exact=True).click()

    @contextlib.contextmanager
    def running(self, seconds: float = 90) -> Iterator[None]:
        """Wait until what the block started has run: kernel idle, no cell waiting, nothing amiss."""
        self.page.evaluate(WATCH, PANEL)
        yield
        self.page.wait_for_function(DONE, arg=PANEL, timeout=seconds * 1000)
        if amiss := self.page.locator(AMISS).all_text_contents():
            raise Trouble(f"a cell says: {amiss[0].strip()[-600:]}")

    def run_all(self) -> None:
        """Run everything through the menu; every code cell has a number then."""
        with self.running():
            self.menu("Run", "Run All Cells")
        self._numbered()

    def restart_and_run_all(self) -> None:
        """Run everything in a new kernel through the menu."""
        with self.running():
            self.menu("Kernel", "Restart Kernel and Run All Cells…")
            self.agree("Restart")
        self._numbered()

    def _numbered(self) -> None:
        prompts = self.page.locator(f"{CODE} .jp-InputPrompt").all_text_contents()
        if not prompts or not all(any(c.isdigit() for c in prompt) for prompt in prompts):
            raise Trouble(f"cells have not run: {' '.join(prompts)}")

    def cell(self, text: str) -> Locator:
        """The code cell whose source holds a text."""
        sources = self.page.locator(f"{CODE} .jp-InputArea").all_text_contents()
        number = next((number for number, source in enumerate(sources) if text in source), None)
        if number is None:
            raise Trouble(f"no code cell holds {text}")
        return self.page.locator(CODE).nth(number)

    def rewrite(self, cell: Locator, source: str) -> None:
        """Put another source into a cell and run it."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)
        with self.running():
            self.page.keyboard.press("Control+Enter")

    def rerun(self, cell: Locator) -> None:
        cell.locator(".cm-content").click()
        with self.running():
            self.page.keyboard.press("Control+Enter")

    def append(self, source: str) -> Locator:
        """Add a cell below the last one, paste a source into it and run it: the new cell."""
        last = self.page.locator(f"{PANEL} .jp-Cell").last
        last.click(position={"x": 20, "y": 10})
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("b")
        new = self.page.locator(CODE).last
        self.rewrite(new, source)
        return new

    def save(self, notebook: str) -> dict[str, Any]:
        """Save as a hand would and read back what stands in the file."""
        with self.page.expect_response(
            lambda got: got.request.method == "PUT" and "/api/contents/" in got.url
        ):
            self.menu("File", "Save Notebook")
        return dict(json.loads((self.folder / notebook).read_text(encoding="utf-8")))

    def export(self) -> str:
        """Export as HTML through the File menu: the page."""
        self.downloads.clear()
        with self.page.context.expect_event("page") as window:
            self.menu("File", "Save and Export Notebook As", "HTML")
            # else JupyterLab prints the tags of all prose and tables as text
            self.page.get_by_label("Sanitize HTML output").uncheck()
            self.agree("Ok")
        if not self.downloads:
            window.value.wait_for_event("download")
        return Path(self.downloads[0].path()).read_text(encoding="utf-8")
