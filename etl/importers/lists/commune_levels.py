"""Provinces and districts that stand as rows above their communes, or once for the rows below, in commune lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.tables.cells import CellReader
from models.base.text import fold

_COMMUNE = re.compile(r"(?:xa|phuong|thi tran|dac khu)\b")
_DISTRICT = re.compile(r"(?:huyen|quan|thi xa|thanh pho)\b")
_PROVINCE = re.compile(r"(?:tinh|thanh pho)\b")
_SPARSE = 0.5  # of the lines name no province: a blank means the one above
_LONGEST_CODE = 2  # of a province


@dataclass(slots=True)
class LevelsAbove:
    """What the lines above say of province and district; `is_sparse`: most lines leave them blank."""

    has_rows: bool
    has_districts: bool
    is_sparse: bool
    province: str = ""
    code: str = ""
    district: str = ""

    @classmethod
    def of(cls, reader: CellReader) -> LevelsAbove:
        """Look through the lines of a table once."""
        has_rows = not (reader.has("province") or reader.has("province_code"))
        blank = districts = count = 0
        for line in reader.table.lines:
            reader.line = line
            name = fold(reader.text("name"))
            districts += has_rows and _is_district(reader, name)
            is_commune = bool(name) and bool(reader.text("code"))
            count += is_commune
            blank += is_commune and not (reader.text("province") or reader.text("province_code"))
        return cls(has_rows, districts > 0, not has_rows and 0 < blank < count and blank > _SPARSE * count)

    def take(self, reader: CellReader) -> bool:
        """Whether the line is of a province or district whose communes follow."""
        name, code = reader.text("name"), reader.text("code")
        if not self.has_rows or _COMMUNE.match(fold(name)):
            return False
        if _PROVINCE.match(fold(name)) and len(code) <= _LONGEST_CODE:
            self.province, self.code, self.district = name, code, ""
            return True
        if _is_district(reader, fold(name)):
            self.district = name
            return True
        return False

    def of_line(self, reader: CellReader) -> tuple[str, str, str]:
        """Name and code of the province and the name of the district that the line's commune lies in."""
        province, code, district = reader.text("province"), reader.text("province_code"), reader.text("district")
        if self.has_rows:
            return self.province, self.code, self.district
        if self.is_sparse and not (province or code):
            self.district = district or self.district
            return self.province, self.code, self.district
        self.province, self.code, self.district = province, code, district
        return province, code, district


def has_levels(reader: CellReader) -> bool:
    """Whether rows of provinces stand above those of their communes."""
    for line in reader.table.lines:
        reader.line = line
        if _PROVINCE.match(fold(reader.text("name"))) and len(reader.text("code")) <= _LONGEST_CODE:
            return True
    return False


def _is_district(reader: CellReader, name: str) -> bool:
    return _DISTRICT.match(name) is not None and len(reader.text("code")) > _LONGEST_CODE
