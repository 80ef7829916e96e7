"""`python -m dashboard papers`: the papers of one place or of all, offline, into a folder or for a waiting job."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from dashboard.app import create_app
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.meetings.data.meetings import build_meeting
from dashboard.meetings.papers_job import run_job
from dashboard.reports.data.papers import job_arguments
from dashboard.reports.kinds import FORMATS, places_with_programmes
from dashboard.reports.make import MissingPaper, make_papers
from dashboard.ui.html import Element
from models.base.day_limits import day_to_look_from
from models.config.instance import keep_private
from models.config.settings import read_settings
from models.targets.reading import Moment


def make_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(prog="python -m dashboard")
    commands = parser.add_subparsers(dest="command", required=True)
    papers = commands.add_parser("papers", help="Word, PowerPoint, Excel và PDF của một hoặc mọi địa bàn")
    papers.add_argument("--place", default="all", help="mã địa bàn, hoặc all")
    papers.add_argument("--out", type=Path, help="thư mục nhận tệp")
    papers.add_argument("--format", action="append", choices=FORMATS, help="mặc định: cả bốn")
    papers.add_argument("--biet-den", type=date.fromisoformat, help="ngày NĂM-THÁNG-NGÀY; mặc định: hôm nay")
    papers.add_argument("--meeting", type=int, help="số của một phiên họp: số liệu như khi mở phiên")
    papers.add_argument("--job", type=int, help=argparse.SUPPRESS)  # started by a page; says how far it is there
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when every paper was made, 1 when one could not be, 2 for wrong usage."""
    keep_private()
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.job is None and options.out is None:
        parser.error("thiếu --out THƯ_MỤC")
    app = create_app(read_settings())
    from dashboard.targets.pages.place import layout

    page = layout.__wrapped__  # the page itself, without the guard's address
    with app.server.app_context():
        if options.job is not None:
            asked = job_arguments(options.job)
            return 1 if asked is None else run_job(options.job, asked, page)
        snapshot = _snapshot(options)
        return 1 if snapshot is None else _write(options, snapshot, page)


def _snapshot(options: argparse.Namespace) -> Snapshot | None:
    if options.meeting is None:
        today = repository().settings.as_of
        day = day_to_look_from(options.biet_den or today, today)
        return repository().snapshot(Moment(as_of=day, known_on=day))
    found = build_meeting(options.meeting)
    if found is None:
        sys.stderr.write(f"Không có phiên họp số {options.meeting}. Xem số của phiên ở trang /hop.\n")
    return found.snapshot if found else None


def _write(options: argparse.Namespace, snapshot: Snapshot, page: Callable[..., Element]) -> int:
    options.out.mkdir(parents=True, exist_ok=True)
    places = places_with_programmes(snapshot.programmes) if options.place == "all" else [options.place]
    missing = 0
    for index, slug in enumerate(places, start=1):
        count, papers = 0, list[MissingPaper]()
        for paper in make_papers(snapshot, slug, tuple(options.format or FORMATS), page):
            if isinstance(paper, MissingPaper):
                papers.append(paper)
                continue
            (options.out / paper.name).write_bytes(paper.content)
            count += 1
        if not count and not papers:
            sys.stderr.write(f"Địa bàn “{slug}” không có chương trình nào. Xem /tinh để lấy mã địa bàn.\n")
            return 1
        sys.stderr.write(f"{index}/{len(places)} {slug}: {count} tệp\n")
        sys.stderr.writelines(f"Còn thiếu {paper.name}: {paper.reason}\n" for paper in papers)
        missing += len(papers)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
