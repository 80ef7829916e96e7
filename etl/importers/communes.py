"""Commune tables of both shapes: today's communes, and how each former one went over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel, col

from etl.facts.reference import Writing
from etl.importers.draft import Content, Context, Draft
from etl.importers.lists.commune_levels import LevelsAbove, has_levels
from etl.parsing.parsed import Problem
from etl.parsing.text import name_key
from etl.tables.cells import CellReader, each_line
from etl.tables.findings import Severity
from etl.tables.tables import Table
from models.base.day_text import day_text
from models.base.facts import Changes
from models.base.source import ReferenceChange
from models.base.text import fold
from models.places.commune import Commune, CommuneSuccession
from models.targets.reading import PlaceView

MERGER = date(2025, 7, 1)
SINCE_ALWAYS = date.min
SHOWN = 3
_CODE = re.compile(r"[0-9]{1,5}")
_NAME = re.compile(r"[^\W\d_]")  # a name begins with a letter; "12 xã" is a count
WHOLE = ("nhap toan bo", "giu nguyen", "doi loai hinh", "doi ten")
_CODE_AT_END = re.compile(r"\s*\(([0-9]+)\)\s*$")
_KIND = re.compile(r"^(?:tinh|thanh pho|tp\.?) ")
_KINDS = re.compile(r"(?:xa|phuong|thi tran|dac khu)\b")
_HIGHER = re.compile(r"(?:tinh|thanh pho|huyen|quan|thi xa|cap tinh|cap huyen)\b")  # levels above a commune's
REQUIRED = ()
NEW_SHAPE = ("code", "name")
DISTRICTS = ("district", "district_code")
PROVINCES = ("province_code", "province")
OLD_SHAPE = ("old_code", "old_name", "old_province", "new_code", "new_name", "new_province_code")

NEW_COLUMNS = '"Mã xã" (hoặc "Mã PX"), "Tên xã" (hoặc "Phường Xã"), "Mã tỉnh" (hoặc "Mã TP", "Tỉnh Thành Phố")'
OLD_COLUMNS = '"Mã xã cũ", "Tên xã cũ", "Tỉnh cũ", "Mã xã mới", "Tên xã mới", "Mã tỉnh mới"'
COLUMNS = f"danh mục xã cần các cột {NEW_COLUMNS}; bảng chuyển đổi cần {OLD_COLUMNS}"


def read(tables: Sequence[Table], context: Context) -> Draft:
    """Communes and successions; a row of an unknown province stops.

    The list of the statistics office names districts up to 30/6/2025 and none since.
    """
    draft, named = Draft(), _Named()
    for table in tables:
        reader = CellReader(table, context.findings)
        if all(reader.has(name) for name in OLD_SHAPE):
            each_line(reader, lambda reader=reader: _conversion(reader, context, draft, named))  # type: ignore[misc]
        elif all(reader.has(name) for name in NEW_SHAPE) and (
            any(reader.has(name) for name in PROVINCES) or has_levels(reader)
        ):
            _read_list(reader, context, draft, named)
        else:
            what = "bảng không có đủ cột của danh mục xã"
            context.findings.stop_file("communes.shape", what, f"{COLUMNS[0].upper()}{COLUMNS[1:]}", sheet=table.sheet)
    draft.communes = list({(row["code"], row["valid_from"]): row for row in draft.communes}.values())
    draft.successions = list({(row["old_code"], row["new_code"]): row for row in draft.successions}.values())
    return draft


class _Named:
    """The names and codes of a file: one code bears one name on a day."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, date], tuple[str, str]] = {}

    def row(self, reader: CellReader, columns: tuple[str, str], place: str, day: date) -> Content:
        """A commune as a table row; the reader's row stops where code or name cannot be.

        A code of two names stops the file: which of the rows is right cannot be told.
        """
        code, name = _code(reader, columns[0]), _with_kind(reader, columns[1])
        if not _NAME.match(name):
            what = f'"{name[:60]}" không phải tên xã, phường' if name else "thiếu tên xã, phường"
            reader.stop(columns[1], Problem("communes.name", what, "Ghi tên xã, phường, hoặc xóa dòng thừa"))
        where = f'trang "{reader.table.sheet}", ô {reader.where(columns[1])}'
        first, cell = self._first.setdefault((code, day), (name, where))
        if name_key(first) != name_key(name):
            what = f'mã {code} đã có tên "{first}" ở {cell}, dòng này ghi "{name[:60]}"'
            problem = Problem("communes.two_names", what, "Sửa mã hoặc tên của một trong hai dòng")
            sheet, cell = reader.table.sheet, reader.where(columns[0])
            reader.findings.add(Severity.STOPS_FILE, problem, sheet=sheet, cell=cell, value=code)
        return _row(code, name, place, day)


