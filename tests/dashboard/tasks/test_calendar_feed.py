"""The feeds are what a calendar program expects (RFC 5545), read here by a strict small reader."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from models.base.calendar_text import DayEvent, calendar_text

STAMP = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)
NEEDED = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}


def read_calendar(content: bytes) -> list[dict[str, str]]:
    """The entries of a calendar; any breach of the format fails."""
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    physical = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(len(line) for line in physical) <= 75
    for line in physical:
        line.decode()  # folded inside a letter it would not be UTF-8
    lines = content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR" and "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    return _events(lines)


def _events(lines: list[str]) -> list[dict[str, str]]:
    events: list[dict[str, str]] = []
    inside: dict[str, str] | None = None
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            assert inside is None
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None and set(inside) >= NEEDED
            events.append(inside)
            inside = None
        elif inside is not None:
            assert name.split(";")[0] not in inside
            inside[name.split(";")[0]] = _plain(value)
    assert len({event["UID"] for event in events}) == len(events)
    return events


def _plain(value: str) -> str:
    out, letters = "", iter(value)
    for letter in letters:
        if letter == "\\":
            after = next(letters)
            assert after in "\\;,n"
            letter = "\n" if after == "n" else after
        out += letter
    return out


@pytest.mark.parametrize(
    "slug", ["thanh-hoa", "ninh-thuan", "dong-nai-truoc-2025-07", "gia-lai-truoc-2025-07", "ha-giang"]
)
def test_the_feed_of_every_place_is_a_valid_calendar(client: FlaskClient, slug: str) -> None:
    answer = client.get(f"/lich/tinh/{slug}.ics")
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    read_calendar(answer.data)


def test_the_feed_of_a_place_holds_its_days_and_none_that_was_born_late(client: FlaskClient) -> None:
    events = read_calendar(client.get("/lich/tinh/thanh-hoa.ics").data)
    days = {event["DTSTART"] for event in events}
    assert "20261214" in days and "20221231" not in days
    reports = [event for event in events if event["SUMMARY"].startswith("Hết hạn: Báo cáo năm")]
    assert {event["DTSTART"] for event in reports} >= {"20261214", "20271214"}
    assert all(int(event["DTEND"]) > int(event["DTSTART"]) for event in events)


def test_the_feed_of_an_agency_holds_what_it_took_over(client: FlaskClient) -> None:
    old = read_calendar(client.get("/lich/co-quan/so-ke-hoach-va-dau-tu.ics").data)
    new = read_calendar(client.get("/lich/co-quan/so-tai-chinh.ics").data)
    assert {event["UID"] for event in old} < {event["UID"] for event in new}
    assert any("Sở Kế hoạch và Đầu tư (nay: Sở Tài chính)" in event["DESCRIPTION"] for event in new)


def test_twice_the_same_data_gives_the_same_feed(client: FlaskClient) -> None:
    assert client.get("/lich/tinh/thanh-hoa.ics").data == client.get("/lich/tinh/thanh-hoa.ics").data


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


@given(TEXTS, TEXTS)
def test_any_text_comes_through_folded_and_escaped(summary: str, description: str) -> None:
    event = DayEvent("a@b", date(2026, 11, 30), summary, description)
    (found,) = read_calendar(calendar_text("Lịch", [event], STAMP).encode())
    assert found["SUMMARY"] == "".join(letter for letter in summary if letter.isprintable())
    assert (found["DTSTART"], found["DTEND"]) == ("20261130", "20261201")
    assert found["DTSTAMP"] == "20261121T030405Z"


def test_a_claimed_host_stands_in_no_link(client: FlaskClient) -> None:
    """Without TRUSTED_HOSTS whoever asks could have a link to elsewhere kept and handed on."""
    for address in ("/lich/tinh/thanh-hoa.ics", "/", "/htx", "/nhiem-vu", "/khong-co", "/hop", "/dang-nhap"):
        answer = client.get(address, headers={"Host": "elsewhere.example"})
        assert "elsewhere.example" not in answer.get_data(as_text=True), address
    assert all("URL" in event for event in read_calendar(client.get("/lich/tinh/thanh-hoa.ics").data))


def test_a_trusted_host_stands_in_the_links(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(client.application.config, "TRUSTED_HOSTS", ["cam-ket.example.org"])
    text = client.get("/lich/tinh/thanh-hoa.ics", headers={"Host": "cam-ket.example.org"}).text.replace("\r\n ", "")
    assert "URL:http://cam-ket.example.org/viec/" in text
