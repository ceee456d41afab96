"""The command `qz export`: what `qz extract --out` wrote → Excel, a data package or Parquet."""

import argparse
from pathlib import Path
from typing import Any

from .controls import visible

__all__ = ["add", "run"]


def add(commands: Any) -> None:
    """Adds the command to the parsers of `qz`."""
    export = commands.add_parser(
        "export",
        help="turn extracted tables into Excel, a data package or Parquet",
        description="Writes the tables of a finished run for other programs: TARGET.xlsx is an Excel workbook; TARGET.zip, "
        "or any folder, is a Frictionless data package whose datapackage.json describes every column; with --table a "
        "TARGET.parquet is that table. Texts of the tables repeat words of the pages, and these may name persons.",
        epilog="example:\n  qz export out figures.xlsx\n  qz export out figures.zip --licence CC-BY-4.0 --mask",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    export.add_argument("folder", type=Path, metavar="FOLDER", help="what `qz extract --out` wrote")
    export.add_argument("target", type=Path, metavar="TARGET", help="a name ending in .xlsx, .zip or .parquet, or a folder")  # fmt: skip
    export.add_argument("--format", choices=["csv", "parquet"], default="csv", help="files of a data package: csv (default) or parquet")  # fmt: skip
    export.add_argument("--table", metavar="NAME", help="only this table: claims, relations, reports, documents or errors")  # fmt: skip
    export.add_argument("--licence", "--license", default="", metavar="ID", help="the data's licence, such as CC-BY-4.0; none is claimed otherwise")  # fmt: skip
    export.add_argument("--mask", action="store_true", help="mask persons' names in the columns that repeat words")
    export.add_argument("--raw-cells", action="store_true", help="csv: no apostrophe before text cells that look like formulas")  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Runs the command.

    Raises:
        QzError: the folder holds no tables, or the target cannot be made.
    """
    from .exporting import export
    from .runs.store import open

    made = export(
        open(args.folder), args.target, table=args.table, format=args.format, mask=args.mask, raw_cells=args.raw_cells, licence=args.licence
    )  # fmt: skip
    print(visible(str(made)))
    return 0
