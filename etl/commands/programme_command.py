"""`python -m etl export programme [SLUG] --out X.xlsx`: a programme as the workbook that is loaded again."""

from __future__ import annotations

import argparse

from etl.commands.console import DONE, reading, say
from etl.parsing.issues import LoadError
from etl.programmes.exporting import export_book
from models.config.settings import Settings

PROGRAMME = "programme"


def export_programme(choice: argparse.Namespace, settings: Settings) -> int:
    """Write the workbook; raises LoadError for an unknown programme, or when no file is named."""
    if choice.out is None:
        raise LoadError("Chương trình được ghi thành tệp Excel. Ghi --out TỆP.xlsx")
    with reading(settings) as session:
        content = export_book(session, settings.data_dir, choice.slug)
    choice.out.write_bytes(content)
    say(f"Đã ghi {choice.out}")
    return DONE
