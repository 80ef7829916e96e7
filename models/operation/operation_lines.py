"""What the administrator reads of an installation: each value in Vietnamese, and what to do when it is bad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.base.day_text import day_text, moment_text
from models.operation.operation import LastFigures, LastLoad, Operation, ReportDay

OLDEST_BACKUP = timedelta(days=7)
LEAST_FREE = 2 * 1024**3
LEAST_SHARE = 0.1
SOON = timedelta(days=30)
KindName = Callable[[str], str]
RUN_KINDS = {  # runs that bring no file; files have their own names in etl.loading.import_file
    "init": "Dữ liệu đã soát",
    "undo": "Hoàn tác",
    "reread": "Đọc lại giá trị chưa đọc được",
    "official": "Chốt số",
    "official_value": "Chốt số",
    "manual": "Nhập tay",
    "task_report": "Báo cáo nhiệm vụ",
    "task_product": "Kết quả của nhiệm vụ",
    "task_trigger": "Điều kiện của nhiệm vụ",
    "explanation_request": "Yêu cầu giải trình",
    "petition": "Khó khăn, kiến nghị",
    "conclusion": "Kết luận phiên họp",
    "worklist_step": "Ghi việc xử lý",
}
SOURCE_WORDS = {"web": "ghi trên trang", "data": "thư mục dữ liệu đã soát"}


class StatusVerdict(StrEnum):
    """Whether something must be done."""

    FINE = "fine"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One value. `remedy` says what to do; it is empty when nothing has to be done."""

    what: str
    value: str
    remedy: str = ""
    verdict: StatusVerdict = StatusVerdict.FINE


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """Lines that belong together."""

    title: str
    lines: tuple[StatusLine, ...]
    nothing: str = ""  # what stands there instead of lines


def operation_groups(found: Operation, kind_name: KindName) -> tuple[StatusGroup, ...]:
    """Everything, the installation itself first."""
    days = [_day(found, item) for item in found.days]
    loads = [_load(found, kind_name, item) for item in found.loads]
    figures = [_figures(found, item) for item in found.figures]
    return (
        StatusGroup("Hệ thống", (*_system(found), *_storage(found))),
        StatusGroup("Việc chạy nền lỗi trong 30 ngày", tuple(_failed(found)), "Không có việc nào lỗi."),
        StatusGroup("Kỳ báo cáo của từng chương trình", tuple(days), "Chưa có chương trình."),
        StatusGroup("Lần nạp gần nhất, theo loại và địa bàn", tuple(loads), "Chưa nạp gì."),
        StatusGroup("Số liệu gần nhất, theo đơn vị công bố", tuple(figures), "Chưa có số liệu."),
    )


def bad_lines(groups: tuple[StatusGroup, ...]) -> list[StatusLine]:
    """What has to be done."""
    return [line for group in groups for line in group.lines if line.verdict == StatusVerdict.BAD]


def _system(found: Operation) -> list[StatusLine]:
    return [
        StatusLine("Phiên bản chương trình", found.program),
        _schema(found),
        _data(found),
        StatusLine("Lượt nạp trong 30 ngày", str(found.imports)),
        StatusLine("Phiên đang đăng nhập", str(found.sessions)),
        _mail(found),
    ]


def _data(found: Operation) -> StatusLine:
    if found.schema.is_whole and not found.data_version:
        return StatusLine("Phiên bản dữ liệu", "chưa nạp dữ liệu", "Chạy: python -m etl init", StatusVerdict.BAD)
    return StatusLine("Phiên bản dữ liệu", str(found.data_version) if found.data_version else "chưa biết")


def _schema(found: Operation) -> StatusLine:
    schema, what = found.schema, "Phiên bản bảng"
    if schema.is_newer:
        remedy = "Cơ sở dữ liệu của chương trình mới hơn: cài phiên bản chương trình mới hơn, đừng ghi gì"
        return StatusLine(what, str(schema.current), remedy, StatusVerdict.BAD)
    if schema.pending:
        told = f"{schema.current or 'chưa có'}, còn {len(schema.pending)} bước đến {schema.head}"
        return StatusLine(what, told, "Sao lưu, rồi chạy: python -m etl init", StatusVerdict.BAD)
    return StatusLine(what, f"{schema.current}, đủ")


def _mail(found: Operation) -> StatusLine:
    if not found.mail_missing:
        return StatusLine("Gửi thư nhắc việc", "đã cài đặt")
    missing = ", ".join(found.mail_missing)
    return StatusLine("Gửi thư nhắc việc", "chưa cài đặt", f"Muốn gửi thư: đặt {missing}", StatusVerdict.NOTE)


