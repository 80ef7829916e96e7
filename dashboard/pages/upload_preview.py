"""`/nhap-lieu/<token>`: what a load would do, by cell and by figure; confirm, cancel, decide pairs."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component
from flask import Response, abort, current_app, request

from dashboard.access import viewer
from dashboard.address import View
from dashboard.components.empty import empty
from dashboard.components.form import choice_field, hidden, tick_field
from dashboard.components.preview import preview
from dashboard.components.register_parts import demo_notice
from dashboard.data import whose
from dashboard.data.approvals import NotApprovedError, propose_import
from dashboard.data.imports import (
    KIND_NAMES,
    ImportRefusedError,
    decisions_of,
    import_door,
)
from dashboard.data.snapshot import door
from dashboard.data.trail import tell_trail
from dashboard.guard import page_layout
from dashboard.pages.upload import ADDRESS, ASKED, prepare_file
from dashboard.plain_page import answer
from dashboard.shell import breadcrumbs, page
from dashboard.snapshot import Snapshot
from dashboard.two_steps import proposed, proposer, sign, submit_words
from dashboard.writing import OTHER_PAGE, Form, Writer, WriteRefusedError, change_form, changing, work
from models.rights import Action


@changing(f"{ADDRESS}/<token>/cap", action=Action.IMPORT, place=whose.again, needs_name=False)
def decide_pairs(_writer: Writer, form: Form, token: str) -> Response:
    """Preview again with the officer's decisions about pairs."""
    pairs = {name.removeprefix("cap:"): value for name, value in form.items() if name.startswith("cap:")}
    same = frozenset(key for key, value in pairs.items() if value == "giong")
    different = frozenset(key for key, value in pairs.items() if value == "khac")
    try:
        if import_door().wanted_by(token)["checksum"] != form.get("tep"):
            raise WriteRefusedError(OTHER_PAGE)
        import_door().cancel(token)
    except ImportRefusedError as error:
        raise WriteRefusedError(str(error)) from error
    return prepare_file({name: form.get(name, "") for name in ASKED}, decisions_of(same, different, ()))


@changing(f"{ADDRESS}/<token>/nap", action=Action.IMPORT, place=whose.preview, words="Nạp tệp")
def commit_preview(writer: Writer, form: Form, token: str) -> str:
    """Load exactly what was previewed."""
    try:
        agreed = form.get("de-ngoai") == "1"
        if by := proposer():
            return proposed(propose_import(token, agreed, by))
        within = viewer().places_for(Action.IMPORT)
        run_id = import_door().commit(token, sign(writer).actor, agreed, within=within)
        tell_trail(run=run_id)
    except (ImportRefusedError, NotApprovedError) as error:
        raise WriteRefusedError(str(error)) from error
    return f"/doi-soat?muc=luot-nap#luot-{run_id}"


@changing(f"{ADDRESS}/<token>/huy", action=Action.IMPORT, place=whose.preview, needs_name=False)
def cancel_preview(_writer: Writer, _form: Form, token: str) -> str:
    """Forget a preview."""
    try:
        import_door().cancel(token)
    except ImportRefusedError as error:
        raise WriteRefusedError(str(error)) from error
    return ADDRESS


@work.get(f"{ADDRESS}/<token>")
def show_preview(token: str) -> Response:
    """What a load would do."""
    return answer(_preview(token=token, **request.args.to_dict()), "Xem trước")


@work.get(f"{ADDRESS}/<token>/ban-danh-dau.xlsx")
def show_marked_copy(token: str) -> Response:
    """The workbook with its problems marked."""
    try:
        content = import_door().marked_copy(token)
    except ImportRefusedError:
        abort(404)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = current_app.response_class(content, content_type=kind)
    response.headers["Content-Disposition"] = 'attachment; filename="ban-danh-dau.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


@page_layout
def _preview(snapshot: Snapshot, view: View, token: str = "", **rest: str) -> Component:
    try:
        prepared = import_door().prepared(token)
    except ImportRefusedError as error:
        gone = empty("Không còn bản xem trước này.", str(error), html.A("Nộp lại tệp", href=ADDRESS))
        return page("Bản xem trước đã hết hạn", gone, view=view, current=ADDRESS)
    asked = {name: rest.get(name, "") for name in ASKED}
    forms = _forms(prepared, token, asked)
    title, content = preview(prepared.values, snapshot, forms, f"{ADDRESS}/{token}/ban-danh-dau.xlsx")
    place = snapshot.places.get(asked["dia-ban"])
    parts = [
        asked["ten"],
        KIND_NAMES.get(asked["loai"], ""),
        place.full_name if place else "",
        asked["nam-so"],
    ]
    return page(
        title,
        breadcrumbs([("Nhập số liệu", ADDRESS)]),
        demo_notice(door().settings.is_demo),
        *content,
        view=view,
        current=ADDRESS,
        lead=" · ".join(filter(None, parts)),
    )


def _forms(prepared: Any, token: str, asked: dict[str, str]) -> dict[str, Component | None]:
    """The ways on from a preview: load, cancel, decide pairs."""
    left_out = prepared.values["rows"]["left_out"]
    agree = tick_field(f"Đồng ý để ngoài {left_out} dòng có lỗi", "de-ngoai") if prepared.needs_agreement else None
    commit = (
        change_form(f"{ADDRESS}/{token}/nap", agree, submit=submit_words("Nạp vào cơ sở dữ liệu"))
        if prepared.can_commit
        else None
    )
    pairs = [pair for pair in prepared.values["pairs"] if not pair["is_decided"]]
    fields = [hidden(name, value) for name, value in asked.items() if value] + [_pair_field(pair) for pair in pairs]
    decide = change_form(f"{ADDRESS}/{token}/cap", *fields, submit="Xem trước lại", asks_name=False)
    return {
        "commit": commit if prepared.can_commit else None,
        "cancel": change_form(f"{ADDRESS}/{token}/huy", submit="Bỏ, không nạp", kind="plain-button", asks_name=False),
        "pairs": decide if pairs else None,
    }


def _pair_field(pair: dict[str, Any]) -> Component:
    options = [("", "chưa quyết"), ("giong", "là một tổ chức"), ("khac", "hai tổ chức khác nhau")]
    return choice_field(f"{pair['left']} – {pair['right']}", f"cap:{pair['key']}", options, hint=pair["evidence"])
