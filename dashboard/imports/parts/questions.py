"""What a file leaves open, each asked once with proposals; what was taken for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dashboard.db.import_values import QuestionsView, QuestionView, TakenView
from dashboard.ui import html, words
from dashboard.ui.form import choice_field, text_field
from dashboard.ui.html import Element
from dashboard.ui.table import TableColumn, data_table, figures, wide

PREFIX, OTHER = "hoi-", "khac-"
OPEN, ELSE, LEFT = "", "#khac", "-"  # values of a choice: nobody said yet, another answer, left unknown
SHOWN, LONGEST_LIST = 60, 100
MEANS = {
    "file": "Chưa trả lời thì chưa nạp được tệp.",
    "column": "Chưa trả lời thì không lấy cột này, và phải đồng ý mới nạp.",
    "rows": "Chưa trả lời thì các dòng này để ngoài.",
    "field": "Chưa trả lời thì ô này để trống, dòng vẫn nạp.",
}
ORDER = {"file": 0, "column": 1, "rows": 2, "field": 3}
GROUPS = {
    "file": "Phải trả lời trước khi nạp",
    "column": "Quyết định cột có được lấy hay không",
    "rows": "Quyết định dòng có vào hay không",
    "field": "Chỉ quyết định một ô, không bắt buộc",
}
STAND_OPEN = 3


def questions_part(questions: QuestionsView, form: Element | None) -> Element | None:
    """The questions with their form, before everything else of a preview; None where nothing is asked."""
    asked = questions["asked"]
    if not asked or form is None:
        return None
    needed = sum(question["unanswered"] == "file" for question in asked)
    title = f"{words.number(len(asked))} câu hỏi về tệp này"
    said = "Mỗi câu trả lời một lần, dùng cho mọi dòng và cho các tệp sau của địa bàn này."
    said += f" {words.number(needed)} câu phải trả lời trước khi nạp." if needed else " Không câu nào bắt buộc."
    rest = len(asked) - SHOWN
    more = f" Còn {words.number(rest)} câu nữa hiện ra khi đã trả lời các câu này." if rest > 0 else ""
    way = html.P(html.A("Các câu đã trả lời, thu hồi", href="/nhap-lieu/tra-loi"))
    return html.Section([html.H2(title), html.P(said + more), form, way], className="sheet questions")


def question_fields(questions: QuestionsView) -> list[Element]:
    """The questions by what they decide: the file, rows, one field; of each those of most rows first.

    The first stand open; the others are one line each, to be opened.
    """
    asked = sorted(questions["asked"], key=lambda question: (ORDER[question["unanswered"]], -question["rows"]))[:SHOWN]
    parts: list[Element] = []
    for decides, some in groupby(enumerate(asked), key=lambda pair: pair[1]["unanswered"]):
        group = list(some)
        parts.append(html.H3(f"{GROUPS[decides]}: {words.number(len(group))} câu"))
        parts += [_field(question, questions["lists"][question["list"]], at < STAND_OPEN) for at, question in group]
    used = sorted({question["list"] for question in asked if _is_long(questions["lists"][question["list"]])})
    return [*parts, *(_datalist(number, questions["lists"][number]) for number in used)]


def _is_long(choices: dict[str, str]) -> bool:
    return len(choices) > LONGEST_LIST


def _field(question: QuestionView, choices: dict[str, str], is_open: bool) -> Element:
    name, rows = PREFIX + question["id"], f"{words.number(question['rows'])} dòng. "
    said = [html.Span(rows)] if is_open else []
    if question["examples"]:
        said.append(html.Span(f"Ví dụ {'; '.join(question['examples'])}. "))
    group = html.Fieldset(
        [
            html.Legend(question["asked"]),
            html.Small([*said, MEANS[question["unanswered"]]]),
            html.Div([_choice(name, *answer) for answer in _answers(question, choices)], className="choices"),
            _other(question, choices),
        ],
        className="question",
    )
    if is_open:
        return group
    return html.Details([html.Summary([question["asked"], html.Small(f" {rows}")]), group])


def _answers(question: QuestionView, choices: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for answer in question["proposals"]:
        yield answer["value"], answer["words"], answer["reason"]
    if choices:
        yield ELSE, "Câu trả lời khác, chọn ở dưới", ""
    if question["may_skip"]:
        yield LEFT, question["skip_words"], ""
    yield OPEN, "Chưa trả lời", ""


def _choice(name: str, value: str, said: str, why: str) -> Element:
    box = html.Input(type="radio", name=name, value=value, checked="checked" if value == OPEN else None)
    return html.Label([box, html.Span([said, html.Small(f" ({why})") if why else None])], className="tick")


def _other(question: QuestionView, choices: dict[str, str]) -> Element | None:
    name = OTHER + question["id"]
    if not choices:
        return None
    if _is_long(choices):
        hint = "Gõ tên rồi chọn trong danh mục."
        return text_field("Câu trả lời khác", name, hint=hint, required=False, list=f"ds-{question['list']}")
    options = [("", "Chọn"), *choices.items()]
    return choice_field("Câu trả lời khác", name, options)


def _datalist(number: int, choices: dict[str, str]) -> Element:
    return html.Datalist([html.Option(value=said) for said in choices.values()], id=f"ds-{number}")


def taken_part(taken: Sequence[TakenView]) -> Element | None:
    """What was taken for what, folded away; those that somebody answered first."""
    if not taken:
        return None
    ordered = sorted(taken, key=lambda item: not item["is_answered"])
    rows = [
        [
            item["text"],
            item["words"],
            item["kind_words"],
            "theo câu trả lời" if item["is_answered"] else "theo danh mục",
            words.number(item["rows"]),
        ]
        for item in ordered
    ]
    columns: list[TableColumn | str] = [wide("Trong tệp ghi"), "Hiểu là", "Về", "Do đâu", figures("Số dòng")]
    table = data_table(columns, rows, caption="Hiểu tệp này như thế nào", kind="dense")
    answered = sum(item["is_answered"] for item in taken)
    title = f"Hiểu tệp này như thế nào: {words.number(len(taken))} cách viết, {words.number(answered)} theo câu trả lời"
    return html.Section(html.Details([html.Summary(title), table]), className="sheet")
