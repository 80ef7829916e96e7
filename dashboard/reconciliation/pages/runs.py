"""The part of `/doi-soat` that lists every run, and `/hoan-tac/<run>`, which takes one back."""

from __future__ import annotations

from dashboard.access import owner_place as whose
from dashboard.access.access import viewer
from dashboard.access.trail import expected_deed
from dashboard.db.import_file import ImportRefusedError, import_service, kind_name, read_runs
from dashboard.db.import_values import RunValues
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.data.approvals import propose_undo
from dashboard.imports.two_steps import proposed, proposer, sign, submit_words
from dashboard.reconciliation.parts.reconciling import runs_table
from dashboard.reconciliation.values import Answer, Sources
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, mutation, refusal
from dashboard.web.routes import page
from dashboard.web.rules import VIEW_RUN
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action
from models.places.place import COUNTRY

BACK = [("Đối soát", "/doi-soat")]


def runs_part(snapshot: Snapshot, _chosen: Sources, _rest: dict[str, str]) -> Answer:
    """Every load and decision, the newest first, with the way to take it back."""
    runs = read_runs()
    names = snapshot.place_names
    reason = refusal(Action.UNDO)

    def undo(run: RunValues) -> Element | None:
        if not run["can_be_undone"] or refusal(Action.UNDO, run["place"] or COUNTRY):
            return None
        return html.A("Hoàn tác", href=f"/hoan-tac/{run['id']}")

    why = html.P(reason, className="notice") if reason else None
    return f"{len(runs)} lượt nạp và ghi", [why, section("Mới nhất trước", runs_table(runs, kind_name, names, undo))]


@page("/hoan-tac/<int:run_id>", title="Hoàn tác", right=VIEW_RUN)
def _undo(_snapshot: Snapshot, view: View, run_id: int = 0, **_: str) -> Element:
    run = next((item for item in import_service().runs() if item["id"] == run_id), None)
    if run is None or not run["can_be_undone"]:
        return errors.not_found(view, f"Không có lượt {run_id} để hoàn tác.", "Xem lại danh sách lượt nạp.")
    form = change_form(f"/hoan-tac/{run_id}", submit=submit_words("Hoàn tác cả lượt này"), kind="danger")
    lead = f"{run['source']}. Mọi thay đổi của lượt được trả về như trước; lịch sử vẫn giữ."
    return page_frame(f"Hoàn tác lượt {run_id}?", breadcrumbs(BACK), section("Xác nhận", form), view=view,
                current="/doi-soat", lead=lead)  # fmt: skip


@mutation("/hoan-tac/<int:run_id>", action=Action.UNDO, place=whose.run, words="Hoàn tác lượt nạp")
def undo_a_run(writer: Writer, _form: Form, run_id: int) -> str:
    """Take a run back whole."""
    try:
        if by := proposer():
            return proposed(propose_undo(run_id, by))
        import_service().undo(run_id, sign(writer).actor, viewer().places_for(Action.UNDO), expected_deed())
    except ImportRefusedError as error:
        raise WriteRefusedError(str(error)) from error
    return "/doi-soat?muc=luot-nap"
