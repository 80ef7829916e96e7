"""`python -m etl attach-text`: the document of a programme stands with it, so that each promise opens its sentence."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.commands.command import Command, operand, switch
from etl.commands.console import DATA_PROBLEM, DONE, actor, opened, put, say
from etl.documents.promise_places import promise_places
from etl.documents.text_process import read_text_apart
from etl.files.storage import keep_file, label_of
from etl.parsing.issues import LoadError
from etl.programmes.finding import find_programme
from models.accounts.changing import ChangeSession
from models.accounts.trail import COMMAND_LINE, Deed
from models.base.facts import in_force
from models.config.settings import Settings
from models.targets.programme import Programme, Target
from models.targets.programme_text import attach_text, remove_text
from models.targets.reading import read_places, target_record

WORDS = {True: "Gắn văn bản của chương trình", False: "Gỡ văn bản của chương trình"}


def run_attach(choice: argparse.Namespace, settings: Settings) -> int:
    """Attach, replace or (--remove) remove; tells of how many promises the sentence was found."""
    if choice.remove == (choice.file is not None):
        raise LoadError("Ghi tên tệp văn bản, hoặc --remove để gỡ văn bản đang gắn")
    with opened(settings) as engine:
        return _remove(engine, choice.slug) if choice.remove else _attach(engine, choice.slug, choice.file)


def _attach(engine: Engine, slug: str, path: Path) -> int:
    with Session(engine) as session:
        programme = find_programme(session, slug)
    text = read_text_apart(path, path.name)  # before it is kept: what cannot be read is not kept
    checksum = keep_file(engine, path.name, path.read_bytes())
    with ChangeSession(engine) as session:
        about = {"checksum": checksum, "name": label_of(path.name), "text": text}
        is_new = attach_text(session, programme, **about, actor=actor(), at=datetime.now(UTC))
        told = _told(session, programme, text)
        if is_new:
            session.finish(_deed(programme, is_attached=True).telling(file=label_of(path.name), checksum=checksum))
    put(f"{'Đã gắn' if is_new else 'Không có gì thay đổi: đã gắn từ trước'} {label_of(path.name)}. {told}\n", None)
    return DONE


def _told(session: Session, programme: Programme, text: str) -> str:
    place = read_places(session)[programme.place]
    rows = session.scalars(select(Target).where(*in_force(Target, None), col(Target.programme) == programme.slug))
    targets = [target_record(row, programme, place) for row in rows]
    found = promise_places(text, targets)
    lost = [target.wording for target, at in zip(targets, found, strict=True) if at is None]
    missing = "".join(f"\n  không tìm thấy câu: {wording}" for wording in lost)
    return f"Tìm thấy câu của {len(targets) - len(lost)}/{len(targets)} cam kết có số.{missing}"


def _remove(engine: Engine, slug: str) -> int:
    with ChangeSession(engine) as session:
        programme = find_programme(session, slug)
        row = remove_text(session, programme.slug, actor(), datetime.now(UTC))
        if row is None:
            say(f"Chương trình {programme.slug} chưa gắn văn bản nào.")
            return DATA_PROBLEM
        session.finish(_deed(programme, is_attached=False).telling(file=row.name, checksum=row.checksum))
    put(f"Đã gỡ {row.name}. Cam kết và số liệu không đổi.\n", None)
    return DONE


def _deed(programme: Programme, *, is_attached: bool) -> Deed:
    subject = f"{WORDS[is_attached]}: {programme.title}"
    return Deed("import", COMMAND_LINE, subject=subject, place=programme.place)


COMMAND = Command(
    "attach-text",
    "gắn văn bản vào chương trình: mỗi cam kết mở được câu của mình; không đổi số liệu",
    run_attach,
    (
        operand("chương trình", "slug", metavar="MÃ", help="mã của chương trình hoặc của địa bàn: ninh-thuan"),
        operand("tệp", "file", type=Path, nargs="?", metavar="TỆP", help="văn bản có chữ: .docx, .pdf, .html, .txt"),
        switch("--remove", "gỡ văn bản đang gắn"),
    ),
)
