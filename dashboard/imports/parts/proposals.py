"""Changes that wait for a second person, or have been decided: the list, and what one of them says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dashboard.access.trail_words import PROPOSAL_WORDS, VERDICT_WORDS, local_time, proposal_line
from dashboard.db.snapshot_values import Snapshot
from dashboard.ui import html, words
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.markup import facts
from dashboard.ui.table import data_table, wide
from models.accounts.approval import PendingChange, Proposal
from models.register.measures import REGISTER
from models.targets.observation import Observation
from models.targets.reading import point_of

WAITING = (wide("Đề nghị"), "Địa bàn, năm", "Người đề nghị", "Việc của bạn")
DECIDED = (wide("Đề nghị"), "Địa bàn, năm", "Người đề nghị", "Kết quả")


def waiting_table(items: Sequence[tuple[PendingChange, bool]], snapshot: Snapshot) -> Element:
    """What waits, oldest first; each with whether the reader decides it (else it is the reader's own)."""
    rows = [
        [*_head(item, snapshot), "xem trước và duyệt" if decides else "chờ người khác duyệt"] for item, decides in items
    ]
    return data_table(WAITING, rows, caption="Đề nghị đang chờ, cũ nhất trước", kind="dense")


def decided_table(items: Sequence[PendingChange], snapshot: Snapshot) -> Element:
    """What was decided, newest first."""
    rows = [[*_head(item, snapshot), _verdict(item)] for item in items]
    return data_table(DECIDED, rows, caption="Đề nghị đã quyết, mới nhất trước", kind="dense")


def proposal_title(item: PendingChange) -> str:
    """What is proposed, in one line."""
    return proposal_line(item.kind, item.title)


def proposal_facts(
    item: PendingChange, snapshot: Snapshot, kind_name: Callable[[str], str], chosen: Observation | None
) -> Element:
    """What is proposed, by whom, and what became of it; `chosen` is the published value to be official, if any."""
    pairs: list[tuple[str, Content]] = [
        ("Đề nghị", PROPOSAL_WORDS[item.kind]),
        ("Địa bàn, năm", _where(item, snapshot)),
        *_content(item, snapshot, kind_name, chosen),
        ("Người đề nghị", f"{item.proposed_by_name}, {local_time(item.proposed_at)}"),
    ]
    if item.verdict is not None:
        pairs.append(("Kết quả", _verdict(item)))
    return facts(pairs)


def _head(item: PendingChange, snapshot: Snapshot) -> list[Content]:
    return [
        [html.A(proposal_title(item), href=f"/duyet/{item.id}"), html.Small(f"đề nghị số {item.id}", className="sub")],
        _where(item, snapshot),
        [item.proposed_by_name, html.Small(local_time(item.proposed_at), className="sub")],
    ]


def _where(item: PendingChange, snapshot: Snapshot) -> str:
    place = snapshot.places.get(item.place or "")
    return ", ".join(filter(None, [place.full_name if place else "Cả nước", str(item.year or "")]))


def _verdict(item: PendingChange) -> list[Piece]:
    who = f"{item.decided_by_name}, {local_time(item.decided_at)}" if item.decided_at else item.decided_by_name
    run = html.Small(html.A(f"lượt {item.run_id}", href=f"/doi-soat?muc=luot-nap#luot-{item.run_id}"), className="sub")
    return [
        VERDICT_WORDS.get(item.verdict or "", ""),
        html.Small(who, className="sub"),
        html.Small(f"Lý do: {item.reason}", className="sub") if item.reason else None,
        run if item.run_id else None,
    ]


def _content(
    item: PendingChange, snapshot: Snapshot, kind_name: Callable[[str], str], chosen: Observation | None
) -> list[tuple[str, Content]]:
    payload = item.payload
    if item.kind == Proposal.IMPORT:
        return [
            ("Tệp", f"{item.title} ({kind_name(payload['wanted']['kind'])})"),
            ("Dòng lúc đề nghị", _rows(payload["rows"])),
        ]
    if item.kind == Proposal.OFFICIAL:
        return [
            ("Chỉ tiêu", _indicator(payload["indicator"], snapshot)),
            ("Số được chọn", _chosen(payload["choice"], chosen)),
            ("Lý do", payload["reason"]),
        ]
    if item.kind == Proposal.FIGURE:
        return _figure(payload["figure"], payload["unit"], snapshot)
    return [("Lượt", item.title)]


def _figure(figure: dict[str, Any], unit: str, snapshot: Snapshot) -> list[tuple[str, Content]]:
    kind = "ước thực hiện" if figure["value_kind"] == "estimate" else "thực hiện"
    day = ".".join(reversed(figure["period_end"].split("-"))).replace(".", "/")
    return [
        ("Chỉ tiêu", _indicator(figure["indicator"], snapshot)),
        ("Giá trị", f"{words.with_unit(words.number(figure['value']), unit)}, {kind}, ngày {day}"),
        ("Nguồn", f"{figure['publisher']}: {figure['source_title']}"),
    ]


def _rows(rows: dict[str, int]) -> str:
    names = (("new", "mới"), ("changed", "đổi"), ("untouched", "giữ nguyên"), ("left_out", "để ngoài"))
    return ", ".join(f"{words.number(rows[name])} {word}" for name, word in names)


def _indicator(code: str, snapshot: Snapshot) -> str:
    found = snapshot.indicators.get(code)
    return found.name if found else code


def _chosen(choice: str, row: Observation | None) -> str:
    if choice == REGISTER:
        return "số tính từ sổ đăng ký"
    if row is None:
        return "số này không còn trong dữ liệu"
    point = point_of(row)
    return f"{words.value_text(point)} · {words.when(point)} · {row.publisher}"