def _read_list(reader: CellReader, context: Context, draft: Draft, named: _Named) -> None:
    """A list of communes; rows of districts and provinces are passed over, and told once."""
    passed: list[int] = []
    above = LevelsAbove.of(reader)
    is_former = (above.has_districts or any(map(reader.has, DISTRICTS))) and not reader.has("valid_from")

    def line() -> None:
        if above.take(reader) or _is_higher(reader):
            passed.append(reader.line.number)
        else:
            _commune(reader, context, draft, named, above, is_former=is_former)

    each_line(reader, line)
    findings, sheet = context.findings, reader.table.sheet
    if passed:
        shown = ", ".join(map(str, passed[:SHOWN])) + (", …" if len(passed) > SHOWN else "")
        what = f"{len(passed)} dòng là tỉnh, huyện hoặc huyện không chia xã nên bỏ qua (dòng {shown})"
        findings.remark("communes.higher", what, "Không cần làm gì nếu đúng", sheet=sheet)
    if is_former:
        what = "danh mục có cấp huyện nên được hiểu là xã theo ranh giới đến 30/6/2025"
        findings.remark("communes.former", what, "Danh mục hai cấp từ 01/7/2025 không có cột huyện", sheet=sheet)


def _is_higher(reader: CellReader) -> bool:
    """Whether the line is of a province or district: by its level, or a district that names no commune."""
    level = fold(reader.text("level"))
    names_none = not reader.text("code") and not reader.text("name")
    return _HIGHER.match(level) is not None or (names_none and any(map(reader.text, (*DISTRICTS, *PROVINCES))))


def _commune(
    reader: CellReader, context: Context, draft: Draft, named: _Named, above: LevelsAbove, *, is_former: bool
) -> None:
    start, last = reader.date("valid_from"), MERGER - timedelta(days=1)
    since = SINCE_ALWAYS if is_former else MERGER
    day = start.first if start else since
    on = last if is_former else day
    province, number, district = above.of_line(reader)
    place = _place(reader, context, "province_code", province, number, on)
    row = named.row(reader, ("code", "name"), place or "", day)
    if is_former:
        row |= {"valid_to": last, "district_name": _CODE_AT_END.sub("", district) or None}
    if place is not None and not reader.is_stopped:
        draft.communes.append(row)


def _conversion(reader: CellReader, context: Context, draft: Draft, named: _Named) -> None:
    old_name = reader.text("old_province")
    old_code = _CODE_AT_END.search(old_name)
    last = MERGER - timedelta(days=1)
    old_number = old_code[1] if old_code else ""
    old = _place(reader, context, "old_province", _CODE_AT_END.sub("", old_name), old_number, last)
    new_number = reader.text("new_province_code")
    new = _place(reader, context, "new_province_code", reader.text("new_province"), new_number, MERGER)
    district = _CODE_AT_END.sub("", reader.text("old_district")) or None
    former = named.row(reader, ("old_code", "old_name"), old or "", SINCE_ALWAYS)
    today = named.row(reader, ("new_code", "new_name"), new or "", MERGER)
    if old is None or new is None or reader.is_stopped:
        return
    draft.communes.append(former | {"valid_to": last, "district_name": district})
    draft.communes.append(today)
    remark = reader.text("remark")
    link = {"old_code": former["code"], "new_code": today["code"], "remark": remark}
    draft.successions.append(link | {"is_whole": fold(remark) in WHOLE})


