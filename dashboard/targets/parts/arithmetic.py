"""The arithmetic behind a status, step by step, with the figures that went in."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.targets.parts.source_note import definition_name, source_link
from dashboard.ui import html, words
from dashboard.ui.html import Element, Piece
from models.gaps.answer import Flag, Gap, Status
from models.gaps.gap_level import DAYS_PER_YEAR
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord
from models.gaps.series import Exclusion
from models.targets.indicator import Indicator, ThresholdSet


def arithmetic(gap: Gap, indicator: Indicator, thresholds: ThresholdSet) -> Element:
    """Every input of the status as a list of plain sentences."""
    steps = [
        _promise(gap.target),
        *_value(gap, indicator, _cut(thresholds, "about_tolerance")),
        *_pace(gap, [float(thresholds.content[name]["value"]) for name in ("on_track_ratio", "slow_ratio")]),
        _verdict(gap, thresholds),
        *_left_out(gap, indicator),
    ]
    return html.Ol([html.Li(step) for step in steps if step], className="arithmetic")


def _promise(target: TargetRecord | None) -> str:
    if target is None:
        return "Chương trình không giao con số cho chỉ tiêu này; chỉ theo dõi diễn biến."
    return (
        f"Cam kết: {words.goal_phrase(target)}, {words.KIND_WORDS[target.kind]}"
        f"{'' if target.kind is PromiseKind.BY else ' đến'} {target.horizon} "
        f"(điều khoản {target.clause}; ghi gọn: {target.wording}). "
        f"Ban hành {words.day(target.issued_on)}."
    )


def _value(gap: Gap, indicator: Indicator, tolerance: str) -> list[Piece]:
    latest = gap.latest
    if latest is None:
        return ["Chưa có số liệu nào so sánh được." + _elsewhere(gap)]
    found: list[Piece] = [
        html.Span(
            [
                f"Số mới nhất: {words.value_text(latest)} {indicator.unit}, {words.when(latest)}, "
                f"cách tính: {definition_name(indicator, latest.definition)}; nguồn ",
                source_link(latest),
                f". Tuổi số liệu: {words.number(gap.age_days)} ngày.",
            ]
        )
    ]
    if gap.gap is not None and gap.goal is not None and gap.target is not None:
        if gap.direction is Direction.LOWER:
            sum_ = f"{words.number(gap.goal)} − {words.number(gap.value)}"
        else:
            sum_ = f"{words.number(gap.value)} − {words.number(gap.goal)}"
        share = f"; bằng {words.percent(gap.percent)} cam kết" if gap.percent is not None else ""
        found.append(f"Chênh lệch: {sum_} = {words.signed(gap.gap)} {gap.target.unit}{share}.")
    if gap.target is not None and gap.target.comparator is Comparator.ABOUT and gap.floor is not None:
        found.append(f"“Khoảng” được tính là đạt từ {words.number(gap.floor)} trở lên (dung sai {tolerance}).")
    return found


def _elsewhere(gap: Gap) -> str:
    if not gap.series.elsewhere:
        return ""
    item = max(gap.series.elsewhere, key=lambda other: other.point.period_end)
    why = {"other_area": "đó là số của địa bàn khác", Exclusion.OTHER_DEFINITION: "đó là cách tính khác"}.get(
        item.why, item.why
    )
    told = f"Có số {words.value_text(item.point)} ({words.when(item.point)}) nhưng không so sánh được"
    return f" {told}: {why.removesuffix('.')}."


def _pace(gap: Gap, cuts: Iterable[float]) -> list[Piece]:
    target = gap.target
    if target is not None and target.kind is not PromiseKind.BY:
        return _years(gap)
    found: list[Piece] = []
    if target is not None and gap.latest is not None and gap.needed_per_year and gap.years_left:
        found.append(
            f"Nhịp cần có: ({words.number(gap.goal)} − {words.number(gap.value)}) / "
            f"{words.number(gap.years_left, 2)} năm = {words.signed(gap.needed_per_year, 2)} mỗi năm "
            f"(số ngày từ {words.when(gap.latest)} đến 31/12/{target.horizon}, chia {words.number(DAYS_PER_YEAR)})."
        )
    if gap.actual_per_year is not None and len(gap.pace_points) > 1:
        line = " → ".join(f"{words.value_text(point)} ({words.when(point)})" for point in gap.pace_points)
        found.append(
            f"Nhịp thực tế: {line}; thay đổi quy về một năm (trung vị) = {words.signed(gap.actual_per_year, 2)}."
        )
    if gap.ratio is not None:
        found.append(
            f"Tỷ số: {words.signed(gap.actual_per_year, 2)} / {words.signed(gap.needed_per_year, 2)} "
            f"= {words.ratio(gap.ratio, cuts)}."
        )
    if gap.series.joined:
        found.append(f"Nối chuỗi theo kết luận đã ghi: {gap.series.joined}")
    return found


def _years(gap: Gap) -> list[Piece]:
    if not gap.years:
        return []
    listed = "; ".join(
        f"{year.year}: " + (words.value_text(year.point) if year.point else "chưa có số cả năm") for year in gap.years
    )
    if gap.target is not None and gap.target.kind is PromiseKind.ANNUAL:
        held = f"Đạt {gap.years_held}/{gap.years_known} năm có số liệu." if gap.years_known else ""
        return [f"Các năm đã khép lại: {listed}. {held}".rstrip()]
    return [f"Các năm đã khép lại: {listed}. Nửa năm không tính là một năm."]


def _verdict(gap: Gap, thresholds: ThresholdSet) -> str:
    if gap.status is Status.NO_TARGET:
        return ""
    meanings = [_meaning(gap), *[words.FLAG_MEANINGS[flag] for flag in gap.flags]]
    held = ""
    if gap.ratio is not None and gap.status is not Status.REACHED:
        cuts = (_cut(thresholds, "on_track_ratio"), _cut(thresholds, "slow_ratio"))
        held = f" Ngưỡng: đúng tiến độ từ {cuts[0]}, chậm từ {cuts[1]} nhịp cần có."
    word = words.status_text(gap.status, gap.flags)
    return f"Kết luận: {word}. {' '.join(filter(None, meanings))}{held} Ngưỡng phiên bản {thresholds.version}."


def _meaning(gap: Gap) -> str:
    """What the status says; where a flag gives the reason, the flag's own sentence is enough."""
    if gap.status is Status.NO_DATA and gap.latest is not None:
        return "" if Flag.AWAITING_FINAL in gap.flags else "Còn năm đã khép lại chưa có số liệu."
    if gap.status is Status.SHORT_SERIES and Flag.BEFORE_PROGRAMME in gap.flags:
        return ""
    if gap.status is Status.SHORT_SERIES and gap.target is not None and gap.target.kind is not PromiseKind.BY:
        return "Chưa có số liệu của năm nào trọn vẹn từ khi ban hành."
    return words.STATUS_MEANINGS[gap.status]


def _cut(thresholds: ThresholdSet, name: str) -> str:
    return words.percent(float(thresholds.content[name]["value"]) * 100, None)


def _left_out(gap: Gap, indicator: Indicator) -> list[Piece]:
    if not gap.series.excluded:
        return []
    listed = "; ".join(
        f"{words.value_text(point)} ({words.when(point)}, {definition_name(indicator, point.definition)}): "
        f"{words.EXCLUSION_WORDS[why]}"
        for point, why in gap.series.excluded
    )
    return [f"Không đưa vào chuỗi: {listed}."]
