"""A grid of China's provinces, one tile each, that needs no map."""

from collections.abc import Collection
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.patches import Rectangle

from ..comparison.indicators import Row
from ..errors import QzError
from ..vocabularies.divisions import adcode
from ..vocabularies.labels import Lang, in_lines, spoken
from .axes import is_roomy
from .one_year import above_list
from .place_years import chosen, in_year
from .rows import alike
from .theme import INK, MUTED, WIDE, dressed, is_narrow, redrawn, small
from .written import written
from .year_words import finish_rows, lost_words

#: the first two digits of a province's code, its column and row, its short names; for tiles too
#: small for more, its one character and that of ISO 3166-2
_TILES = {
    "23": (9, 0, "黑龙江", "Heilongj.", "黑", "HL"),
    "15": (6, 1, "内蒙古", "Inner M.", "蒙", "NM"),
    "22": (9, 1, "吉林", "Jilin", "吉", "JL"),
    "65": (1, 2, "新疆", "Xinjiang", "新", "XJ"),
    "62": (3, 2, "甘肃", "Gansu", "甘", "GS"),
    "64": (4, 2, "宁夏", "Ningxia", "宁", "NX"),
    "11": (6, 2, "北京", "Beijing", "京", "BJ"),
    "12": (7, 2, "天津", "Tianjin", "津", "TJ"),
    "21": (8, 2, "辽宁", "Liaoning", "辽", "LN"),
    "63": (3, 3, "青海", "Qinghai", "青", "QH"),
    "61": (4, 3, "陕西", "Shaanxi", "陕", "SN"),
    "14": (5, 3, "山西", "Shanxi", "晋", "SX"),
    "13": (6, 3, "河北", "Hebei", "冀", "HE"),
    "37": (7, 3, "山东", "Shandong", "鲁", "SD"),
    "54": (2, 4, "西藏", "Tibet", "藏", "XZ"),
    "51": (3, 4, "四川", "Sichuan", "川", "SC"),
    "50": (4, 4, "重庆", "Chongqing", "渝", "CQ"),
    "41": (5, 4, "河南", "Henan", "豫", "HA"),
    "34": (6, 4, "安徽", "Anhui", "皖", "AH"),
    "32": (7, 4, "江苏", "Jiangsu", "苏", "JS"),
    "31": (8, 4, "上海", "Shanghai", "沪", "SH"),
    "53": (3, 5, "云南", "Yunnan", "云", "YN"),
    "52": (4, 5, "贵州", "Guizhou", "贵", "GZ"),
    "42": (5, 5, "湖北", "Hubei", "鄂", "HB"),
    "36": (6, 5, "江西", "Jiangxi", "赣", "JX"),
    "33": (7, 5, "浙江", "Zhejiang", "浙", "ZJ"),
    "45": (4, 6, "广西", "Guangxi", "桂", "GX"),
    "43": (5, 6, "湖南", "Hunan", "湘", "HN"),
    "44": (6, 6, "广东", "Guangdong", "粤", "GD"),
    "35": (7, 6, "福建", "Fujian", "闽", "FJ"),
    "71": (8, 6, "台湾", "Taiwan", "台", "TW"),
    "46": (5, 7, "海南", "Hainan", "琼", "HI"),
    "82": (6, 7, "澳门", "Macao", "澳", "MO"),
    "81": (7, 7, "香港", "Hong Kong", "港", "HK"),
}
#: shades of figures from the smallest to the largest, and that of no figure
SHADES = LinearSegmentedColormap.from_list("qz", ["#e8f1f8", "#0072B2", "#023858"])
EMPTY = "#f2f2f2"
#: from which part of the scale on words on a shade are white
DARK = 0.32


def shades_over(values: Collection[float]) -> Normalize:
    """The scale of shades from the smallest of some values to the largest."""
    low, high = min(values), max(values)
    return Normalize(low, high if high > low else low + 1)


