"""What a load would do: problems by cell, rows, changed values, every figure and status before and after."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dashboard.db.import_values import CauseView, EffectView, PreviewValues, ProblemView
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.parts.pairs import pairs_part
from dashboard.imports.parts.questions import questions_part, taken_part
from dashboard.register.field_words import field_word
from dashboard.ui import html, words
from dashboard.ui.html import Element, Piece
from dashboard.ui.marks import icon, mark, status_mark
from dashboard.ui.table import Row, data_table, figures, wide
from models.gaps.answer import Status

SHOWN = 200
OPEN = 12  # so many distinct values stand open below their cause
SEVERITIES = {
    "stops_file": ("away", "cross", "Dừng cả tệp"),
    "stops_row": ("risk", "triangle", "Dòng để ngoài"),
    "unread": ("slow", "half", "Chưa đọc được"),
    "remark": ("plain", "dash", "Lưu ý"),
}
PERSONAL = "Tệp có dữ liệu cá nhân, phần đó không được nạp. Tệp chỉ nằm trên máy chủ lúc chờ: nạp xong hoặc bỏ thì xóa."
OPTION = re.compile(r" \(--[^)]*\)")

Forms = Mapping[str, Element | None]


def preview(
    values: PreviewValues, snapshot: Snapshot, forms: Forms, marked_copy: str
) -> tuple[str, list[Element | None]]:
    """The finding as a title, and the parts of the page."""
    moved = [effect for effect in values["effects"] if effect["is_changed"]]
    asked, taken = values.get("questions"), values.get("taken", [])
    return _title(values, moved), [
        *_hidden(values),
        questions_part(asked, forms.get("questions")) if asked else None,
        _decision(values, forms),
        _problems(values, marked_copy if values.get("is_opened", True) else ""),
        taken_part(taken),
        pairs_part(values["pairs"], forms["pairs"]),
        effects_part(values["effects"], snapshot) if not values["stops_file"] else None,
        _changes(values) if values["changes"] else None,
        _new(values, snapshot) if values["new_names"] else None,
    ]


def _hidden(values: PreviewValues) -> list[Element | None]:
    """What the file hides, before everything else."""
    told = (cause for cause in values.get("causes", []) if cause.get("is_hidden"))
    return [html.P(f"{_sentence(cause['what'])} {_sentence(cause['remedy'])}", className="notice") for cause in told]


def _title(values: PreviewValues, moved: Sequence[EffectView]) -> str:
    asked = values["questions"]["asked"] if "questions" in values else []
    if waiting := sum(question["unanswered"] == "file" for question in asked):
        return f"Cần trả lời {words.number(waiting)} câu hỏi trước khi nạp"
    if values["stops_file"]:
        count = values["problem_counts"].get("stops_file", 0)
        return f"Chưa nạp được: {count} lỗi dừng cả tệp"
    if values["is_empty"]:
        return str(values.get("nothing") or "Không có gì để nạp")
    rows = values["rows"]
    return (
        f"Xem trước: {words.number(rows['new'])} dòng mới, {words.number(rows['changed'])} dòng đổi, "
        f"{len(moved)} chỉ tiêu thay đổi"
    )


def _decision(values: PreviewValues, forms: Forms) -> Element:
    rows = values["rows"]
    counts = [
        ("Mới", rows["new"]), ("Thay đổi", rows["changed"]),
        ("Giữ nguyên", rows["untouched"]), ("Để ngoài", rows["left_out"]),
    ]  # fmt: skip
    figures = html.Dl(
        [html.Div([html.Dt(name), html.Dd(words.number(count))]) for name, count in counts], className="figures"
    )
    personal = html.P(PERSONAL, className="notice") if values.get("has_personal") else None
    parts = [figures if not values["stops_file"] else None, personal, forms["commit"], forms["cancel"]]
    return html.Section([html.H2("Chưa ghi gì vào cơ sở dữ liệu"), *parts], className="sheet decision")


def _problems(values: PreviewValues, marked_copy: str) -> Element:
    causes = values.get("causes") or [_alone(problem) for problem in values["problems"]]
    found = [cause for cause in causes if not cause.get("is_hidden")]
    if not found:
        other = " khác" if causes else ""
        return html.P([icon("check"), f"Không có lỗi và không có lưu ý nào{other}."], className="notice")
    columns = ("Mức", wide("Vấn đề và cách sửa"), "Ở đâu")
    rows: list[Row] = [[_severity(item["severity"]), _cause(item), item["where"]] for item in found[:SHOWN]]
    hidden = len(found) - len(rows)
    more = f"Còn {words.number(hidden)} loại vấn đề nữa trong bản đánh dấu." if hidden > 0 else None
    link = marked_copy and html.P(
        [html.A("Tải bản đánh dấu (Excel), ô sai được tô màu kèm lời nhắc", href=marked_copy), f" {more or ''}"]
    )
    table = data_table(columns, rows, caption="Vấn đề theo nguyên nhân", kind="dense problems")
    title = html.H2(f"{words.number(len(found))} vấn đề: cột không được lấy, rồi nặng xếp trước")
    return html.Section([title, link, table], className="sheet")


def _alone(problem: ProblemView) -> CauseView:
    """A problem of a preview that was kept before problems were told by cause."""
    return {**problem, "column": "", "total": 1, "values": [], "is_hidden": False}


def _cause(item: CauseView) -> list[Piece]:
    """What is wrong once, what to do, and the distinct values with their rows."""
    value = f"“{item['value']}”: " if item["value"] and item["value"] not in item["what"] else ""
    parts: list[Piece] = [
        _sentence(value + item["what"]),
        html.Small(_sentence(item["remedy"]), className="sub"),
    ]
    told = [f"“{caused['value']}”: {caused['total']} dòng. {caused['hint']}" for caused in item["values"][:SHOWN]]
    if not told:
        return parts
    listed = html.Ul([html.Li(text.strip()) for text in told], className="plain-list")
    if len(told) <= OPEN:
        return [*parts, listed]
    return [*parts, html.Details([html.Summary(f"Xem {words.number(len(item['values']))} cách viết"), listed])]


def _severity(code: str) -> Element:
    hue, name, word = SEVERITIES.get(code, SEVERITIES["remark"])
    return mark(hue, name, word)


def _sentence(text: str) -> str:
    """As one reads it on a page: what only the command takes, such as (--different a=b), is left out."""
    text = OPTION.sub("", text)
    return f"{text[:1].upper()}{text[1:]}." if text and not text.endswith((".", "?")) else text


def effects_part(effects: Sequence[EffectView], snapshot: Snapshot) -> Element:
    """Every figure and status before and after; those that stay are folded away."""
    moved = [effect for effect in effects if effect["is_changed"]]
    unmoved = [effect for effect in effects if not effect["is_changed"]]
    parts: list[Element] = []
    if moved:
        parts.append(_effect_table(moved, snapshot, "Chỉ tiêu thay đổi, trước và sau"))
    else:
        parts.append(html.P("Không con số hay tình trạng nào thay đổi."))
    if unmoved:
        table = _effect_table(unmoved, snapshot, "Chỉ tiêu không đổi")
        parts.append(html.Details([html.Summary(f"{len(unmoved)} chỉ tiêu không đổi"), table]))
    return html.Section([html.H2("Chỉ tiêu và tình trạng, trước và sau"), *parts], className="sheet")


def _effect_table(effects: Sequence[EffectView], snapshot: Snapshot, caption: str) -> Element:
    columns = (wide("Chỉ tiêu"), "Nguồn", figures("Trước"), figures("Sau"), figures("Thay đổi"))
    rows: list[Row] = []
    for effect in effects:
        indicator = snapshot.indicators.get(effect["indicator"])
        unit = indicator.unit if indicator else ""
        rows.append(
            [
                [effect["name"], html.Small(unit, className="sub")],
                "cam kết" if effect["source"] == "promise" else "sổ đăng ký",
                _value(effect["before"], effect["status_before"]),
                _value(effect["after"], effect["status_after"]),
                _moved(effect["before"], effect["after"]),
            ]
        )
    return data_table(columns, rows, caption=caption, kind="dense")


def _moved(before: float | None, after: float | None) -> str:
    return words.signed(after - before) if before is not None and after is not None else words.NONE


def _value(value: float | None, status: str) -> list[Piece]:
    mark = status_mark(Status(status)) if status in set(Status) else None
    return [words.number(value) if value is not None else html.Small("chưa có"), html.Div(mark) if mark else None]


def _changes(values: PreviewValues) -> Element:
    columns = (wide("Tổ chức, chỉ tiêu"), "Ở đâu", "Nội dung", "Cũ", "Mới")
    rows = [
        [
            item["name"],
            f'trang "{item["sheet"]}", dòng {item["row"]}' if item["sheet"] else words.NONE,
            item.get("words") or field_word(item["field"]),
            item["old"] or "trống",
            item["new"] or "trống",
        ]
        for item in values["changes"][:SHOWN]
    ]
    title = f"{words.number(values['change_count'])} giá trị thay đổi"
    table = data_table(columns, rows, caption="Giá trị cũ và mới", kind="dense")
    return html.Section([html.H2(title), html.Details([html.Summary("Xem từng giá trị"), table])], className="sheet")


def _new(values: PreviewValues, snapshot: Snapshot) -> Element:
    known = snapshot.indicators
    names = [known[name].name if name in known else name for name in values["new_names"]]
    total = values["rows"]["new"]
    more = f" và {words.number(total - len(names))} dòng nữa" if total > len(names) else ""
    items = html.Ul([html.Li(name) for name in names], className="plain-list columns")
    return html.Section(
        [
            html.H2(f"{words.number(total)} dòng mới"),
            html.Details([html.Summary(f"Xem {len(names)} tên{more}"), items]),
        ],
        className="sheet",
    )
