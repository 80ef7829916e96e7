"""The daily digest says what is due and what waits for a report, accuses nobody, and reaches a mail server."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest
from sqlalchemy import Engine

from etl.commands.digest import Digest, build_digests, write_digests
from etl.commands.digest_mail import Mail, read_mail, send_digests

TODAY = date(2026, 11, 21)


class Mailbox(socketserver.StreamRequestHandler):
    """Just enough of a mail server to take letters (RFC 5321)."""

    def handle(self) -> None:
        self._say(220)
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "DATA":
                self._say(354)
                self.server.letters.append(self._letter())  # type: ignore[attr-defined]
            self.server.commands.append(line)  # type: ignore[attr-defined]
            self._say(221 if word == "QUIT" else 250)
            if word == "QUIT":
                return

    def _letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, code: int) -> None:
        self.wfile.write(f"{code} ok\r\n".encode())


@pytest.fixture
def server() -> Iterator[socketserver.TCPServer]:
    with socketserver.TCPServer(("127.0.0.1", 0), Mailbox) as found:
        found.letters, found.commands = [], []  # type: ignore[attr-defined]
        thread = threading.Thread(target=found.serve_forever, daemon=True)
        thread.start()
        yield found
        found.shutdown()


@pytest.fixture(scope="module")
def digests(loaded: Engine) -> list[Digest]:
    return build_digests(loaded, TODAY)


def test_each_province_with_tasks_has_one_digest(digests: list[Digest]) -> None:
    assert [digest.place for digest in digests] == [
        "dong-nai-truoc-2025-07",
        "gia-lai-truoc-2025-07",
        "ninh-thuan",
        "thanh-hoa",
    ]


def test_what_nobody_reported_about_is_asked_for_and_not_called_overdue(digests: list[Digest]) -> None:
    for digest in digests:
        assert "Cần báo cáo" in digest.text
        assert "Quá hạn chưa hoàn thành" not in digest.text


def test_tasks_due_within_two_weeks_stand_first_with_todays_agency(digests: list[Digest]) -> None:
    (digest,) = [digest for digest in digests if digest.place == "ninh-thuan"]
    assert digest.text.startswith("Đến hạn trong 14 ngày tới (23):\n- 30/11/2026: ")
    assert "Sở Kế hoạch và Đầu tư (nay: Sở Tài chính)" in digest.text
    assert "23 việc sắp đến hạn" in digest.subject


def test_a_task_born_late_is_in_no_digest(digests: list[Digest]) -> None:
    (digest,) = [digest for digest in digests if digest.place == "thanh-hoa"]
    assert "31/12/2022" not in digest.text


def test_a_second_run_of_a_day_replaces_the_files(digests: list[Digest], tmp_path) -> None:  # type: ignore[no-untyped-def]
    first = write_digests(digests, tmp_path / "tin")
    assert write_digests(digests, tmp_path / "tin") == first
    names = sorted(path.name for path in (tmp_path / "tin").iterdir())
    assert names[-1] == "2026-11-21-thanh-hoa.txt" and len(names) == 4
    assert first[-1].read_text(encoding="utf-8").startswith("Nhiệm vụ kinh tế tập thể ngày 21/11/2026: Thanh Hóa")


def test_a_mail_server_receives_every_letter_with_its_vietnamese_text(
    digests: list[Digest], server: socketserver.TCPServer
) -> None:
    mail = Mail("127.0.0.1", server.server_address[1], "tin@example.com", ("a@example.com", "b@example.com"), "none")
    assert send_digests(digests, mail, datetime(2026, 11, 21, tzinfo=UTC)) == 4
    letters = [message_from_bytes(raw, policy=policy.default) for raw in server.letters]  # type: ignore[attr-defined]
    assert [letter["Subject"] for letter in letters] == [digest.subject for digest in digests]
    received = [letter.get_content().replace("\r\n", "\n") for letter in letters]
    assert received == [digest.text for digest in digests]
    commands = server.commands  # type: ignore[attr-defined]
    assert sum(command.upper().startswith("RCPT TO:") for command in commands) == 8


def test_no_digest_opens_no_connection() -> None:
    assert send_digests([], Mail("khong-co.invalid", 1, "a@example.com", ("b@example.com",))) == 0


SET = {"SMTP_HOST": "mail.example.com", "SMTP_FROM": "tin@example.com", "DIGEST_TO": "a@example.com, b@example.com"}


def test_mail_goes_out_encrypted_unless_it_is_said_otherwise() -> None:
    mail = read_mail(SET)
    assert (mail.security, mail.port, mail.recipients) == ("starttls", 587, ("a@example.com", "b@example.com"))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SMTP_HOST": ""}, "SMTP_HOST"),
        ({"SMTP_FROM": ""}, "SMTP_FROM"),
        ({"DIGEST_TO": " , "}, "DIGEST_TO"),
        ({"SMTP_PORT": "x"}, "SMTP_PORT"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        ({"SMTP_SECURITY": "none", "SMTP_USER": "u"}, "SMTP_SECURITY"),
    ],
)
def test_a_wrong_mail_setting_is_named(change: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        read_mail(SET | change)
