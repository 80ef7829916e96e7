"""Two organisations of one name and commune: told apart at the preview with a reason that is kept and told."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import python_calamine
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.accounts.trail import TrailEntry
from models.base.database import make_engine
from models.config.settings import Settings
from models.register.organization import PairDecision

PLACE, OFFICER = "thanh-hoa", "Nguyễn Thị Thử"
HEADINGS = ("TT", "Tên HTX", "Số đăng ký cũ", "Loại hình", "Lĩnh vực", "Xã phường", "Tình trạng hoạt động")
NAMES = ("HTX Bàu Trúc", "HTX Bàu Trúc", "HTX Đồng Tâm", "HTX Đồng Tâm")
WHY = "Hai giấy đăng ký ở hai thôn"


def listed() -> bytes:
    """Two pairs of one name and commune, each with its number."""
    lines = [f"{n},{name},0{n}A,HTX,Nông nghiệp,Xã A,Đang hoạt động" for n, name in enumerate(NAMES, start=1)]
    return "\n".join([",".join(HEADINGS), *lines]).encode()


def decided(browser: Any, address: str, reason: str | None = WHY) -> str:
    """Say of the first open pair that they are different; gives what was told."""
    action = f"{address.split('?')[0]}/cap"
    key = next(name for name in browser.forms(address)[action].fields if name.startswith("cap:"))
    return str(browser.send(address, action, ly_do=reason, **{key: "khac"}).get_data(as_text=True))


def address_in(told: str) -> str:
    found = re.search(r'href="(/nhap-lieu/[^"]+)"', told)
    assert found, told
    return unescape(found[1])


def test_pairs_are_decided_one_after_the_other_and_kept_with_their_reasons(browser: Any, settings: Settings) -> None:
    address = browser.preview(listed(), "register", PLACE, 2023, "so.csv")
    assert "2 cặp cần quyết định" in browser.read(address)
    address = address_in(decided(browser, address))
    text = browser.read(address)
    assert "1 cặp cần quyết định" in text and f"hai tổ chức khác nhau ({WHY})" in text
    address = address_in(decided(browser, address, "Hai sáng lập viên khác nhau"))
    assert "2 cặp quyết trong lần nạp này" in browser.read(address)
    assert browser.send(address, f"{address.split('?')[0]}/nap", nguoi_ghi=OFFICER).status_code == 303
    with Session(make_engine(settings.database_url)) as session:
        kept = session.scalars(select(PairDecision)).all()
        entry = session.scalars(select(TrailEntry).order_by(col(TrailEntry.id).desc())).first()
        told = str(entry.details) if entry else ""
    assert sorted(row.reason for row in kept) == sorted([WHY, "Hai sáng lập viên khác nhau"])
    assert {(row.is_same, row.actor) for row in kept} == {(False, f"{OFFICER} (chưa xác thực)")}
    assert WHY in told and "HTX Bàu Trúc" in told
    assert "không có gì để nạp" in browser.read(browser.preview(listed(), "register", PLACE, 2023, "so.csv"))


def test_a_pair_is_not_decided_without_a_reason(browser: Any) -> None:
    address = browser.preview(listed(), "register", PLACE, 2023, "so.csv")
    assert "Lý do: cần từ 2 đến" in decided(browser, address, None)
    assert "2 cặp cần quyết định" in browser.read(address)


def test_the_marked_copy_quotes_no_option_of_the_command(browser: Any) -> None:
    address = browser.preview(listed(), "register", PLACE, 2023, "so.csv")
    content = browser.client.get(f"{address.split('?')[0]}/ban-danh-dau.xlsx").get_data()
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    said = [str(row[5]) for row in rows]
    assert any("xác nhận khác nhau" in text for text in said) and not any("--" in text for text in said)
