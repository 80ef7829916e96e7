"""The facts that one row of a list of organisations brings: identity, states, report, director, rating."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.facts.rating_schemes import Scheme
from etl.importers.draft import Content, Context
from etl.importers.harmonise import Found
from etl.importers.lists.kind_questions import asked_kind
from etl.importers.lists.unread import DETAIL, REPORT, STATES, unread_facts
from etl.importers.matching import Candidate
from etl.importers.rating_fields import NAMES as RATING
from etl.importers.rating_fields import rating_fields, scheme_of
from etl.importers.report_fields import director, is_estimate, report_fields
from etl.parsing.name_forms import short_name
from etl.parsing.parse import PlainDate
from etl.parsing.parsed import Problem
from etl.parsing.text import folded_key
from etl.questions.question import Unanswered
from etl.tables.cells import CellReader
from etl.tables.tables import Table
from models.base.day_text import day_text
from models.base.facts import Fact
from models.base.text import fold
from models.register.organization import (
    LISTED,
    LegalStatus,
    OperatingState,
    OrganizationDetail,
    OrganizationKind,
    OrganizationPerson,
    OrganizationState,
    Rating,
    RatingClass,
    YearReport,
)

NO_SHEET = 20  # for how many unknown names the nearest are looked up
FIRST_YEAR = 1945  # Vietnam's first cooperatives were founded after it
LONGEST_NAME = 300
CODES = {
    "kind": {str(code) for code in OrganizationKind},
    "operating_state": {str(code) for code in OperatingState},
    "legal_status": {str(code) for code in LegalStatus},
    "rating_class": {str(code) for code in RatingClass},
}
FactRow = tuple[type[Fact], str, Content]
_KINDS = {"lhhtx": OrganizationKind.UNION, "tht": OrganizationKind.GROUP, "qtdnd": OrganizationKind.CREDIT_FUND}
_OTHER_FORMS = re.compile(
    r"\W*(?:cong ty|tong cong ty|cty|ctcp|dntn|doanh nghiep|trang trai|ho kinh doanh|nong truong|lam truong)\b"
)
_SAID = (
    (OrganizationKind.UNION, re.compile(r"\b(?:lhhtx|lh htx|lien hiep)\b")),
    (OrganizationKind.GROUP, re.compile(r"\b(?:tht|to hop tac)\b")),
    (OrganizationKind.CREDIT_FUND, re.compile(r"\b(?:qtdnd|quy tin dung)\b")),
    (OrganizationKind.COOPERATIVE, re.compile(r"\b(?:htx|(?<!hiep )hop tac xa)\b")),
)


def kinds_said(table: Table) -> tuple[OrganizationKind | None, OrganizationKind | None]:
    """The one kind that the heading of the names says, and the one that the titles say; None for none or several."""
    name = table.header.index_of("name")
    headings = [column.heading for column in table.header.columns if column.index == name]
    lists = [text for text in table.header.titles if re.search(r"danh sach|bieu|bang|thong ke", fold(text))]
    return _only(headings), _only(lists)


def _only(texts: Sequence[str]) -> OrganizationKind | None:
    said = folded_key(" ".join(texts))
    found = [kind for kind, pattern in _SAID if pattern.search(said)]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class RowContent:
    """The kind of organisation and its facts."""

    kind: str
    facts: list[FactRow]


@dataclass(slots=True)
class RowFacts:
    """Reads the wanted parts of a row; `on` is the day the list speaks of."""

    on: date
    source: str
    wants_register: bool = False
    wants_report: bool = False
    wants_rating: bool = False
    scheme: Scheme | None = None
    state_of_line: Callable[[], str | None] = lambda: None  # what a title or group says of the line
    _is_estimate: bool = field(default=False, init=False)
    _said_kind: OrganizationKind | None = field(default=None, init=False)
    _doubtful_title: str = field(default="", init=False)
    _is_list_of_htx: bool = field(default=False, init=False)

    def start(self, reader: CellReader, context: Context) -> None:
        """Look at what concerns the whole table."""
        by_heading, by_title = kinds_said(reader.table)
        self._said_kind = by_heading
        by_sheet = _only([reader.table.sheet])
        self._is_list_of_htx = OrganizationKind.COOPERATIVE in (by_title, by_sheet)
        contradicted = by_title is not None and by_title != (by_heading or OrganizationKind.COOPERATIVE)
        self._doubtful_title = (
            "tiêu đề bảng nói về loại hình khác với cột tên, dòng không ghi rõ" if contradicted else ""
        )
        self._is_estimate = is_estimate(reader)
        if self.scheme is None:
            self.scheme = scheme_of(reader.table.texts, context)

    def read(self, reader: CellReader, context: Context, candidate: Candidate, commune: Found) -> RowContent:
        """The facts of the line the reader stands on."""
        kind = self._kind(reader, context, candidate.name)
        founded = self._founded(reader)
        state = reader.code("operating_state", context.words["operating_state"], "tình trạng")
        facts: list[FactRow] = []
        if self.wants_register:
            facts.append((OrganizationDetail, "", self._detail(reader, context, candidate, commune, (kind, founded))))
            facts += self._states(reader, context, state)
        if self.wants_report:
            facts += self._report(reader, context)
        if self.wants_rating:
            facts += self._rating(reader, context, founded.first if founded else None, state)
        facts += unread_facts(reader, self._kept(), on=self.on, year=context.year, source=self.source)
        return RowContent(kind, facts)

    def _kept(self) -> set[str]:
        """The columns whose values this kind of file keeps."""
        kept = {*DETAIL, *STATES} if self.wants_register else set()
        return kept | (REPORT if self.wants_report else set()) | (set(RATING) if self.wants_rating else set())

    def _kind(self, reader: CellReader, context: Context, name: str) -> str:
        by_name = _KINDS.get(short_name(name).split(" ")[0])
        is_named = by_name is not None or short_name(name).startswith("htx")
        decides = Unanswered.FIELD if is_named or not self.wants_register else Unanswered.ROWS
        given = reader.code("kind", context.words["kind"], "loại hình", decides)
        if by_name is OrganizationKind.CREDIT_FUND:
            return by_name
        doubt = self._doubt_of_kind(name, given, by_name) if self.wants_register else ""
        if doubt:
            remedy = "Ghi đúng loại hình hoặc đủ tên tổ chức; nếu không phải HTX, LHHTX, THT, QTDND thì xóa dòng"
            reader.stop("name", Problem("kind.doubtful", doubt, remedy))
        is_open = "kind" in reader.unread and not is_named  # its own word says something that nobody knows yet
        said = given or by_name or (None if is_open else self._said_kind)
        if said or doubt or not self.wants_register or is_named or (self._is_list_of_htx and not is_open):
            return said or OrganizationKind.COOPERATIVE
        return asked_kind(reader, name, context.words["kind"]) or OrganizationKind.COOPERATIVE  # else the line is out

    def _founded(self, reader: CellReader) -> PlainDate | None:
        """The founding day; none where no organisation can have begun then (1/1/1900 is Excel's empty day)."""
        founded = reader.date("founded")
        if founded is None or FIRST_YEAR <= founded.first.year <= self.on.year + 1:
            return founded
        what = f'ngày thành lập "{reader.written("founded")[:40]}" không thể đúng nên để trống'
        reader.remark("founded", Problem("founded.implausible", what, "Sửa theo giấy chứng nhận đăng ký rồi nạp lại"))
        return None

    def _doubt_of_kind(self, name: str, given: str | None, by_name: str | None) -> str:
        """Why the kind of an organisation cannot be told, empty where it can."""
        if _OTHER_FORMS.match(fold(name)):
            return f'"{name[:60]}" là tên một loại hình khác, không phải tổ chức kinh tế tập thể'
        if given and by_name and given != by_name:
            return f'"{name[:60]}" có tên khác với loại hình đã ghi'
        has_own = given or by_name or short_name(name).startswith("htx")
        return self._doubtful_title if self._doubtful_title and not has_own else ""

    def _detail(
        self,
        reader: CellReader,
        context: Context,
        candidate: Candidate,
        commune: Found,
        known: tuple[str, PlainDate | None],
    ) -> Content:
        kind, founded = known
        if founded is not None and founded.first > self.on:
            what = "ngày thành lập sau ngày của danh sách"
            reader.remark("founded", Problem("founded.later", what, "Kiểm tra lại ngày; dòng vẫn được giữ"))
        return {
            "tax_code": candidate.tax_code,
            "legacy_number": candidate.legacy_number,
            "kind": str(kind),
            "name": candidate.name[:LONGEST_NAME],
            "sector": reader.code("sector", context.words["sector"], "lĩnh vực") or _sector_of_group(reader, context),
            "vsic_code": reader.text("vsic_code") or None,
            "place": context.place.slug,
            "commune_code": commune.code,
            "commune_since": commune.since,
            "commune_name": commune.name,
            "district_name": commune.district,
            "founded_on": founded.first if founded else None,
            "is_law_compliant": reader.yes_no("law_compliant"),
            "union_name": reader.text("union_name") or None,
            "source": self.source,
            "known_on": context.load_date,
        }

    def _states(self, reader: CellReader, context: Context, state: str | None) -> list[FactRow]:
        legal = reader.code("legal_status", context.words["legal_status"], "tình trạng pháp lý")
        listed = LISTED if any(name in reader.unread for name in STATES) else None
        ended = self._ended_on(reader, state)
        state = state or (OperatingState.DISSOLVED if ended else self.state_of_line())
        said = (
            ("operating_state", state, ended or self.on),
            ("legal_status", legal, self.on),
            (LISTED, listed, self.on),
        )
        return [
            (OrganizationState, f"/{name}/{on}", {"field": name, "state": value, "on": on, "source": self.source})
            for name, value, day in said
            if value is not None
            for on in [self._day(reader, f"{name}_on") or day]
        ]

    def _ended_on(self, reader: CellReader, state: str | None) -> date | None:
        """The day on which the organisation was dissolved, as the line says; a state that contradicts it stops."""
        day = reader.date("dissolved_on") if reader.has("dissolved_on") else None
        if day is None:
            return None
        if state not in (None, OperatingState.DISSOLVED):
            what = "dòng ghi ngày giải thể nhưng tình trạng không phải là đã giải thể"
            reader.stop("dissolved_on", Problem("state.contradiction", what, "Sửa tình trạng, hoặc xóa ngày giải thể"))
        if day.first > self.on:
            what = f"ngày giải thể sau ngày của danh sách ({day_text(self.on)})"
            reader.stop("dissolved_on", Problem("state.later", what, "Sửa ngày giải thể, hoặc chọn đúng năm"))
        return min(day.last, self.on)

    @staticmethod
    def _day(reader: CellReader, column: str) -> date | None:
        """The day that the row itself gives for a state; None where it gives none."""
        day = reader.date(column) if reader.has(column) else None
        if day is not None and day.day is None:
            what = "ngày của tình trạng không đủ ngày, tháng, năm"
            reader.stop(column, Problem("state.day", what, "Ghi đủ ngày/tháng/năm, hoặc để trống"))
        return day.first if day is not None else None

    def _report(self, reader: CellReader, context: Context) -> list[FactRow]:
        year = _year(reader, "report_year", context)
        facts: list[FactRow] = []
        if report := report_fields(reader, context):
            kind = "estimate" if self._is_estimate else "actual"
            report |= {"year": year, "value_kind": kind, "source": self.source}
            facts.append((YearReport, f"/{year}", report))
        if person := director(reader, context):
            facts.append((OrganizationPerson, f"/director/{year}", person | {"role": "director", "year": year}))
        if name := reader.text("representative_name"):
            said = {"role": "legal_representative", "year": year, "name": name}
            facts.append((OrganizationPerson, f"/legal_representative/{year}", said))
        return facts

    def _rating(self, reader: CellReader, context: Context, founded: date | None, state: str | None) -> list[FactRow]:
        assert self.scheme is not None  # noqa: S101 (set by start)
        named = reader.text("rating_scheme") if reader.has("rating_scheme") else ""
        scheme = scheme_of([named], context) if named else self.scheme
        rating = rating_fields(reader, context, scheme, founded=founded, state=state)
        if not rating:
            return []
        code, year = scheme.scheme.code, _year(reader, "rating_year", context)
        rating |= {"scheme": code, "year": year, "source": self.source}
        return [(Rating, f"/{code}/{year}", rating)]


def _year(reader: CellReader, column: str, context: Context) -> int:
    """The year that the row names for a value, else that of the load."""
    return (reader.count(column) if reader.has(column) else None) or context.year


def _sector_of_group(reader: CellReader, context: Context) -> str | None:
    """The sector that a group above the line names; a row's own cell counts first, also where nobody knows its word."""
    return None if reader.text("sector") else context.words["sector"].find(reader.line.sector)
