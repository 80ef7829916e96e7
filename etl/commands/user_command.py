"""`python -m etl user ...`: accounts from the machine itself: the first administrator, lost passwords and devices."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.commands.command import Command, operand, option, switch
from etl.commands.console import DONE, RUN_INIT, opened, reason, say
from etl.parsing.issues import LoadError
from models.accounts import account_writing as writing
from models.accounts.account import Account
from models.accounts.account_reading import account_of, grant_of, grant_rows
from models.accounts.account_rules import fold_username, one_time_password
from models.accounts.account_writing import AccountError
from models.accounts.changing import ChangeSession
from models.accounts.rights import ROLE_WORDS, Grant, Role
from models.accounts.trail import COMMAND_LINE, Deed
from models.base.database import Turn
from models.config.settings import Settings

Answer = tuple[str, str]  # what is printed, and what the trail says was done


def run_user(choice: argparse.Namespace, settings: Settings) -> int:
    """Do one thing with accounts; raises LoadError with a sentence when it cannot be done."""
    works = {work.name: work.run for work in COMMAND.works}
    try:
        with opened(settings) as engine, ChangeSession(engine, Turn.ACCOUNTS) as session:
            printed, noted = works[choice.what](session, choice)
            if noted:
                name = fold_username(choice.name)
                deed = Deed("account_changed", COMMAND_LINE, subject=f"{noted}: {name}", details={"account": name})
                session.finish(deed)
    except AccountError as error:
        raise LoadError(str(error).rstrip(".")) from error
    except (OperationalError, ProgrammingError) as error:
        raise LoadError(f"Không đọc được tài khoản trong cơ sở dữ liệu ({reason(error)}). {RUN_INIT}") from error
    sys.stdout.write(printed + "\n")
    return DONE


def _add(session: Session, choice: argparse.Namespace) -> Answer:
    if choice.ask and choice.oidc:
        raise LoadError("Chỉ chọn một: --ask (đặt mật khẩu) hoặc --oidc (không có mật khẩu)")
    password = None if choice.oidc else _typed_password() if choice.ask else one_time_password()
    account = writing.add_account(
        session, choice.name, choice.display_name or choice.name, password, must_change=not choice.ask
    )
    writing.add_grant(session, account, _grant(choice), COMMAND_LINE)
    lines = [f"Đã thêm tài khoản {account.username}, vai trò {_grant_words(_grant(choice))}."]
    if not choice.oidc and not choice.ask:
        lines.append(_once(password or ""))
    return "\n".join(lines), "thêm tài khoản"


def _list(session: Session, _choice: argparse.Namespace) -> Answer:
    accounts = list(session.scalars(select(Account).order_by(col(Account.username))))
    lines = [_line(session, account) for account in accounts]
    return "\n".join(lines) or "Chưa có tài khoản nào. Thêm: python -m etl user add TÊN --role admin", ""


def _role(session: Session, choice: argparse.Namespace) -> Answer:
    account, grant = _account(session, choice), _grant(choice)
    if not choice.revoke:
        writing.add_grant(session, account, grant, COMMAND_LINE)
        return f"Đã cấp cho {account.username}: {_grant_words(grant)}.", f"cấp vai trò {ROLE_WORDS[grant.role]}"
    held = [row for row in grant_rows(session, writing.account_id(account)) if grant_of(row) == grant]
    if not held:
        raise LoadError(f"{account.username} không có vai trò {_grant_words(grant)}. Xem: python -m etl user list")
    for row in held:
        writing.revoke_grant(session, row, COMMAND_LINE)
    return f"Đã thu hồi của {account.username}: {_grant_words(grant)}.", f"thu hồi vai trò {ROLE_WORDS[grant.role]}"


def _lock(session: Session, choice: argparse.Namespace) -> Answer:
    account = _account(session, choice)
    writing.switch_off(session, account)
    return f"Đã khóa {account.username} và đóng mọi phiên.", "khóa tài khoản"


def _unlock(session: Session, choice: argparse.Namespace) -> Answer:
    account = _account(session, choice)
    writing.switch_on(session, account)
    return f"Đã mở khóa {account.username}.", "mở khóa tài khoản"


def _password(session: Session, choice: argparse.Namespace) -> Answer:
    account = _account(session, choice)
    if not choice.ask:
        password = writing.give_one_time_password(session, account)
        return f"Đã đóng mọi phiên của {account.username}.\n{_once(password)}", "cấp mật khẩu dùng một lần"
    writing.set_password(session, account, _typed_password())
    writing.forget_failures(session, account)
    writing.end_sessions(session, writing.account_id(account))
    return f"Đã đặt mật khẩu của {account.username} và đóng mọi phiên.", "đặt mật khẩu"


def _remove_factor(session: Session, choice: argparse.Namespace) -> Answer:
    account = _account(session, choice)
    writing.remove_factor(session, account)
    writing.end_sessions(session, writing.account_id(account))
    return f"Đã bỏ xác thực hai lớp của {account.username} và đóng mọi phiên.", "bỏ xác thực hai lớp"


def _end_sessions(session: Session, choice: argparse.Namespace) -> Answer:
    account = _account(session, choice)
    count = writing.end_sessions(session, writing.account_id(account))
    return f"Đã đóng {count} phiên của {account.username}.", "đóng mọi phiên"


def _account(session: Session, choice: argparse.Namespace) -> Account:
    found = account_of(session, fold_username(choice.name))
    if found is None:
        raise LoadError(f'Không có tài khoản "{choice.name}". Xem: python -m etl user list')
    return found


def _grant(choice: argparse.Namespace) -> Grant:
    return Grant(Role(choice.role), choice.place, choice.agency, choice.persons)


def _grant_words(grant: Grant) -> str:
    place = grant.place or "mọi địa bàn"
    agency = f", cơ quan {grant.agency}" if grant.agency else ""
    return f"{ROLE_WORDS[grant.role]} ({place}{agency}{', xem được họ tên' if grant.sees_persons else ''})"


def _line(session: Session, account: Account) -> str:
    now = datetime.now(UTC)
    roles = "; ".join(_grant_words(grant_of(row)) for row in grant_rows(session, writing.account_id(account)))
    said = [] if account.is_active else ["đã khóa"]
    said += ["tạm khóa"] if account.locked_until and account.locked_until > now else []
    said += ["hai lớp"] if account.totp_confirmed_at else []
    state = f" [{', '.join(said)}]" if said else ""
    return f"{account.username}\t{account.display_name}\t{roles or 'chưa có vai trò'}{state}"


def _once(password: str) -> str:
    return f"Mật khẩu dùng một lần (chỉ in một lần này, có hạn 7 ngày, phải đổi ngay khi đăng nhập): {password}"


def _typed_password() -> str:
    """The password typed twice on the terminal, unseen; raises LoadError when the two differ or nobody can type."""
    try:
        say("Mật khẩu cần ít nhất 12 ký tự; những gì gõ vào không hiện ra.")
        first, second = getpass.getpass("Mật khẩu: "), getpass.getpass("Mật khẩu, lần nữa: ")
    except (EOFError, KeyboardInterrupt) as error:
        raise LoadError("Chưa nhập mật khẩu nên chưa ghi gì") from error
    if first != second:
        raise LoadError("Hai lần nhập không giống nhau nên chưa ghi gì. Chạy lại")
    return first


_ROLES = ", ".join(f"{role.value} ({ROLE_WORDS[role]})" for role in Role)
_NAME = operand("tài khoản", "name", metavar="TÊN", help="tên đăng nhập")
_ASK = switch("--ask", "hỏi mật khẩu trên màn hình này, hai lần")
_GRANT = (
    option("--role", required=True, choices=[role.value for role in Role], metavar="VAI_TRÒ", help=_ROLES),
    option("--place", metavar="ĐỊA_BÀN", help="mã địa bàn như gia-lai; bỏ trống là mọi địa bàn"),
    option("--agency", metavar="CƠ_QUAN", help="mã cơ quan; bỏ trống là mọi cơ quan"),
    switch("--persons", "xem được họ tên người đại diện"),
)
_NEW = (
    option("--display-name", metavar="HỌ_TÊN", help="họ tên hoặc tên đơn vị"),
    switch("--oidc", "chỉ đăng nhập bằng tài khoản cơ quan (OIDC)"),
)
COMMAND = Command(
    "user",
    "tài khoản: thêm, xem, vai trò, khóa, mật khẩu, xác thực hai lớp, phiên",
    run_user,
    works=(
        Command("add", "thêm tài khoản; in mật khẩu dùng một lần", _add, (_NAME, *_GRANT, *_NEW, _ASK)),
        Command("list", "các tài khoản và vai trò", _list),
        Command(
            "role",
            "cấp hoặc thu hồi một vai trò",
            _role,
            (_NAME, *_GRANT, switch("--revoke", "thu hồi thay vì cấp")),
        ),
        Command("lock", "khóa tài khoản và đóng mọi phiên", _lock, (_NAME,)),
        Command("unlock", "mở khóa tài khoản", _unlock, (_NAME,)),
        Command("password", "cấp mật khẩu dùng một lần; đóng mọi phiên", _password, (_NAME, _ASK)),
        Command(
            "remove-factor", "bỏ xác thực hai lớp của người mất thiết bị; đóng mọi phiên", _remove_factor, (_NAME,)
        ),
        Command("sessions-end", "đóng mọi phiên", _end_sessions, (_NAME,)),
    ),
)
