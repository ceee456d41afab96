"""What people do with the notebooks in JupyterLab, a function for each story."""

import contextlib
import csv
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from desk import CODE, OUTPUT, Desk, Trouble
from docx import Document
from playwright.sync_api import Error, Locator, expect

QUICKSTART = "notebooks/00_quickstart.ipynb"
OWN = "notebooks/08_your_own_reports.ipynb"
# what a reader of a page should never meet: a bare object, a stack trace, markup or a picture's bytes printed as text
BARE = re.compile(
    r"<[\w.]+(?: object)? at 0x|Traceback \(most recent|</?(?:div|img|p|style|svg|t[dhr]|table)\b|base64,"
)
# JupyterLab's own words on a widget whose kernel is gone
GONE = "widget model not found"
LOADED = "img => img.complete && img.naturalWidth > 300"
REPORT = "2013年甲县群众工作总结\n甲县全年接待来访群众52批次131人次。全县受理各类事项43宗，办结36宗，办结率93.7%。"
PAGE = "乙县2013年受理矛盾纠纷220件，调解成功209件，调解成功率95%。全年投入资金16.5万元。"


class Story:
    """Tells the steps of a flow with their seconds, and keeps a picture after each."""

    def __init__(self, name: str, desk: Desk, pictures: Path | None) -> None:
        self.name, self.desk, self.pictures, self.steps = name, desk, pictures, 0

    @contextlib.contextmanager
    def step(self, what: str, forgive: str = "") -> Iterator[list[str]]:
        """Time a step; what the browser heard meanwhile is a failure, unless its text is forgiven."""
        began, notes = time.monotonic(), list[str]()
        self.steps += 1
        try:
            yield notes
            heard = [line for line in self.desk.heard if not forgive or forgive not in line]
            self.desk.heard.clear()
            if heard:
                raise Trouble("; ".join(heard))
        except (AssertionError, Error, Trouble) as err:
            raise Trouble(
                f"{self.name}: {what}: {str(err).split('Aria snapshot:')[0].strip()}"
            ) from err
        print(
            f"{time.monotonic() - began:6.1f} s  {self.name}: {', '.join([what, *notes])}",
            flush=True,
        )
        if self.pictures:
            self.desk.page.screenshot(path=self.pictures / f"lab-{self.name}-{self.steps}.png")


def begin(story: Story, notebook: str) -> Desk:
    """The first two steps of most stories."""
    with story.step(f"opens {Path(notebook).stem}"):
        story.desk.open(notebook)
    with story.step("runs all cells"):
        story.desk.run_all()
    return story.desk


def drawn(picture: Locator) -> None:
    """Bring a picture into view and see that it is one."""
    picture.scroll_into_view_if_needed()
    assert picture.evaluate(f"async img => {{ await img.decode(); return ({LOADED})(img); }}"), (
        "no picture is drawn"
    )


def exported(html: str) -> None:
    """A page that can be sent to a colleague: pictures, and nothing that only a machine reads."""
    outputs = BeautifulSoup(html, "html.parser").select(".jp-OutputArea-output")
    for text in (out.get_text() for out in outputs):
        if match := BARE.search(text):
            raise Trouble(f"the page prints {match[0]} in: {text.strip()[:160]}")
    assert any(out.select("img[src^='data:image/']") for out in outputs), (
        "the page holds no picture"
    )


def source(desk: Desk, notebook: str, text: str) -> str:
    """The source of the cell of a saved notebook that holds a text; empty when none does."""
    cells = json.loads((desk.folder / notebook).read_text(encoding="utf-8"))["cells"]
    return next((found for cell in cells if text in (found := "".join(cell["source"]))), "")


def quickstart(story: Story) -> None:
    """Opens, runs, looks at the chart, saves, and exports a page for a colleague."""
    desk = begin(story, QUICKSTART)
    with story.step("shows the chart"):
        drawn(desk.page.locator(f"{CODE} {OUTPUT} img:visible").last)
    with story.step("saves"):
        cells = [cell for cell in desk.save(QUICKSTART)["cells"] if cell["cell_type"] == "code"]
        assert all(cell["execution_count"] for cell in cells), "a cell of the file has no number"
    with story.step("exports as HTML"):
        exported(desk.export())


