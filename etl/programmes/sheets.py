"""The sheets of the programme workbook: which field stands under which heading, in the words of officials.

A field of the shapes of data/programmes without a column here would be lost on the way out: a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass

from etl.programmes import cells
from etl.programmes.cells import CellForm, choice
from models.gaps.promise import Comparator, PromiseKind
from models.tasks.periods import DEADLINE_WORDS
from models.tasks.task_state import DeadlineKind, TaskOrigin

DOCUMENT, TARGETS, PROMISES = "Văn bản", "Cam kết có số", "Cam kết không số"
TASKS, AGENCIES, INDICATORS = "Nhiệm vụ", "Đơn vị", "Chỉ tiêu mới"
GUIDE, LISTS = "Hướng dẫn", "Danh mục"
CONFIRMED = "Xác nhận"
RIGHT, MENDED, DROPPED = "đúng", "sửa", "bỏ"

SECTION_LINE = "phần"
HEADING_LINE = "tiêu đề"
LINE_WORDS = {
    SECTION_LINE: SECTION_LINE,
    TaskOrigin.ANNEX.value: "nhiệm vụ",
    HEADING_LINE: "dòng tiêu đề",
    TaskOrigin.BODY.value: "trong thân văn bản",
    TaskOrigin.REPORT.value: "nghĩa vụ báo cáo",
}
COMPARATORS = {
    Comparator.AT_LEAST.value: "ít nhất",
    Comparator.MORE_THAN.value: "trên",
    Comparator.RANGE.value: "từ … đến …",
    Comparator.ABOUT.value: "khoảng",
    Comparator.EQUAL.value: "đúng bằng",
    Comparator.LESS_THAN.value: "dưới",
    Comparator.AT_MOST.value: "không quá",
}
KINDS = {
    PromiseKind.BY.value: "đạt đến năm mốc",
    PromiseKind.ANNUAL.value: "đạt hằng năm",
    PromiseKind.ANNUAL_AVERAGE.value: "bình quân mỗi năm",
}
DEADLINES = {kind.value: words for kind, words in DEADLINE_WORDS.items()} | {
    DeadlineKind.NONE.value: "không có thời hạn",
    DeadlineKind.UNREADABLE.value: cells.UNKNOWN,
}
LEVELS = {"central": "trung ương", "province": "tỉnh", "district": "huyện", "commune": "xã"}
OFFICE_KINDS = {
    "state": "ủy ban, hội đồng nhân dân",
    "committee": "ban chỉ đạo",
    "group": "tên gọi chung nhiều cơ quan",
    "department": "sở, ban, ngành",
    "central_branch": "cơ quan ngành dọc",
    "union": "liên minh hợp tác xã",
    "fund": "quỹ",
    "mass": "mặt trận, đoàn thể",
    "unit": "đơn vị sự nghiệp",
    "press": "báo chí",
}
DIRECTIONS = {"higher": "càng cao càng tốt", "lower": "càng thấp càng tốt"}
INDICATOR_KINDS = {
    "stock": "số có tại một ngày",
    "flow": "số phát sinh trong kỳ",
    "share": "tỷ lệ",
    "growth": "tốc độ tăng",
    "amount": "giá trị, bình quân",
}
GROUPS = {
    "so_luong": "số lượng",
    "thanh_vien": "thành viên, người lao động",
    "chat_luong": "chất lượng hoạt động",
    "lien_ket": "liên kết chuỗi giá trị",
    "cong_nghe": "công nghệ, chuyển đổi số",
    "quan_ly": "cán bộ quản lý",
    "tai_chinh": "vốn, doanh thu, thu nhập",
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column, or one line of the sheet of the document: a heading, the field under it and how it stands in a cell.

    `field` may go into a part of the shape ("document.number"). `unknown` is what "chưa rõ" stands for where a
    document may be silent; `hint` says what to write. A blank cell leaves the field out, and the shape or a stated
    default decides.
    """

    heading: str
    field: str
    form: CellForm = cells.TEXT
    hint: str = ""
    unknown: tuple[object, ...] = ()
    width: int = 18


