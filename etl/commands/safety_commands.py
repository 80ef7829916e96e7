"""The commands that keep an installation: copy, backup, restore."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from etl.backup.backup import save
from etl.backup.copying import copy_database
from etl.backup.restore import restore
from etl.backup.web_role import grant_web_role, web_role
from etl.commands.command import Command, operand, option, switch
from etl.commands.console import DONE, WRONG_USAGE, disposing, opened, say
from etl.parsing.issues import LoadError
from models.accounts.trail import COMMAND_LINE, Deed
from models.base.database import make_engine
from models.config.settings import Settings, normalise_url

RESTORED = Deed("backup", COMMAND_LINE, details={"command": "restore"})
KEY = (
    "SECRET_KEY (hoặc tệp secret-key cạnh cơ sở dữ liệu) không nằm trong bản này: cất riêng, mất thì đặt lại mã hai lớp"
)
RESTART = (
    "Mọi phiên đăng nhập đã kết thúc. Khởi động lại các tiến trình web; xem lại tài khoản đã khóa sau ngày sao lưu"
)


def run_copy(choice: argparse.Namespace, settings: Settings) -> int:
    """Copy this installation into an empty database."""
    try:
        url = make_url(normalise_url(choice.to))
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in ("sqlite", "postgresql"):
        say("Lệnh sai: --to chỉ nhận địa chỉ sqlite hoặc postgresql, viết như DATABASE_URL.")
        return WRONG_USAGE
    with opened(settings) as source, disposing(make_engine(url.render_as_string(hide_password=False))) as target:
        done = copy_database(source, target, say)
    sys.stdout.write(
        f"Đã chép {done.rows} dòng của {done.tables} bảng và so sánh: giống hệt. Tệp đã nhận và tài liệu: {done.files}"
        f"{_missing(done.missing)}.\nĐặt DATABASE_URL sang đích rồi khởi động lại.\n"
    )
    return DONE


def run_backup(choice: argparse.Namespace, settings: Settings) -> int:
    """Save this installation in one file."""
    with opened(settings) as engine:
        made = save(engine, choice.file, say)
    rows, size = sum(rows for rows, _ in made.tables.values()), choice.file.stat().st_size
    sys.stdout.write(
        f"Đã sao lưu {rows} dòng của {len(made.tables)} bảng và {len(made.files)} tệp{_missing(made.missing)} vào "
        f"{choice.file} ({size} byte).\n{KEY}.\n"
    )
    return DONE


def run_restore(choice: argparse.Namespace, settings: Settings) -> int:
    """Fill this installation from a backup."""
    if not choice.file.is_file():
        raise LoadError(f"Không có tệp {choice.file}. Kiểm tra đường dẫn")
    role = web_role(settings)
    with disposing(make_engine(settings.owner_url)) as engine:
        made = restore(engine, choice.file, replace=choice.replace, report=say, deed=RESTORED)
        if role:
            grant_web_role(engine, role)
    rows = sum(rows for rows, _ in made.tables.values())
    sys.stdout.write(
        f"Đã khôi phục {rows} dòng và {len(made.files)} tệp{_missing(made.missing)} của bản sao lưu lúc "
        f"{made.made_at[:16].replace('T', ' ')} UTC; từng bảng đã so sánh.\n{RESTART}.\n"
    )
    return DONE


def _missing(count: int) -> str:
    return f", thiếu {count} tệp vốn đã mất hoặc hỏng trong kho" if count else ""


COMMANDS = (
    Command(
        "copy",
        "chép toàn bộ sang một cơ sở dữ liệu trống (SQLite hoặc PostgreSQL) rồi so sánh",
        run_copy,
        (option("--to", required=True, metavar="ĐỊA CHỈ", help="đích, viết như DATABASE_URL"),),
    ),
    Command(
        "backup",
        "sao lưu toàn bộ vào một tệp, trong khi hệ thống vẫn chạy",
        run_backup,
        (operand("tệp", "file", type=Path, metavar="tệp", help="tệp .zip sẽ ghi; chưa được có sẵn"),),
    ),
    Command(
        "restore",
        "khôi phục từ bản sao lưu, tất cả hoặc không gì",
        run_restore,
        (
            operand("tệp", "file", type=Path, metavar="tệp", help="bản sao lưu"),
            switch("--replace", "thay toàn bộ dữ liệu đang có"),
        ),
    ),
)
