"""The trail in words and as a table: what was done, about what, with which details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dashboard.ui import html, words
from dashboard.ui.html import Content, Element
from dashboard.ui.table import data_table, wide
from models.accounts.trail import COMMAND_LINE, TrailEntry
from models.base.day_text import moment_text

ACTION_WORDS = {
    "sign_in": "Đăng nhập",
    "sign_in_failed": "Đăng nhập không thành công",
    "sign_out": "Đăng xuất",
    "locked": "Tài khoản bị khóa tạm",
    "password_changed": "Đổi mật khẩu",
    "factor_changed": "Đổi xác thực hai lớp",
    "account_changed": "Sửa tài khoản, quyền",
    "import": "Nạp số liệu",
    "undo": "Hoàn tác",
    "official": "Chốt số",
    "figure": "Nhập một số liệu",
    "update": "Cập nhật",
    "decide": "Kết luận, quyết định",
    "propose": "Gửi để người thứ hai duyệt",
    "approve": "Duyệt",
    "refuse": "Không duyệt",
    "withdraw": "Rút đề nghị",
    "export": "Tải số liệu ra",
    "read_persons": "Xem thông tin cá nhân",
    "paper": "Văn bản, tài liệu",
    "token_made": "Tạo khóa truy cập",
    "token_revoked": "Hủy khóa truy cập",
    "backup": "Sao lưu, khôi phục, chuyển cơ sở dữ liệu",
}
FIELD_WORDS = {
    "run": "lượt",
    "undoes": "hoàn tác lượt",
    "kind": "loại",
    "year": "năm",
    "reason": "lý do",
    "proposal": "đề nghị số",
    "proposed_by": "người đề nghị",
    "format": "định dạng",
    "count": "số lượng",
    "rows": "số dòng",
    "filter": "bộ lọc",
    "address": "địa chỉ",
    "file": "tệp",
    "command": "lệnh",
    "shown": "xem tại",
    "minutes": "số phút",
    "method": "cách đăng nhập",
    "account": "tài khoản",
    "organization": "tổ chức số",
    "pairs": "cặp đã quyết",
    "agency": "cơ quan",
    "key": "mã",
    "remark": "phản ánh số",
    "meeting": "phiên họp số",
    "job": "việc số",
    "role": "vai trò",
}
VALUE_WORDS = {"method": {"password": "mật khẩu", "oidc": "tài khoản cơ quan"}}
PROPOSAL_WORDS = {
    "import": "Nạp tệp",
    "official": "Chốt số",
    "figure": "Nhập một số liệu",
    "undo": "Hoàn tác lượt nạp",
}
VERDICT_WORDS = {"approved": "đã duyệt", "refused": "không duyệt", "withdrawn": "người đề nghị đã rút"}


def action_word(action: str) -> str:
    """What an action is called; one we do not know yet is shown as it is stored."""
    return ACTION_WORDS.get(action, action)


def proposal_line(kind: str, title: str) -> str:
    """What is proposed, in one line; the undoing of a run says so in its own title."""
    return title if kind == "undo" else f"{PROPOSAL_WORDS[kind]}: {title}"


def details_text(details: dict[str, object]) -> str:
    """The details in one line; a field without a word of its own shows its value only."""
    parts = []
    for name, value in details.items():
        if value not in (None, "", [], {}):
            word, said = FIELD_WORDS.get(name), _plain(VALUE_WORDS.get(name, {}).get(str(value), value))
            parts.append(f"{word}: {said}" if word else said)
    return "; ".join(parts)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dict):
        return ", ".join(f"{name}={_plain(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    return str(value)


COLUMNS = ("Lúc", "Người", "Việc", wide("Nội dung"), "Địa bàn")


def trail_table(entries: Sequence[TrailEntry], place_names: Mapping[str, str]) -> Element:
    """Newest first: when, who, what, about what, where."""
    return data_table(
        COLUMNS, [_row(e, place_names) for e in entries], caption="Nhật ký, mới nhất trước", kind="dense trail"
    )


def local_time(moment: datetime) -> str:
    """An instant as people in Viet Nam read it."""
    return moment_text(moment, is_exact=True)


def _row(entry: TrailEntry, place_names: Mapping[str, str]) -> list[Content]:
    details = details_text(entry.details)
    return [
        [local_time(entry.at), html.Small(f"mục {entry.id}", className="sub")],
        [entry.actor_name, *(html.Small(text, className="sub") for text in _about(entry))],
        action_word(entry.action),
        [entry.subject or words.NONE, html.Small(details, className="sub") if details else None],
        place_names.get(entry.place or "", entry.place or words.NONE),
    ]


def _about(entry: TrailEntry) -> list[str]:
    """What is known of the actor: roles, whether the name was proved, the mark of the network address."""
    said = [entry.roles] if entry.roles else []
    if not entry.is_verified and entry.actor_name != COMMAND_LINE:
        said.append("chưa xác thực")
    return said + ([f"nơi truy cập {entry.address_mark}"] if entry.address_mark else [])