def edit(story: Story) -> None:
    """Mends a figure of the sentence, audits it again, restarts, and finds the change kept."""
    desk = begin(story, QUICKSTART)
    first, audit = desk.cell("办结2028宗"), desk.cell("qz.findings(claims)")
    with story.step("changes a figure and runs the cell"):
        desk.rewrite(first, source(desk, QUICKSTART, "办结2028宗").replace("2028", "2126"))
        expect(first.locator(OUTPUT)).to_contain_text("2126宗")
    with story.step("runs the audit again"):
        expect(audit.locator(OUTPUT)).to_contain_text("bad")
        desk.rerun(audit)
        expect(audit.locator(OUTPUT)).not_to_contain_text("bad")
    with story.step("restarts the kernel and runs all"):
        desk.restart_and_run_all()
        expect(audit.locator(OUTPUT)).to_contain_text("98.29%")
        expect(desk.page.locator(CODE).first.locator(".jp-InputPrompt")).to_have_text("[1]:")
    with story.step("saves"):
        desk.save(QUICKSTART)
        assert source(desk, QUICKSTART, "办结2126宗"), "the change is not in the file"


def answered(root: Locator, act: Callable[[], object]) -> str:
    """Do something to the explorer and wait for another chart: how long Python took."""
    turn = root.get_attribute("data-turn") or ""
    act()
    expect(root).not_to_have_attribute("data-turn", turn)
    expect(root).not_to_have_attribute("data-busy", re.compile(".*"))
    expect(root.locator("svg.qz-chart .qz-mark").first).to_be_visible()
    return f"{root.get_attribute('data-ms')} ms in Python"


def explore(story: Story) -> None:
    """Chooses a subject and a place, asks what is behind a row, and takes the code along."""
    desk = begin(story, QUICKSTART)
    root = desk.page.locator(f"{CODE} .qz-explore").first
    family, places = root.locator("select[name=family]"), root.locator("select[name=places]")
    rows = root.locator("table.qz-evidence tr[data-claim]")
    with story.step("chooses another family") as notes:
        expect(root.locator("svg.qz-chart .qz-mark").first).to_be_visible()
        values = family.locator("option").evaluate_all(
            "options => options.map(option => option.value)"
        )
        other = values[-1] if family.input_value() != values[-1] else values[-2]
        notes.append(answered(root, lambda: family.select_option(other)))
    with story.step("goes on with the keyboard") as notes:
        cells = desk.page.locator(CODE).count()
        family.focus()
        notes.append(answered(root, lambda: desk.page.keyboard.press("ArrowUp")))
        expect(family).to_be_focused()
        desk.page.keyboard.type("dd", delay=50)
        expect(root).not_to_have_attribute("data-busy", re.compile(".*"))
        assert desk.page.locator(CODE).count() == cells, (
            "a letter typed on a control deleted a cell"
        )
    with story.step("looks over the years, at targets too") as notes:
        answered(root, lambda: family.select_option(index=0))
        indicator = root.locator("select[name=indicator]")
        notes.append(answered(root, lambda: indicator.select_option("mediation_success_rate")))
        for name, value in (("view", "year"), ("view", "years"), ("modality", "any")):
            answered(
                root, lambda n=name, v=value: root.locator(f"select[name={n}]").select_option(v)
            )  # type: ignore[misc]
        answered(root, lambda: indicator.select_option(index=0))
    with story.step("finds a place and a subject by their words") as notes:
        find = root.locator("input[name=find]")
        before = root.locator(".qz-status").inner_text()
        find.click()
        notes.append(answered(root, lambda: desk.page.keyboard.type("qiaoxi", delay=20)))
        expect(find).to_be_focused()
        expect(places.locator("option").first).to_contain_text("Qiaoxi")
        assert root.locator(".qz-status").inner_text() != before
    with story.step("reads the sentence under the pointer"):
        root.locator(".qz-mark").nth(1).hover()
        tip = root.locator(".qz-tip")
        expect(tip.locator("mark").first).to_be_visible()
    with story.step("clears the search") as notes:
        notes.append(answered(root, lambda: find.fill("")))
    with story.step("chooses a place") as notes:
        if places.locator("option").count() < 2:
            answered(root, lambda: family.select_option(index=0))
        notes.append(answered(root, places.locator("option").last.click))
        assert json.loads(root.get_attribute("data-state") or "{}")["places"], (
            "data-state holds no place"
        )
    with story.step("gives the place up again") as notes:
        notes.append(answered(root, places.locator("option:checked").first.click))
    with story.step("asks what is behind a row") as notes:
        all_rows = rows.count()
        root.locator(".qz-mark").first.click()
        expect(rows).not_to_have_count(all_rows)
        marks = rows.locator("mark").all_text_contents()
        assert len(marks) == rows.count() < all_rows and all(marks), (
            "not every sentence marks its number"
        )
        notes.append(f"{len(marks)} of {all_rows} claims")
    with story.step("pastes the code into a new cell"):
        if not root.locator(".qz-code").is_visible():
            root.locator("summary").click()
        drawn(desk.append(root.locator(".qz-code").inner_text()).locator(f"{OUTPUT} img"))
    with story.step("exports as HTML"):
        desk.save(QUICKSTART)
        exported(desk.export())


