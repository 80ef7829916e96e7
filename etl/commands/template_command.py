"""`python -m etl template KIND --out FILE [--place PLACE]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from etl.commands.console import existing_database
from etl.loading.recipe import KINDS
from etl.loading.template import template
from models.config.settings import Settings

HELP = "ghi tệp mẫu để điền, có sẵn những gì hệ thống đang biết"


def add_template_arguments(parser: argparse.ArgumentParser, options: Any) -> None:
    """The kind of file, where to write it and for which place."""
    parser.add_argument_group("loại").add_argument("kind", choices=tuple(KINDS), metavar="loại", help=", ".join(KINDS))
    options.add_argument("--out", type=Path, required=True, metavar="TỆP.xlsx", help="ghi ra tệp này")
    options.add_argument("--place", default="", metavar="ĐỊA_BÀN", help="chỉ nhiệm vụ của một địa bàn")


def run_template(choice: argparse.Namespace, settings: Settings) -> int:
    """Write the workbook; raises LoadError or OSError when it cannot."""
    engine = existing_database(settings)
    try:
        with Session(engine) as session:
            content = template(choice.kind, settings.data_dir, session, settings.as_of, choice.place)
    finally:
        engine.dispose()
    choice.out.write_bytes(content)
    sys.stdout.write(f"Đã ghi {choice.out}\n")
    return 0
