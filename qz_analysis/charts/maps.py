"""A map of places whose outlines the user brings."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.ticker import MaxNLocator

from ..comparison.indicators import Row
from ..errors import QzError
from ..vocabularies.labels import Lang, in_lines, spoken
from .axes import Label, formatter, is_roomy, settle
from .one_year import above_list
from .place_years import chosen, in_year
from .rows import alike, place_label
from .theme import INK, WIDE, dressed, is_narrow, redrawn, small
from .tiles import DARK, EMPTY, SHADES, shade, shades_over
from .written import written
from .year_words import finish_rows, lost_words

if TYPE_CHECKING:
    import geopandas

#: columns in which outlines of China's divisions commonly carry their codes
_CODES = ("adcode", "code", "gb", "pac", "县代码", "区划码", "区划代码", "行政区划代码", "id")
#: equal-area conic of China: the parallels 25° and 47° north, the meridian 105° east
_ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=35 +lon_0=105 +datum=WGS84 +units=m"


@redrawn
def outlines(
    panel: Any,
    indicator: str | None = None,
    *,
    geometry: "geopandas.GeoDataFrame | str | Path",
    year: int | None = None,
    code: str | None = None,
    approval: str = "",
    ax: Axes | None = None,
    figsize: tuple[float, float] | None = None,
    lang: Lang | None = None,
    title: str | None = None,
    source: str | None = None,
) -> Axes:
    """A map of one indicator in one year on outlines of your own: the darker, the larger.

    An area without a figure is pale. In China a published map needs an approval number (审图号) of
    its outlines: give it, and it stands in the note; without it the note says that it is lacking.

    Args:
        panel, indicator, year, ax, figsize, lang, title, source: as in `trend`; rows meet outlines
            by the column `adcode`, six digits.
        geometry: outlines as a GeoDataFrame, or a file that geopandas reads (GeoJSON, Shapefile),
            in any coordinate system; without one, degrees of longitude and latitude are taken.
        code: the column of the outlines with the codes; found by its usual names without it.
        approval: the approval number of the outlines.

    Returns:
        the finished Axes.

    Raises:
        QzError: geopandas is not there (it comes with the extra `map`), the outlines cannot be read
            or have no column of codes, no row meets one, or as in `trend`.

    >>> import geopandas, pandas as pd
    >>> from shapely.geometry import box
    >>> areas = geopandas.GeoDataFrame({"adcode": ["130627"], "geometry": [box(114, 38, 115, 39)]})
    >>> row = {"place": ["唐县"], "adcode": ["130627"], "year": 2020, "indicator": "gdp"}
    >>> ax = outlines(pd.DataFrame(row).assign(value=9e9, unit="元"), geometry=areas)
    >>> "approval" in " ".join(text.get_text() for text in ax.figure.texts)
    True
    """
    lang = spoken(lang)
    rows, key = chosen(panel, indicator, "outlines")
    stated, lost, year = in_year(rows, year, "outlines")
    areas, code = _areas(geometry, code)
    drawn = alike([row for row in stated if row["adcode"] in {*areas[code]}])
    if not drawn:
        raise QzError(
            f"outlines: none of the {len(stated)} places with a figure for {year} has a code that "
            f"the outlines hold in {code!r}; the panel's codes are those of GB/T 2260 in each year"
        )
    values = {row["adcode"]: row["at"] for row in drawn}
    shown = areas.assign(_value=areas[code].map(values))
    scale = shades_over(values.values())
    with dressed():
        if ax is None:
            west, south, east, north = shown.total_bounds
            height = 6.6 * (north - south) / (east - west) + 0.9
            if is_narrow():
                ax = above_list(drawn, min(4.5, max(1.4, height / 2 + 0.3)), lang)
            else:
                _, ax = plt.subplots(figsize=figsize or (WIDE, min(7.0, max(2.8, height))))
        shown.plot(ax=ax, color=EMPTY, edgecolor="white", linewidth=0.6)
        known = shown[shown["_value"].notna()]
        colours = [shade(scale, value) for value in known["_value"]]
        known.plot(ax=ax, color=colours, edgecolor="white", linewidth=0.6)
        ax.set_axis_off()
        if len(set(values.values())) > 1:
            _scale(ax, scale, drawn[0], lang)
        ends = sorted(drawn, key=lambda row: row["at"])
        lost = lost[lost["adcode"].isin(areas[code])]
        facts: dict[str, Any] = {"year": year, "lost": lost_words(lost, lang)}
        facts |= {"approval": approval, "unmapped": len(stated) - len(drawn)}
        placed = [row | {"y": y} for y, row in enumerate(drawn)]
        labels = _labels(ax, known, {row["adcode"]: row for row in drawn}, code, scale, lang)
        finish_rows(ax, "outlines", placed, (ends[0], ends[-1]), key, lang, title, source, **facts)
        settle(ax, labels)
    return ax


def _areas(geometry: Any, code: str | None) -> tuple[Any, str]:
    """The outlines in an equal-area projection, and their column of codes as six digits."""
    try:
        import geopandas
    except ImportError:
        raise QzError(
            "outlines: maps need geopandas; install it with pip install 'qz-analysis[map]'"
        ) from None
    if isinstance(geometry, str | Path):
        try:
            areas = geopandas.read_file(geometry)
        except Exception as err:  # each driver has errors of its own
            fault = str(err).splitlines()[0]
            raise QzError(
                f"outlines: {geometry} cannot be read as outlines ({fault}); "
                "give a GeoJSON file or a Shapefile"
            ) from None
    else:
        areas = geometry
    if code is None:
        names = {str(name).lower(): str(name) for name in areas.columns}
        code = next((names[name] for name in _CODES if name in names), None)
    if code is None or code not in areas:
        there = ", ".join(map(str, areas.columns))
        raise QzError(f"outlines: which column holds the codes? give code=…; there are: {there}")
    digits = areas[code].astype(str).str.extract(r"(\d{6})", expand=False)
    areas = areas.assign(**{code: digits})
    if areas.crs is None:
        areas = areas.set_crs(4326)
    return (areas.to_crs(_ALBERS) if areas.crs.is_geographic else areas), code


def _labels(
    ax: Axes, areas: Any, rows: dict[str, Row], code: str, scale: Normalize, lang: Lang
) -> list[Label]:
    """Name and figure of each area, the largest areas first; small ones may find no room."""
    found = []
    for _, area in areas.sort_values("_value", key=lambda _: -areas.area).iterrows():
        row, at = rows[area[code]], area.geometry.representative_point()
        words = str(place_label(row["place"], lang))
        if not is_narrow():  # a list below the map has the figures
            words += "\n" + in_lines(written(row, lang))
        ink = "white" if scale(row["at"]) > DARK else INK
        text = ax.annotate(
            in_lines(words), (at.x, at.y), (0, 0), textcoords="offset points", ha="center",
            va="center", fontsize=small(), color=ink,
        )  # fmt: skip
        found.append(Label(text, [((0, 0), "center", "center")]))
    return found


def _scale(ax: Axes, scale: Normalize, row: Row, lang: Lang) -> None:
    """What the shades stand for, as a bar below the map."""
    bar = ax.figure.colorbar(
        ScalarMappable(scale, SHADES), ax=ax, orientation="horizontal", shrink=0.4, aspect=30,
        fraction=0.05, pad=0.03,
    )  # fmt: skip
    bar.outline.set_visible(False)
    bar.ax.xaxis.set_major_locator(MaxNLocator(4 if is_roomy(ax) else 2))
    bar.ax.xaxis.set_major_formatter(formatter(row, lang))
