"""Parts of the register's pages: notices, marks, counts, cells of a list, the search field and the filter menus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.register import words as register
from dashboard.register.values import OrganizationLine
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import empty, icon, mark
from dashboard.ui.markup import way
from dashboard.ui.table import TableColumn, figures, wide
from models.register.organization import OperatingState

LIST_COLUMNS = (
    wide("Tên"),
    "Mã số",
    TableColumn("Loại", "bare"),
    TableColumn("Địa bàn", "bare"),
    TableColumn("Lĩnh vực", "bare"),
    TableColumn("Tình trạng", "state"),
    "Xếp loại",
    figures("Thành viên"),
)
UPLOAD = "/nhap-lieu"


def demo_notice(holds_demo: bool) -> Element | None:
    """Stands on every page that shows invented rows; None when there are none."""
    if not holds_demo:
        return None
    return html.P([icon("triangle"), html.Strong("Mô phỏng. "), register.DEMO], className="notice demo", role="note")


def takeaways(address: Callable[[str], str]) -> list[Piece]:
    """A list as CSV and as Excel; `address` gives that of an extension."""
    return [html.A("CSV", href=address("csv")), " ", html.A("Excel", href=address("xlsx"))]


def past_notice(view: View, what: str) -> Element | None:
    """Says that something is the present although one looks from an earlier day; None when one looks from today."""
    if view.is_today:
        return None
    return html.P(f"{what} là hiện nay, không phải ngày {words.day(view.moment.known_on)}.", className="notice")


def load_link() -> Element:
    """The way to the page that takes files; it says who may."""
    return html.A("Nhập số liệu từ tệp Excel", href=UPLOAD)


def no_register() -> Element:
    """What to do while nothing has been loaded."""
    return empty(
        "Sổ đăng ký chưa có tổ chức nào.",
        "Nạp danh sách của tỉnh (tệp Excel có cột tên, mã số, loại hình, lĩnh vực, xã, tình trạng). "
        "Hệ thống chỉ rõ ô sai và cho xem trước, chưa ghi gì trước khi được đồng ý.",
        load_link(),
    )


def state_mark(code: str | None) -> Element:
    """The operating state that was reported, as word, icon and colour."""
    marks = register.OPERATING_MARKS.get(code or register.UNKNOWN, ("unknown", "empty"))
    return mark(*marks, register.word(register.OPERATING_WORDS, code))


def class_mark(code: str | None) -> Element:
    """The rating class, as word, icon and colour."""
    marks = register.RATING_MARKS.get(code or register.UNKNOWN, ("unknown", "empty"))
    return mark(*marks, register.word(register.RATING_WORDS, code))


def list_row(line: OrganizationLine, place: str, href: str) -> list[Content]:
    """One organisation as cells of LIST_COLUMNS."""
    return [
        html.A(line.name, href=href, className="strong"),
        code_cell(line),
        register.KIND_SHORT.get(line.kind, line.kind),
        [place, html.Small(line.commune_name, className="sub") if line.commune_name else None],
        register.word(register.SECTOR_WORDS, line.sector),
        [state_mark(line.operating_state), _since(line)],
        f"{register.word(register.RATING_WORDS, line.rating_class)} {line.rating_year or ''}".strip()
        if line.rating_class
        else words.NONE,
        words.number(line.member_count),
    ]


def _since(line: OrganizationLine) -> Element | None:
    if line.operating_state_on is None or line.operating_state == OperatingState.ACTIVE:
        return None
    return html.Small(f"từ {words.day(line.operating_state_on)}", className="sub")


def code_cell(line: OrganizationLine) -> Content:
    """The code with what is wrong about it; the number of the old certificate where there is no code."""
    if line.tax_code is None:
        return f"{line.legacy_number} (số cũ)" if line.legacy_number else "chưa có mã"
    if line.tax_code_is_valid is False:
        return [line.tax_code, html.Small("sai số kiểm tra", className="sub")]
    return line.tax_code


def counts_strip(total: int, groups: Sequence[tuple[str, Sequence[tuple[str, int, str, bool]]]]) -> Element:
    """How many in all, then each group of states apart: (word, count, address, is chosen)."""
    parts: list[Element] = [
        html.Div([html.Dt("Tổ chức trong danh sách"), html.Dd(words.number(total))], className="strip-total")
    ]
    for title, items in groups:
        links = [
            html.Li(
                html.A(
                    [html.Span(words.number(count), className="num"), f" {word[0].lower()}{word[1:]}"],
                    href=href,
                    className="current" if is_chosen else "",
                )
            )
            for word, count, href, is_chosen in items
        ]
        parts.append(html.Div([html.Dt(title), html.Dd(html.Ul(links, className="strip-list"))]))
    return html.Dl(parts, className="strip")


SEARCH_ID = "register-search"
Choice = tuple[str, int | None, str, bool]  # word, count where known, address, is chosen


def search_form(text: str, kept: Sequence[tuple[str, str]], action: str) -> Element:
    """A field for words; `kept` holds the other parameters of the address."""
    field = html.Input(
        id=SEARCH_ID,
        name="tim",
        type="text",
        value=text,
        maxLength=80,
        placeholder="Tên hoặc mã số, gõ không dấu cũng được",
        autoComplete="off",
    )
    hidden = [html.Select(html.Option(value, value=value), name=name, hidden="hidden") for name, value in kept if value]
    return html.Form(
        [
            html.Label([html.Span("Tìm tổ chức", className="label"), field], className="search-label"),
            *hidden,
            html.Button("Tìm", type="submit"),
        ],
        action=action,
        method="get",
        className="search",
        role="search",
    )


def menu(title: str, chosen: str | None, choices: Sequence[Choice], all_href: str) -> Element:
    """One filter: closed it says what is chosen, open it lists every value with its count."""
    links = [_choice("Tất cả", None, all_href, chosen is None), *[_choice(*choice) for choice in choices]]
    label = [html.Span(f"{title}: ", className="menu-name"), html.Strong(chosen) if chosen else "tất cả"]
    return html.Details(
        [html.Summary(label), html.Ul(links, className="choices")], className="menu chosen" if chosen else "menu"
    )


def _choice(word: str, count: int | None, href: str, is_chosen: bool) -> Element:
    number = html.Span(words.number(count), className="num") if count is not None else None
    return html.Li(way([html.Span(word), number], href, is_here=is_chosen))
