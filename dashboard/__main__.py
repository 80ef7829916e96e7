"""`python -m dashboard papers`: the papers of one place or of all, offline, into a folder."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from dashboard.app import create_app
from dashboard.data.snapshot import door
from dashboard.reports.make import FORMATS, make_papers, places_with_programmes
from dashboard.reports.pdf import NoPrinterError
from models.reading import Moment
from models.settings import read_settings


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when every paper was made, 1 when one could not be, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m dashboard")
    commands = parser.add_subparsers(dest="command", required=True)
    papers = commands.add_parser("papers", help="Word, PowerPoint, Excel và PDF của một hoặc mọi địa bàn")
    papers.add_argument("--place", default="all", help="mã địa bàn, hoặc all")
    papers.add_argument("--out", type=Path, required=True, help="thư mục nhận tệp")
    papers.add_argument("--format", action="append", choices=FORMATS, help="mặc định: cả bốn")
    papers.add_argument("--biet-den", type=date.fromisoformat, help="ngày NĂM-THÁNG-NGÀY; mặc định: hôm nay")
    return _papers(parser.parse_args(arguments))


def _papers(options: argparse.Namespace) -> int:
    settings = read_settings()
    day = options.biet_den or settings.as_of
    app = create_app(settings)
    from dashboard.pages.place import layout

    options.out.mkdir(parents=True, exist_ok=True)
    with app.server.app_context():
        snapshot = door().snapshot(Moment(as_of=day, known_on=day))
        places = places_with_programmes(snapshot.programmes) if options.place == "all" else [options.place]
        for index, slug in enumerate(places, start=1):
            try:
                made = make_papers(snapshot, slug, tuple(options.format or FORMATS), layout.__wrapped__)  # type: ignore[attr-defined]
            except NoPrinterError as error:
                sys.stderr.write(f"{slug}: {error}\n")
                return 1
            if not made:
                sys.stderr.write(f"Địa bàn “{slug}” không có chương trình nào. Xem /tinh để lấy mã địa bàn.\n")
                return 1
            for paper in made:
                (options.out / paper.name).write_bytes(paper.content)
            sys.stderr.write(f"{index}/{len(places)} {slug}: {len(made)} tệp\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