def _storage(found: Operation) -> list[StatusLine]:
    size = "trong bộ nhớ" if found.database_bytes is None else amount(found.database_bytes)
    low = found.disk_free < LEAST_FREE or found.disk_free < LEAST_SHARE * found.disk_total
    free = f"còn {amount(found.disk_free)} trong {amount(found.disk_total)}"
    return [
        StatusLine("Cơ sở dữ liệu", f"{found.database}, {size}"),
        StatusLine("Đĩa", free, "Xóa tệp không cần hoặc thêm đĩa: đầy đĩa thì không nạp được", StatusVerdict.BAD)
        if low
        else StatusLine("Đĩa", free),
        _backup(found),
    ]


def _backup(found: Operation) -> StatusLine:
    what, command = "Bản sao lưu gần nhất", "python -m etl backup TỆP"
    if found.backup_at is None:
        return StatusLine(what, "chưa có bản nào", f"Chạy: {command}, và đặt lịch chạy hằng ngày", StatusVerdict.BAD)
    age = found.now - found.backup_at
    told = f"{moment(found.backup_at)}, cách đây {_age(age)}"
    if age > OLDEST_BACKUP:
        return StatusLine(
            what, told, f"Quá 7 ngày. Chạy: {command}, và xem lịch sao lưu vì sao dừng", StatusVerdict.BAD
        )
    return StatusLine(what, told)


def _failed(found: Operation) -> list[StatusLine]:
    return [
        StatusLine(
            f"Tài liệu họp, việc số {job.number}",
            f"bắt đầu {moment(job.started_at)}. {job.message or 'Dừng không báo'}",
            f"Mở /hop/viec/{job.number} và làm lại; nếu lại lỗi, xem nhật ký của máy chủ",
            StatusVerdict.BAD,
        )
        for job in found.failed
    ]


def _day(found: Operation, reported: ReportDay) -> StatusLine:
    what = f"{_place(found, reported.place)}, {reported.number}"
    if reported.passed is None or reported.coming is None:
        return StatusLine(what, "văn bản không ấn định ngày báo cáo")
    year, left = reported.passed.year, (reported.coming - found.as_of).days
    has = f"có {reported.figures} số liệu" if reported.figures else "chưa có số liệu nào"
    told = f"năm {year} (hạn {day(reported.passed)}): {has}; kỳ tới {day(reported.coming)}, còn {left} ngày"
    if reported.ended is not None and reported.ended < reported.passed:
        remedy = f"Địa bàn kết thúc ngày {day(reported.ended)}: hỏi địa bàn kế thừa về báo cáo của chương trình này"
        return StatusLine(what, told, remedy, StatusVerdict.NOTE)
    if not reported.figures:
        remedy = f"Chưa có số liệu năm {year}: đôn đốc đơn vị báo cáo, nhận tệp thì nạp ở /nhap-lieu"
        return StatusLine(what, told, remedy, StatusVerdict.BAD)
    if left <= SOON.days:
        return StatusLine(what, told, "Sắp đến hạn: nhắc đơn vị gửi báo cáo", StatusVerdict.NOTE)
    return StatusLine(what, told)


def _load(found: Operation, kind_name: KindName, load: LastLoad) -> StatusLine:
    where = f" · {_place(found, load.place)}" if load.place else ""
    return StatusLine(
        f"{kind_name(load.kind)}{where}", f"{moment(load.at)}, lượt {load.run_id}: {source_word(load.source)}"
    )


def source_word(source: str) -> str:
    """Where a run came from: the name of its file, or words for what came without one."""
    return SOURCE_WORDS.get(source, source)


def _figures(found: Operation, figures: LastFigures) -> StatusLine:
    told = f"đến {day(figures.period_end)}, {figures.count} số đang dùng, lưu {moment(figures.stored_at)}"
    return StatusLine(f"{figures.publisher} · {_place(found, figures.place)}", told)


def _place(found: Operation, slug: str) -> str:
    return (found.places or {}).get(slug, slug)


def _age(age: timedelta) -> str:
    if age.days:
        return f"{age.days} ngày"
    hours = age.seconds // 3600
    return f"{hours} giờ" if hours else f"{age.seconds // 60} phút"


def amount(size: int) -> str:
    """Bytes as people say them: 1,2 GB."""
    value, unit = float(size), "byte"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    text = f"{value:.0f}" if unit == "byte" or value >= 100 else f"{value:.1f}"
    return f"{text.replace('.', ',')} {unit}"


def day(value: date) -> str:
    """A date as readers write it."""
    return day_text(value)


def moment(value: datetime) -> str:
    """An instant in Vietnamese time, to the minute."""
    return moment_text(value)
