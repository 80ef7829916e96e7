"""Commune names become codes of the area as it was in that year; unknown spellings wait for the officer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlmodel import col

from etl.importers.draft import Content, Context
from etl.importers.place_of_year import names_of_area
from etl.parsing.commune_names import spelled_commune
from etl.parsing.parsed import Problem
from etl.parsing.text import folded_key, name_key, nearest
from etl.questions.question import (
    MOST_PROPOSALS,
    SKIP,
    ImportQuestion,
    ProposedAnswer,
    QuestionKind,
    Unanswered,
)
from etl.tables.cells import CellReader
from models.places.commune import Commune, CommuneSuccession, SpellingDecision

_OWN_COLUMNS = ("commune", "old_commune")
_KINDS = ("xã ", "phường ", "thị trấn ", "đặc khu ")


@dataclass(frozen=True, slots=True)
class Found:
    """A commune as stored: its code where known, else the text alone."""

    code: str | None
    name: str | None
    district: str | None
    since: date | None = None


class Communes:
    """Looks communes up for one place and day; without tables names are kept as text with one remark."""

    def __init__(self, context: Context, on: date) -> None:
        self._context = context
        self._on = on
        self._rows = self._read(context.place.slug, on)
        self._by_name: dict[str, list[Commune]] = defaultdict(list)
        for row in self._rows:
            for key in {
                name_key(row.name),
                name_key(_bare(row.name)),
                folded_key(row.name),
                folded_key(_bare(row.name)),
            }:
                self._by_name[key].append(row)
        self._decided = self._read_decisions()
        self._cache: dict[tuple[str, str], Found | Problem] = {}
        self._has_said_nothing = False
        self._former_by_name: dict[str, list[Commune]] | None = None
        self._districts: set[str] | None = None
        self._links: dict[str, Sequence[CommuneSuccession]] = {}
        self._names = names_of_area(context.place, context.places)
        self._choices = {row.code: f"{row.name}{_in_district(row)}" for row in self._rows}
        self.new_decisions: list[Content] = []

    def _read(self, place: str, on: date) -> Sequence[Commune]:
        open_end = col(Commune.valid_to).is_(None) | (col(Commune.valid_to) >= on)
        statement = select(Commune).where(col(Commune.place) == place, col(Commune.valid_from) <= on, open_end)
        return self._context.session.scalars(statement).all()

    def _read_decisions(self) -> dict[str, str]:
        kept = select(SpellingDecision).where(
            col(SpellingDecision.kind) == "commune", col(SpellingDecision.place) == self._context.place.slug
        )
        decided = {row.spelling: row.code for row in self._context.session.scalars(kept)}
        return decided | {name_key(text): code for text, code in self._context.decisions.communes}

    def find(self, reader: CellReader, name: str, district: str, column: str = "commune") -> Found:
        """The commune of a line; a spelling nobody knows is asked once, with the nearest names proposed.

        Without an answer it stops a line that only its name and commune tell apart; a line with a code keeps the text,
        as does what is read out of an address or given by a group, with a remark.
        """
        if not name:
            return Found(None, None, district or None)
        if not self._rows:
            self._say_no_tables()
            return Found(None, name, district or None)
        key = (name, district)
        if key not in self._cache:
            self._cache[key] = self._look_up(name, district)
        found, spelled = self._cache[key], f"{name}, {district}" if district else name
        if isinstance(found, Problem):
            return self._asked(reader, column, found, (name, district))
        self._context.questions.took(QuestionKind.COMMUNE, "commune", spelled, found.name or spelled)
        return found

    def known(self, name: str, district: str) -> Found | None:
        """The commune of words kept from an earlier list, by the tables and by what was answered; None while open."""
        spelled = f"{name}, {district}" if district else name
        code = self._context.questions.answer(QuestionKind.COMMUNE, "commune", spelled, among=self._choices)
        if code is not None:
            return next((_found(row, district) for row in self._rows if row.code == code), None)
        found = self._look_up(name, district) if self._rows else None
        return found if isinstance(found, Found) else None

    def is_district(self, name: str) -> bool:
        """Whether a bare name is that of a district in today's or former tables."""
        if self._districts is None:
            places = [self._context.place.slug, *self._context.place.predecessors]
            statement = select(col(Commune.district_name)).where(col(Commune.place).in_(places)).distinct()
            told = [row for row in self._context.session.scalars(statement) if row]
            self._districts = {name_key(_bare_district(row)) for row in told}
        return name_key(_bare_district(name)) in self._districts

    def _asked(self, reader: CellReader, column: str, problem: Problem, said: tuple[str, str]) -> Found:
        """The commune that somebody answered; left unknown it stays as text."""
        name, district = said
        spelled = f"{name}, {district}" if district else name
        decides = column in _OWN_COLUMNS and reader.has(column) and not reader.text("tax_code")
        question = partial(self._question, spelled, Unanswered.ROWS if decides else Unanswered.FIELD)
        questions, example = self._context.questions, f"dòng {reader.line.number}: {reader.text('name')[:60]}"
        kind, codes = QuestionKind.COMMUNE, self._choices
        code = questions.ask(kind, "commune", spelled, question, example=example, among=codes)
        if code is None:
            (reader.stop if decides else reader.remark)(column, problem)
        elif code != SKIP:
            return _found(next(row for row in self._rows if row.code == code), district)
        return Found(None, name, district or None)

    def _question(self, spelled: str, unanswered: Unanswered) -> ImportQuestion:
        bare = spelled_commune(spelled, "", self._names)[0]
        names = {row.name: row for row in self._rows}
        near = [names[name].code for name in nearest(bare, names, limit=MOST_PROPOSALS, cutoff=0.6)]
        return ImportQuestion(
            kind=QuestionKind.COMMUNE,
            field="commune",
            text=spelled,
            asked=f'"{spelled[:80]}" là xã, phường nào?',
            proposals=tuple(ProposedAnswer(code, self._choices[code], "tên gần giống") for code in near),
            choices=self._choices,
            unanswered=unanswered,
            skip_words="Giữ chữ, chưa rõ xã",
        )

    def hold_old(self, reader: CellReader, new: Found, name: str, district: str) -> None:
        """Stop the line where the commune of before, named beside the new one, went over into others."""
        if new.code is None:
            return
        links = [link for row in self._former_rows(name, district) for link in self._successions(row.code)]
        if links and new.code not in {link.new_code for link in links}:
            known = {row.code: row.name for row in self._rows}
            into = ", ".join(f"{known.get(link.new_code, link.new_code)} (mã {link.new_code})" for link in links)
            what = f'"{name}" đã nhập vào {into}, không phải {new.name} (mã {new.code})'
            reader.stop("old_commune", Problem("commune.contradiction", what, "Sửa xã cũ hoặc xã mới của dòng này"))

    def _say_no_tables(self) -> None:
        if not self._has_said_nothing:
            self._has_said_nothing = True
            what = f"chưa có danh mục xã của {self._context.place.full_name}, tên xã được giữ dạng chữ"
            remedy = "Nạp danh mục xã trước để đối chiếu tên và tính theo ranh giới mới"
            self._context.findings.remark("commune.no_table", what, remedy)

    def _look_up(self, name: str, district: str) -> Found | Problem:
        decided = self._decided.get(name_key(f"{name}, {district}")) or self._decided.get(name_key(name))
        if decided is not None:
            return self._from_decision(decided, name, district)
        written, stated = name, district
        name, district = spelled_commune(name, district, self._names)
        matches = self._by_name.get(name_key(name)) or self._by_name.get(folded_key(name)) or []
        if len(matches) > 1 and district:
            matches = [row for row in matches if _same_district(row.district_name, district)] or matches
        if len(matches) == 1 and (stated or _may_lie_in(matches[0], district)):
            return _found(matches[0], district)
        if len(matches) == 1:  # the cell itself names another district
            return self._unknown(written)
        if matches:
            where = "; ".join(f"{row.name}, {row.district_name} (mã {row.code})" for row in matches)
            remedy = "Ghi thêm cột huyện (--commune CÁCH_VIẾT=MÃ để chọn mã xã cho cách viết này)"
            return Problem("commune.ambiguous", f'"{name}" có ở nhiều nơi: {where}', remedy)
        return self._former(name, district) or self._unknown(name)

    def _from_decision(self, code: str, name: str, district: str) -> Found | Problem:
        row = next((row for row in self._rows if row.code == code), None)
        if row is None:
            remedy = "Chọn một mã trong danh mục xã"
            return Problem("commune.wrong_code", f'mã xã "{code}" đã chọn cho "{name}" không có', remedy)
        spelling = name_key(f"{name}, {district}") if district else name_key(name)
        kept = {"kind": "commune", "place": self._context.place.slug, "spelling": spelling, "code": code}
        self.new_decisions.append(kept)
        return _found(row, district)

    def _former(self, name: str, district: str) -> Found | Problem | None:
        """A commune of before the merger: its successor if it went over wholly, else a question."""
        old = self._former_rows(name, district)
        if len(old) != 1:
            return None
        links = self._successions(old[0].code)
        known = {row.code: row for row in self._rows}
        if len(links) == 1 and links[0].is_whole and links[0].new_code in known:
            return _found(known[links[0].new_code])
        parts = ", ".join(f"{known[x.new_code].name} (mã {x.new_code})" for x in links if x.new_code in known)
        what = f'"{name}" là xã cũ, chỉ nhập một phần vào {parts or "xã mới"}, không thể suy ra từ tên'
        return Problem("commune.partial", what, "Hỏi lại xã mới của tổ chức này rồi ghi tên xã mới")

    def _former_rows(self, name: str, district: str) -> Sequence[Commune]:
        """The communes of before that bore this name."""
        if self._former_by_name is None:
            places = [self._context.place.slug, *self._context.place.predecessors]
            statement = select(Commune).where(col(Commune.place).in_(places), col(Commune.valid_to) < self._on)
            self._former_by_name = defaultdict(list)
            for row in self._context.session.scalars(statement):
                self._former_by_name[name_key(row.name)].append(row)
        found = self._former_by_name.get(name_key(name), [])
        return [row for row in found if not district or _same_district(row.district_name, district)]

    def _successions(self, code: str) -> Sequence[CommuneSuccession]:
        if code not in self._links:
            statement = select(CommuneSuccession).where(col(CommuneSuccession.old_code) == code)
            self._links[code] = self._context.session.scalars(statement).all()
        return self._links[code]

    def _unknown(self, name: str) -> Problem:
        codes = {row.name: row.code for row in self._rows}
        like = nearest(name, codes, limit=3, cutoff=0.6)
        hint = ". Có phải " + " hoặc ".join(f'"{text}" (mã {codes[text]})' for text in like) + "?" if like else ""
        remedy = "Sửa ô này theo danh mục xã (--commune CÁCH_VIẾT=MÃ để ghi nhớ cách viết này)"
        return Problem("commune.unknown", f'"{name}" không có trong danh mục địa bàn{hint}', remedy)


def _found(row: Commune, district: str = "") -> Found:
    return Found(row.code, row.name, row.district_name or district or None, row.valid_from)


def _in_district(row: Commune) -> str:
    return f", {row.district_name}" if row.district_name else ""


def _bare(name: str) -> str:
    low = name.lower()
    return next((name[len(kind) :] for kind in _KINDS if low.startswith(kind)), name)


def _same_district(stored: str | None, given: str) -> bool:
    return stored is not None and name_key(_bare_district(stored)) == name_key(_bare_district(given))


def _may_lie_in(row: Commune, district: str) -> bool:
    return not (row.district_name and district) or _same_district(row.district_name, district)


def _bare_district(name: str) -> str:
    low = name.lower()
    kinds = ("huyện ", "thị xã ", "thành phố ", "quận ", "tp. ", "tp ", "tx. ", "tx ", "h. ")
    return next((name[len(kind) :] for kind in kinds if low.startswith(kind)), name)
