"""One organisation, block by block: identity, states, linkage, years, ratings, history, runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dashboard.register import field_words as fields
from dashboard.register import words as register
from dashboard.register.parts.register_parts import class_mark, code_cell, state_mark
from dashboard.register.values import OrganizationPage, WorkLine
from dashboard.ui import html, words
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import empty, icon
from dashboard.ui.markup import facts
from dashboard.ui.table import Row, TableColumn, data_table, figures, wide
from models.base.day_text import LOCAL
from models.register.organization import OrganizationDetail, WorklistStep, YearReport

SHOWN_HISTORY = 200


def identity(found: OrganizationPage, place: str) -> Element:
    """Who it is, marked as a copy: the registration database is the origin."""
    line, detail = found.line, found.detail
    district = detail.district_name if detail else None
    rows: list[tuple[str, Content]] = [
        ("Mã số", html.Span(code_cell(line))),
        ("Loại hình", register.word(register.KIND_WORDS, line.kind)),
        ("Lĩnh vực", register.word(register.SECTOR_WORDS, line.sector)),
        ("Địa bàn", ", ".join(filter(None, [line.commune_name, district, place]))),
        ("Ngày thành lập", words.day(line.founded_on)),
        ("Đã chuyển đổi theo Luật", register.yes_no(line.is_law_compliant)),
    ]
    rows += [("Thành viên của", line.union_name)] if line.union_name else []
    rows += [("Số đăng ký cũ", line.legacy_number)] if line.legacy_number and line.tax_code else []
    rows += [
        (fields.field_word(name), fields.value_word(name, value))
        for name in fields.ADDED
        if (value := getattr(detail, name, None)) is not None
    ]
    return html.Div([facts(rows), _copied(detail), _withheld(found)], className="identity")


def _copied(detail: OrganizationDetail | None) -> Element:
    if detail is None:
        return html.P("Chưa rõ thông tin này chép từ đâu.", className="source")
    return html.P(
        f"Chép từ cơ sở dữ liệu đăng ký tại ngày {words.day(detail.known_on)} (nguồn: {detail.source}). "
        "Muốn sửa thì sửa ở cơ quan đăng ký; ở đây chỉ là bản chép.",
        className="source",
    )


def _withheld(found: OrganizationPage) -> Element:
    roles = ", ".join(register.ROLE_WORDS.get(role, role) for role in found.withheld_roles)
    about = f" về {roles}" if roles else ""
    return html.P([icon("dash"), f" Dữ liệu cá nhân{about} không hiển thị trên trang này."], className="source")


def states(found: OrganizationPage) -> Element:
    """Legal status and reported state, each with its day and source; they are two different things."""
    if not found.states:
        return empty("Chưa có tình trạng nào được ghi.", "Tình trạng có khi nạp danh sách đăng ký hoặc báo cáo năm.")
    kinds = {"Ngày": "", "Loại": "bare", "Tình trạng": "state", "Nguồn": "wide"}
    columns = [TableColumn(name, kind) for name, kind in kinds.items()]
    rows = [
        [
            words.day(state.on),
            "Pháp lý" if "legal" in state.field else "Địa phương báo cáo",
            register.word(register.LEGAL_WORDS, state.state) if "legal" in state.field else state_mark(state.state),
            html.Small(state.source),
        ]
        for state in found.states
    ]
    return data_table(columns, rows, caption="Tình trạng theo ngày", kind="dense in-lines")


def unread(found: OrganizationPage) -> Element | None:
    """What a list says in words that nobody could read yet; the fields themselves stay as they were known."""
    if not found.unread:
        return None
    columns = [TableColumn("Nội dung"), TableColumn("Ghi trong tệp"), TableColumn("Nguồn", kind="wide")]
    rows: list[Row] = []
    for said in found.unread:
        of = f" ({said.of})" if len(said.of) == 4 else f" ngày {words.day(said.on)}" if said.of else ""
        about = f"{fields.field_word(said.field)}{of}"
        rows.append([about, f"ghi trong tệp: {said.text}, chưa đọc được", html.Small(said.source)])
    return data_table(columns, rows, caption="Ghi trong tệp, chưa đọc được", kind="dense in-lines")


def step_facts(step: WorklistStep | WorkLine, as_of: date) -> Element:
    """Who settles it, what comes next and until when; `step` is a written fact or a line of the worklist."""
    if not step.responsible:
        return empty("Chưa giao cơ quan nào.", "Ghi cơ quan theo dõi và việc tiếp theo ở danh sách chờ xử lý.")
    late = html.Small("đã quá hạn", className="sub late") if step.due_on and step.due_on < as_of else None
    rows: list[tuple[str, Content]] = [
        ("Cơ quan theo dõi", step.responsible),
        ("Việc tiếp theo", step.next_step),
        ("Hạn", [words.day(step.due_on), late]),
        ("Ghi chú", step.note or words.NONE),
    ]
    return facts(rows)


def linkage(found: OrganizationPage, as_of: date) -> Element:
    """Linkage contracts by year, with form and validity."""
    told = [report for report in found.reports if report.has_linkage_contract is not None]
    if not told:
        return empty("Chưa có báo cáo về hợp đồng liên kết.", "Có khi nạp báo cáo năm có cột liên kết.")
    columns = ("Năm", "Hợp đồng", wide("Hình thức"), "Với", "Hiệu lực")
    rows = [
        [
            str(report.year),
            register.yes_no(report.has_linkage_contract),
            fields.LINKAGE_FORMS.get(report.linkage_form or 0, words.NONE),
            fields.value_word("linkage_partner_kind", report.linkage_partner_kind),
            _validity(report, as_of),
        ]
        for report in told
    ]
    return data_table(columns, rows, caption="Hợp đồng liên kết theo năm", kind="dense in-lines")


def _validity(report: YearReport, as_of: date) -> str:
    if report.linkage_valid_from is None and report.linkage_valid_to is None:
        return words.NONE
    over = " (đã hết hạn)" if report.linkage_valid_to and report.linkage_valid_to < as_of else ""
    return f"{words.day(report.linkage_valid_from)} đến {words.day(report.linkage_valid_to)}{over}"


def years(found: OrganizationPage) -> Element:
    """Every reported figure, one column a year; what nobody reported is a dash, never zero."""
    if not found.reports:
        return empty("Chưa có báo cáo năm nào.", "Nạp báo cáo năm để thấy thành viên, vốn, doanh thu, lợi nhuận.")
    told = [name for name in fields.REPORT_FIELDS if any(getattr(r, name) is not None for r in found.reports)]
    kinds = {"estimate": " (ước)", "plan": " (kế hoạch)"}
    columns = (wide("Chỉ tiêu"), *[figures(f"{r.year}{kinds.get(r.value_kind, '')}") for r in found.reports])
    rows = [
        [fields.field_word(name), *[fields.value_word(name, getattr(r, name)) for r in found.reports]] for name in told
    ]
    table = data_table(columns, rows, caption="Số liệu theo năm", kind="dense in-lines")
    sources = "; ".join(f"{r.year}: {r.source}" for r in found.reports)
    return html.Div([table, html.P(f"Nguồn: {sources}. Gạch ngang là không báo cáo.", className="source")])


def ratings(found: OrganizationPage) -> Element:
    """The classes by year and scheme; a class that is not the class of its points is marked."""
    if not found.ratings:
        return empty("Chưa có kết quả xếp loại nào.", "Có khi nạp bảng xếp loại của tỉnh.")
    columns = ("Năm", TableColumn("Xếp loại", "state"), figures("Điểm"), "Cách chấm", wide("Ghi chú"), "Nguồn")
    rows: list[Row] = [
        [
            str(rating.year),
            class_mark(rating.rating_class),
            words.number(rating.points),
            register.word(register.SCHEME_WORDS, rating.scheme),
            "Xếp loại không khớp với điểm"
            if rating.is_contradicting
            else fields.value_word("not_rated_reason", rating.not_rated_reason),
            html.Small(rating.source),
        ]
        for rating in found.ratings
    ]
    return data_table(columns, rows, caption="Xếp loại theo năm", kind="dense in-lines")


def history(found: OrganizationPage, place_names: Mapping[str, str]) -> Element:
    """What was said before and what replaced it; places by name."""
    if not found.history:
        return empty("Chưa có thay đổi nào.", "Mỗi lần số liệu được sửa, số cũ được giữ lại và hiện ở đây.")
    columns = ("Ghi ngày", "Về", "Trước", "Sau", figures("Lượt nạp"))
    rows = []
    for said in found.history[:SHOWN_HISTORY]:
        name = f"{fields.field_word(said.field)}: " if said.field else ""
        rows.append(
            [
                words.day(said.recorded_at.astimezone(LOCAL)),
                fields.subject_word(said.subject),
                "" if said.is_withdrawal else name + _then(said.field, said.before, place_names),
                "đã rút lại" if said.is_withdrawal else name + _then(said.field, said.after, place_names),
                str(said.run_id),
            ]
        )
    return data_table(columns, rows, caption="Lịch sử thay đổi", kind="dense in-lines")


def _then(field: str, value: object, place_names: Mapping[str, str]) -> str:
    return place_names.get(str(value), str(value)) if field == "place" and value else fields.value_word(field, value)


def runs(found: OrganizationPage) -> Element:
    """Which loads brought what stands here."""
    columns = (figures("Lượt"), "Loại", wide("Tệp"), "Ngày nạp")
    rows = [
        [
            str(run.id),
            fields.RUN_WORDS.get(run.kind, run.kind) + (" (mô phỏng)" if run.is_demo else ""),
            run.source,
            words.day(run.started_at.astimezone(LOCAL)),
        ]
        for run in found.runs
    ]
    return data_table(columns, rows, caption="Các lượt nạp có tổ chức này", kind="dense in-lines")
