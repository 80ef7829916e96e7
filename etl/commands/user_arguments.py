"""What may be typed after `python -m etl user`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.accounts.rights import ROLE_WORDS, Role

NAME = "user"
HELP = "tài khoản: thêm, xem, vai trò, khóa, mật khẩu, xác thực hai lớp, phiên"
TEXTS = {
    "add": "thêm tài khoản; in mật khẩu dùng một lần",
    "list": "các tài khoản và vai trò",
    "role": "cấp hoặc thu hồi một vai trò",
    "lock": "khóa tài khoản và đóng mọi phiên",
    "unlock": "mở khóa tài khoản",
    "password": "cấp mật khẩu dùng một lần; đóng mọi phiên",
    "remove-factor": "bỏ xác thực hai lớp của người mất thiết bị; đóng mọi phiên",
    "sessions-end": "đóng mọi phiên",
}
_ROLES = ", ".join(f"{role.value} ({ROLE_WORDS[role]})" for role in Role)


def add_user_arguments(parser: Any, add_help: Callable[[Any], Any]) -> None:
    """The kinds of work, each with the name of the account and its options."""
    add_help(parser)
    works = parser.add_subparsers(dest="what", required=True, metavar="việc", title="các việc", prog=parser.prog)
    for what, text in TEXTS.items():
        work = works.add_parser(what, help=text, description=text)
        if what != "list":
            work.add_argument_group("tài khoản").add_argument("name", metavar="TÊN", help="tên đăng nhập")
        _add_options(what, add_help(work))


def _add_options(what: str, options: Any) -> None:
    if what in ("add", "role"):
        options.add_argument(
            "--role", required=True, choices=[role.value for role in Role], metavar="VAI_TRÒ", help=_ROLES
        )
        options.add_argument("--place", metavar="ĐỊA_BÀN", help="mã địa bàn như gia-lai; bỏ trống là mọi địa bàn")
        options.add_argument("--agency", metavar="CƠ_QUAN", help="mã cơ quan; bỏ trống là mọi cơ quan")
        options.add_argument("--persons", action="store_true", help="xem được họ tên người đại diện")
    if what == "role":
        options.add_argument("--revoke", action="store_true", help="thu hồi thay vì cấp")
    if what == "add":
        options.add_argument("--display-name", metavar="HỌ_TÊN", help="họ tên hoặc tên đơn vị")
        options.add_argument("--oidc", action="store_true", help="chỉ đăng nhập bằng tài khoản cơ quan (OIDC)")
    if what in ("add", "password"):
        options.add_argument("--ask", action="store_true", help="hỏi mật khẩu trên màn hình này, hai lần")
