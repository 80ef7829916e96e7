"""A long list comes in parts: each says where it stands in the whole, and those past their day come first."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dashboard.register.pages import worklist

Read = Callable[[str], str]


def names(page: str) -> list[str]:
    return re.findall(r'<a [^>]*href="/htx/(\d+)"', page)


def test_each_part_tells_where_it_stands_and_leads_on(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "PAGE_ROWS", 2)
    first, second = read("/can-xu-ly"), read("/can-xu-ly?trang=2")
    assert "Hiện 1–2 trong 3 tổ chức" in first and "Trang 1/2" in first and "Trang trước" not in first
    assert "Hiện 3–3 trong 3 tổ chức" in second and "Trang 2/2" in second and "Trang sau" not in second
    assert len(names(first)) == 2 and len({*names(first), *names(second)}) == 3
    assert "Không có tổ chức nào ở đây." in read("/can-xu-ly?trang=3")


def test_an_organisation_past_its_day_stands_before_an_older_one(read: Read) -> None:
    assert names(read("/can-xu-ly")) == ["2", "5", "6"]


def test_the_reasons_stand_beside_the_whole_count(read: Read) -> None:
    page = re.sub(r"<[^>]+>", "", read("/can-xu-ly"))
    assert "Tổ chức trong danh sách3" in page
    assert "Hiện 1–3 trong 3 tổ chức: quá hạn trước, rồi cũ nhất trước." in page
