"""`/giai-trinh/...` and `/kien-nghi/...`: one request or petition with its history, forms and what they change."""

from __future__ import annotations

from typing import Any

from dashboard.access import owner_place as whose
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import build_petitions, build_requests
from dashboard.tasks.data.follow import add_petition, add_request, change_petition, change_request, record_history
from dashboard.tasks.forms import answer_form, assign_form, folded, petition_form, request_form, verdict_form
from dashboard.tasks.parts.answers import petition_table, record_history_table, request_table
from dashboard.tasks.words import RAISED_BY_WORDS
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.words import ANSWER_VERDICTS
from dashboard.web import errors
from dashboard.web.form_values import day, needed_day, reasoned, text
from dashboard.web.mutations import Form, Writer, WriteRefusedError, mutation
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action
from models.places.place_life import life_text, places_instead
from models.tasks.follow_up import ExplanationRequest, Petition

NAMES = {"giai-trinh": "Yêu cầu giải trình", "kien-nghi": "Khó khăn, kiến nghị"}


def tab_title(kind: str, **_: object) -> str:
    """What the browser's tab says."""
    return NAMES[kind]


@page("/<any('giai-trinh', 'kien-nghi'):kind>/<key>", title=tab_title, right=VIEW)
def layout(snapshot: Snapshot, view: View, kind: str = "", key: str = "", **_: object) -> Element:
    """The page of a request or a petition, or the form of a new one (`moi`); an unknown key answers 404."""
    today, is_request = words.day(view.moment.as_of), kind == "giai-trinh"
    if key == "moi":
        form = request_form(snapshot, "", (), today) if is_request else petition_form(snapshot, today)
        parts: list[Element | None] = [section("Ghi mới", form)]
    else:
        parts = _request(snapshot, view, key, today) if is_request else _petition(snapshot, view, key, today)
    if not parts:
        return errors.not_found(
            view, f"Không có “{key}”.", "Chọn trong danh sách.", html.A(NAMES[kind], href=f"/{kind}")
        )
    way = breadcrumbs([("Nhiệm vụ", view.link("/nhiem-vu")), (NAMES[kind], view.link(f"/{kind}"))])
    return page_frame(NAMES[kind], way, *parts, view=view, current="/nhiem-vu")


def _request(snapshot: Snapshot, view: View, key: str, today: str) -> list[Element | None]:
    lines = [line for line in build_requests(snapshot) if line.row.key == key]
    if not lines:
        return []
    row = lines[0].row
    verdict = folded("Kết luận về câu trả lời", verdict_form(row, today)) if row.answer else None
    forms = [folded("Ghi câu trả lời", answer_form(f"/giai-trinh/{key}/tra-loi", row, today)), verdict]
    table, history = request_table(lines, snapshot, view), record_history(ExplanationRequest, key)
    return [section("Nội dung", table, *forms), section("Lịch sử", record_history_table(history))]


def _petition(snapshot: Snapshot, view: View, key: str, today: str) -> list[Element | None]:
    lines = [line for line in build_petitions(snapshot).lines if line.row.key == key]
    if not lines:
        return []
    row = lines[0].row
    forms = [
        folded("Giao cơ quan giải quyết", assign_form(snapshot, row, today)),
        folded("Ghi câu trả lời", answer_form(f"/kien-nghi/{key}/tra-loi", row, today)),
    ]
    table, history = petition_table(lines, snapshot, view), record_history(Petition, key)
    return [section("Nội dung", table, *forms), section("Lịch sử", record_history_table(history))]


@mutation("/giai-trinh/ghi", action=Action.UPDATE, place=whose.asked_about, words="Yêu cầu giải trình")
def ask_explanation(writer: Writer, form: Form) -> str:
    """Take a new request."""
    subject, snapshot = text(form, "ve-viec"), repository().today()
    tasks = {view.task.key: view.task.place for view in snapshot.follow.tasks}
    promises = {gap.key: gap.place for gap in snapshot.gaps_in_force if gap.gap.target}
    if subject not in tasks and subject not in promises:
        raise WriteRefusedError("Chưa chọn nhiệm vụ hoặc cam kết: chọn rồi gửi lại.")
    content = {
        "place": tasks.get(subject) or promises[subject],
        "subject_kind": "task" if subject in tasks else "promise",
        "subject": subject,
        "agency": _agency(form, snapshot),
        "question": text(form, "noi-dung"),
        "asked_by": text(form, "nguoi-yeu-cau"),
        "asked_on": needed_day(form, "ngay", "Ngày yêu cầu"),
        "due_on": needed_day(form, "han", "Hạn trả lời"),
    }
    blank = dict.fromkeys(("answer", "answered_on", "answer_document", "verdict", "judged_on"))
    key = add_request(content | blank, writer.author("yêu cầu mới"))
    return f"/giai-trinh/{key}"


