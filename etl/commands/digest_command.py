"""`python -m etl digest --out DIR | --smtp`."""

from __future__ import annotations

import argparse
import smtplib
import sys
from pathlib import Path

from etl.commands.command import Command, option, switch
from etl.commands.console import opened
from etl.commands.digest import Digest, build_digests, write_digests
from etl.commands.digest_mail import read_mail, send_digests
from etl.parsing.issues import LoadError
from models.config.settings import Settings


def run_digest(choice: argparse.Namespace, settings: Settings) -> int:
    """Write or send the day's digests; raises LoadError with a sentence when it cannot."""
    if choice.out is None and not choice.smtp:
        raise LoadError("Chưa chọn nơi gửi: thêm --out THƯ_MỤC hoặc --smtp")
    with opened(settings) as engine:
        digests = build_digests(engine, settings.as_of)
    if choice.out is not None:
        for path in write_digests(digests, choice.out):
            sys.stdout.write(f"Đã ghi {path}\n")
    if choice.smtp:
        sys.stdout.write(f"Đã gửi {_send(digests)} thư\n")
    return 0


def _send(digests: list[Digest]) -> int:
    try:
        return send_digests(digests, read_mail())
    except ValueError as error:
        raise LoadError(f"Cấu hình thư sai: {error}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise LoadError(f"Máy chủ thư không nhận: {error}. Kiểm tra SMTP_HOST, SMTP_PORT, SMTP_SECURITY") from error


COMMAND = Command(
    "digest",
    "soạn tin nhắc việc của ngày, ghi ra thư mục hoặc gửi thư",
    run_digest,
    (
        option("--out", type=Path, metavar="THƯ_MỤC", help="ghi mỗi địa bàn một tệp .txt"),
        switch("--smtp", "gửi thư; cần SMTP_HOST, SMTP_FROM, DIGEST_TO"),
    ),
)
