"""`/nhap-lieu/tra-loi`: what was answered about received files; an answer is taken back or used for all places."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.access import owner_place as whose
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.data.kept_answers import (
    KeptAnswerLine,
    NoAnswerError,
    read_lines,
    take_back_answer,
    use_everywhere,
)
from dashboard.imports.two_steps import sign
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.ui.table import TableColumn, data_table, wide
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, mutation, refusal
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action
from models.base.day_text import moment_text

ADDRESS = "/nhap-lieu/tra-loi"
LEAD = "Mỗi câu trả lời được dùng cho các tệp sau. Thu hồi thì tệp sau hỏi lại; số liệu đã nạp không đổi."
SHOWN = 500
STAND_OPEN = 8


@mutation(
    f"{ADDRESS}/<number>/thu-hoi",
    action=Action.IMPORT,
    place=whose.kept_answer,
    needs_name=False,
    words="Thu hồi câu trả lời",
)
def take_back_of_place(writer: Writer, _form: Form, number: str) -> str:
    """Take back an answer of one place."""
    return _done(lambda: take_back_answer(number, sign(writer).actor, of_all=False))


@mutation(
    f"{ADDRESS}/<number>/thu-hoi-chung",
    action=Action.ADMINISTER,
    place=whose.whole,
    needs_name=False,
    words="Thu hồi câu trả lời",
)
def take_back_of_all(writer: Writer, _form: Form, number: str) -> str:
    """Take back an answer for all places."""
    return _done(lambda: take_back_answer(number, sign(writer).actor, of_all=True))


@mutation(
    f"{ADDRESS}/<number>/dung-chung",
    action=Action.ADMINISTER,
    place=whose.whole,
    needs_name=False,
    words="Dùng chung câu trả lời",
)
def use_for_all(writer: Writer, _form: Form, number: str) -> str:
    """Use an answer of one place for all places."""
    return _done(lambda: use_everywhere(number, sign(writer).actor))


def _done(act: Callable[[], None]) -> str:
    try:
        act()
    except NoAnswerError as error:
        raise WriteRefusedError(str(error)) from error
    return ADDRESS


@page(ADDRESS, title="Câu trả lời", right=VIEW)
def _answers(snapshot: Snapshot, view: View, **_: str) -> Element:
    lines = [line for line in read_lines() if line.place is None or not refusal(Action.IMPORT, line.place)]
    counting = [line for line in lines if line.taken_back_at is None]
    past = [line for line in lines if line.taken_back_at is not None]
    nothing = empty("Chưa có câu trả lời nào.", "Câu hỏi hiện ở bản xem trước của một tệp khi có điều chưa rõ.")
    return page_frame(
        f"{words.number(len(counting))} câu trả lời đang được dùng",
        breadcrumbs([("Nhập số liệu", "/nhap-lieu")]),
        section("Đang dùng", *_by_kind(counting, snapshot)) if counting else nothing,
        section("Đã thu hồi hoặc thay bằng câu khác", *_by_kind(past, snapshot)) if past else None,
        view=view,
        current="/nhap-lieu",
        lead=LEAD,
    )


def _by_kind(lines: Sequence[KeptAnswerLine], snapshot: Snapshot) -> list[Element]:
    """The answers by what they are about, few of them open, many folded away."""
    if len(lines) <= STAND_OPEN:
        return [_table(lines, snapshot, "Câu trả lời về tệp đã nhận", names=True)]
    by_kind: dict[str, list[KeptAnswerLine]] = {}
    for line in lines[:SHOWN]:
        by_kind.setdefault(line.kind_words, []).append(line)
    parts = []
    for kind, some in by_kind.items():
        first = ", ".join(f"“{line.text[:30]}”" for line in some[:3])
        more = ", …" if len(some) > len(some[:3]) else ""
        title = html.Summary([f"{kind}: {words.number(len(some))} câu", html.Small(f" {first}{more}")])
        parts.append(html.Details([title, _table(some, snapshot, kind, names=False)]))
    return parts


def _table(lines: Sequence[KeptAnswerLine], snapshot: Snapshot, caption: str, *, names: bool) -> Element:
    """One line an answer; `names` what each is about."""
    columns: list[TableColumn | str] = [wide("Trong tệp ghi, nghĩa là"), "Dùng cho", "Việc"]
    rows = [
        [
            html.Span([f"{line.text} → {line.words}", html.Small(line.kind_words, className="sub") if names else None]),
            html.Span(
                [
                    f"{_place(line, snapshot)} ",
                    html.Small(f"{line.actor}, {moment_text(line.answered_at)}", className="sub"),
                ]
            ),
            _work(line),
        ]
        for line in lines[:SHOWN]
    ]
    return data_table(columns, rows, caption=caption, kind="dense answers")


def _place(line: KeptAnswerLine, snapshot: Snapshot) -> str:
    if line.place is None:
        return "mọi địa bàn"
    return snapshot.places[line.place].full_name if line.place in snapshot.places else line.place


def _work(line: KeptAnswerLine) -> Element | str:
    if line.taken_back_at is not None:
        return f"{line.taken_back_by}, {moment_text(line.taken_back_at)}"
    forms = [_button(line, "thu-hoi", "Thu hồi")] if line.place is not None else []
    if not refusal(Action.ADMINISTER):
        what, said = ("dung-chung", "Dùng chung") if line.place is not None else ("thu-hoi-chung", "Thu hồi")
        forms.append(_button(line, what, said))
    return html.Div(forms) if forms else words.NONE


def _button(line: KeptAnswerLine, what: str, said: str) -> Element:
    return change_form(f"{ADDRESS}/{line.id}/{what}", submit=said, kind="plain-button", asks_name=False)
