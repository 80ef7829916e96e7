"""The form of a backup: a zip with one file of lines a table, the kept files, and a manifest that vouches for all."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from etl.backup.portable import KINDS, TableSchema
from etl.parsing.issues import LoadError
from models.base.database import NewerDatabaseError, newest_version

FORMAT, FORMAT_VERSION = "cam-ket-backup", 1
MANIFEST = "manifest.json"
BLOCK = 1 << 20
_FILE = re.compile(r"(files|papers)/[0-9a-f]{64}")
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
NOT_ONE = "Tệp này không phải bản sao lưu của chương trình. Chọn tệp khác"
DAMAGED = "Bản sao lưu bị hỏng ở {what}. Lấy bản khác; chưa ghi gì"
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, LookupError, TypeError, AttributeError,
    OverflowError, struct.error,
)  # fmt: skip
NEWER = "Bản sao lưu do phiên bản mới hơn của chương trình tạo ({what}). Cập nhật chương trình rồi chạy lại"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself. `missing` counts kept files that were gone already when it was made."""

    made_at: str
    schema: str
    data_version: int
    tables: dict[TableSchema, tuple[int, str]]
    files: dict[str, str]
    missing: int

    def to_json(self) -> str:
        """The manifest as the archive holds it."""
        tables = [
            {"name": s.name, "columns": s.columns, "key": s.key, "rows": rows, "sha256": digest}
            for s, (rows, digest) in self.tables.items()
        ]
        content: dict[str, Any] = {"format": FORMAT, "format_version": FORMAT_VERSION, "made_at": self.made_at}
        content |= {"schema": self.schema, "data_version": self.data_version, "tables": tables}
        content |= {"files": self.files, "missing_files": self.missing}
        return json.dumps(content, ensure_ascii=False, indent=1)


@contextmanager
def told_as_damaged() -> Iterator[None]:
    """Whatever Python says of a broken archive or of what stands in it becomes LoadError with a sentence."""
    try:
        yield
    except NewerDatabaseError:
        raise
    except BROKEN as error:
        raise LoadError(DAMAGED.format(what="nội dung")) from error


def table_member(shape: TableSchema) -> str:
    """Where the rows of a table lie."""
    return f"tables/{shape.name}.jsonl"


def read_manifest(archive: zipfile.ZipFile, known: list[str]) -> Manifest:
    """Read what an archive says of itself; raises LoadError for a wrong one, or one of a newer program."""
    try:
        read = archive.read(MANIFEST)
        content = json.loads(read)
        if content["format"] != FORMAT:
            raise LoadError(NOT_ONE)
        if content["format_version"] > FORMAT_VERSION:
            raise LoadError(NEWER.format(what=f"dạng {content['format_version']}"))
        manifest = _manifest(read)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise LoadError(NOT_ONE) from error
    if manifest.schema not in known:
        raise LoadError(NEWER.format(what=f"cấu trúc {manifest.schema}, chương trình này biết đến {newest_version()}"))
    return manifest


def check_members(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every member and hold it against the manifest; raises LoadError for any that is missing, more or changed."""
    wanted = {table_member(shape): digest for shape, (_, digest) in manifest.tables.items()} | manifest.files
    found = [info.filename for info in archive.infolist()]
    if odd := set(found) ^ {*wanted, MANIFEST}:
        raise LoadError(DAMAGED.format(what=sorted(odd)[0]))
    if len(found) != len(set(found)):
        raise LoadError(DAMAGED.format(what="danh mục tệp"))
    for name, digest in wanted.items():
        if digest_of(archive, name) != digest or (name.count("/") and _FILE.fullmatch(name) and name[-64:] != digest):
            raise LoadError(DAMAGED.format(what=name))


def digest_of(archive: zipfile.ZipFile, name: str) -> str:
    """The SHA-256 of a member; raises LoadError when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            while block := member.read(BLOCK):
                digest.update(block)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise LoadError(DAMAGED.format(what=name)) from error
    return digest.hexdigest()


def line_chunks(archive: zipfile.ZipFile, shape: TableSchema, size: int) -> Iterator[list[bytes]]:
    """The lines of a table some at a time."""
    with archive.open(table_member(shape)) as member:
        lines: list[bytes] = []
        for line in member:
            lines.append(line)
            if len(lines) == size:
                yield lines
                lines = []
        if lines:
            yield lines


class _TableForm(BaseModel):
    """A table as the manifest describes it."""

    model_config = ConfigDict(strict=True)
    name: Name  # names become parts of statements and addresses
    columns: tuple[tuple[Name, str], ...]
    key: tuple[str, ...]
    rows: Annotated[int, Field(ge=0)]
    sha256: Digest

    @model_validator(mode="after")
    def _fits(self) -> Self:
        names = {name for name, _ in self.columns}
        if len(names) < len(self.columns) or not names.issuperset(self.key) or not self.key:
            raise ValueError("the key is not among the columns, or a column stands twice")
        if not {kind for _, kind in self.columns} <= {kind for kind, _ in KINDS}:
            raise ValueError("a column of an unknown kind")
        return self


class _ManifestForm(BaseModel):
    """The manifest as an archive holds it."""

    model_config = ConfigDict(strict=True)
    made_at: AwareDatetime
    schema_version: Annotated[str, Field(alias="schema")]
    data_version: int
    tables: list[_TableForm]
    files: dict[str, Digest]
    missing_files: Annotated[int, Field(ge=0)]


def _manifest(content: bytes) -> Manifest:
    """Raises ValueError for a manifest of another shape, LoadError for one that names files elsewhere."""
    form = _ManifestForm.model_validate_json(content)
    if not all(_FILE.fullmatch(name) for name in form.files):
        raise LoadError(DAMAGED.format(what="tên tệp trong danh mục"))
    tables = {TableSchema(item.name, item.columns, item.key): (item.rows, item.sha256) for item in form.tables}
    if len({shape.name for shape in tables}) < len(form.tables):
        raise ValueError("a table stands twice")
    made_at = form.made_at.isoformat()
    return Manifest(made_at, form.schema_version, form.data_version, tables, form.files, form.missing_files)
