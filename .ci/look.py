"""Opens every HTML page of a folder in headless Chromium, off the network, and says what is amiss.

    python .ci/look.py FOLDER [--axe FILE] [--pictures DIR]

One line per finding and exit code 1: a request to anything but the page itself, an error on the console, a
picture that has no alt text or does not load, a sheet of a brief but the last that is printed less than half full, a character that the page's own font does not hold or that
another font drew, a page wider than a telephone or heavier than 1.5 MB, a picture that a telephone cuts off or shows
with letters smaller than 13 px, words smaller than that, a table whose last columns lie beyond its rim, a table that does not sort or filter
under the keyboard, a control where scripts are off, a foreign script that runs, a link to no row. With axe-core's
file also what it finds serious or critical, in light, dark and narrow dress. `--pictures` keeps of each page
full-length pictures, 1280 and 390 px wide, and the PDF that it prints.
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

import pypdfium2  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageOps

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
# what is folded has no size and takes no focus
UNFOLD = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
# what a telephone cuts off. Charts that are drawn for it show 200 dots an inch of 3.5 inches, with letters of 13 px where a dot is half a px
# (`charts/theme.py`); one that is shown smaller than that was drawn for a desk
CUT = """(() => {
  const rim = document.documentElement.clientWidth, found = [];
  for (const image of document.querySelectorAll('main img')) {
    if (!image.checkVisibility()) continue;
    const box = image.getBoundingClientRect(), name = 'picture ' + image.alt.slice(0, 60);
    if (box.left < 0 || box.right > rim) found.push(name + ': cut off on a screen of ' + rim);
    else if (!image.closest('td') && image.naturalWidth > 2.05 * box.width) found.push(name + ': letters too small on a screen of ' + rim);
  }
  for (const frame of document.querySelectorAll('main .scroll')) {
    const hidden = frame.scrollWidth - frame.clientWidth, heads = frame.querySelectorAll('thead tr:last-child > *');
    if (hidden > 1) found.push('table ' + frame.ariaLabel + ' (' + [...heads].map(head => head.innerText).join(' | ') + '): '
      + hidden + ' px of it lie beyond a screen of ' + rim);
  }
  return found;
})()"""
# words of the page smaller than a person reads without effort
SMALL = """(() => {
  const found = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const around = walk.currentNode.parentElement, size = parseFloat(getComputedStyle(around).fontSize);
    if (size < 12.99 && walk.currentNode.data.trim() && around.checkVisibility())
      found.add(around.tagName.toLowerCase() + ': letters of ' + size.toFixed(1) + ' px: ' + walk.currentNode.data.trim().slice(0, 30));
  }
  return [...found];
})()"""
HEAVY = 1_500_000
HOW_TO = "/^(A how-to|本页是使用说明)/.test(document.querySelector('.kind')?.innerText ?? '')"
LOST = """[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href'))
  .filter(to => !document.getElementById(decodeURIComponent(to.slice(1)))).map(to => 'leads nowhere: ' + to)"""
# what a foreign script on the page would leave behind
FOREIGN = """(() => {
  const s = document.createElement('script'); s.textContent = 'window.foreign = 1'; document.body.append(s); s.remove();
  const p = document.createElement('p'); p.setAttribute('onclick', 'window.foreign = 1'); p.click();
  return window.foreign === 1;
})()"""
CONTROLS = (
    """[...document.querySelectorAll('button, input')].filter(e => e.checkVisibility()).length"""
)
SORTING = "document.querySelectorAll('table[data-sorts]')"
# the heads of a table that sort; what stands in a column, as the figures it sorts by
HEADS = SORTING + "[{0}].querySelectorAll('th button').length"
FOCUS = SORTING + "[{0}].querySelectorAll('th button')[{1}].focus()"
STATE = """(() => {{
  const table = document.querySelectorAll('table[data-sorts]')[{0}];
  const head = table.querySelectorAll('th button')[{1}].closest('th');
  const cells = [...table.tBodies[0].rows].map(row => row.cells[head.cellIndex]);
  return [head.ariaSort, cells.map(cell => 'v' in cell.dataset ? +cell.dataset.v : null),
    document.activeElement.closest('th') === head, cells.map(cell => cell.textContent).join()];
}})()"""
FILTERS = "document.querySelectorAll('[data-filter] input')"
SHOWN = """(() => {{
  const line = document.querySelectorAll('[data-filter]')[{0}];
  const rows = [...line.nextElementSibling.querySelectorAll('tbody tr')].filter(row => row.checkVisibility());
  return [rows.length, +line.querySelector('b').textContent];
}})()"""
AXE = """axe.run(document, {resultTypes: ['violations']}).then(result => result.violations
  .filter(v => ['serious', 'critical'].includes(v.impact))
  .flatMap(v => v.nodes.map(node => v.impact + ' ' + v.id + ': ' + node.target.join(' '))))"""


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
        answer = self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def open(self, url: str, width: int) -> None:
        """Load a page afresh at a width in px and wait until it and its fonts are there."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.events.clear()
        self.ask("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())
        self.value("document.fonts.ready.then(() => 1)")

    def press(self, key: str, text: str) -> None:
        """Press a key on whatever has the focus, as a hand would."""
        code = {
            "code": key,
            "key": text if key == "Space" else key,
            "windowsVirtualKeyCode": ord(text),
        }
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **code)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **code)

    def picture(self, width: int) -> bytes:
        """The whole page as it stands, from top to bottom."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": width, "height": size["height"], "scale": 1}
        shot = self.ask(
            "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip
        )
        return base64.b64decode(shot["data"])

    def close(self) -> None:
        self.ask("Browser.close")
        self.process.wait(timeout=20)


def half_empty(pdf: bytes) -> list[str]:
    """Sheets but the last that are printed to less than half of their height; the page number at the foot is none
    of it.
    """
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document) - 1):
            drawn = document[number].render(scale=0.5).to_pil().convert("L")
            box = ImageOps.invert(
                drawn.crop((0, 0, drawn.width, int(0.93 * drawn.height)))
            ).getbbox()
            full = box[3] / (0.93 * drawn.height) if box else 0
            if full < 0.5:
                found.append(f"prints sheet {number + 1} of {len(document)} {full:.0%} full")
    return found


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
    lacks = sorted(
        {
            c
            for c in browser.value(TEXTS)
            if c.isprintable() and not c.isspace() and ord(c) not in holds
        }
    )
    found = [f"its font lacks {' '.join(f'{c} U+{ord(c):04X}' for c in lacks)}"] if lacks else []
    strange: dict[str, int] = {}
    root = browser.ask("DOM.getDocument", depth=-1)["root"]["nodeId"]
    for node in browser.ask("DOM.querySelectorAll", nodeId=root, selector="body, body *")[
        "nodeIds"
    ]:
        for font in browser.ask("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]:
            if not font["isCustomFont"]:
                strange[font["familyName"]] = strange.get(font["familyName"], 0) + int(
                    font["glyphCount"]
                )
    return found + [
        f"{count} glyphs are drawn by {name}, not by its own font"
        for name, count in strange.items()
    ]


def sorted_wrongly(browser: Browser) -> list[str]:
    """Tables that do not follow Enter, Space and typed words."""
    found = []
    for table in range(browser.value(f"{SORTING}.length")):
        heads = browser.value(HEADS.format(table))
        found += [] if heads else [f"table {table + 1} has no head that sorts"]
        for head in range(heads):
            first = browser.value(STATE.format(table, head))
            browser.value(FOCUS.format(table, head))
            for key, text, order in (
                ("Enter", "\r", "ascending"),
                ("Space", " ", "descending"),
                ("Enter", "\r", "none"),
            ):
                browser.press(key, text)
                state, values, focused, texts = browser.value(STATE.format(table, head))
                numbers = [value for value in values if value is not None]
                right = order == "none" or numbers == sorted(numbers, reverse=order == "descending")
                last = order == "none" or not numbers or None not in values[: len(numbers)]
                if (state, right, last, focused) != (order, True, True, True):
                    found.append(
                        f"table {table + 1}, head {head + 1} does not sort {order} on {key}: {state}"
                    )
            if texts != first[3]:
                found.append(
                    f"table {table + 1}, head {head + 1} does not go back to the first order"
                )
    for number in range(browser.value(f"{FILTERS}.length")):
        rows, _ = browser.value(SHOWN.format(number))
        browser.value(f"{FILTERS}[{number}].focus()")
        browser.ask("Input.insertText", text="no such row")
        none = browser.value(SHOWN.format(number))
        browser.value(f"{FILTERS}[{number}].select()")
        browser.press("Backspace", "\b")
        if (none, browser.value(SHOWN.format(number))) != ([0, 0], [rows, rows]):
            found.append(f"field {number + 1} does not filter: {none} of {rows} rows")
    return found


def scripts(browser: Browser, url: str) -> list[str]:
    """What the page's script fails to do, what another may do, what is left over when there is none."""
    browser.open(url, 1280)
    browser.value(UNFOLD)
    found = sorted_wrongly(browser) + browser.value(LOST)
    before = len(browser.events)
    if browser.value(FOREIGN):
        found.append("runs a script that is not its own")
    # the policy's refusals are what was asked for
    found += heard(browser.events[:before], url)
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(url, 1280)
    if controls := browser.value(CONTROLS):
        found.append(f"shows {controls} controls where scripts are off")
    browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    return found


