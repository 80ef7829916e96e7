"""`/nhap-so`: one figure typed by hand, with its source."""

from __future__ import annotations

from urllib.parse import urlsplit

from dashboard.access import owner_place as whose
from dashboard.access.trail import tell_trail
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.data.approvals import propose_figure
from dashboard.imports.data.official import Figure, enter
from dashboard.imports.two_steps import proposed, proposer, sign, submit_words
from dashboard.ui import words
from dashboard.ui.address import View
from dashboard.ui.form import choice_field, text_field
from dashboard.ui.html import Element
from dashboard.web.form_values import amount, day, needed_day, needed_text
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, choices_of, mutation
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action
from models.places.place_life import is_told_ahead, life_text, places_instead
from models.targets.value_rules import value_problem

BACK = [("Nhập số liệu", "/nhap-lieu")]


@page("/nhap-so", title="Nhập một số liệu", right=VIEW)
def _enter(snapshot: Snapshot, view: View, **_: str) -> Element:
    places = choices_of(Action.ENTER, [(place.slug, place.full_name) for place in snapshot.places.values()])
    indicators = [
        (f"{row.code}|{item['code']}", f"{row.name} ({row.unit}) – {item['name']}")
        for row in snapshot.indicators.values()
        for item in row.definitions
    ]
    form = change_form(
        "/nhap-so",
        choice_field("Địa bàn", "dia-ban", [("", "Chọn địa bàn"), *places], required=True),
        choice_field("Chỉ tiêu và cách tính", "chi-tieu", [("", "Chọn chỉ tiêu"), *indicators], required=True),
        text_field("Giá trị", "gia-tri", hint="Viết 1.280 hoặc 34,5; tỷ lệ từ 0 đến 100.", inputMode="decimal"),
        text_field("Ngày của số liệu", "ngay", hint="Ngày/tháng/năm, ví dụ 31/12/2025. Số cả năm ghi ngày 31/12."),
        choice_field("Loại số", "loai", [("actual", "Thực hiện"), ("estimate", "Ước thực hiện")]),
        text_field("Đơn vị công bố", "don-vi"),
        text_field("Văn bản, bài viết", "nguon", hint="Tên và số ký hiệu, để người khác tìm lại được."),
        text_field("Đường dẫn", "duong-dan", required=False, type="url"),
        text_field("Ngày công bố", "ngay-cong-bo", required=False, hint="Để trống nếu không rõ: lấy ngày nhập."),
        submit=submit_words("Ghi số liệu"),
    )
    lead = "Số nhập tay vào chuỗi công bố như mọi số khác, ghi rõ nguồn và người nhập; có thể hoàn tác."
    return page_frame("Nhập một số liệu có nguồn", breadcrumbs(BACK), section("Số liệu", form), view=view,
                current="/nhap-lieu", lead=lead)  # fmt: skip


@mutation("/nhap-so", action=Action.ENTER, place=whose.field("dia-ban"), words="Nhập một số liệu")
def enter_figure(writer: Writer, form: Form) -> str:
    """Store one figure with its source."""
    snapshot = repository().today()
    code, _, definition = form.get("chi-tieu", "").partition("|")
    indicator, slug = snapshot.indicators.get(code), form.get("dia-ban", "")
    known = {item["code"] for item in indicator.definitions} if indicator else set()
    if indicator is None or definition not in known or slug not in snapshot.places:
        raise WriteRefusedError("Địa bàn hoặc chỉ tiêu không có trong danh mục. Chọn lại.")
    figure = _figure(form, slug, code, definition)
    _check_life(figure, snapshot)
    if problem := value_problem(indicator.kind, indicator.decimals, figure.value):
        raise WriteRefusedError(f"Giá trị: {problem[0]}. {problem[1]} rồi gửi lại.")
    is_year = indicator.rhythm == "year"
    title = f"{indicator.name}, {snapshot.places[slug].full_name}, ngày {words.day(figure.period_end)}"
    if by := proposer():
        return proposed(propose_figure(figure, indicator.unit, is_year, title, by))
    tell_trail(subject=f"Nhập một số liệu: {title}")
    enter(figure, indicator.unit, sign(writer), is_year=is_year)
    return f"/doi-soat?dia-ban={slug}&nam-so={figure.period_end.year}"


def _check_life(figure: Figure, snapshot: Snapshot) -> None:
    """Refuse a figure of a day on which the place did not exist, and name the one that did."""
    place, day = snapshot.places[figure.place], figure.period_end
    instead = places_instead(snapshot.places, figure.place, day)
    is_after = place.valid_to is not None and day > place.valid_to
    if instead and not (is_after and is_told_ahead(place, figure.value_kind, figure.published_on)):
        names = " hoặc ".join(f"“{other.full_name}”" for other in instead)
        why = life_text(place, day)
        raise WriteRefusedError(
            f"{why[:1].upper()}{why[1:]}, số liệu là của ngày {words.day(day)}: chọn địa bàn {names} rồi gửi lại."
        )


def _figure(form: Form, slug: str, code: str, definition: str) -> Figure:
    value = _value(form)
    on = needed_day(form, "ngay", "Ngày của số liệu")
    if not 1990 <= on.year <= 2100:
        raise WriteRefusedError(f"Ngày của số liệu: năm {on.year} ngoài khoảng 1990 đến 2100. Sửa rồi gửi lại.")
    link = form.get("duong-dan", "").strip()
    if link and urlsplit(link).scheme not in ("http", "https"):
        raise WriteRefusedError("Đường dẫn: chỉ nhận địa chỉ http hoặc https. Sửa rồi gửi lại.")
    return Figure(
        place=slug,
        indicator=code,
        definition=definition,
        period_end=on,
        value=value,
        value_kind="estimate" if form.get("loai") == "estimate" else "actual",
        publisher=needed_text(form, "don-vi", "Đơn vị công bố", 200),
        source_title=needed_text(form, "nguon", "Văn bản", 300),
        source_url=link,
        published_on=day(form, "ngay-cong-bo", "Ngày công bố"),
    )


def _value(form: Form) -> float:
    """A number written 1.234,5; profits and growths may be below zero."""
    typed = form.get("gia-tri", "").strip().replace("\u2212", "-")
    size = amount(Form({"gia-tri": typed.removeprefix("-")}), "gia-tri", "Giá trị")
    return -size if typed.startswith("-") else size