def shade(scale: Normalize, value: float) -> tuple[float, ...]:
    """The shade of a value; the palest still stands out from an area without a figure."""
    return tuple(SHADES(0.08 + 0.92 * scale(value)))


@redrawn
def provinces(
    panel: Any,
    indicator: str | None = None,
    *,
    year: int | None = None,
    ax: Axes | None = None,
    figsize: tuple[float, float] | None = None,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """How the provinces stand in one year: a tile each, darker for more, the figure in it.

    A province whose own report states no figure keeps an empty tile: figures of its cities and
    counties never stand for it.

    Args:
        panel, indicator, ax, figsize, lang, title, source: as in `trend`; provinces are known by
            the column `adcode`, else by name.
        year: the year; the one with most figures without it, the latest of equals.

    Returns:
        the finished Axes.

    Raises:
        QzError: no province has a figure in that year, or as in `trend`.

    >>> import pandas as pd
    >>> rows = {"place": ["河北省"], "year": 2020, "indicator": "gdp", "value": 3.6e12, "unit": "元"}
    >>> finished = provinces(pd.DataFrame(rows))
    >>> len(finished.patches)
    34
    """
    lang = spoken(lang)
    rows, key = chosen(panel, indicator, "provinces")
    codes = [
        str(code) if pd.notna(code) and code else adcode(place)
        for code, place in zip(rows["adcode"], rows["place"], strict=True)
    ]
    own = rows.assign(adcode=codes)
    of_province = own["adcode"].str.fullmatch(r"\d\d0000")
    elsewhere = own.loc[~of_province, "place"].nunique()
    if not of_province.any():
        raise QzError(
            "provinces: the panel holds no province; charts.places draws its places side by side"
        )
    stated, lost, year = in_year(own[of_province], year, "provinces")
    kept = {row["adcode"][:2]: row for row in alike(stated)}
    values = [row["at"] for row in kept.values()]
    scale = shades_over(values)
    with dressed():
        if ax is None and is_narrow():
            ax = above_list([*kept.values()], 3.0, lang, brief=True)
        elif ax is None:
            _, ax = plt.subplots(figsize=figsize or (WIDE, 5))
        wide = is_roomy(ax)
        for code, (x, y, zh, en, one, short) in _TILES.items():
            name = (en if wide else short) if lang == "en" else zh if wide else one
            _tile(ax, (x, y), name, kept.get(code), scale, lang, wide)
        ax.set_xlim(0.95, 10.05)
        ax.set_ylim(8.02, -0.05)
        ax.set_axis_off()
        drawn = [row | {"y": y} for y, row in enumerate(kept.values())]
        ends = min(drawn, key=lambda r: r["at"]), max(drawn, key=lambda r: r["at"])
        facts = {"year": year, "lost": lost_words(lost, lang)}
        finish_rows(
            ax, "provinces", drawn, ends, key, lang, title, source, elsewhere=elsewhere, **facts
        )
    return ax


def _tile(
    ax: Axes,
    at: tuple[int, int],
    name: str,
    row: Row | None,
    scale: Normalize,
    lang: Lang,
    wide: bool,
) -> None:
    """A province's tile with its name and, where there is room, its figure, in ink that stands out."""
    x, y = at
    face = EMPTY if row is None else shade(scale, row["at"])
    ax.add_patch(Rectangle((x + 0.03, y + 0.03), 0.94, 0.94, facecolor=face, edgecolor="none"))
    ink = MUTED if row is None else "white" if scale(row["at"]) > DARK else INK
    middle = 0.36 if row is not None and wide else 0.5
    ax.text(x + 0.5, y + middle, name, ha="center", va="center", fontsize=small(), color=ink)
    if row is not None and wide:
        words = in_lines(written(row, "en" if lang == "both" else lang, brief=True))
        ax.text(x + 0.5, y + 0.7, words, ha="center", va="center", fontsize=small(), color=ink)
