"""Pairs of rows that may be one organisation: those to decide with their form, those that this load decides."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.import_values import PairView
from dashboard.ui import html, words
from dashboard.ui.form import choice_field, text_field
from dashboard.ui.html import Element

SHOWN = 50
PREFIX, REASON = "cap:", "ly-do"
SAME, DIFFERENT = "giong", "khac"
CHOICES = {SAME: "là một tổ chức", DIFFERENT: "hai tổ chức khác nhau"}
LONGEST_REASON = 500


def open_pairs(pairs: Sequence[PairView]) -> list[PairView]:
    """The pairs that nobody has decided yet."""
    return [pair for pair in pairs if not pair["is_decided"]]


def pair_fields(pairs: Sequence[PairView]) -> list[Element]:
    """One choice a pair, for the first of very many, and why."""
    options = [("", "chưa quyết"), *CHOICES.items()]
    fields = [
        choice_field(f"{pair['left']} – {pair['right']}", PREFIX + pair["key"], options, hint=pair["evidence"])
        for pair in open_pairs(pairs)[:SHOWN]
    ]
    hint = "Ghi cho các cặp quyết lần này, ví dụ: hai giấy đăng ký ở hai thôn. Lưu cùng tên người nạp và giờ nạp."
    return [*fields, text_field("Lý do", REASON, hint=hint, maxLength=LONGEST_REASON)]


def pairs_part(pairs: Sequence[PairView], form: Element | None) -> Element | None:
    """What is to be decided and what is decided; None where there is neither."""
    asked, settled = open_pairs(pairs), settled_words(pairs)
    if not (asked and form is not None) and not settled:
        return None
    parts: list[Element | None] = []
    if asked and form is not None:
        more = f" Dưới đây là {SHOWN} cặp đầu; các cặp sau hiện ra khi đã quyết." if len(asked) > SHOWN else ""
        said = "Hai dòng dưới đây có thể là một tổ chức. Quyết định được ghi nhớ cho các lần nạp sau."
        said += " Tên hoặc xã của một bên thay đổi thì hỏi lại."
        parts += [html.H2(f"{words.number(len(asked))} cặp cần quyết định"), html.P(said + more), form]
    if settled:
        items = html.Ul([html.Li(text) for text in settled], className="plain-list")
        parts += [html.H2(f"{words.number(len(settled))} cặp quyết trong lần nạp này"), items]
    return html.Section(parts, className="sheet")


def settled_words(pairs: Sequence[PairView]) -> list[str]:
    """The pairs that this load decides, each in one line: who, what was decided and why."""
    return [
        f"{pair['left']} – {pair['right']}: {CHOICES[SAME if pair['is_same'] else DIFFERENT]}"
        + (f" ({pair['reason']})" if pair["reason"] else "")
        for pair in pairs
        if pair["is_decided"]
    ]