def reopen(story: Story) -> None:
    """Comes back another day: the explorer's picture is there before anything runs."""
    desk = begin(story, QUICKSTART)
    cell = desk.page.locator(CODE).filter(has=desk.page.locator(".qz-explore"))
    with story.step("saves and shuts the kernel down"):
        number = desk.page.locator(CODE).evaluate_all(
            "cells => cells.findIndex(cell => cell.querySelector('.qz-explore'))"
        )
        expect(cell).to_have_count(1)
        desk.save(QUICKSTART)
        desk.menu("Kernel", "Shut Down Kernel")
    with story.step("opens it again", forgive=GONE):
        desk.open(QUICKSTART)
        drawn(desk.page.locator(CODE).nth(number).locator(f"{OUTPUT} img").first)


def own_folder(story: Story) -> Desk:
    """Two reports of one's own, a Word file and a saved page, named in the notebook's line `folder = …`."""
    folder = story.desk.folder / "notebooks/my_reports"
    folder.mkdir()
    document = Document()
    for line in REPORT.splitlines():
        document.add_paragraph(line)
    document.save(str(folder / "jia.docx"))
    page = f'<html><head><meta charset="utf-8"><title>乙县</title></head><body><p>{PAGE}</p></body></html>'
    (folder / "yi.html").write_text(page, encoding="utf-8")
    with story.step(f"opens {Path(OWN).stem}"):
        story.desk.open(OWN)
    with story.step("names a folder and runs all cells"):
        lines = source(story.desk, OWN, "folder = ")
        story.desk.rewrite(
            story.desk.cell("folder = "),
            re.sub(r"(?m)^folder = .*$", 'folder = "my_reports"', lines),
        )
        story.desk.run_all()
    return story.desk


def own(story: Story) -> None:
    """Points the notebook at two files and reaches a table, a chart and a page."""
    desk = own_folder(story)
    with story.step("finds the figures of both files"):
        for figure in ("43宗", "220件"):
            expect(
                desk.page.locator(f"{OUTPUT} table.qz-claims mark")
                .get_by_text(figure, exact=True)
                .first
            ).to_be_attached()
    with story.step("shows the chart"):
        mark = desk.page.locator(f"{OUTPUT} svg.qz-chart .qz-mark").first
        mark.scroll_into_view_if_needed()
        expect(mark).to_be_visible()
    with story.step("exports as HTML"):
        desk.save(OWN)
        exported(desk.export())


