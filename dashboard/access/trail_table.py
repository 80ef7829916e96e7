"""Entries of the trail as a table that stays readable on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dashboard.access.trail_words import action_word, details_text
from dashboard.ui import html, words
from dashboard.ui.html import Content, Element
from dashboard.ui.table import data_table, wide
from models.accounts.trail import COMMAND_LINE, TrailEntry
from models.base.day_text import moment_text

CAPTION = "Nhật ký, mới nhất trước"
COLUMNS = ("Lúc", "Người", "Việc", wide("Nội dung"), "Địa bàn")


def trail_table(entries: Sequence[TrailEntry], place_names: Mapping[str, str]) -> Element:
    """Newest first: when, who, what, about what, where."""
    return data_table(
        COLUMNS, [_row(e, place_names) for e in entries], caption="Nhật ký, mới nhất trước", kind="dense trail"
    )


def local_time(moment: datetime) -> str:
    """An instant as people in Viet Nam read it."""
    return moment_text(moment, is_exact=True)


def _row(entry: TrailEntry, place_names: Mapping[str, str]) -> list[Content]:
    details = details_text(entry.details)
    return [
        [local_time(entry.at), html.Small(f"mục {entry.id}", className="sub")],
        [entry.actor_name, *(html.Small(text, className="sub") for text in _about(entry))],
        action_word(entry.action),
        [entry.subject or words.NONE, html.Small(details, className="sub") if details else None],
        place_names.get(entry.place or "", entry.place or words.NONE),
    ]


def _about(entry: TrailEntry) -> list[str]:
    """What is known of the actor: roles, whether the name was proved, the mark of the network address."""
    said = [entry.roles] if entry.roles else []
    if not entry.is_verified and entry.actor_name != COMMAND_LINE:
        said.append("chưa xác thực")
    return said + ([f"nơi truy cập {entry.address_mark}"] if entry.address_mark else [])
