"""Opens every HTML page of a folder in headless Chromium, off the network, and says what is amiss.

    python .ci/look.py FOLDER [--pictures DIR]

One line per finding and exit code 1: a request to anything but the page itself, an error on the console, a
picture that has no alt text or does not load, a character that the page's own font does not hold or that
another font drew, a page wider than a telephone. `--pictures` keeps a full-length picture of each page,
1280 px wide.
"""

import argparse
import base64
import io
import json
import os
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

# the proxy leads nowhere: whatever a page asks for fails, and is seen
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    " --hide-scrollbars --disable-component-update --disable-sync --disable-dev-shm-usage"
    " --remote-debugging-pipe --proxy-server=127.0.0.1:9 --proxy-bypass-list='<-loopback>'"
)
FACE = re.compile(r"@font-face[^}]*?base64,(?P<data>[A-Za-z0-9+/=]+)")
# every text of the page, shown or not, and what the style sheet puts before and after elements
TEXTS = """document.fonts.ready.then(() => {
  const texts = [document.body.innerText];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    if (!walk.currentNode.parentElement.closest('style, script')) texts.push(walk.currentNode.data);
  }
  for (const e of document.body.querySelectorAll('*')) for (const side of ['::before', '::after']) {
    const content = getComputedStyle(e, side).content;
    if (content.startsWith('"')) texts.push(content);
  }
  return texts.join('');
})"""
PICTURES = """[...document.images].filter(i => !i.alt.trim() || !i.naturalWidth)
  .map(i => (i.alt.trim() ? 'does not load: ' + i.alt : 'no alt text: ' + i.src).slice(0, 90))"""
WIDTH = "document.scrollingElement.scrollWidth"


class Browser:
    """Chromium, spoken to through its debugging pipe: messages are JSON, each closed by a zero byte."""

    def __init__(self, program: str, profile: str) -> None:
        give, self.out = os.pipe()
        self.into, take = os.pipe()
        command = f"exec {shlex.quote(program)} {FLAGS}"
        command += f" --user-data-dir={shlex.quote(profile)} about:blank 3<&{give} 4>&{take}"
        self.process = subprocess.Popen(
            ["bash", "-c", command],
            pass_fds=(give, take),
            env={**os.environ, "HOME": profile},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(give)
        os.close(take)
        self.buffer, self.number, self.session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for part in ("Page", "Network", "Runtime", "Log", "DOM", "CSS"):
            self.ask(f"{part}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; what happens meanwhile is kept in `events`."""
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            got = self.receive()
            if got.get("id") != self.number:
                self.events.append(got)
            elif "error" in got:
                raise RuntimeError(f"{method}: {got['error']['message']}")
            else:
                return dict(got["result"])

    def receive(self, seconds: float = 30) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while b"\0" not in self.buffer:
            if not select.select([self.into], [], [], max(0, until - time.monotonic()))[0]:
                raise TimeoutError(f"Chromium said nothing for {seconds} s")
            piece = os.read(self.into, 1 << 20)
            if not piece:
                raise RuntimeError("Chromium ended early")
            self.buffer += piece
        first, self.buffer = self.buffer.split(b"\0", 1)
        return dict(json.loads(first))

    def value(self, script: str) -> Any:
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"]["value"]

    def open(self, url: str, width: int) -> None:
        """Load a page afresh at a width in px and wait until it and its fonts are there."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.events.clear()
        self.ask("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())
        self.value("document.fonts.ready.then(() => 1)")

    def close(self) -> None:
        self.ask("Browser.close")
        self.process.wait(timeout=20)


def heard(events: list[dict[str, Any]], url: str) -> list[str]:
    """Requests to elsewhere and errors, out of what the browser reported."""
    found = []
    for event in events:
        method, params = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent":
            asked = params["request"]["url"]
            if asked.split("#")[0] != url and not asked.startswith("data:"):
                found.append(f"asks for {asked[:120]}")
        elif method == "Runtime.exceptionThrown":
            found.append(f"script error: {params['exceptionDetails']['text']}")
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
            found.append(f"console: {params['args'][0].get('value', '') if params['args'] else ''}")
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            found.append(f"console: {params['entry']['text'][:160]}")
    return found


def glyphs(browser: Browser, html: str) -> list[str]:
    """Characters that the embedded font lacks, and elements that any other font had a hand in.

    Both questions are needed: without any fitting font Chromium draws the box of the *first* font and calls
    it the page's own; and a font that holds every character is of no use when no style names it.
    """
    face = FACE.search(html)
    if face is None:
        return ["has no embedded font"]
    try:
        holds = TTFont(io.BytesIO(base64.b64decode(face["data"]))).getBestCmap()
    except Exception as err:  # fontTools fails in as many ways as a font can be broken
        return [f"its font cannot be read: {err}"]
    lacks = sorted({c for c in browser.value(TEXTS) if c.isprintable() and not c.isspace() and ord(c) not in holds})
    found = [f"its font lacks {' '.join(f'{c} U+{ord(c):04X}' for c in lacks)}"] if lacks else []
    strange: dict[str, int] = {}
    root = browser.ask("DOM.getDocument", depth=-1)["root"]["nodeId"]
    for node in browser.ask("DOM.querySelectorAll", nodeId=root, selector="body, body *")["nodeIds"]:
        for font in browser.ask("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]:
            if not font["isCustomFont"]:
                strange[font["familyName"]] = strange.get(font["familyName"], 0) + int(font["glyphCount"])
    return found + [f"{count} glyphs are drawn by {name}, not by its own font" for name, count in strange.items()]


def look(browser: Browser, page: Path, pictures: Path | None) -> list[str]:
    """Everything found on one page."""
    url = page.resolve().as_uri()
    browser.open(url, 390)
    found = [f"is {wide} px wide on a screen of 390"] if (wide := browser.value(WIDTH)) > 390 else []
    browser.open(url, 1280)
    found += [f"picture {text}" for text in browser.value(PICTURES)]
    found += glyphs(browser, page.read_text(encoding="utf-8"))
    if pictures:
        size = browser.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": 1280, "height": size["height"], "scale": 1}
        shot = browser.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        pictures.mkdir(parents=True, exist_ok=True)
        (pictures / f"{page.stem}.png").write_bytes(base64.b64decode(shot["data"]))
    return list(dict.fromkeys(found + heard(browser.events, url)))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each page")
    options = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    pages = sorted(options.folder.glob("*.html"))
    if not program or not pages:
        print(f"{options.folder}: no page to look at" if program else "chromium is not installed")
        return 1
    found = []
    with tempfile.TemporaryDirectory(prefix="look-", ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            for page in pages:
                found += [f"{page.name}: {line}" for line in look(browser, page, options.pictures)]
        finally:
            browser.close()
    print("\n".join(found) if found else f"{len(pages)} pages, nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