def review(story: Story) -> None:
    """Corrects a figure, starts again, and finds it corrected and the reviewer one further."""
    desk = own_folder(story)
    root = desk.page.locator(f"{CODE} .qz-review").first
    sentence, told = root.locator(".qz-sentence"), root.locator(".qz-told")
    with story.step("changes a value"):
        first, figure = sentence.inner_text(), sentence.locator("mark").inner_text()
        root.locator("select[name=column]").select_option("value")
        now = f"{float(root.locator('input[name=now]').input_value()) - 10:.10g}"
        for name, text in (("now", now), ("why", "read again: added by hand"), ("who", "abd")):
            root.locator(f"input[name={name}]").click()
            desk.page.keyboard.press("ControlOrMeta+a")
            desk.page.keyboard.type(text)
        root.locator("button[name=change]").click()
        expect(told).to_contain_text(now)
        expect(
            sentence.filter(has_text=first).filter(has=desk.page.locator("mark", has_text=figure))
        ).to_have_count(0)
    with story.step("finds the line in corrections.csv"):
        files = list(desk.folder.rglob("corrections.csv"))
        assert len(files) == 1, f"{len(files)} files corrections.csv"
        with files[0].open(encoding="utf-8-sig", newline="") as lines:
            (line,) = csv.DictReader(lines)
        assert {now, "abd", "read again: added by hand"} <= set(line.values()), (
            f"the line is {line}"
        )
    with story.step("narrows by a reason and judges all that are alike, then takes it back"):
        lines_before = files[0].read_bytes()
        root.locator("select[name=facet_place]").select_option(index=1)
        expect(root.locator("select[name=facet_place]")).not_to_have_value("\u0000any")
        alike = root.locator("details[name=alike]")
        alike.locator("summary").click()
        for name in ("unit", "subject"):
            alike.locator(f"input[name=same_{name}]").uncheck()
        alike.locator("button[name=preview_accept]").click()
        preview = alike.locator(".qz-preview tr")
        expect(preview.first).to_be_visible()
        alike.scroll_into_view_if_needed()
        seen = preview.count()
        assert files[0].read_bytes() == lines_before, "a preview wrote into the file"
    with story.step("applies the preview"):
        alike.locator("button[name=apply]").click()
        expect(told).to_contain_text(f"{seen} figures")
        assert len(files[0].read_bytes().splitlines()) == len(lines_before.splitlines()) + seen
    with story.step("takes it back"):
        root.locator("button[name=undo]").click()
        expect(told).to_contain_text("Taken back")
        assert files[0].read_bytes() == lines_before, "undo left lines behind"
        root.locator("select[name=facet_place]").select_option(index=0)
    with story.step("mends the report's place once"):
        report = root.locator("details[name=report]")
        report.locator("summary").click()
        report.locator("input[name=report_place]").fill("唐县")
        report.locator("select[name=report_level]").select_option("county")
        report.locator("button[name=mend]").click()
        expect(told).to_contain_text("documents.csv")
        assert "唐县" in (desk.folder / "notebooks/my_reports/documents.csv").read_text("utf-8")
    with story.step("looks where the report may begin"):
        report.locator("button[name=lines]").click()
        expect(report.locator(".qz-begins li").first).to_be_visible()
        report.scroll_into_view_if_needed()
    with story.step("restarts the kernel and runs all"):
        desk.restart_and_run_all()
    with story.step("finds the report under its new place"):
        expect(desk.cell("known").locator(OUTPUT)).to_contain_text("唐县")
    with story.step("finds the value corrected and the next claim waiting"):
        row = (
            desk.page.locator(f"{OUTPUT} table.qz-claims tr")
            .filter(has=desk.page.locator("mark", has_text=figure))
            .first
        )
        expect(row).to_contain_text("†")
        expect(row).to_contain_text(now)
        expect(sentence.locator("mark")).not_to_have_text(figure)


FLOWS: dict[str, Callable[[Story], None]] = {
    "quickstart": quickstart,
    "edit": edit,
    "explore": explore,
    "reopen": reopen,
    "own": own,
    "review": review,
}