SILENT = (None,)  # "chưa rõ" means that the document does not say it
AS_WRITTEN = (cells.UNKNOWN,)
DOCUMENT_LINES = (
    SheetColumn("Mã chương trình", "slug", hint="Để trống thì lấy theo địa bàn, số và năm của văn bản"),
    SheetColumn("Địa bàn", "place", cells.A_PLACE, "Tỉnh, thành phố như ngày ban hành; sáp nhập thì chọn tỉnh cũ"),
    SheetColumn("Tên chương trình", "title", hint="Tên ngắn gọn, bằng lời của bạn"),
    SheetColumn("Số văn bản", "document.number", hint="Ví dụ 922/QĐ-UBND; không in số thì ghi chưa rõ", unknown=SILENT),
    SheetColumn("Ngày ban hành", "document.issued_on", hint="21/03/2023; chỉ biết tháng: tháng 02/2023; năm: năm 2023"),
    SheetColumn("Ngày ban hành như in", "document.issued_text", hint="Để trống thì như ô trên"),
    SheetColumn("Cơ quan ban hành", "document.issuer", cells.AN_AGENCY, "Tên ở trang Danh mục; có thể để trống"),
    SheetColumn("Cơ quan ban hành như in", "document.issuer_text", hint="Ví dụ UBND tỉnh Thanh Hóa"),
    SheetColumn("Ghi chú về số, ngày ký", "document.signed_note"),
    SheetColumn("Báo cáo năm: hạn như in", "reporting.text", hint="trước ngày 15/12 hằng năm; không có thì để trống"),
    SheetColumn("Báo cáo năm: ngày cuối đúng hạn", "reporting.day", cells.MONTH_DAY, "14/12; trống thì đọc từ ô trên"),
    SheetColumn("Báo cáo tháng: ngày cuối đúng hạn", "reporting.last_days.monthly", cells.WHOLE, "Ngày trong tháng"),
    SheetColumn(
        "Báo cáo quý: ngày cuối đúng hạn", "reporting.last_days.quarterly", cells.WHOLE, "Ngày, tháng cuối quý"
    ),
    SheetColumn(
        "Báo cáo 6 tháng: ngày cuối đúng hạn", "reporting.last_days.half_yearly", cells.WHOLE, "Ngày, tháng cuối"
    ),
    SheetColumn("Báo cáo gửi về", "reporting.to", cells.AN_AGENCY, "Cơ quan tổng hợp báo cáo"),
    SheetColumn("Báo cáo: điều khoản", "reporting.clause", hint="Ví dụ IV.2", unknown=AS_WRITTEN),
    SheetColumn("Đã nhập hết phụ lục nhiệm vụ", "entered.annex", cells.YES_NO, "có cả khi văn bản không có phụ lục"),
    SheetColumn("Đã nhập hết việc trong thân văn bản", "entered.body", cells.YES_NO, "có khi không còn việc nào"),
    SheetColumn("Đã đối chiếu điều khoản với văn bản", "checked", cells.YES_NO, "có khi đã có người đối chiếu"),
    SheetColumn("Nhận xét", "remark"),
)
IMPLEMENTS, REPLACES = "Thực hiện văn bản", "Thay thế văn bản"  # lines that may stand several times
NAMED_DOCUMENT = {IMPLEMENTS: "implements", REPLACES: "replaces"}

