"""Both readings of a "trong đó" with the status under each."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.marks import status_mark
from models.gaps.answer import Gap
from models.gaps.nested import measured_of_all
from models.targets.reading import GapView, thresholds_of


def readings(item: GapView, snapshot: Snapshot) -> Element | None:
    """Which group the share may be of and how the promise stands either way; None where it is not nested."""
    target = item.gap.target
    if target is None or target.nested_in is None:
        return None
    other = _of_all(item, snapshot)
    group = snapshot.indicators[target.nested_in].short_name
    return html.Span(
        [
            f" Hai cách đọc “trong đó”: tính trên nhóm đã nêu ({group}) ",
            status_mark(item.gap.status, item.gap.flags),
            "; tính trên tất cả ",
            status_mark(other.status, other.flags) if other else "chưa tính được vì nhóm không có cam kết cùng mốc",
            ". Chưa chọn cách nào; các trang khác theo cách thứ nhất.",
        ],
        className="readings",
    )


def _of_all(item: GapView, snapshot: Snapshot) -> Gap | None:
    """The same promise read as a share of all; None where the group's own promise is not there."""
    target = item.gap.target
    group = next(
        (
            view.gap
            for view in snapshot.gaps
            if target
            and view.programme == item.programme
            and view.indicator == target.nested_in
            and view.gap.target
            and view.gap.target.horizon == target.horizon
        ),
        None,
    )
    if group is None:
        return None
    return measured_of_all(item.gap, group, as_of=snapshot.moment.as_of, thresholds=thresholds_of(snapshot.thresholds))
