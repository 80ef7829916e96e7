"""What a table laid across does not say and is asked once: its indicator, its place, its year, who published it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.importers.cross.subjects import FigureSubject
from etl.importers.draft import Context
from etl.parsing.parsed import text_of
from etl.parsing.text import clean, nearest
from etl.questions.question import (
    LONGEST_TEXT,
    MOST_PROPOSALS,
    SKIP,
    ImportQuestion,
    ProposedAnswer,
    QuestionKind,
    Unanswered,
)
from etl.tables.tables import DataRow

INDICATOR, PLACE, YEAR, PUBLISHER, BOUNDARY = (
    "figure_indicator",
    "figure_place",
    "figure_year",
    "figure_publisher",
    "figure_boundary",
)
LOCAL_OFFICES = ("Cục Thống kê", "Liên minh Hợp tác xã", "Sở Tài chính", "Sở Nông nghiệp và Môi trường", "UBND")
OFFICES = ("Tổng cục Thống kê", "Liên minh Hợp tác xã Việt Nam", "Bộ Tài chính", "Bộ Kế hoạch và Đầu tư")
BEFORE, AFTER = "before", "after"
YEARS_BACK = 6
_NEAR = 0.3


@dataclass(frozen=True, slots=True)
class TableQuestions:
    """Asks about one table; `sign` is its title and first figures: an answer about one is never used for another."""

    context: Context
    sheet: str
    sign: str
    rows: int

    def indicator(self, text: str, *, unanswered: Unanswered) -> str | None:
        """The code of the indicator that a title or a line over rows means; SKIP: not to be taken."""
        names = {code: row.name for code, row in self.context.indicators.items()}
        near = nearest(text, names.values(), limit=MOST_PROPOSALS, cutoff=_NEAR)
        codes = {name: code for code, name in names.items()}
        proposals = tuple(ProposedAnswer(codes[name], name, "chữ gần giống") for name in near)
        asked = f'"{text[:100]}" là chỉ tiêu nào?'
        return self._ask(QuestionKind.WORD, INDICATOR, text, asked, (proposals, names), unanswered, "Không lấy số này")

    def place(self, names: Sequence[str]) -> str | None:
        """The name of the province that the table is of."""
        choices = {name: name for name in names}
        asked = f'Bảng "{self.sign}" là số của tỉnh, thành phố nào?'
        return self._ask(QuestionKind.PROVINCE, PLACE, self.sign, asked, ((), choices), Unanswered.FILE, "")

    def year(self) -> str | None:
        """The year of a table that names none."""
        last = self.context.load_date.year
        choices = {str(year): f"Năm {year}" for year in range(last, last - 16, -1)}
        proposals = tuple(ProposedAnswer(year, choices[year]) for year in list(choices)[1 : MOST_PROPOSALS + 1])
        asked = f'Bảng "{self.sign}" không ghi năm: là số của năm nào?'
        return self._ask(QuestionKind.TITLE, YEAR, self.sign, asked, (proposals, choices), Unanswered.FILE, "")

    def publisher(self) -> str | None:
        """Which office published the table; SKIP: nobody knows."""
        choices = {name: f"{name} của tỉnh, thành phố" for name in LOCAL_OFFICES} | {name: name for name in OFFICES}
        proposals = tuple(ProposedAnswer(name, choices[name]) for name in LOCAL_OFFICES[:MOST_PROPOSALS])
        asked = f'Bảng "{self.sign}" do cơ quan nào công bố?'
        found = (proposals, choices)
        return self._ask(QuestionKind.TITLE, PUBLISHER, self.sign, asked, found, Unanswered.FILE, "Chưa rõ cơ quan")

    def boundary(self, name: str, years: str) -> str | None:
        """Whether figures of years before the merger are of the former area or of today's."""
        choices = {
            BEFORE: f"{name} trước sắp xếp (đến 30/6/2025)",
            AFTER: f"{name} sau sắp xếp, số năm cũ tính lại theo địa bàn mới",
        }
        proposals = tuple(ProposedAnswer(value, words) for value, words in choices.items())
        asked = f'Bảng "{self.sign}" có số của {years}: theo địa bàn {name} nào?'
        found = (proposals, choices)
        return self._ask(QuestionKind.TITLE, BOUNDARY, self.sign, asked, found, Unanswered.FILE, "")

    def _ask(
        self,
        kind: QuestionKind,
        field: str,
        text: str,
        asked: str,
        found: tuple[tuple[ProposedAnswer, ...], Mapping[str, str]],
        unanswered: Unanswered,
        skip_words: str,
    ) -> str | None:
        proposals, choices = found
        question = ImportQuestion(
            kind=kind,
            field=field,
            text=text,
            asked=asked,
            proposals=proposals,
            choices=choices,
            unanswered=unanswered,
            may_skip=bool(skip_words),
            skip_words=skip_words,
            where=f'trang "{self.sheet}"',
        )
        return self.context.questions.ask(kind, field, text, lambda: question, among=choices, rows=self.rows)


def sign_of(title: str, first: DataRow) -> str:
    """A table's title with its first line of figures."""
    cells = "; ".join(clean(text_of(cell)) for cell in first.cells if cell is not None)
    return f"{title[: LONGEST_TEXT // 2]} ({cells[: LONGEST_TEXT // 2 - 10]})" if title else cells[:LONGEST_TEXT]


def as_subject(code: str | None, context: Context) -> FigureSubject | None:
    """The subject of an answer about an indicator."""
    return None if code in (None, SKIP) else FigureSubject(str(code), "", context.indicators[str(code)].name)
