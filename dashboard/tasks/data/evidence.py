"""Files that prove what was reported on a task: what is accepted, and handing them out again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from dashboard.db.import_file import ImportRefusedError, import_service
from dashboard.db.read_session import repository
from models.tasks.follow_up import TaskReport

KINDS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".odt", ".ods", ".ppt", ".pptx", ".jpg", ".jpeg", ".png", ".zip")
MAX_MEGABYTES = 20
LONGEST_NAME = 100
_UNSAFE = re.compile(r"[^\w. ()-]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file as it was sent. Its name is a label and says nothing about what is inside."""

    name: str
    content: bytes


def evidence_problems(evidence: Evidence) -> list[str]:
    """What keeps a file from being taken."""
    problems = []
    if not evidence.name.lower().endswith(KINDS):
        problems.append(f"Tệp minh chứng không thuộc loại nhận được ({', '.join(KINDS)}): đổi loại rồi gửi lại.")
    if not evidence.content:
        problems.append("Tệp minh chứng rỗng: chọn lại tệp rồi gửi lại.")
    if len(evidence.content) > MAX_MEGABYTES * 1024**2:
        problems.append(f"Tệp minh chứng lớn hơn {MAX_MEGABYTES} MB: nén hoặc chia nhỏ rồi gửi lại.")
    return problems


def read_evidence(checksum: str) -> tuple[str, bytes] | None:
    """A safe name and the content; None for every kept file that no report in force names as its evidence.

    The same store holds received registers, so a checksum alone opens nothing.
    """
    with repository().session() as session:
        named = select(col(TaskReport.id)).where(
            col(TaskReport.file_checksum) == checksum, col(TaskReport.superseded_at).is_(None)
        )
        if session.scalars(named.limit(1)).first() is None:
            return None
    try:
        label, content = import_service().kept_file(checksum)
    except ImportRefusedError:
        return None
    return safe_name(label), content


def safe_name(label: str) -> str:
    """A name for saving: no path, quotes or controls, and an ending that no browser opens as a page."""
    stem, dot, ending = _UNSAFE.sub("_", label).strip(" .").rpartition(".")
    if f"{dot}{ending}".lower() not in KINDS:
        stem, ending = f"{stem}{dot}{ending}", "bin"
    return f"{stem[:LONGEST_NAME] or 'minh-chung'}.{ending}"
