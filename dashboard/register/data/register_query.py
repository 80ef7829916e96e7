"""The register's filter as conditions: accent-free words over name and code, the same on both databases."""

from __future__ import annotations

import re
from typing import Any, cast

from sqlalchemy import ColumnElement, exists, func, or_, select, union
from sqlalchemy.orm import Mapped
from sqlmodel import col

from dashboard.register.address import RegisterFilter
from dashboard.register.words import UNKNOWN
from models.base.text import fold
from models.register.organization import Organization, YearReport

ROW_ID = cast("Mapped[int]", col(Organization.id))  # a row that is read has its number
MAX_WORDS = 8
_SHORT = (
    (re.compile(r"\blien hiep (?:cac )?(?:hop tac xa|htx)\b"), "lhhtx"),
    (re.compile(r"\bhop tac xa\b"), "htx"),
    (re.compile(r"\bto hop tac\b"), "tht"),
    (re.compile(r"\bquy tin dung nhan dan\b"), "qtdnd"),
)
_LONG = {"lhhtx": "lien hiep", "htx": "hop tac xa", "tht": "to hop tac", "qtdnd": "quy tin dung"}
_CODE = re.compile(r"[\d][\d \-]*")
_AFTER_DIGITS = "zzzz"
_REPORT_FLAGS = {
    "lien-ket": YearReport.has_linkage_contract,
    "cong-nghe-cao": YearReport.has_high_tech,
    "chuyen-doi-so": YearReport.has_digital,
    "truy-xuat": YearReport.has_traceability,
    "ocop": YearReport.has_ocop,
}
COLUMNS: dict[str, Any] = {
    "place": Organization.place,
    "kind": Organization.kind,
    "sector": Organization.sector,
    "operating": Organization.operating_state,
    "legal": Organization.legal_status,
    "rating": Organization.rating_class,
}


def in_register() -> ColumnElement[bool]:
    """Rows that were not taken back. Written so that no index on a yes/no column is preferred to a better one."""
    return func.coalesce(col(Organization.is_withdrawn), False).is_(False)


def text_conditions(text: str) -> list[ColumnElement[bool]]:
    """Every word must occur in the name, or the whole in a code; "hop tac xa" also finds "HTX" and the reverse."""
    folded = fold(text)
    if not folded:
        return []
    words = folded
    for long, short in _SHORT:
        words = long.sub(short, words)
    ident = select(col(Organization.id))
    in_name = [_word(word) for word in sorted(words.split()[:MAX_WORDS], key=len, reverse=True)]
    if not _CODE.fullmatch(folded):
        return in_name
    number, code = folded.replace(" ", ""), col(Organization.tax_code)
    by_code = ident.where(code >= number, code <= number + _AFTER_DIGITS)
    by_old_number = ident.where(func.lower(col(Organization.legacy_number)).contains(number, autoescape=True))
    return [col(Organization.id).in_(union(ident.where(*in_name), by_code, by_old_number))]


def _word(word: str) -> ColumnElement[bool]:
    name = col(Organization.name_norm)
    plain = name.contains(word, autoescape=True)
    return or_(plain, name.contains(_LONG[word], autoescape=True)) if word in _LONG else plain


def flag_conditions(flag: str) -> list[ColumnElement[bool]]:
    """What a flag means; flags of the yearly report are those of the organisation's latest report."""
    if flag == "chua-chuyen-doi":
        return [col(Organization.is_law_compliant).is_(False)]
    if flag == "khong-ma":
        return [col(Organization.tax_code).is_(None)]
    if flag == "ma-sai":
        return [col(Organization.tax_code_is_valid).is_(False)]
    if flag in _REPORT_FLAGS:
        return [
            exists().where(
                col(YearReport.organization_id) == col(Organization.id),
                func.coalesce(col(YearReport.year), 0) == col(Organization.report_year),
                col(YearReport.superseded_at).is_(None),
                col(_REPORT_FLAGS[flag]).is_(True),
            )
        ]
    return []


def commune_conditions(commune: str) -> list[ColumnElement[bool]]:
    """Organisations whose entry names this commune: by code, or by name where the entry has no code."""
    if not commune:
        return []
    if commune.isdecimal():
        return [col(Organization.commune_code) == commune]
    return [col(Organization.commune_name) == commune, col(Organization.commune_code).is_(None)]


def conditions(chosen: RegisterFilter) -> list[ColumnElement[bool]]:
    """Everything a filter asks for."""
    found = [
        in_register(),
        *text_conditions(chosen.text),
        *flag_conditions(chosen.flag),
        *commune_conditions(chosen.commune),
    ]
    for name, column in COLUMNS.items():
        wanted = getattr(chosen, name)
        if wanted:
            found.append(col(column).is_(None) if wanted == UNKNOWN else col(column) == wanted)
    return found
