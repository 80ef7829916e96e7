"""Lists of the offices that a collective name of a programme means in one place: one office a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from etl.facts.rows.places import slug_of
from etl.importers.draft import Content, Context, Draft
from etl.parsing.parsed import Problem
from etl.parsing.text import folded_key
from etl.tables.cells import CellReader, each_line
from etl.tables.tables import Table
from models.places.agency import GROUP, Agency, GroupMember
from models.places.place import COUNTRY

REQUIRED = ("place", "group", "name")


def read(tables: Sequence[Table], context: Context) -> Draft:
    """One member a row; a row of an unknown place or of a name that is no collective one stops."""
    agencies = list(context.session.scalars(select(Agency).order_by(col(Agency.code))))
    groups = {
        folded_key(name): agency.code
        for agency in agencies
        if agency.kind == GROUP
        for name in (agency.name, agency.short_name, agency.code)
    }
    offices = {
        folded_key(name): agency.code
        for agency in agencies
        if agency.kind != GROUP
        for name in (agency.name, agency.short_name)
    }
    rows: dict[str, Content] = {}
    for table in tables:
        reader = CellReader(table, context.findings)
        each_line(reader, lambda reader=reader: _member(reader, context, groups, offices, rows))  # type: ignore[misc]
    return Draft(facts={GroupMember: list(rows.values())})


def _member(
    reader: CellReader,
    context: Context,
    groups: Mapping[str, str],
    offices: Mapping[str, str],
    rows: dict[str, Content],
) -> None:
    place, name = _place(reader, context), reader.text("name")
    group = groups.get(folded_key(reader.text("group")))
    if group is None:
        what = f'"{reader.text("group")}" không phải tên chung của nhiều cơ quan'
        remedy = "Ghi tên chung như trong văn bản: UBND cấp xã; Các sở, ban, ngành"
        reader.stop("group", Problem("member.group", what, remedy))
    if not name:
        reader.stop("name", Problem("member.name", "thiếu tên đơn vị", "Ghi tên đơn vị"))
    first, last = _day(reader, "valid_from"), _day(reader, "valid_to")
    if first and last and last < first:
        reader.stop("valid_to", Problem("member.days", "ngày cuối trước ngày đầu", "Sửa một trong hai ngày"))
    if reader.is_stopped:
        return
    code = offices.get(folded_key(name)) or slug_of(name)
    key = f"{place}/{group}/{code}"
    if key in rows:
        reader.stop("name", Problem("row.repeated", f'"{name}" đã có ở dòng trên', "Giữ một dòng"))
        return
    days = {"valid_from": first, "valid_to": last, "legal_basis": reader.text("legal_basis")}
    rows[key] = {"key": key, "place": place, "group_code": group, "code": code, "name": name, **days}


def _place(reader: CellReader, context: Context) -> str:
    """The place of a row by code or full name; a name that two places bore needs its end or its code."""
    told = reader.text("place")
    found = [
        place
        for place in context.places.values()
        if told and (told == place.slug or folded_key(told) in (folded_key(place.full_name), folded_key(place.name)))
    ]
    exact = [place for place in found if told in (place.slug, place.full_name)] or found
    if len(exact) != 1:
        names = "; ".join(f"{place.full_name}: {place.slug}" for place in exact)
        what = f'"{told}" là nhiều địa bàn' if exact else f'không có địa bàn "{told}"'
        reader.stop("place", Problem("member.place", what, f"Ghi mã: {names}" if exact else "Ghi tên hoặc mã tỉnh"))
        return ""
    slug = exact[0].slug
    if context.place.slug not in (COUNTRY, slug) and slug not in context.place.predecessors:
        what = f"dòng này của {exact[0].full_name}, lượt nạp chọn {context.place.full_name}"
        reader.stop("place", Problem("member.other_place", what, "Chọn đúng địa bàn, hoặc để ngoài dòng này"))
    return slug


def _day(reader: CellReader, name: str) -> date | None:
    found = reader.date(name)
    if found is not None and (found.month is None or found.day is None):
        reader.stop(name, Problem("member.day", "ngày không đủ ngày, tháng, năm", "Ghi đủ ngày/tháng/năm"))
    return found.first if found else None