def _with_kind(reader: CellReader, column: str) -> str:
    """The name of a commune with its kind, which lists may write in a column of its own ("Cấp")."""
    name, level = reader.text(column), reader.text("level")
    is_bare = bool(name) and _KINDS.match(fold(name)) is None and _KINDS.fullmatch(fold(level)) is not None
    return f"{level} {name}" if is_bare else name


def _code(reader: CellReader, name: str) -> str:
    """The code with its leading zeros, which a number loses; anything but up to five digits stops the row."""
    text = reader.text(name)
    if not _CODE.fullmatch(text):
        what = f'"{text[:60]}" không phải mã xã' if text else "thiếu mã xã"
        reader.stop(name, Problem("communes.code", what, "Mã xã gồm năm chữ số; xem lại cột mã và cột tên"))
    return text.zfill(5)


def _row(code: str, name: str, place: str, start: date) -> Content:
    return {
        "code": code,
        "valid_from": start,
        "valid_to": None,
        "name": name,
        "name_norm": fold(name),
        "district_name": None,
        "place": place,
    }


def _place(reader: CellReader, context: Context, column: str, name: str, code: str, day: date) -> str | None:
    """The province that bore this code and name on that day; a code alone means nothing without a date."""
    bare = name_key(_KIND.sub("", fold(name))) if name else ""
    for place in context.places.values():
        is_coded = place.code == code.zfill(2) if code else bool(bare) and place.level == "province"
        if is_coded and _holds(place, day) and (not bare or name_key(fold(place.name)) == bare):
            return place.slug
    what = f'không có tỉnh "{name or code}"{f" mã {code}" if code else ""} vào ngày {day_text(day)}'
    if not name and not code:
        what = "thiếu tỉnh của xã"
    reader.stop(
        column if reader.has(column) else "province",
        Problem("communes.unknown_province", what, "Sửa mã hoặc tên tỉnh của dòng này"),
    )
    return None


def _holds(place: PlaceView, day: date) -> bool:
    return (place.valid_from is None or place.valid_from <= day) and (place.valid_to is None or day <= place.valid_to)


def write(writing: Writing, draft: Draft) -> dict[str, Changes]:
    """Add communes and successions; a changed row keeps what it said before."""
    return {
        "commune": _merge(writing, Commune, draft.communes, ("code", "valid_from")),
        "commune_succession": _merge(writing, CommuneSuccession, draft.successions, ("old_code", "new_code")),
    }


def _merge(writing: Writing, model: type[SQLModel], rows: Iterable[Content], keys: tuple[str, ...]) -> Changes:
    present = {tuple(getattr(row, key) for key in keys): row for row in writing.session.scalars(select(model))}
    counts = {"added": 0, "changed": 0, "untouched": 0}
    for content in rows:
        old: Any = present.get(tuple(content[key] for key in keys))
        if old is None:
            writing.session.add(model(**content, run_id=writing.run_id))
            counts["added"] += 1
        elif all(getattr(old, name) == value for name, value in content.items()):
            counts["untouched"] += 1
        else:
            _keep(writing, old, "/".join(str(content[key]) for key in keys))
            for name, value in content.items():
                setattr(old, name, value)
            counts["changed"] += 1
    writing.session.flush()
    return Changes(**counts)


def _keep(writing: Writing, row: SQLModel, key: str) -> None:
    before = row.model_dump(mode="json")
    change = ReferenceChange(
        table_name=str(row.__tablename__), row_key=key, before=before, changed_at=writing.now, run_id=writing.run_id
    )
    writing.session.add(change)


def in_use(writing: Writing, run_id: int) -> bool:
    """Whether an organisation names a commune that this run brought."""
    from models.register.organization import OrganizationDetail

    brought = select(col(Commune.code)).where(col(Commune.run_id) == run_id)
    statement = select(col(OrganizationDetail.id)).where(
        col(OrganizationDetail.commune_code).in_(brought), col(OrganizationDetail.superseded_at).is_(None)
    )
    return writing.session.scalars(statement.limit(1)).first() is not None
