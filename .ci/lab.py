"""Uses the notebooks in a real JupyterLab with headless Chromium, off the network, as a person would.

    python .ci/lab.py [--flows quickstart,edit] [--pictures DIR]

Each flow (`flows.py`) is one story in a copy of the notebooks of its own. One line per step with its seconds; at the first
thing that fails a clear line, a picture of the screen and exit code 1. Failures are also an error or a warning in a cell,
an error on the browser's console, and a request to elsewhere by a page, the server or a kernel.
"""

import argparse
import contextlib
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from desk import Desk, Trouble, chromium, jupyter, refusing
from flows import FLOWS, Story

ROOT = Path(__file__).resolve().parent.parent
READY = ",".join(FLOWS)


def play(names: list[str], pictures: Path | None) -> None:
    """Play flows one after the other; the first thing that fails is raised as Trouble."""
    with contextlib.ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="lab-", ignore_cleanup_errors=True)
            )
        )
        work, began = folder / "work", time.monotonic()
        work.mkdir()
        proxy, asked = stack.enter_context(refusing())
        url, token = stack.enter_context(jupyter(work, folder / "server", ROOT, proxy))
        browser = stack.enter_context(chromium(folder / "browser"))
        print(f"{time.monotonic() - began:6.1f} s  JupyterLab and Chromium are there", flush=True)
        for name in names:
            shutil.copytree(ROOT / "notebooks", work / name / "notebooks")
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            story = Story(name, Desk(context, url, token, work / name), pictures)
            try:
                FLOWS[name](story)
                if asked:
                    raise Trouble(f"{name}: the server or a kernel asks for {asked[0]}")
            except Trouble as trouble:
                path = (pictures or Path(tempfile.gettempdir())) / f"lab-{name}-failed.png"
                story.desk.page.screenshot(path=path)
                raise Trouble(f"{trouble}\n  the screen is in {path}") from trouble
            context.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument(
        "--flows",
        default=READY,
        help=f"which, in which order, of {','.join(FLOWS)} (default {READY})",
    )
    parser.add_argument("--pictures", type=Path, help="folder for a picture after each step")
    options = parser.parse_args()
    names = options.flows.split(",")
    if unknown := [name for name in names if name not in FLOWS]:
        parser.error(f"no such flow: {', '.join(unknown)}; there are {', '.join(FLOWS)}")
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    # so that the server is ended, too, when the driver is told to end
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    began = time.monotonic()
    try:
        play(names, options.pictures)
    except Trouble as trouble:
        print(f"FAILED {trouble}")
        return 1
    print(f"{len(names)} flows, nothing found ({time.monotonic() - began:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