def barred(browser: Browser, url: str, axe: str) -> list[str]:
    """What keeps readers out, by axe-core: each violation that it calls serious or critical."""
    found = []
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light")):
        browser.ask(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )
        browser.open(url, width)
        browser.value(f"{axe};0")
        found += [f"{line} ({scheme}, {width} px)" for line in browser.value(AXE)]
    browser.ask("Emulation.setEmulatedMedia", features=[])
    return found


def look(browser: Browser, page: Path, pictures: Path | None, axe: str) -> list[str]:
    """Everything found on one page."""
    url = page.resolve().as_uri()
    kept: dict[str, bytes] = {}
    browser.open(url, 390)
    found = (
        [f"is {wide} px wide on a screen of 390"] if (wide := browser.value(WIDTH)) > 390 else []
    )
    kept["-390.png"] = browser.picture(390) if pictures else b""
    browser.value(UNFOLD)
    found += browser.value(CUT) + browser.value(SMALL)
    browser.open(url, 1280)
    browser.value(UNFOLD)
    found += browser.value(SMALL)
    browser.open(url, 1280)
    found += [f"picture {text}" for text in browser.value(PICTURES)]
    found += glyphs(browser, page.read_text(encoding="utf-8"))
    if (size := page.stat().st_size) > HEAVY:
        found.append(f"weighs {size / 1e6:.2f} MB")
    printed = base64.b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"])
    # a how-to is read beside the code and not handed on
    found += half_empty(printed) if not browser.value(HOW_TO) else []
    if pictures:
        kept["-1280.png"] = browser.picture(1280)
        kept[".pdf"] = printed
        pictures.mkdir(parents=True, exist_ok=True)
        for ending, content in kept.items():
            (pictures / f"{page.stem}{ending}").write_bytes(content)
    found += heard(browser.events, url) + scripts(browser, url)
    return list(dict.fromkeys(found + (barred(browser, url, axe) if axe else [])))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--axe", type=Path, help="axe-core's axe.min.js")
    parser.add_argument(
        "--pictures", type=Path, help="folder for pictures and a print of each page"
    )
    options = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    pages = sorted(options.folder.glob("*.html"))
    if not program or not pages:
        print(f"{options.folder}: no page to look at" if program else "chromium is not installed")
        return 1
    axe = options.axe.read_text(encoding="utf-8") if options.axe else ""
    found = []
    with tempfile.TemporaryDirectory(prefix="look-", ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            for page in pages:
                found += [
                    f"{page.name}: {line}" for line in look(browser, page, options.pictures, axe)
                ]
        finally:
            browser.close()
    print("\n".join(found) if found else f"{len(pages)} pages, nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
