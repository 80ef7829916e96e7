"""`/phuong-phap`: how every status is computed, written from the settings that the code uses."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.relations import rules_block
from dashboard.tasks.parts.task_table import task_states
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import status_mark
from dashboard.ui.table import Row, TableColumn, data_table, figures, wide
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.gaps.answer import WORST_FIRST
from models.gaps.promise import Comparator

RULES = {
    Comparator.AT_LEAST: "đạt khi số liệu từ mức cam kết trở lên",
    Comparator.MORE_THAN: "đạt khi số liệu vượt mức cam kết: 60,0% chưa phải trên 60%",
    Comparator.RANGE: "đạt khi từ mức dưới trở lên; cao hơn mức trên ghi “vượt khoảng”, không phải xấu",
    Comparator.ABOUT: "đạt khi không thấp hơn mức cam kết quá dung sai; chênh lệch vẫn đo đến đúng mức cam kết",
    Comparator.EQUAL: "đạt khi từ mức cam kết trở lên; với “không còn” là về 0",
    Comparator.LESS_THAN: "đạt khi thấp hơn mức cam kết",
    Comparator.AT_MOST: "đạt khi không cao hơn mức cam kết",
}

STEPS = (
    (
        "Chỉ những số cùng địa bàn, cùng chỉ tiêu, cùng cách tính, không bị ngắt bởi thay đổi cách tính "
        "mới được nối thành một chuỗi. Số không nói rõ cách tính chỉ được nối khi có kết luận ghi rõ lý "
        "do."
    ),
    (
        "Chênh lệch = số mới nhất − mức cam kết, theo đơn vị của chỉ tiêu (chỉ tiêu càng thấp càng tốt "
        "thì ngược lại). Số âm là còn thiếu."
    ),
    (
        "Nhịp cần có mỗi năm = (mức cam kết − số mới nhất) / số năm còn lại, tính từ ngày của số mới "
        "nhất đến 31/12 năm mốc, số năm = số ngày / 365,25."
    ),
    (
        "Nhịp thực tế mỗi năm = trung vị của các thay đổi quy về một năm giữa hai mốc liền nhau. Hai mốc"
        " cách nhau không quá số ngày ở bảng ngưỡng thì giữ mốc sau."
    ),
    "Tỷ số = nhịp thực tế / nhịp cần có, đem so với ngưỡng ở dưới.",
    "Số liệu trước ngày ban hành chỉ là điểm xuất phát: dùng để tính nhịp, không bao giờ làm cho cam kết thành “Đạt”.",
    (
        "Cam kết hằng năm: phải đạt trong mọi năm đã khép lại. Cam kết bình quân năm: lấy trung bình các"
        " năm đã khép lại; nửa năm không phải một năm."
    ),
    (
        "Thiếu số liệu là một tình trạng, không bao giờ được tính là 0. Không có điểm tổng hợp nào được "
        "lấy trung bình từ nhiều chỉ tiêu."
    ),
)


@page("/phuong-phap", title="Phương pháp", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **_: object) -> Element:
    """The method."""
    return page_frame(
        "Mỗi tình trạng được tính như thế nào",
        section("Cách tính từng bước", html.Ol([html.Li(step) for step in STEPS], className="steps")),
        section("Tình trạng, xấu nhất đứng trước", _statuses()),
        section(f"Ngưỡng (phiên bản {snapshot.thresholds.version})", _thresholds(snapshot)),
        section("Cách đọc lời cam kết", _comparators()),
        section("Ghi chú đi kèm tình trạng", _flags()),
        section("Tình trạng nhiệm vụ", task_states()),
        section("Dự phóng, đối chiếu cam kết và bước đến mốc sau", rules_block(snapshot)),
        section(
            "Định nghĩa các chỉ tiêu", html.P(html.A("Danh mục, định nghĩa, cách tính", href=view.link("/chi-tieu")))
        ),
        section("Lấy số liệu", _exports(view)),
        view=view,
        current="/phuong-phap",
        lead="Trang này viết ra từ chính các ngưỡng mà hệ thống đang dùng.",
    )


def _statuses() -> Element:
    rows: list[Row] = [[status_mark(status), words.STATUS_MEANINGS[status]] for status in WORST_FIRST]
    return _explained("Tình trạng", "Khi nào", rows, "Các tình trạng")


def _explained(word: str, meaning: str, rows: list[Row], caption: str) -> Element:
    return data_table(
        (TableColumn(word, "state"), TableColumn(meaning, "wide bare")),
        rows,
        caption=caption,
        kind="in-lines",
    )


def _thresholds(snapshot: Snapshot) -> Element:
    rows = []
    for name, item in snapshot.thresholds.content.items():
        if isinstance(item, dict) and "value" in item:
            rows.append(
                [
                    item.get("label") or item.get("note", name),
                    words.number(item["value"]),
                    item.get("source") or words.NONE,
                ]
            )
    table = data_table(
        (wide("Nội dung"), figures("Giá trị"), wide("Nguồn")),
        rows,
        caption="Các ngưỡng đang dùng",
        kind="in-lines",
    )
    return html.Div([table, html.P(snapshot.thresholds.content.get("population_base", {}).get("note", ""))])


def _comparators() -> Element:
    rows: list[Row] = [[words.COMPARATOR_WORDS[comparator], rule] for comparator, rule in RULES.items()]
    return _explained("Lời văn", "Cách hiểu", rows, "Các kiểu cam kết")


def _flags() -> Element:
    rows: list[Row] = [[words.FLAG_WORDS[flag], meaning] for flag, meaning in words.FLAG_MEANINGS.items()]
    return _explained("Ghi chú", "Ý nghĩa", rows, "Các ghi chú")


def _exports(view: View) -> Element:
    names = {
        "targets": "Cam kết",
        "gaps": "Cam kết và tình trạng",
        "observations": "Số liệu công bố",
        "tasks": "Nhiệm vụ",
        "consistency": "Cam kết đối chiếu với nhau",
        "steps": "Từ mốc này đến mốc sau",
        "projections": "Dự phóng",
        "places": "Địa bàn",
        "programmes": "Chương trình",
    }
    items = [
        html.Li(
            [
                f"{label}: ",
                html.A("CSV", href=view.link(f"/api/v1/{name}.csv")),
                " · ",
                html.A("JSON", href=view.link(f"/api/v1/{name}.json")),
            ]
        )
        for name, label in names.items()
    ]
    return html.Ul(items, className="plain-list")
