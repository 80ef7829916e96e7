"""`python -m etl template KIND --out FILE [--place PLACE]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from etl.commands.command import Command, operand, option
from etl.commands.console import reading
from etl.loading.recipe import KINDS
from etl.loading.template import template
from models.config.settings import Settings


def run_template(choice: argparse.Namespace, settings: Settings) -> int:
    """Write the workbook; raises LoadError or OSError when it cannot."""
    with reading(settings) as session:
        content = template(choice.kind, settings.data_dir, session, settings.as_of, choice.place)
    choice.out.write_bytes(content)
    sys.stdout.write(f"Đã ghi {choice.out}\n")
    return 0


COMMAND = Command(
    "template",
    "ghi tệp mẫu để điền, có sẵn những gì hệ thống đang biết",
    run_template,
    (
        operand("loại", "kind", choices=tuple(KINDS), metavar="loại", help=", ".join(KINDS)),
        option("--out", type=Path, required=True, metavar="TỆP.xlsx", help="ghi ra tệp này"),
        option("--place", default="", metavar="ĐỊA_BÀN", help="chỉ nhiệm vụ của một địa bàn"),
    ),
)
