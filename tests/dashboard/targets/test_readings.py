"""A promise "trong đó" is shown in both readings with the status under each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.readings import readings


def test_both_readings_stand_beside_the_promise_with_their_status(visit: Callable[[str], Any]) -> None:
    page = visit("/tinh/dong-nai-truoc-2025-07")
    shown = page.view.all("span", "readings")
    assert len(shown) == 2
    for part in shown:
        assert "tính trên nhóm đã nêu" in part.text and "tính trên tất cả" in part.text
        assert part.text.count("Chưa có số liệu") == 2 and "Chưa chọn cách nào" in part.text


def test_a_promise_that_is_no_part_has_one_reading_and_a_group_without_a_promise_is_said(
    snapshot: Snapshot, read: Callable[[Any], Any]
) -> None:
    whole = next(view for view in snapshot.gaps if view.indicator == "htx_count" and view.gap.target)
    assert readings(whole, snapshot) is None
    nested = next(view for view in snapshot.gaps if view.gap.target and view.gap.target.nested_in)
    alone = replace(snapshot, gaps=(nested,))
    assert "chưa tính được vì nhóm không có cam kết" in read(readings(nested, alone)).text
