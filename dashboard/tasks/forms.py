"""The forms of the task side; where writing is not possible each of them says why instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.evidence import KINDS
from dashboard.tasks.words import RAISED_BY_WORDS, office_names
from dashboard.ui import words
from dashboard.ui.form import choice_field, file_field, hidden, long_field, text_field
from dashboard.ui.html import Element
from dashboard.ui.markup import fold
from dashboard.web.mutations import change_form, choices_of, refusal
from models.accounts.rights import Action
from models.targets.reading import AgencyView, GapView
from models.tasks.follow_up import ExplanationRequest, Petition
from models.tasks.periods import period_text
from models.tasks.task_reading import TaskView

WHY = "Vì sao ghi hoặc sửa; lưu cùng tên và giờ ghi."
CHOOSE_AGENCY = [("", "Chọn cơ quan")]
DAY_HINT = "ngày/tháng/năm"
FILE_HINT = (
    "Ai xem được trang này đều tải được tệp: không gửi tệp có dữ liệu cá nhân. "
    "Sửa báo cáo của cùng ngày mà không chọn tệp thì giữ tệp đã gửi."
)


def report_form(view: TaskView, today: str, agencies: Mapping[str, AgencyView]) -> Element:
    """Report on a task; finishing needs a document. Of several offices and documents it says which."""
    periods = [(code, period_text(code).removeprefix("năm ")) for code in reversed(view.periods)]
    name = "Năm" if all(code.isdigit() for code in view.periods) else "Kỳ"
    chosen = choice_field(name, "nam", periods) if periods else None
    return change_form(
        f"/viec/{quote(view.task.key)}/bao-cao",
        chosen,
        *_of_several(view, agencies),
        choice_field("Kết quả", "ket-qua", [(item.value, label) for item, label in words.OUTCOME_WORDS.items()]),
        text_field("Ngày báo cáo", "ngay-bao-cao", value=today, hint=DAY_HINT),
        text_field("Ngày hoàn thành", "ngay-xong", hint=f"{DAY_HINT}; chỉ khi đã hoàn thành", required=False),
        text_field("Số, ký hiệu văn bản", "so-van-ban", hint="bắt buộc khi đã hoàn thành", required=False),
        text_field("Ngày văn bản", "ngay-van-ban", hint=DAY_HINT, required=False),
        long_field("Tình hình thực hiện", "tinh-hinh", required=False),
        file_field("Tệp minh chứng, đến 20 MB", "tep", accept=",".join(KINDS), hint=FILE_HINT, required=False),
        long_field("Lý do ghi", "ly-do", hint=WHY),
        submit="Ghi báo cáo",
        encType="multipart/form-data",
    )


def _of_several(view: TaskView, agencies: Mapping[str, AgencyView]) -> list[Element]:
    """Which of several offices reports, and about which of several documents; the offices of all periods."""
    several = [item.parts for item in view.instances] or [view.duty.parts]
    names = {code: name for parts in several for code, name in office_names(parts, agencies).items()}
    products = list(dict.fromkeys(product for parts in several for product in parts.products))
    fields = []
    if names and view.duty.parts.has_many_offices:
        choices = [("", "Chọn đơn vị"), *sorted(names.items(), key=lambda pair: pair[1])]
        fields.append(choice_field("Đơn vị báo cáo", "don-vi", choices))
    if products:
        choices = [("", "Chọn văn bản"), *((product, product) for product in products)]
        fields.append(choice_field("Về văn bản, sản phẩm", "van-ban", choices))
    return fields


def trigger_form(view: TaskView) -> Element:
    """Note that what the task waits for has happened."""
    return change_form(
        f"/viec/{quote(view.task.key)}/dieu-kien",
        text_field("Số, ký hiệu văn bản", "so-van-ban"),
        text_field("Ngày ban hành hoặc xảy ra", "ngay", hint=DAY_HINT),
        text_field("Thời hạn mới, nếu văn bản ấn định", "han", hint=DAY_HINT, required=False),
        long_field("Lý do ghi", "ly-do", hint=WHY),
        submit="Ghi điều kiện đã có",
    )


def product_form(view: TaskView, today_year: int) -> Element:
    """Note a yearly count of the task's product."""
    names = [(str(entry["name"]), f"{entry['name']} ({entry['unit']})") for entry in view.task.counts]
    return change_form(
        f"/viec/{quote(view.task.key)}/san-pham",
        choice_field("Sản phẩm", "san-pham", names),
        text_field("Năm", "nam", value=str(today_year)),
        text_field("Số", "so", hint="như 1.234 hoặc 34,5"),
        text_field("Nguồn", "nguon", hint="số, ngày của báo cáo nêu con số này"),
        submit="Ghi số",
    )