CLAUSE = SheetColumn("Điều khoản", "clause", hint="II.2, 2030, gạch 1; không rõ thì ghi chưa rõ", unknown=AS_WRITTEN)
WORDING = "Lời văn bản"
TARGET_COLUMNS = (
    SheetColumn(WORDING, "wording", hint="Từ chỉ mức và con số như in, tối đa 12 từ", width=34),
    SheetColumn("Chỉ tiêu", "indicator", cells.AN_INDICATOR, "Tên ở trang Danh mục hoặc Chỉ tiêu mới", width=34),
    SheetColumn("Cách tính", "definition", hint="Để trống thì lấy cách tính duy nhất, hoặc nguồn không nói rõ"),
    SheetColumn("Năm mốc", "horizon", cells.WHOLE, "2030", width=9),
    SheetColumn("Mức", "comparator", choice(COMPARATORS), "Từ chỉ mức trong văn bản", width=12),
    SheetColumn("Loại mốc", "kind", choice(KINDS), "Để trống là đạt đến năm mốc"),
    SheetColumn("Từ", "low", cells.NUMBER, "Ô số. Dưới, không quá: để trống", width=12),
    SheetColumn("Đến", "high", cells.NUMBER, "Ô số. Chỉ dùng cho từ … đến …, dưới, không quá, đúng bằng", width=12),
    SheetColumn("Đơn vị tính", "unit", hint="Để trống thì theo chỉ tiêu", width=12),
    CLAUSE,
    SheetColumn("Nằm trong nhóm", "nested_in", cells.AN_INDICATOR, "Với “trong đó …”: chỉ tiêu của nhóm"),
    SheetColumn("Ghi chú", "note"),
    SheetColumn("Thay cam kết của chương trình", "amends", cells.A_PROGRAMME, "Mã chương trình cũ bị thay con số này"),
)
PROMISE_COLUMNS = (
    SheetColumn("Nội dung", "text", hint="Cam kết không có số, bằng lời của bạn", width=60),
    SheetColumn("Năm mốc", "horizon", cells.WHOLE, "Để trống hoặc chưa rõ khi không có", SILENT, width=9),
    CLAUSE,
)
TASK_COLUMNS = (
    SheetColumn("Loại dòng", "line", choice(LINE_WORDS), "phần: tên một phần của phụ lục; để trống là nhiệm vụ"),
    SheetColumn("Phần", "section", hint="I, II … hoặc điều khoản của thân văn bản", width=8),
    SheetColumn("Số", "number", hint="Số như in", width=8),
    SheetColumn("Thuộc dòng", "parent", hint="Số của dòng cha", width=8),
    SheetColumn("Tên nhiệm vụ", "title", hint="Tối đa 90 ký tự, bằng lời của bạn", width=44),
    SheetColumn("Chủ trì như in", "leads_text", width=30),
    SheetColumn(
        "Chủ trì", "leads", cells.AGENCIES, "Tên ở Danh mục, cách nhau bằng ;  Trống thì đọc từ ô trước", width=30
    ),
    SheetColumn("Phối hợp như in", "coordinators_text", width=30),
    SheetColumn("Phối hợp", "coordinators", cells.AGENCIES, "Như cột Chủ trì", width=30),
    SheetColumn("Sản phẩm", "product", width=24),
    SheetColumn("Thời hạn như in", "deadline_text", hint="Không đọc được thì ghi chưa rõ", unknown=AS_WRITTEN),
    SheetColumn("Loại thời hạn", "deadline_kind", choice(DEADLINES), "Để trống thì đọc từ lời in"),
    SheetColumn("Từ ngày", "starts_on", cells.DAY, width=12),
    SheetColumn("Hạn cuối", "due_on", cells.DAY, width=12),
    SheetColumn("Ngày cuối hằng năm", "yearly_on", cells.MONTH_DAY, "14/12; chỉ việc trong thân văn bản", width=12),
    SheetColumn("Điều kiện", "condition", hint="Sau việc gì mới tính hạn"),
    SheetColumn("Chỉ tiêu liên quan", "indicators", cells.INDICATORS),
    SheetColumn("Đếm hằng năm", "counts", cells.COUNTS, "tên (đơn vị); tên (đơn vị)"),
    SheetColumn("Đã xong khi ban hành", "done_in_document", cells.YES_NO, width=10),
    SheetColumn("Tên phần của việc trong thân", "section_title"),
    SheetColumn("Ghi chú", "note"),
    SheetColumn("Tỷ lệ đơn vị phải xong, %", "lead_share", cells.WHOLE, "Chỉ khi văn bản ghi; trống là mọi đơn vị"),
)
PRINTED = SheetColumn("Tên trong văn bản", "printed", width=44)
AGENCY_COLUMNS = (
    PRINTED,
    SheetColumn("Cơ quan trong danh mục", "agency", cells.AN_AGENCY, "Trống nếu là cơ quan mới", width=44),
    SheetColumn("Tên ngắn", "short_name", hint="Của cơ quan mới"),
    SheetColumn("Cấp", "level", choice(LEVELS), "Của cơ quan mới"),
    SheetColumn("Loại", "kind", choice(OFFICE_KINDS), "Của cơ quan mới"),
    SheetColumn("Có từ ngày", "valid_from", cells.DAY),
    SheetColumn("Đến ngày", "valid_to", cells.DAY),
    SheetColumn("Ghi chú", "remark"),
)
INDICATOR_COLUMNS = (
    SheetColumn("Tên chỉ tiêu", "name", hint="Bắt buộc", width=40),
    SheetColumn("Đơn vị tính", "unit", hint="Bắt buộc: HTX, người, %, tỷ đồng …", width=12),
    SheetColumn("Chiều tốt", "direction", choice(DIRECTIONS), "Bắt buộc"),
    SheetColumn("Loại số", "kind", choice(INDICATOR_KINDS), "Bắt buộc"),
    SheetColumn("Tên ngắn", "short_name", hint="Trống thì như tên"),
    SheetColumn("Giải thích", "definition", hint="Trống thì: theo văn bản của chương trình", width=40),
    SheetColumn("Số chữ số thập phân", "decimals", cells.WHOLE, "Trống: 0; tỷ lệ, tốc độ, giá trị: 1", width=10),
    SheetColumn("Nhóm", "group", choice(GROUPS), "Trống thì: số lượng"),
    SheetColumn("Mã", "code", hint="Trống thì lấy theo tên"),
)
TABLES = {
    TARGETS: TARGET_COLUMNS,
    PROMISES: PROMISE_COLUMNS,
    TASKS: TASK_COLUMNS,
    AGENCIES: AGENCY_COLUMNS,
    INDICATORS: INDICATOR_COLUMNS,
}
SHEETS = (DOCUMENT, *TABLES)
