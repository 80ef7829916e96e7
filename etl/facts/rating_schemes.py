"""Rating schemes as reviewed data: classes by points, who is not rated, from when to when."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from etl.facts.shape import validate
from etl.facts.yaml_lines import YamlError, read_yaml
from etl.parsing.issues import Issue, LoadError
from models.register.organization import RatingClass

FOLDER = "rating_schemes"
DEFAULT_SCHEME = "TT01_2020"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SchemeHead(_Part):
    """Which text, for whom, from when; `spellings` are found in titles of workbooks."""

    code: str
    name: str
    legal_basis: str
    applies_to: list[str]
    valid_from: date
    valid_to: date | None
    remark: str
    spellings: list[str]


class SchemeClass(_Part):
    """One class: points from `low` on and below `below`; None = no upper bound."""

    code: Annotated[RatingClass, Field(strict=False)]
    name: str
    low: Annotated[float, Field(alias="from")]
    below: float | None


class RatingExclusion(_Part):
    """Who is not rated, with the number of months that decides."""

    code: str
    months: int
    text: str


class Criterion(_Part):
    """A criterion or group of criteria; points None = not known."""

    group: str
    name: str
    points: float | None


class Scheme(_Part):
    """One reviewed scheme. Its classes leave no gap from 0 up."""

    scheme: SchemeHead
    classes: list[SchemeClass]
    exclusions: list[RatingExclusion]
    criteria: list[Criterion]

    def class_of(self, points: float) -> RatingClass:
        """The class of these points: half-open, 79,9 is not yet 80. Raises ValueError below the lowest class."""
        for part in self.classes:
            if points >= part.low and (part.below is None or points < part.below):
                return part.code
        raise ValueError(f"{points} lies in no class")

    def excludes(self, code: str) -> bool:
        """Whether the scheme knows this reason for not rating."""
        return any(rule.code == code for rule in self.exclusions)


@lru_cache(maxsize=8)
def read_schemes(data_dir: Path) -> dict[str, Scheme]:
    """Every scheme by code; raises LoadError naming the file that is wrong."""
    found = {}
    for path in sorted((data_dir / FOLDER).glob("*.yaml")):
        scheme = _read(path)
        if scheme.scheme.code != path.stem or not _is_whole(scheme):
            raise LoadError(f"{FOLDER}/{path.name}: mã khác tên tệp hoặc các loại không nối liền. Sửa tệp")
        found[scheme.scheme.code] = scheme
    if not found:
        raise LoadError(f"Không có bộ tiêu chí xếp loại nào trong {FOLDER}. Đặt lại tệp (DATA_DIR)")
    return found


def _read(path: Path) -> Scheme:
    """One scheme; raises LoadError with the first thing that is wrong, at its line."""
    name, issues = f"{FOLDER}/{path.name}", list[Issue]()
    try:
        document = read_yaml(path.read_text(encoding="utf-8"))
    except (YamlError, UnicodeDecodeError) as error:
        line = getattr(error, "line", 1)
        raise LoadError(f"{name}, dòng {line}: không đọc được YAML ({error}). Sửa tệp") from error
    found = validate(Scheme, document.content, file=name, line_of=document.line, issues=issues)
    if found is None or issues:
        raise LoadError(str(issues[0]).removesuffix("."))
    return found.value


def _is_whole(scheme: Scheme) -> bool:
    parts = sorted(scheme.classes, key=lambda part: part.low)
    joined = all(a.below == b.low for a, b in pairwise(parts))
    return bool(parts) and parts[0].low == 0 and parts[-1].below is None and joined
