"""What a place's page says in one line."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import PlacePage, ProgrammePage
from dashboard.targets.findings import caution, lacking, over
from models.gaps.answer import Flag, Gap, Status, worst_first
from models.places.place import COUNTRY


def finding(found: PlacePage, snapshot: Snapshot) -> str:
    """What the page says in one line: what is met, what lacks most, what is unknown."""
    name = found.place.full_name if found.place.slug != COUNTRY else "Việt Nam"
    if not found.programmes:
        return f"{name}: chưa nạp chương trình nào"
    programme = found.programmes[-1]
    if not programme.counts:
        return f"{name}: chương trình không giao chỉ tiêu, theo dõi diễn biến và {task_count(programme)} nhiệm vụ"
    horizon = min(programme.counts)
    counts = dict(programme.counts[horizon])
    near = [
        item.view.gap for item in programme.promised if item.view.gap.target and item.view.gap.target.horizon == horizon
    ]
    told = [
        spoken(gap, snapshot)
        for gap in sorted(near, key=worst_first)
        if gap.gap is not None and gap.target and not gap.target.unit.startswith("%")
        if gap.status is not Status.NO_DATA
    ]
    unknown = counts.get(Status.NO_DATA, 0) + counts.get(Status.NOT_COMPARABLE, 0)
    told = told[:3] + (
        [f"{unknown} trong {sum(counts.values())} chỉ tiêu {horizon} chưa có số liệu"] if unknown else []
    )
    return f"{name}: {'; '.join(told)}"


def spoken(gap: Gap, snapshot: Snapshot) -> str:
    """One promise as a phrase: "thành viên HTX còn thiếu 82.841", "đủ số HTX (vượt 96)", or why neither is said."""
    name = snapshot.indicators[gap.target.indicator].short_name if gap.target else ""
    plain = name[0].lower() + name[1:] if name[1:2].islower() else name
    if why := caution(gap):
        return f"{plain} {why}"
    if gap.status is Status.REACHED:
        return f"{'ước đủ' if Flag.ESTIMATE in gap.flags else 'đủ'} {plain}" + (f" ({over(gap)})" if gap.gap else "")
    return f"{plain} {lacking(gap)}"


def task_count(programme: ProgrammePage) -> int:
    """How many tasks a programme orders, headings left out."""
    return sum(1 for task in programme.tasks if not task.is_heading)
