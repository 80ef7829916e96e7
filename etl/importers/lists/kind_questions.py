"""Asks of which kind organisations are that neither their name nor a column, heading, title or sheet says."""

from __future__ import annotations

from etl.parsing.parsed import Problem
from etl.questions.question import ImportQuestion, ProposedAnswer, QuestionKind, Unanswered
from etl.tables.cells import CellReader
from etl.tables.columns import Words
from models.register.organization import OrganizationKind

REMEDY = 'Trả lời câu hỏi về loại hình, hoặc thêm cột "Loại hình"'


def asked_kind(reader: CellReader, name: str, words: Words) -> str | None:
    """What was answered for names under this heading; while nobody did, the line stays out."""
    column = reader.column("name")
    heading = column.heading if column else ""
    choices = {str(kind): words.first(kind) for kind in OrganizationKind}
    answer = None
    if "kind" not in reader.unread:  # else its own word is asked about
        example = f"dòng {reader.line.number}: {name[:60]}"
        kinds = (QuestionKind.WORD, "kind", heading)
        answer = reader.findings.questions.ask(
            *kinds, lambda: _question(heading, choices), example=example, among=choices
        )
    if answer in choices:
        return answer
    what = f'"{name[:60]}" không cho biết là HTX, LHHTX, THT hay QTDND'
    reader.stop("name", Problem("kind.unknown", what, REMEDY))
    return None


def _question(heading: str, choices: dict[str, str]) -> ImportQuestion:
    usual = (OrganizationKind.COOPERATIVE, OrganizationKind.GROUP, OrganizationKind.UNION)
    return ImportQuestion(
        kind=QuestionKind.WORD,
        field="kind",
        text=heading,
        asked=f'Tên ở cột "{heading[:60]}" không ghi HTX, LHHTX, THT hay QTDND: các tổ chức này thuộc loại hình nào?',
        proposals=tuple(ProposedAnswer(str(kind), choices[str(kind)]) for kind in usual),
        choices=choices,
        unanswered=Unanswered.ROWS,
        may_skip=False,
    )
