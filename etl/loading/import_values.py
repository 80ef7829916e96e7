"""What the import service gives as plain values: refusals, previews, decisions, problems."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError

from etl.importers.draft import Decisions
from etl.loading.preview import nothing_to_load
from etl.loading.running import TooManyImportsError
from etl.parsing.issues import LoadError
from etl.questions.question import Unanswered
from etl.tables.findings import Finding, Severity
from etl.writing.requests import KINDS, ImportResult
from models.base.database_words import told
from models.base.fitting import UnfitValueError

log = logging.getLogger(__name__)
ResultT = TypeVar("ResultT")
NAMED = 3  # columns
OPTION = re.compile(r" \(--[^)]*\)")


class ImportRefusedError(Exception):
    """The import cannot go on; the text is a Vietnamese sentence with the remedy."""


class ImportsBusyError(ImportRefusedError):
    """As many imports as may be are under way: later it may work."""


STILL_KEPT = "Tệp và bản xem trước vẫn còn; chưa ghi gì."


@dataclass(frozen=True, slots=True)
class Received:
    """A kept file: its checksum and the name it came with, as a label."""

    checksum: str
    label: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A preview. `values` is plain JSON (rows, changes, effects, pairs, problems); `token` commits exactly this."""

    token: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def can_commit(self) -> bool:
        """Whether it may be loaded; rows that stop ask for agreement first."""
        return not self.values["stops_file"] and not self.values["is_empty"]

    @property
    def needs_agreement(self) -> bool:
        """Whether rows or columns have to be left out."""
        return bool(self.agreement)

    @property
    def agreement(self) -> str:
        """What somebody agrees to leave out, in words; empty for nothing."""
        asked = self.values.get("questions", {}).get("asked", ())
        columns = [question["text"] for question in asked if question["unanswered"] == Unanswered.COLUMN]
        return left_out_words(self.values["rows"]["left_out"], columns)


def left_out_words(rows: int, columns: Sequence[str]) -> str:
    """Rows that stop and columns nobody answered about, in words; empty where there are none."""
    named = ", ".join(f'"{heading[:40]}"' for heading in columns[:NAMED]) + (", …" if len(columns) > NAMED else "")
    said = (f"{rows} dòng có lỗi" if rows else "", f"{len(columns)} cột chưa trả lời ({named})" if columns else "")
    return " và ".join(filter(None, said))


def needs_place(kind: str) -> bool:
    """Whether place and year have to be chosen for this kind of file."""
    return kind in KINDS and KINDS[kind].is_of_place


def decisions_of(
    same: Iterable[str],
    different: Iterable[str],
    communes: Iterable[Iterable[str]],
    reasons: Iterable[Iterable[str]] = (),
) -> Decisions:
    """Decisions from plain values: pairs as "left=right", communes as (spelling, code), reasons as (pair, words)."""
    found = tuple((text, code) for text, code in communes)
    said = tuple((pair, words) for pair, words in reasons)
    return Decisions(frozenset(same), frozenset(different), found, said)


def plain_decisions(decisions: Decisions) -> dict[str, Any]:
    """Decisions as plain JSON; `decisions_of` reads them again."""
    return {
        "same": sorted(decisions.same),
        "different": sorted(decisions.different),
        "communes": [list(pair) for pair in decisions.communes],
        "reasons": [list(pair) for pair in decisions.reasons],
    }


def said(act: Callable[[], ResultT]) -> ResultT:
    """What the act gives; what it refuses becomes ImportRefusedError with a sentence."""
    try:
        return act()
    except TooManyImportsError as error:
        raise ImportsBusyError(f"{error}.") from error
    except (LoadError, UnfitValueError) as error:
        raise ImportRefusedError(f"{error}.") from error
    except (OperationalError, InterfaceError, InternalError) as error:  # full, busy, away: not a mistake in the file
        log.exception("the database did not take an import")
        raise ImportRefusedError(f"Chưa ghi gì: {told(error)}.") from error


def why_not(outcome: ImportResult, *, agreed: bool) -> str:
    """Why nothing was loaded, as a sentence with the remedy."""
    if outcome.stops_file:
        return "Tệp có lỗi dừng cả tệp nên không nạp. Sửa tệp rồi nộp lại."
    if (out := left_out_words(outcome.left_out, outcome.columns_out)) and not agreed:
        return f"Phải để ngoài {out}. Đồng ý để ngoài, hoặc trả lời câu hỏi, sửa tệp rồi nộp lại."
    remedy = " Sửa các dòng phải để ngoài rồi nộp lại." if outcome.left_out else ""
    return f"{nothing_to_load(outcome)}.{remedy}"


def finding_of(item: dict[str, str]) -> Finding:
    """A problem of a kept preview as the finding it was, without what only the command takes (--different a=b)."""
    texts = {name: OPTION.sub("", item[name]) for name in ("rule", "what", "remedy", "sheet", "cell", "value")}
    return Finding(Severity(item["severity"]), **texts)
