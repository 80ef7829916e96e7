"""Keeps the officer's decisions about pairs: they are facts of the same run."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from etl.importers.draft import Context, Draft
from etl.parsing.parsed import Problem
from etl.writing.requests import ImportRequest
from models.register.organization import PairDecision

REASON = "Cán bộ quyết định khi nạp"


def remember(context: Context, order: ImportRequest, draft: Draft) -> None:
    """Add the decisions of this order to the draft; a decision given both ways stops the file."""
    decisions = order.decisions
    for pair in sorted(decisions.same & decisions.different):
        problem = Problem("pair.both", f"cặp {pair} được chọn vừa giống vừa khác", "Chọn một")
        context.findings.stop_file(problem.rule, problem.what, problem.remedy)
    given = {pair.replace("=", "/"): True for pair in decisions.same}
    given |= {pair.replace("=", "/"): False for pair in decisions.different}
    if not given:
        return
    statement = select(col(PairDecision.key), col(PairDecision.is_same)).where(
        col(PairDecision.key).in_(given), col(PairDecision.superseded_at).is_(None)
    )
    known = {key: is_same for key, is_same in context.session.execute(statement)}  # noqa: C416
    why = {pair.replace("=", "/"): words for pair, words in decisions.reasons}
    draft.facts[PairDecision] = [
        {"key": key, "is_same": is_same, "reason": why.get(key) or REASON, "actor": order.actor}
        for key, is_same in given.items()
        if known.get(key) is not is_same
    ]
