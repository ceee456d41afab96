"""A panel of places by years as a file: Stata, CSV, Excel or Parquet, its columns described."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from ..comparison.county_years import PARTS, Panel
from ..errors import QzError
from ..outputs import refuse_foreign, replaced
from ..runs.parts import save
from ..schema import MAKER, VERSION, Field
from ..vocabularies.labels import say
from ..vocabularies.session import load
from .formats import Labels, masked, streams, workbook

#: endings that a panel is written under
ENDINGS = (".dta", ".csv", ".xlsx", ".parquet")
#: longest name of a variable, and longest label, in Stata
_NAME, _LABEL = 32, 80
#: short ends for names that would be too long, by the parts of a cell
_SHORT = {"_low": "_lo", "_high": "_hi", "_bound": "_bd", "_unit": "_un", "_how": "_how",
          "_num": "_num", "_den": "_den", "_claim": "_src", "_several": "_nf",
          "_reason": "_why"}  # fmt: skip
#: words that Stata keeps for itself
_KEPT = frozenset(
    [
        "_all",
        "_b",
        "_coef",
        "_cons",
        "_n",
        "_N",
        "_pi",
        "_pred",
        "_rc",
        "_skip",
        "byte",
        "double",
        "float",
        "if",
        "in",
        "int",
        "long",
        "strL",
        "using",
        "with",
    ]
)
#: columns of few values, which Stata holds as numbers with labels
_CODED = {"level": "panel_level", "bound": "panel_bound", "how": "panel_how",
          "reason": "panel_reason"}  # fmt: skip
#: spreadsheets and Stata date their files; the same panel gives the same bytes
_DATE = datetime(2000, 1, 1)


def codebook(panel: Panel) -> pd.DataFrame:
    """What every column of the wide form is: its name, its name in Stata, label and type.

    Returns:
        one row per column with the columns column, stata, zh, en, type and filled (its cells that
        are not empty).

    >>> from qz_analysis import panel, tables
    >>> made = panel(tables("满城区2019年政府工作报告。2019年，满城区生产总值完成95亿元。"))
    >>> codebook(made).loc[4:5, ["column", "stata", "zh"]].values.tolist()
    [['gdp', 'gdp', '地区生产总值'], ['gdp_low', 'gdp_low', '地区生产总值:下限']]
    """
    wide, known = panel.wide, load("named")
    short = stata_names([*map(str, wide)])
    rows = []
    for column, (stem, part, target) in _parts(panel).items():
        labels = []
        for lang in ("zh", "en"):
            title = known[stem][lang] if stem else ""
            title = say("panel", "target", lang, title=title) if target else title
            labels.append(str(say("panel", part, lang, title=title)))
        cells = wide[column]
        filled = int((cells.notna() & cells.ne("")).sum())
        kind = {"f": "number", "i": "whole number"}.get(cells.dtype.kind, "text")
        rows.append((column, short[column], *labels, kind, filled))
    return pd.DataFrame(rows, columns=["column", "stata", "zh", "en", "type", "filled"])


def _parts(panel: Panel) -> dict[str, tuple[str, str, bool]]:
    """Of each column of the wide form its indicator, its part and whether it is a target."""
    known = {
        stem + end + part: (stem, part[1:] or "value", bool(end))
        for stem in panel.indicators
        for end in ("_target", "")
        for part in PARTS
    }
    return {column: known.get(column, ("", column, False)) for column in map(str, panel.wide)}


def stata_names(columns: list[str]) -> dict[str, str]:
    """Names that Stata takes: at most 32 characters, letters, digits and _, none twice.

    >>> long = "share_of_villages_with_a_mediator_reason"
    >>> stata_names(["gdp", "if", "2019", long])[long]
    'share_of_villages_with_a_med_why'
    """
    made: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        name = re.sub(r"\W", "_", column)
        if len(name) > _NAME:
            name = name.replace("_target", "_t")
        end = next((end for end in _SHORT if name.endswith(end)), "")
        if len(name) > _NAME:
            tail = _SHORT.get(end, "")
            name = name.removesuffix(end)[: _NAME - len(tail)] + tail
        if not re.match(r"[^\W\d]", name) or name in _KEPT or re.fullmatch(r"str\d+", name):
            name = f"v_{name}"[:_NAME]
        stem, n = name, 2
        while name in taken:
            name = f"{stem[: _NAME - len(str(n)) - 1]}_{n}"
            n += 1
        taken.add(name)
        made[column] = name
    return made


def write(panel: Panel, target: Path, *, mask: bool = False) -> Path:
    """Writes a panel where a name says, with the file beside it that describes or opens it.

    Args:
        panel: what `qz.panel` made.
        target: a name that ends in one of `ENDINGS`.
        mask: mask persons' names in the sentences of a workbook's evidence.
    """
    suffix = target.suffix.lower()
    if suffix not in ENDINGS:
        raise QzError(f"{target}: a panel is written to {', '.join(ENDINGS)}; end the name in one")
    if panel.wide.empty:
        raise QzError(f"{target}: the panel is empty; its evidence says what became of figures")
    beside = {".dta": target.with_suffix(".do"), ".csv": target.with_suffix(".metadata.json")}.get(
        suffix
    )
    with ExitStack() as stack:
        if beside is not None:
            refuse_foreign(beside)
        part = stack.enter_context(replaced(target))
        other = stack.enter_context(replaced(beside)) if beside else None
        if suffix == ".dta" and other:
            _stata(panel, part)
            other.write_text(do_file(panel, target.name), encoding="utf-8", newline="\n")
        elif suffix == ".csv" and other:
            save(part, _fields(panel), _rows(panel))
            other.write_text(_metadata(panel, target.name), encoding="utf-8", newline="\n")
        elif suffix == ".xlsx":
            _excel(panel, part, mask)
        else:
            save(part, _fields(panel), _rows(panel))
    return target


def _fields(panel: Panel) -> list[Field]:
    """The columns of the wide form with their labels in both languages."""
    book = codebook(panel)
    types = {"number": "float", "whole number": "int", "text": "str"}
    return [
        Field(column, types[kind], f"{en} / {zh}")
        for column, _, zh, en, kind, _ in book.itertuples(index=False, name=None)
    ]


def _rows(panel: Panel) -> Iterator[tuple[Any, ...]]:
    yield from panel.wide.itertuples(index=False, name=None)


def _excel(panel: Panel, path: Path, mask: bool) -> None:
    tables = {"panel": panel.wide, "codebook": codebook(panel), "long": panel.long,
              "evidence": panel.evidence, "missing": panel.missing}  # fmt: skip
    found, labels = streams(tables), Labels()
    workbook(
        [masked(one, labels) if mask and one.name == "evidence" else one for one in found], path, []
    )


def _metadata(panel: Panel, name: str) -> str:
    """The columns of a CSV file as CSV on the Web describes them (https://www.w3.org/TR/tabular-metadata)."""
    types = {"float": "number", "int": "integer", "str": "string"}
    book = codebook(panel)
    columns = [
        {"name": f.name, "titles": {"zh": zh, "en": en}, "datatype": types[f.dtype], "null": ""}
        for f, zh, en in zip(_fields(panel), book["zh"], book["en"], strict=True)
    ]
    key = (
        "stable_code"
        if panel.stable
        else "adcode"
        if panel.wide["adcode"].ne("").all()
        else "place"
    )
    about = {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:creator": f"{MAKER} {VERSION}",
        "url": name,
        "tableSchema": {"columns": columns, "primaryKey": [key, "year"]},
    }
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"


def _stata(panel: Panel, path: Path) -> None:
    """Version 118, which holds Chinese; columns of few values are numbers with Chinese labels."""
    book = codebook(panel)
    wide = panel.wide.set_axis(list(book["stata"]), axis=1)
    coded: dict[Any, dict[float, str]] = {}
    parts = _parts(panel)
    for column, name in zip(book["column"].astype(str), book["stata"].astype(str), strict=True):
        _, part, _ = parts[column]
        if part in _CODED:
            words = load("labels")[_CODED[part]]
            codes = {key: at for at, key in enumerate(words, 1)}
            wide[name] = wide[name].map(codes).astype("float64")
            coded[name] = {float(at): words[key]["zh"] for key, at in codes.items()}
    wide.to_stata(
        path,
        write_index=False,
        version=118,
        time_stamp=_DATE,
        data_label=f"{MAKER} {VERSION}",
        variable_labels={
            name: zh[:_LABEL] for name, zh in zip(book["stata"], book["zh"], strict=True)
        },
        value_labels=coded,
    )


def do_file(panel: Panel, name: str) -> str:
    """The commands that open a panel in Stata, declare it and run a first regression.

    The regression is of the indicator with most figures on the next, with effects of place and
    year: an example to change, no finding.
    """
    wide = panel.wide
    short = stata_names([*map(str, wide)])
    filled = sorted((s for s in panel.indicators if s in wide), key=lambda s: -wide[s].count())
    indicators = [short[stem] for stem in filled]
    if panel.stable or wide["adcode"].ne("").all():
        source = "stable_code" if panel.stable else "adcode"
        ident = f"destring {source}, generate(id)"
    else:
        ident = "encode place, generate(id)"
    y, x = indicators[0], indicators[1] if len(indicators) > 1 else ""
    return "\n".join([
        f"* made with {MAKER} {VERSION}",
        "* opens the panel, declares it and runs a first regression: an example to change",
        "version 15",
        f'use "{name}", clear',
        ident,
        "xtset id year",
        "describe",
        f"summarize {' '.join(indicators)}",
        f"tabulate {short[filled[0] + '_reason']}, missing",
        f"xtreg {' '.join(filter(None, (y, x)))} i.year, fe vce(cluster id)",
        "",
    ])  # fmt: skip
