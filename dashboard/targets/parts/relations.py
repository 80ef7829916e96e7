"""Promises held against each other and the step to the later horizon, as blocks of a page."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.relation_words import IF_REPEATED, VERDICT_WORDS, Told, tell_consistency, tell_step
from dashboard.ui import html, words
from dashboard.ui.html import Element, Piece
from dashboard.ui.marks import mark
from dashboard.web.shell import section
from models.gaps.projection import FURTHEST_YEARS
from models.targets.consistency import Consistency, ConsistencyVerdict, rules_of
from models.targets.later_step import LaterStep, StepState

MARKS = {
    ConsistencyVerdict.AGREES: ("reached", "check"),
    ConsistencyVerdict.NEARLY: ("slow", "half"),
    ConsistencyVerdict.DIFFERS: ("risk", "unequal"),
    ConsistencyVerdict.TOLD: ("unknown", "dash"),
}


def relations_block(relations: Sequence[Consistency], steps: Sequence[LaterStep], snapshot: Snapshot) -> Element | None:
    """Both lists under one heading; None when the promises say nothing about each other."""
    told = relations_list(relations, steps, snapshot)
    return section("Các cam kết đối chiếu với nhau", told) if told is not None else None


def relations_list(relations: Sequence[Consistency], steps: Sequence[LaterStep], snapshot: Snapshot) -> Element | None:
    """Relations, then steps, those that can be told first; None when there are none."""
    if not relations and not steps:
        return None
    computed = sorted(steps, key=lambda item: item.state is not StepState.COMPUTED)
    items = [_relation(item, snapshot) for item in relations] + [
        _told(tell_step(item, snapshot.indicators), None) for item in computed
    ]
    return html.Ul(items, className="relations")


def _relation(item: Consistency, snapshot: Snapshot) -> Element:
    verdict = mark(*MARKS[item.verdict], VERDICT_WORDS[item.verdict])
    return _told(
        tell_consistency(item, snapshot.indicators), None if item.verdict is ConsistencyVerdict.TOLD else verdict
    )


def _told(told: Told, mark: Element | None) -> Element:
    marked: list[Piece] = [" ", mark] if mark else []
    return html.Li(
        [
            html.P([html.Strong(told.finding.removesuffix(".") + "."), *marked]),
            html.P(told.arithmetic.removesuffix(".") + "."),
            html.P([" ".join(told.cautions), " " if told.cautions else "", told.source, "."], className="source"),
        ]
    )


def rules_block(snapshot: Snapshot) -> Element:
    """The rules themselves with where they were read, for the page of the method."""
    content = snapshot.thresholds.content
    rules = [html.Li([f"{rule.text}. ", html.Small(rule.source)]) for rule in rules_of(content)]
    least = words.number(content["projection_min_points"]["value"])
    projection = (
        f"Dự phóng chỉ có từ {least} số so sánh được trở lên, đến mốc không quá {words.number(FURTHEST_YEARS)} năm "
        "sau số mới nhất: số mới nhất cộng số năm nhân trung vị thay đổi một năm. Dải là phần ngoài cùng của mức thay "
        "đổi thấp nhất, cao nhất và bước ngẫu nhiên có xu hướng. "
        f"Luôn ghi “{IF_REPEATED}”, không phải xác suất."
    )
    step = (
        "Bước đến mốc sau = (mức cam kết mốc sau − mức cam kết mốc trước) / số năm giữa hai mốc, nếu đạt đúng mốc "
        "trước. Hai mốc đo khác nhau thì không trừ cho nhau, chỉ ghi lý do."
    )
    return html.Div(
        [
            html.P(projection),
            html.P(step),
            html.P("Các cam kết được đối chiếu:"),
            html.Ul(rules, className="plain-list"),
        ]
    )
