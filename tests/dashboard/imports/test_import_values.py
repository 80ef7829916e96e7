"""The types that the dashboard gives to what comes through the import door are what really comes."""

from __future__ import annotations

from typing import Any

from dashboard.db.import_file import import_service
from dashboard.db.import_values import (
    EffectView,
    FieldChangeView,
    PairView,
    PreviewValues,
    ProblemView,
    RowCounts,
    RunValues,
)

PLACE = "thanh-hoa"
HEADINGS = "TT,Tên HTX,Số đăng ký cũ,Loại hình,Lĩnh vực,Xã phường,Tình trạng hoạt động,Số thành viên"
FIRST = "1,HTX Đồng Tâm,01A,HTX,Nông nghiệp,Xã A,Đang hoạt động,20"
LATER = (
    "1,HTX Đồng Tâm,01A,HTX,Nông nghiệp,Xã A,Đang hoạt động,40",
    "2,HTX Bàu Trúc,02A,HTX,Nông nghiệp,Xã A,Đang hoạt động,5",
    "3,HTX Bàu Trúc,03A,HTX,Nông nghiệp,Xã A,Đang hoạt động,6",
    '4,HTX Một,04A,HTX,Nông nghiệp,Xã B,Đang hoạt động,"36,508"',
)


def listed(*lines: str) -> bytes:
    return "\n".join([HEADINGS, *lines]).encode()


def confirmed(browser: Any, content: bytes) -> tuple[str, str]:
    """The preview of a list and the address that loads it."""
    address = browser.preview(content, "register", PLACE, 2023, "so.csv")
    return address, f"{address.split('?')[0]}/nap"


def names(kind: Any) -> set[str]:
    return set(kind.__annotations__)


def test_a_preview_holds_what_its_type_names(browser: Any) -> None:
    browser.send(*confirmed(browser, listed(FIRST)), nguoi_ghi="Nguyễn Thị Thử")
    address = browser.preview(listed(*LATER), "register", PLACE, 2023, "so.csv")
    with browser.client.application.app_context():
        values = import_service().prepared(address.split("?")[0].rsplit("/", 1)[1]).values
    assert names(PreviewValues) <= set(values)
    assert names(RowCounts) == set(values["rows"])
    kinds = (("effects", EffectView), ("problems", ProblemView), ("changes", FieldChangeView), ("pairs", PairView))
    held = {name: values[name] for name, _ in kinds}
    assert all(held.values()), held
    assert [name for name, kind in kinds for item in held[name] if not names(kind) <= set(item)] == []


def test_a_run_holds_what_its_type_names(browser: Any) -> None:
    browser.send(*confirmed(browser, listed(FIRST)), nguoi_ghi="Nguyễn Thị Thử")
    with browser.client.application.app_context():
        runs = import_service().runs()
    assert [run["id"] for run in runs if not names(RunValues) <= set(run)] == []
    assert {run["kind"] for run in runs} >= {"init", "register"}
