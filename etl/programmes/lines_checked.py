"""A line of the workbook as the shape of data/ that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from etl.facts.shape import Located, validate
from etl.programmes.book_in import BookLine, BookLines

ShapeT = TypeVar("ShapeT", bound=BaseModel)


def checked(shape: type[ShapeT], content: Mapping[str, Any], line: BookLine, book: BookLines) -> Located[ShapeT] | None:
    """A line as its shape; None with its problems, each at its cell, in the book."""
    return validate(
        shape,
        dict(content),
        file=book.file,
        line_of=lambda path: line.at(str(path[0]) if path else "").number,
        issues=book.issues,
    )
