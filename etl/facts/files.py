"""Reads the two kinds of reviewed files, CSV and YAML, into checked objects that know their line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from etl.facts.shape import LineOf, Located, validate
from etl.facts.yaml_lines import Document, YamlError, read_yaml
from etl.parsing.issues import Issue

ShapeT = TypeVar("ShapeT", bound=BaseModel)
_RAGGED = "Thêm hoặc bớt dấu phẩy; ô có dấu phẩy phải đặt trong ngoặc kép"
_UNREADABLE = "Sửa thụt dòng, dấu hai chấm hoặc dấu ngoặc; mỗi khóa chỉ ghi một lần"


class FolderReader:
    """Reads files of one folder, collecting issues and the bytes that the checksum is taken over."""

    def __init__(self, folder: Path, issues: list[Issue]) -> None:
        self.folder = folder
        self.issues = issues
        self.content: dict[str, bytes] = {}

    def checksum(self) -> str:
        """Give one checksum over the names and bytes of all files read so far."""
        digest = hashlib.sha256()
        for name in sorted(self.content):
            digest.update(f"{name}\0{len(self.content[name])}\0".encode() + self.content[name])
        return digest.hexdigest()

    def text(self, name: str) -> str | None:
        """Read a file as UTF-8, with or without a byte order mark."""
        try:
            self.content[name] = (self.folder / name).read_bytes()
            return self.content[name].decode("utf-8-sig")
        except FileNotFoundError:
            self.issues.append(Issue(name, 1, "không có tệp này", "Đặt tệp vào thư mục dữ liệu (DATA_DIR)"))
        except UnicodeDecodeError as error:
            line = self.content[name][: error.start].count(b"\n") + 1
            self.issues.append(Issue(name, line, "tệp không phải UTF-8", "Lưu lại tệp với bảng mã UTF-8"))
        return None

    def csv_rows(self, name: str, model: type[ShapeT]) -> list[Located[ShapeT]]:
        """Read the checked rows of a table; a bad row is left out, a bad header leaves out all."""
        text = self.text(name)
        if text is None:
            return []
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            return self._csv_rows(name, model, reader)
        except csv.Error:
            self.issues.append(Issue(name, reader.line_num, "dấu ngoặc kép không khớp", "Sửa dấu ngoặc kép của dòng"))
            return []

    def _csv_rows(self, name: str, model: type[ShapeT], reader: Any) -> list[Located[ShapeT]]:
        header: list[str] = next(reader, [])
        if not self._is_header(name, header, list(model.model_fields)):
            return []
        rows: list[Located[ShapeT]] = []
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(header):
                what = f"dòng có {len(cells)} ô, bảng có {len(header)} cột"
                self.issues.append(Issue(name, line, what, _RAGGED))
            else:
                content = {column: cell for column, cell in zip(header, cells, strict=True) if cell.strip()}
                row = validate(model, content, file=name, line_of=_always(line), issues=self.issues)
                rows += [row] if row is not None else []
            line = reader.line_num + 1
        return rows

    def _is_header(self, name: str, header: Sequence[str], expected: Sequence[str]) -> bool:
        missing = [column for column in expected if column not in header]
        surplus = [column for column in header if column not in expected]
        repeated = sorted({column for column in header if list(header).count(column) > 1})
        for what, columns in (("thiếu cột", missing), ("thừa cột", surplus), ("lặp cột", repeated)):
            if columns:
                remedy = "Dòng đầu phải có đúng các cột: " + ",".join(expected)
                self.issues.append(Issue(name, 1, f"{what} {', '.join(columns)}", remedy))
        return not (missing or surplus or repeated)

    def document(self, name: str, keys: Sequence[str]) -> Document | None:
        """A YAML mapping with exactly these keys at the top."""
        text = self.text(name)
        if text is None:
            return None
        try:
            document = read_yaml(text)
        except YamlError as error:
            self.issues.append(Issue(name, error.line, f"không đọc được YAML ({error})", _UNREADABLE))
            return None
        found = list(document.content) if isinstance(document.content, dict) else []
        for key in (key for key in keys if key not in found):
            self.issues.append(Issue(name, 1, f'thiếu mục "{key}"', f'Thêm mục "{key}"'))
        for key in (key for key in found if key not in keys):
            line = document.line((key,))
            self.issues.append(Issue(name, line, f'mục "{key}" không có trong mẫu', "Xóa hoặc sửa tên mục"))
        return document if all(key in found for key in keys) else None

    def items(self, name: str, document: Document, path: tuple[str, ...], model: type[ShapeT]) -> list[Located[ShapeT]]:
        """The checked items of a list; a bad item is left out."""
        content = document.content
        for key in path:
            content = content.get(key) if isinstance(content, dict) else None
        if not isinstance(content, list):
            what = f'"{path[-1]}" phải là danh sách'
            self.issues.append(Issue(name, document.line(path), what, "Ghi [] nếu không có"))
            return []
        rows = []
        for index, item in enumerate(content):
            row = self.item(name, document, (*path, index), item, model)
            rows += [row] if row is not None else []
        return rows

    def item(
        self, name: str, document: Document, path: tuple[str | int, ...], content: Any, model: type[ShapeT]
    ) -> Located[ShapeT] | None:
        """One checked mapping."""
        return validate(
            model, content, file=name, line_of=lambda inner: document.line((*path, *inner)), issues=self.issues
        )

    def lists(self, name: str, models: dict[str, type[Any]]) -> list[list[Any]]:
        """A file that holds nothing but lists."""
        document = self.document(name, list(models))
        if document is None:
            return [[] for _ in models]
        return [self.items(name, document, (key,), model) for key, model in models.items()]


def _always(line: int) -> LineOf:
    return lambda _path: line
