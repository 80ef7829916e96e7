"""The part of `/doi-soat` that holds two lists of a place against each other, by name."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboard.db.snapshot_values import Snapshot
from dashboard.reconciliation.parts.reconciling import SHOWN, comparison_tables
from dashboard.reconciliation.values import Answer, Sources
from dashboard.register.data.lists import Comparison, ListRef, compare_lists
from dashboard.ui import html, words
from dashboard.ui.form import button, choice_field, hidden
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.web.shell import section

ADDRESS = "/doi-soat"
LONGEST_LABEL = 40


def lists_part(_snapshot: Snapshot, chosen: Sources, rest: dict[str, str]) -> Answer:
    """What two lists say differently, organisation by organisation."""
    slug = chosen.place.slug if chosen.place else ""
    found = compare_lists(slug, rest.get("tu", ""), rest.get("den", ""))
    if found.first is None or found.second is None:
        count = len(found.lists)
        advice = "Cần hai danh sách của hai lần nạp. Nạp thêm danh sách để so từng tổ chức."
        return f"{chosen.name}: mới có {count} danh sách", [empty("Chưa có hai danh sách để so.", advice)]
    apart = len(found.only_first) + len(found.only_second) + len(found.other_state)
    name = chosen.place.full_name if chosen.place else ""
    title = f"{name}: {words.number(apart)} tổ chức khác nhau, {words.number(len(found.same))} giống nhau"
    tables = comparison_tables(found)
    return title, [_choice(slug, found), _download(slug, found), section("Từng tổ chức", *tables)]


def _choice(slug: str, found: Comparison) -> Element:
    lists = [(ref.key, _label(ref)) for ref in found.lists]
    first, second = found.first, found.second
    fields = [
        hidden("muc", "danh-sach"),
        hidden("dia-ban", slug),
        choice_field("Danh sách", "tu", lists, chosen=first.key if first else ""),
        choice_field("so với", "den", lists, chosen=second.key if second else ""),
        button("So", kind="plain-button"),
    ]
    return html.Form(fields, action=ADDRESS, method="GET", className="form in-line")


def _label(ref: ListRef) -> str:
    """A list by day, size and load: its file's name is only a label."""
    source = ref.label if len(ref.label) <= LONGEST_LABEL else ref.label[:LONGEST_LABEL] + "…"
    load = f", lượt {ref.run}: {source}" if ref.run is not None else ""
    return f"{words.day(ref.on)} ({words.number(ref.count)} tổ chức{load})"


def _download(slug: str, found: Comparison) -> Element:
    first, second = found.first, found.second
    query = urlencode({"dia-ban": slug, "tu": first.key if first else "", "den": second.key if second else ""})
    return html.P(
        [
            f"Mỗi bảng hiện tối đa {SHOWN} tổ chức. Tải đủ: ",
            html.A("CSV", href=f"/xuat/hai-danh-sach.csv?{query}"),
            ", ",
            html.A("Excel", href=f"/xuat/hai-danh-sach.xlsx?{query}"),
        ],
        className="source",
    )
