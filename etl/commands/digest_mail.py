"""Sends the digests by SMTP when a server is configured; passwords come only from the environment."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from etl.commands.digest import Digest

TIMEOUT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Mail:
    """Where mail goes out and to whom. `security` is "starttls", "tls" or "none"."""

    host: str
    port: int
    sender: str
    recipients: tuple[str, ...]
    security: str = "starttls"
    user: str = ""
    password: str = ""


def read_mail(environ: Mapping[str, str] | None = None) -> Mail:
    """Read the mail settings; raises ValueError naming the variable that is missing or wrong."""
    env = os.environ if environ is None else environ
    host, sender = env.get("SMTP_HOST", ""), env.get("SMTP_FROM", "")
    recipients = tuple(item.strip() for item in env.get("DIGEST_TO", "").split(",") if item.strip())
    security, port = env.get("SMTP_SECURITY") or "starttls", env.get("SMTP_PORT") or "587"
    for name, value in (("SMTP_HOST", host), ("SMTP_FROM", sender), ("DIGEST_TO", ",".join(recipients))):
        if not value:
            raise ValueError(f"{name}: chưa đặt, cần để gửi thư")
    if security not in ("starttls", "tls", "none"):
        raise ValueError(f'SMTP_SECURITY="{security}": chọn starttls, tls hoặc none')
    if not port.isdecimal():
        raise ValueError(f'SMTP_PORT="{port}": cần một số, ví dụ 587')
    user, password = env.get("SMTP_USER", ""), env.get("SMTP_PASSWORD", "")
    if user and security == "none":
        raise ValueError("SMTP_SECURITY=none: không gửi mật khẩu qua kết nối không mã hóa, bỏ SMTP_USER hoặc đổi kiểu")
    return Mail(host, int(port), sender, recipients, security, user, password)


def message_of(digest: Digest, mail: Mail, now: datetime) -> EmailMessage:
    """One digest as a plain-text letter."""
    message = EmailMessage()
    message["Subject"] = digest.subject
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.recipients)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2] or None)
    message.set_content(digest.text, charset="utf-8", cte="base64")
    return message


def send_digests(digests: Iterable[Digest], mail: Mail, now: datetime | None = None) -> int:
    """Send one letter a digest over one connection; raises OSError or smtplib.SMTPException. Gives how many."""
    now, sent = now or datetime.now(UTC), 0
    waiting = list(digests)
    if not waiting:
        return 0
    with _connect(mail) as server:
        for digest in waiting:
            server.send_message(message_of(digest, mail, now), mail.sender, list(mail.recipients))
            sent += 1
    return sent


def _connect(mail: Mail) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT_SECONDS, context=trusted)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_SECONDS)
    if mail.security == "starttls":
        server.starttls(context=trusted)
    if mail.user:
        server.login(mail.user, mail.password)
    return server
