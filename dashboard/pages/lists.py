"""The part of `/doi-soat` that holds two lists of a place against each other, by name."""

from __future__ import annotations

from datetime import date

from dash import html

from dashboard import words
from dashboard.components.empty import empty
from dashboard.components.form import button, choice_field, hidden
from dashboard.components.reconciling import (
    comparison_tables,
)
from dashboard.data.lists import compare_lists
from dashboard.shell import section
from dashboard.snapshot import Snapshot
from dashboard.work_values import Answer, Sources

ADDRESS = "/doi-soat"


def lists_part(_snapshot: Snapshot, chosen: Sources, rest: dict[str, str]) -> Answer:
    """What two lists say differently, organisation by organisation."""
    slug = chosen.place.slug if chosen.place else ""
    found = compare_lists(slug, _day(rest.get("tu")), _day(rest.get("den")))
    if found.first is None or found.second is None:
        count = len(found.lists)
        advice = "Cần hai danh sách của hai ngày khác nhau. Nạp thêm danh sách để so từng tổ chức."
        return f"{chosen.name}: mới có {count} danh sách", [empty("Chưa có hai danh sách để so.", advice)]
    days = [(ref.on.isoformat(), f"{words.day(ref.on)} ({words.number(ref.count)} tổ chức)") for ref in found.lists]
    choose = html.Form(
        [
            hidden("muc", "danh-sach"),
            hidden("dia-ban", slug),
            choice_field("Danh sách ngày", "tu", days, chosen=found.first.on.isoformat()),
            choice_field("so với ngày", "den", days, chosen=found.second.on.isoformat()),
            button("So", kind="plain-button"),
        ],
        action=ADDRESS,
        method="GET",
        className="form in-line",
    )
    apart = len(found.only_first) + len(found.only_second) + len(found.other_state)
    title = f"{chosen.place.full_name if chosen.place else ''}: {apart} tổ chức khác nhau, {found.same} giống nhau"
    return title, [choose, section("Từng tổ chức", *comparison_tables(found))]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