@mutation("/giai-trinh/<key>/tra-loi", action=Action.UPDATE, place=whose.request, words="Trả lời giải trình")
def answer_explanation(writer: Writer, form: Form, key: str) -> str:
    """Take the answer; an earlier verdict falls with the answer it judged."""
    edit = _answer(form) | {"verdict": None, "judged_on": None}
    change_request(key, edit, reasoned(writer, form))
    return f"/giai-trinh/{key}"


@mutation(
    "/giai-trinh/<key>/ket-luan",
    action=Action.UPDATE,
    place=whose.asker,
    noted="decide",
    words="Kết luận về giải trình",
)
def judge_explanation(writer: Writer, form: Form, key: str) -> str:
    """Take the verdict on an answer."""
    verdict = text(form, "ket-luan")
    if verdict not in ANSWER_VERDICTS:
        raise WriteRefusedError("Chưa chọn kết luận: chọn rồi gửi lại.")
    judged = {"verdict": verdict, "judged_on": needed_day(form, "ngay", "Ngày kết luận")}
    change_request(key, judged, reasoned(writer, form))
    return f"/giai-trinh/{key}"


@mutation("/kien-nghi/ghi", action=Action.UPDATE, place=whose.field("dia-ban"), words="Ghi kiến nghị")
def raise_petition(writer: Writer, form: Form) -> str:
    """Take a new petition."""
    place, kind = text(form, "dia-ban"), text(form, "loai")
    if place not in repository().today().places or kind not in RAISED_BY_WORDS:
        raise WriteRefusedError("Chưa chọn địa bàn hoặc loại người nêu: chọn rồi gửi lại.")
    raised_on, places = needed_day(form, "ngay", "Ngày nêu"), repository().today().places
    if instead := places_instead(places, place, raised_on):
        names = " hoặc ".join(f"“{other.full_name}”" for other in instead)
        why = life_text(places[place], raised_on)
        raise WriteRefusedError(f"{why[:1].upper()}{why[1:]}: sửa ngày nêu, hoặc chọn địa bàn {names} rồi gửi lại.")
    content = {
        "place": place,
        "raised_by_kind": kind,
        "raised_by": text(form, "nguoi-neu"),
        "raised_on": raised_on,
        "topic": text(form, "linh-vuc"),
        "text": text(form, "noi-dung"),
    }
    blank = dict.fromkeys(("agency", "assigned_on", "due_on", "answer", "answered_on", "answer_document"))
    key = add_petition(content | blank, writer.author("kiến nghị mới"))
    return f"/kien-nghi/{key}"


@mutation("/kien-nghi/<key>/giao", action=Action.UPDATE, place=whose.assigner, words="Giao kiến nghị")
def assign_petition(writer: Writer, form: Form, key: str) -> str:
    """Assign to an agency with a day."""
    assigned = {
        "agency": _agency(form, repository().today()),
        "assigned_on": needed_day(form, "ngay", "Ngày giao"),
        "due_on": needed_day(form, "han", "Hạn trả lời"),
    }
    change_petition(key, assigned, reasoned(writer, form))
    return f"/kien-nghi/{key}"


@mutation("/kien-nghi/<key>/tra-loi", action=Action.UPDATE, place=whose.petition, words="Trả lời kiến nghị")
def answer_petition(writer: Writer, form: Form, key: str) -> str:
    """Take the answer to a petition."""
    change_petition(key, _answer(form), reasoned(writer, form))
    return f"/kien-nghi/{key}"


def _answer(form: Form) -> dict[str, Any]:
    return {
        "answer": text(form, "tra-loi") or None,
        "answered_on": day(form, "ngay", "Ngày trả lời") if text(form, "tra-loi") else None,
        "answer_document": text(form, "so-van-ban") or None,
    }


def _agency(form: Form, snapshot: Snapshot) -> str:
    code = text(form, "co-quan")
    if code not in snapshot.agencies:
        raise WriteRefusedError("Chưa chọn cơ quan: chọn rồi gửi lại.")
    return code