def request_form(snapshot: Snapshot, subject: str, agencies: Sequence[str], today: str) -> Element:
    """Ask an agency to explain itself about a task or a promise."""
    known = subject in {view.task.key for view in snapshot.follow.tasks}
    if known:
        about: Element = hidden("ve-viec", subject)
    else:
        told = [gap for gap in snapshot.gaps_in_force if gap.gap.target and not refusal(place=gap.place)]
        promises = [(gap.key, _promise(gap, snapshot)) for gap in told]
        about = choice_field("Cam kết cần giải trình", "ve-viec", [("", "Chọn cam kết"), *promises], required=True)
    return change_form(
        "/giai-trinh/ghi",
        about,
        choice_field("Gửi cơ quan", "co-quan", [*([] if agencies else CHOOSE_AGENCY), *_agencies(snapshot, agencies)]),
        long_field("Nội dung yêu cầu", "noi-dung"),
        text_field("Người yêu cầu", "nguoi-yeu-cau", hint="họ tên, chức vụ"),
        text_field("Ngày yêu cầu", "ngay", value=today, hint=DAY_HINT),
        text_field("Trả lời trước khi hết ngày", "han", hint=DAY_HINT),
        submit="Ghi yêu cầu giải trình",
    )


def answer_form(action: str, row: ExplanationRequest | Petition, today: str) -> Element:
    """Write down the answer to a request or a petition."""
    return change_form(
        action,
        long_field("Trả lời", "tra-loi", value=row.answer or ""),
        text_field(
            "Ngày trả lời", "ngay", value=words.day(row.answered_on) if row.answered_on else today, hint=DAY_HINT
        ),
        text_field("Số, ký hiệu văn bản trả lời", "so-van-ban", value=row.answer_document or "", required=False),
        long_field("Lý do ghi", "ly-do", hint=WHY),
        submit="Ghi câu trả lời",
    )


def verdict_form(row: ExplanationRequest, today: str) -> Element:
    """Judge the answer."""
    choices = [("accepted", "Chấp nhận"), ("rejected", "Không chấp nhận")]
    return change_form(
        f"/giai-trinh/{quote(row.key)}/ket-luan",
        choice_field("Kết luận", "ket-luan", choices),
        text_field("Ngày kết luận", "ngay", value=today, hint=DAY_HINT),
        long_field("Lý do kết luận", "ly-do"),
        submit="Ghi kết luận",
    )


def petition_form(snapshot: Snapshot, today: str) -> Element:
    """Note a difficulty or petition."""
    places = [(place.slug, place.full_name) for place in snapshot.places.values() if place.valid_to is None]
    with_programmes = {programme.place for programme in snapshot.programmes.values()}
    places.sort(key=lambda item: (item[0] not in with_programmes, item[1]))
    return change_form(
        "/kien-nghi/ghi",
        choice_field("Địa bàn", "dia-ban", [("", "Chọn địa bàn"), *choices_of(Action.UPDATE, places)], required=True),
        choice_field("Ai nêu", "loai", list(RAISED_BY_WORDS.items())),
        text_field("Tên tổ chức hoặc xã, phường nêu", "nguoi-neu"),
        text_field("Ngày nêu", "ngay", value=today, hint=DAY_HINT),
        text_field("Lĩnh vực", "linh-vuc", hint="như đất đai, vốn, thuế, thị trường"),
        long_field("Nội dung", "noi-dung"),
        submit="Ghi kiến nghị",
    )


def assign_form(snapshot: Snapshot, row: Petition, today: str) -> Element:
    """Assign a petition to an agency with a day."""
    return change_form(
        f"/kien-nghi/{quote(row.key)}/giao",
        choice_field("Giao cơ quan", "co-quan", [*CHOOSE_AGENCY, *_agencies(snapshot, ())], chosen=row.agency or ""),
        text_field("Ngày giao", "ngay", value=words.day(row.assigned_on) if row.assigned_on else today, hint=DAY_HINT),
        text_field(
            "Trả lời trước khi hết ngày", "han", value=words.day(row.due_on) if row.due_on else "", hint=DAY_HINT
        ),
        long_field("Lý do ghi", "ly-do", hint=WHY),
        submit="Giao việc",
    )


def _promise(view: GapView, snapshot: Snapshot) -> str:
    horizon = view.gap.target.horizon if view.gap.target else ""
    return f"{snapshot.places[view.place].full_name}, {horizon}: {snapshot.indicators[view.indicator].name}"


def _agencies(snapshot: Snapshot, first: Sequence[str]) -> list[tuple[str, str]]:
    """Agencies of today, the named ones (under today's name) first."""
    on = snapshot.moment.as_of
    today = [snapshot.agency_today(code).code for code in first]
    living = [agency for agency in snapshot.agencies.values() if agency.valid_to is None or agency.valid_to >= on]
    ordered = sorted(living, key=lambda agency: (agency.code not in today, agency.name))
    return [(agency.code, agency.name) for agency in ordered]


def folded(title: str, form: Element) -> Element:
    """A form that opens on demand."""
    return fold(title, form, kind="fold")
