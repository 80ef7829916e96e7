"""The other parts of the reconciliation page: lists by name, reports that came late, runs, remarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from dashboard.db.import_values import RunValues
from dashboard.reconciliation.values import ReportingState
from dashboard.register import words as register
from dashboard.register.data.lists import Comparison, ListedOrganization, ListRef
from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.marks import empty, mark
from dashboard.ui.markup import facts, fold
from dashboard.ui.table import Row, TableColumn, data_table, figures, wide
from models.base.day_text import moment_text
from models.operation.operation_lines import source_word
from models.targets.official import Remark

SHOWN = 100


def comparison_tables(found: Comparison) -> list[Element | None]:
    """What two lists say differently, by name."""
    if found.first is None or found.second is None:
        return []
    first, second = list_name(found.first, found), list_name(found.second, found)
    other = [_line(row) for row in found.other_state]
    columns = (wide("Tổ chức"), TableColumn("Xã", "bare"), first, second)
    return [
        _named(
            f"Đổi tình trạng: {len(found.other_state)}",
            data_table(columns, other[:SHOWN], caption="Đổi tình trạng", kind="in-lines"),
        ),
        _missing(f"Chỉ có trong danh sách {first}: {len(found.only_first)}", found.only_first, first),
        _missing(f"Chỉ có trong danh sách {second}: {len(found.only_second)}", found.only_second, second),
        _both(found, first, second),
    ]


def list_name(ref: ListRef, found: Comparison) -> str:
    """The day of a list; two lists of one day are told apart by their loads."""
    is_alone = sum(other.on == ref.on for other in found.lists) == 1
    return words.day(ref.on) + ("" if is_alone or ref.run is None else f" (lượt {ref.run})")


def _both(found: Comparison, first: str, second: str) -> Element:
    title = f"Có trong cả hai, không khác tình trạng: {len(found.same)}"
    said = f"{found.unstated} tổ chức chỉ một danh sách nêu tình trạng." if found.unstated else ""
    rows = [_line(row) for row in found.same]
    columns = (wide("Tổ chức"), TableColumn("Xã", "bare"), first, second)
    table = data_table(columns, rows[:SHOWN], caption=title, kind="dense in-lines")
    return fold(title, html.P(said) if said else None, table, kind=None)


def _named(title: str, table: Element) -> Element:
    return html.Div([html.H3(title), table], className="block")


def _missing(title: str, rows: Sequence[ListedOrganization], day: str) -> Element:
    columns = (wide("Tổ chức"), TableColumn("Xã", "bare"), f"Tình trạng {day}")
    cells: list[Row] = [[_who(row), row.commune or words.NONE, _state(row.first or row.second)] for row in rows[:SHOWN]]
    return _named(title, data_table(columns, cells, caption=title, kind="dense in-lines"))


def _line(row: ListedOrganization) -> Row:
    return [_who(row), row.commune or words.NONE, _state(row.first), _state(row.second)]


def _who(row: ListedOrganization) -> list[Element]:
    return [html.A(row.name, href=f"/htx/{row.id}"), html.Small(row.code or "chưa có mã số", className="sub")]


def _state(code: str) -> str:
    return register.word(register.OPERATING_WORDS, code) if code else "không nêu"


def reporting_facts(found: ReportingState) -> Element:
    """What came in against the date."""
    due = words.day(found.due) if found.due else "chương trình không ấn định ngày"
    late = f"{found.late}, chậm nhất {found.days_late} ngày" if found.late else "không có"
    late = late if found.due else "không xét, vì không có hạn"
    over = f", đã quá hạn {found.days_over} ngày" if found.days_over and found.missing_count else ""
    pairs = [
        ("Hạn của tỉnh", f"{due}" + (f" ({found.due_text})" if found.due_text else "")),
        ("Báo cáo năm", f"{words.number(found.reported)}/{words.number(found.total)} HTX, LHHTX đã có"),
        ("Chưa báo cáo", f"{words.number(found.missing_count)}{over}"),
        ("Vào hệ thống sau hạn", late),
        ("Đã xếp loại", f"{words.number(found.rated)}/{words.number(found.total)}"),
        ("Số liệu đã công bố", f"{words.number(found.published)} số của năm {found.year}"),
    ]
    return facts(pairs)


def missing_reports(found: ReportingState) -> list[Element]:
    """Who has not reported: by commune, then by name."""
    by_commune = [[name, str(count), str(total)] for name, count, total in found.missing_by_commune[:SHOWN]]
    columns = ("Xã, phường", figures("Chưa báo cáo"), figures("Tổng số"))
    names: list[Row] = [[html.A(name, href=f"/htx/{row_id}"), commune] for row_id, name, commune in found.missing]
    named = data_table(
        (wide("Tổ chức"), TableColumn("Xã", "bare")),
        names,
        caption="Tổ chức chưa báo cáo",
        kind="dense",
    )
    more = found.missing_count - len(names)
    return [
        data_table(columns, by_commune, caption="Chưa báo cáo theo xã", kind="dense"),
        fold(f"Tên {len(names)} tổ chức chưa báo cáo", named, kind=None),
        *([html.P(f"Còn {words.number(more)} tổ chức nữa, xem trong sổ đăng ký.")] if more > 0 else []),
    ]


def runs_table(
    runs: Sequence[RunValues],
    kind_name: Callable[[str], str],
    place_names: Mapping[str, str],
    undo: Callable[[RunValues], Element | None],
) -> Element:
    """Every run: what, from where, by whom, what it changed, and the way to take it back."""
    columns = (figures("Lượt"), "Lúc", wide("Nội dung"), "Địa bàn, năm", "Người thực hiện", wide("Kết quả"), "Hoàn tác")
    rows: list[Row] = [
        [
            str(run["id"]),
            minute(run["started_at"]),
            [kind_name(run["kind"]), html.Small(source_word(run["source"]), className="sub")],
            " · ".join(filter(None, [place_names.get(run["place"] or "", ""), str(run["year"] or "")])) or words.NONE,
            run["actor"] or words.NONE,
            [outcome(run), html.Small("mô phỏng", className="sub") if run["is_demo"] else None],
            f"bởi lượt {run['undone_by']}" if run["undone_by"] else (undo(run) or words.NONE),
        ]
        for run in runs
    ]
    return data_table(columns, rows, caption="Các lượt nạp và ghi", kind="dense runs in-lines")


def outcome(run: RunValues) -> str:
    """What a run changed, in words."""
    rows, tables = run["summary"].get("rows"), run["summary"].get("tables", run["summary"])
    if rows and any(rows.values()):
        names = {"new": "mới", "changed": "thay đổi", "untouched": "giữ nguyên", "left_out": "để ngoài"}
        return ", ".join(f"{words.number(rows[k])} {name}" for k, name in names.items() if rows.get(k)) or "không đổi"
    totals = {"added": 0, "changed": 0, "withdrawn": 0}
    for changes in tables.values():
        for name in totals:
            totals[name] += changes.get(name, 0) if isinstance(changes, dict) else 0
    names = {"added": "thêm", "changed": "sửa", "withdrawn": "rút"}
    told = ", ".join(f"{names[name]} {words.number(value)}" for name, value in totals.items() if value)
    return f"{told} dòng dữ liệu" if told else "không đổi"


def remark_list(rows: Sequence[Remark], answer: Callable[[Remark], Element | None]) -> Element:
    """What readers say is wrong and what was answered."""
    if not rows:
        return empty("Chưa ai báo số liệu sai.", "Cạnh mỗi con số có đường dẫn “Báo số liệu sai”.")
    return html.Div([_remark(row, answer(row)) for row in rows], className="remarks")


def _signed(name: str | None, is_verified: bool) -> str:
    return f"{name}" if is_verified else f"{name} (chưa xác thực)"


def _remark(row: Remark, form: Element | None) -> Element:
    hue, name, word = ("reached", "check", "Đã trả lời") if row.answered_at else ("slow", "half", "Chờ trả lời")
    answered = [
        html.P([html.Strong("Trả lời: "), row.answer]),
        html.Small(f"{_signed(row.answered_by, row.is_answerer_verified)}, {minute(row.answered_at)}"),
    ]
    return html.Article(
        [
            html.P([mark(hue, name, word), " ", html.A(row.subject, href=row.address)]),
            html.P(row.text),
            html.Small(f"{_signed(row.reporter, row.is_reporter_verified)}, {minute(row.made_at)}"),
            *(answered if row.answered_at else [form]),
        ],
        className="remark",
    )


def minute(moment: datetime | None) -> str:
    """The day and the minute in Viet Nam, wherever the server stands."""
    return words.NONE if moment is None else moment_text(moment)
