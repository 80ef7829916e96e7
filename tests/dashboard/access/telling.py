"""What the walkers send, what they were answered, and what of it tells of another province."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.read_session import Repository
from dashboard.ui import words
from models import registry as tables
from models.config.settings import ROOT
from tests.dashboard.access.two_provinces import MINE, ONLY, OTHER

SEEN = (MINE, f"{MINE}-truoc-2025-07", "binh-dinh", "viet-nam")
WORKBOOK = "the parts of a workbook: "
OWN_NUMBER = re.compile(r"\b97[.]?002\b")  # how many members the other province's cooperative has
CALLBACK = "/_dash-update-component"
Answer = tuple[str, int, str]  # what was asked, the status, the text
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
NEEDS_ONLY_AN_ACCOUNT = ("/tai-khoan", "/dang-", "/bao-so-lieu-sai", "/hop/tai-lieu", "/hop/viec/", "/duyet/")
FIELDS = {
    "dia-ban": OTHER, "loai": "register", "nam-so": "2025", "ve-viec": "", "ly-do": "Thử", "noi-dung": "Thử ghi",
    "chi-tieu": "htx_count|unstated", "gia-tri": "5", "ngay": "31/10/2026", "don-vi": "Thử", "nguon": "Thử",
    "trang": f"/tinh/{OTHER}#htx_count", "ve": "Thử", "tra-loi": "Thử", "han": "30/12/2026", "co-quan": "so-tai-chinh",
    "ten": "Thử", "nam-moc": "2030", "tep": "docx", "theo-doi": "Thử", "viec": "Thử", "chon": "register",
    "ket-luan": "accepted", "ket-qua": "under_way", "ngay-bao-cao": "31/10/2026", "so-van-ban": "1", "van-ban": "1",
    "nguoi-ghi": "Người Lạ",
}  # fmt: skip


def what_is_hidden(door: Repository) -> tuple[set[str], set[str]]:
    """Texts and numbers in a database that only provinces hold which the walkers may not see."""
    said: dict[bool, set[str]] = {}
    numbers: dict[bool, set[str]] = {}
    with Session(door.engine) as session:
        for mine in (True, False):
            said[mine] = {one for row in (tables.Task, tables.Programme) for one in _of(session, row, "title", mine)}
            found = {*_of(session, tables.Observation, "value", mine), *_of(session, tables.Target, "low", mine)}
            numbers[mine] = {words.number(value) for value in found if value is not None and value >= 10_000}
    method = (ROOT / "data" / "thresholds.yaml").read_text(encoding="utf-8")  # the same for everybody
    return (
        {one for one in said[False] - said[True] if len(one) > 30},
        {number for number in numbers[False] - numbers[True] if number not in method},
    )


def _of(session: Session, mapped: Any, name: str, mine: bool) -> set[Any]:
    """The values of a column in rows of the places that the walkers see, or of all others."""
    seen = col(mapped.place).in_(SEEN)
    return set(session.scalars(select(getattr(mapped, name)).where(seen if mine else ~seen)))


def leaks(body: str, hidden: tuple[set[str], set[str]]) -> list[str]:
    """What an answer says of another province."""
    texts, numbers = hidden
    found = [told for told in (f"{ONLY} {OTHER}", *texts) if told in body]
    found += [number[0] for number in OWN_NUMBER.finditer(body)]
    return found if body.startswith(WORKBOOK) else found + sorted(numbers.intersection(NUMBER.findall(body)))


def said(name: str, answer: Any) -> Answer:
    """An answer as text, read to its end."""
    content = answer.get_data()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = WORKBOOK.encode() + b" ".join(book.read(part) for part in book.namelist())
    return name, answer.status_code, content.decode(errors="replace")
