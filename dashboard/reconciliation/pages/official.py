"""`/chot-so`: an officer marks which value is official for an indicator, a place and a period."""

from __future__ import annotations

from dashboard.access import owner_place as whose
from dashboard.access.trail import tell_trail
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.data.approvals import propose_official
from dashboard.imports.data.official import OfficialChoice, settle
from dashboard.imports.two_steps import proposed, proposer, sign, submit_words
from dashboard.reconciliation.data.reconciliation import build_sources
from dashboard.reconciliation.values import ReconciliationLine
from dashboard.targets.parts.source_note import definition_name
from dashboard.ui import words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_year
from dashboard.ui.form import choice_field, hidden, long_field
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.form_values import needed_text
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, mutation
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action
from models.register.measures import REGISTER
from models.targets.reading import point_of

BACK = [("Đối soát", "/doi-soat")]


@page("/chot-so", title="Chốt số", right=VIEW)
def _settle(snapshot: Snapshot, view: View, **rest: str) -> Element:
    year = read_year(rest.get("nam-so"))
    slug, code = rest.get("dia-ban", ""), rest.get("chi-tieu", "")
    indicator = snapshot.indicators.get(code)
    found = build_sources(snapshot, slug, year) if slug in snapshot.places and year else None
    line = next((item for item in found.lines if item.indicator == code), None) if found else None
    if indicator is None or line is None or found is None or found.place is None:
        return errors.not_found(view, "Không có số nào để chốt.", "Chọn lại từ trang đối soát.")
    options = [
        (row.key, f"{words.value_text(point_of(row))} · {words.when(point_of(row))} · "
         f"{definition_name(indicator, row.definition)} · {row.publisher}")
        for row in line.published
    ]  # fmt: skip
    if line.measure is not None and line.measure.value is not None:
        day = words.day(line.measure.period_end)
        options.append((REGISTER, f"{words.number(line.measure.value)} · {day} · tính từ sổ đăng ký"))
    form = change_form(
        "/chot-so",
        hidden("dia-ban", slug),
        hidden("chi-tieu", code),
        hidden("nam-so", year),
        choice_field("Số chính thức của kỳ", "chon", options, chosen=_chosen(line)),
        long_field("Lý do chốt số này", "ly-do", hint="Ví dụ: biên bản đối chiếu, công văn, số ký hiệu."),
        submit=submit_words("Chốt số này"),
    )
    lead = "Tình trạng cam kết sẽ dùng số đã chốt của kỳ này và ghi “số đã chốt”. Số khác vẫn giữ nguyên cạnh đó."
    title = f"Chốt số: {indicator.name}, {found.place.full_name}, năm {year}"
    return page_frame(title, breadcrumbs(BACK), section("Chọn số", form), view=view, current="/doi-soat", lead=lead)


def _chosen(line: ReconciliationLine) -> str:
    return (line.official.observation_key or REGISTER) if line.official else ""


@mutation("/chot-so", action=Action.CLOSE, place=whose.field("dia-ban"), words="Chốt số")
def settle_figure(writer: Writer, form: Form) -> str:
    """Mark one value official."""
    year, slug = read_year(form.get("nam-so")), form.get("dia-ban", "")
    if year is None:
        raise WriteRefusedError("Năm không đọc được. Mở lại từ trang đối soát.")
    reason = needed_text(form, "ly-do", "Lý do", 500)
    try:
        choice = OfficialChoice(slug, form.get("chi-tieu", ""), year, form.get("chon", ""), reason)
        if by := proposer():
            return proposed(propose_official(choice, _title(choice), by))
        tell_trail(subject=f"Chốt số: {_title(choice)}", reason=reason)
        settle(choice, sign(writer))
    except KeyError as error:
        raise WriteRefusedError("Không có địa bàn này. Mở lại từ trang đối soát.") from error
    return f"/doi-soat?dia-ban={slug}&nam-so={year}"


def _title(choice: OfficialChoice) -> str:
    snapshot = repository().today()
    return f"{snapshot.indicators[choice.indicator].name}, {snapshot.places[choice.place].full_name}, năm {choice.year}"
