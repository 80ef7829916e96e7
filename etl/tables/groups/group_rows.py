"""Takes rows of a list that name no organisation but a group of them: districts, kinds, totals, averages.

They are told by where they stand and what they add up to (an ordinal of another style, no code where the others have
one, the sum of the rows above or below) and by the shape of the name. What is sure leaves the list and lends its
district, commune or sector to the rows below; what is not sure is asked and stays out until somebody answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from etl.files.spool import Spool
from etl.parsing.parsed import Problem, cell_name, text_of
from etl.parsing.text import clean
from etl.questions.question import SKIP, ImportQuestion, ProposedAnswer, QuestionKind, Unanswered
from etl.tables.columns import Words
from etl.tables.findings import Findings, Severity
from etl.tables.groups.group_scope import GroupScope, group_name
from etl.tables.groups.group_signs import LineSign, cell_at, signs_of, suspects_of
from etl.tables.headings import HeadedColumn
from etl.tables.tables import DataRow, Table, TotalLine
from etl.tables.totals import added_value, adds_up, is_among

_AVERAGE = re.compile(r"(?:bình quân|trung bình|binh quan|trung binh|bq\b)")
SHOWN, DEEPEST, LEAST = 5, 100, 3
GROUP, ORGANIZATION = "group", "organization"
Sums = dict[int, Decimal]


@dataclass(slots=True)
class GroupCandidate:
    """A line that may be a group: its place in the list, what it adds up, which sums lie beside it."""

    index: int
    line: DataRow
    sign: int
    name: str
    values: Sums
    below: Sums = field(default_factory=dict)
    is_sum: bool = False


def part_groups(table: Table, findings: Findings, sectors: Words | None = None) -> None:
    """Take group and total rows out of the list, giving what they say to the rows below; doubtful ones are asked."""
    signs = signs_of(table, sectors)
    columns = [column for column in table.header.columns if adds_up(column)]
    suspects = suspects_of(signs, _whole_sums(table, signs, columns))
    if suspects or table.groups:
        found = _with_sums(table, suspects, signs, columns) if suspects else []
        _Parting(table, findings, sectors).part(found, columns)


def _whole_sums(table: Table, signs: Sequence[int], columns: Sequence[HeadedColumn]) -> set[int]:
    """The first and last line, where it equals all other lines together: a total without any word for it."""
    ends = {index for index in (0, len(signs) - 1) if len(signs) >= LEAST}
    ends = {index for index in ends if not signs[index] & (LineSign.CODED | LineSign.ORGANIZATION)}
    whole: Sums = {}
    found: dict[int, Sums] = {}
    for index, line in enumerate(table.lines if ends else ()):
        values = {c.index: v for c in columns if (v := added_value(cell_at(line.cells, c.index), c))}
        found |= {index: values} if index in ends else {}
        _add(whole, values)
    return {i for i, own in found.items() if own and all(is_among(v, (whole[c] - v,)) for c, v in own.items())}


def _with_sums(
    table: Table, suspects: set[int], signs: Sequence[int], columns: Sequence[HeadedColumn]
) -> list[GroupCandidate]:
    """The suspects, each held against sums of the lines below it and above it, over one or several groups."""
    found: list[GroupCandidate] = []
    parts: list[Sums] = [{}]
    for index, line in enumerate(table.lines):
        values = {c.index: v for c in columns if (v := added_value(cell_at(line.cells, c.index), c))}
        if index in suspects:
            found.append(GroupCandidate(index, line, signs[index], _name(table, line), values))
            parts.append({})
        else:
            _add(parts[-1], values)
    for number, item in enumerate(found):
        item.below = parts[number + 1]
        item.is_sum = _is_sum(item.values, parts[number::-1]) or _is_sum(item.values, parts[number + 1 :])
    return found


def _is_sum(values: Sums, parts: Sequence[Sums]) -> bool:
    """Whether the values are the sum of the first, the first two … of these parts."""
    sums: Sums = {}
    for part in parts[:DEEPEST] if values else ():
        _add(sums, part)
        if all(is_among(value, (sums.get(index, Decimal(0)),)) for index, value in values.items()):
            return True
    return False


def _add(sums: Sums, values: Mapping[int, Decimal]) -> None:
    for index, value in values.items():
        sums[index] = sums.get(index, Decimal(0)) + value


def _name(table: Table, line: DataRow) -> str:
    cell = cell_at(line.cells, table.header.index_of("name"))
    return clean(text_of(next((cell for cell in (cell, *line.cells) if cell is not None), None)))


@dataclass(slots=True)
class _Parting:
    """Goes through the lines once more, with what the groups above say."""

    table: Table
    findings: Findings
    sectors: Words | None
    _kept: Spool[DataRow] = field(default_factory=Spool)
    _told: list[str] = field(default_factory=list)

    def part(self, found: Sequence[GroupCandidate], columns: Sequence[HeadedColumn]) -> None:
        table, scope = self.table, GroupScope(self.sectors)
        known = {item.index: item for item in found}
        places = sorted(known)
        table.totals = [replace(total, upto=total.upto - bisect_left(places, total.upto)) for total in table.totals]
        titles = sorted(table.groups, reverse=True)
        for index, line in enumerate(table.lines):
            while titles and titles[-1][0] < line.number:
                scope.push(titles.pop()[1])
            item = known.get(index)
            said = ORGANIZATION if item is None else self._said(item)
            if item is None or said == ORGANIZATION:
                self._keep(line, scope)
                continue
            if not item.sign & LineSign.TOTAL:
                scope.push(self._with_ordinal(item))  # also in doubt: the rows below may be another group's
            if said == GROUP:
                self._take(item, columns)
        table.lines = self._kept
        table.groups.sort()
        table.totals.sort(key=lambda total: total.number)
        self._say_told()

    def _keep(self, line: DataRow, scope: GroupScope) -> None:
        district, commune, sector = (scope.said(what) for what in ("district", "commune", "sector"))
        is_scoped = bool(district or commune or sector)
        self._kept.append(DataRow(line.number, line.cells, district, commune, sector) if is_scoped else line)

    def _said(self, item: GroupCandidate) -> str | None:
        """What the line is, surely or because somebody said so; unanswered it is stopped."""
        if _is_sure(item, self.sectors):
            return GROUP
        said = self.findings.questions.ask(
            QuestionKind.GROUP_ROW, "name", item.name, lambda: self._question(item), among=(GROUP, ORGANIZATION)
        )
        if said is None or said == SKIP:
            self._stop(item)
        return said

    def _with_ordinal(self, item: GroupCandidate) -> str:
        ordinal = cell_at(item.line.cells, self.table.header.index_of("row_number"))
        return f"{text_of(ordinal)} {item.name}" if isinstance(ordinal, str) and ordinal != item.name else item.name

    def _question(self, item: GroupCandidate) -> ImportQuestion:
        row = f'Dòng {item.line.number} "{item.name[:60]}"'
        return ImportQuestion(
            QuestionKind.GROUP_ROW,
            "name",
            item.name,
            f"{row} là dòng nhóm hoặc dòng cộng, hay là một tổ chức?",
            proposals=(
                ProposedAnswer(GROUP, "dòng nhóm hoặc dòng cộng", "thiếu mã số, ngày thành lập hoặc số thứ tự"),
                ProposedAnswer(ORGANIZATION, "một tổ chức"),
            ),
            choices={GROUP: "dòng nhóm hoặc dòng cộng", ORGANIZATION: "một tổ chức"},
            unanswered=Unanswered.ROWS,
            skip_words="Để ngoài dòng này",
            where=f'trang "{self.table.sheet}"',
        )

    def _stop(self, item: GroupCandidate) -> None:
        what = f'"{item.name[:60]}" giống một dòng nhóm hoặc dòng cộng, không giống tên một tổ chức'
        remedy = "Nếu là dòng nhóm hoặc dòng cộng, xóa dòng; nếu là tổ chức, ghi mã số hoặc đủ tên (HTX …)"
        where = cell_name(item.line.number, self.table.header.index_of("name") or 0)
        problem = Problem("row.group", what, remedy)
        self.findings.stop_row(problem, self.table.sheet, item.line.number, where, item.name)

    def _take(self, item: GroupCandidate, columns: Sequence[HeadedColumn]) -> None:
        table = self.table
        self._told.append(f'dòng {item.line.number} "{item.name[:40]}"')
        table.groups.append((item.line.number, item.name))
        if item.is_sum or not item.values or _AVERAGE.match(item.name.lower()):
            return
        if item.sign & LineSign.TOTAL or not item.below:
            is_grand = "toàn" in item.name.lower()
            table.totals.append(TotalLine(item.line.number, item.line.cells, len(self._kept), is_grand))
        else:
            self._say_mismatch(item, columns)

    def _say_mismatch(self, item: GroupCandidate, columns: Sequence[HeadedColumn]) -> None:
        for column in (column for column in columns if column.index in item.values):
            below = item.below.get(column.index, Decimal(0))
            if not is_among(item.values[column.index], (below,)):
                shown = f"{below / (column.unit.factor if column.unit else 1):.15g}".replace(".", ",")
                what = f'dòng nhóm "{item.name[:40]}", cột "{column.heading}" khác tổng các dòng của nhóm ({shown})'
                problem = Problem("total.mismatch", what, "Kiểm tra có thiếu dòng hay sai số; dòng nhóm không được nạp")
                where, cell = cell_name(item.line.number, column.index), cell_at(item.line.cells, column.index)
                self.findings.add(Severity.REMARK, problem, sheet=self.table.sheet, cell=where, value=cell)

    def _say_told(self) -> None:
        if self._told:
            shown = "; ".join(self._told[:SHOWN])
            what = f"{len(self._told)} dòng nhóm và dòng cộng không phải là tổ chức nên không nạp: {shown}"
            remedy = "Không cần làm gì nếu đúng; nếu là tổ chức, ghi mã số"
            self.findings.remark("row.groups", what, remedy, sheet=self.table.sheet)


def _is_sure(item: GroupCandidate, sectors: Words | None) -> bool:
    """Whether position, arithmetic and name say together that the line is a group."""
    sign = item.sign
    if sign & LineSign.ALONE:
        return True
    if sign & LineSign.BARE:
        return bool(group_name(item.name, sectors).says) or bool(sign & LineSign.TOTAL)
    if sign & LineSign.TOTAL and not sign & LineSign.NUMBERED:
        return True
    if sign & LineSign.OTHER_ORDINAL and group_name(item.name, sectors).says:
        return True
    if sign & (LineSign.PLACE | LineSign.OTHER_ORDINAL | LineSign.TOTAL):
        return item.is_sum or (not item.values and bool(sign & LineSign.PLACE))
    return item.is_sum and len(item.values) > 1
