"""Words of the trail and of changes that wait for a second person."""

from __future__ import annotations

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
