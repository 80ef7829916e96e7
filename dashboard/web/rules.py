"""What every address, page and callback asks of the viewer. What is not listed here is refused.

Routes that change something bring their own rule: `dashboard.web.mutations.changing` adds it.
"""

from __future__ import annotations

from dashboard.access import owner_place as whose
from dashboard.access.access import AccessRule
from models.accounts.rights import Action

OPEN = AccessRule(is_open=True)
SIGNED_IN = AccessRule()
OWN_PASSWORD = AccessRule(is_own_password=True)
VIEW = AccessRule(Action.VIEW)
LISTS = AccessRule(Action.EXPORT, token="api")  # noqa: S106  (a purpose, no secret)
PAPERS = AccessRule(Action.EXPORT, token="tai-lieu")  # noqa: S106
PREVIEWS = AccessRule(Action.IMPORT, whose.preview)

# Flask endpoints. A page's shell and the first answer of a page ask for the rule of the page itself, see PAGES.
ENDPOINTS: dict[str, AccessRule] = {
    # what every browser needs before anybody signs in, and what a monitor asks
    "static": OPEN,
    "style_sheet": OPEN,
    "_dash_assets.static": OPEN,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": OPEN,
    "/_favicon.ico": OPEN,
    "api.health": OPEN,
    # Dash: the empty frame and the list of callbacks
    "/_dash-layout": VIEW,
    "/_dash-dependencies": VIEW,
    "/_reload-hash": VIEW,
    # reading
    "work.record_page": VIEW,
    "work.show_report_wrong": VIEW,
    "work.show_step": AccessRule(Action.VIEW, whose.organization),
    "work.show_persons": AccessRule(Action.SEE_PERSONS, whose.organization),
    "work.show_settle": VIEW,
    "work.show_reconciliation": VIEW,
    "work.show_undo": AccessRule(Action.VIEW, whose.run),
    "work.show_meetings": VIEW,
    "work.show_meeting": VIEW,
    "work.show_job": VIEW,
    "work.send_evidence": VIEW,
    "work.show_upload": VIEW,
    "work.send_template": VIEW,
    "work.show_enter": VIEW,
    "work.task_page": VIEW,
    # a preview holds what has not been loaded yet
    "work.show_preview": PREVIEWS,
    "work.show_marked_copy": PREVIEWS,
    # taking away
    "api.rows": LISTS,
    "task_files.task_file": LISTS,
    "register_exports.worklist": LISTS,
    "register_exports.register_list": LISTS,
    "register_exports.named_ratings": LISTS,
    "register_exports.by_commune": LISTS,
    "register_exports.two_lists": LISTS,
    "work.send_paper": PAPERS,
    "feed.place_feed": AccessRule(Action.EXPORT, whose.part("slug"), token="lich"),  # noqa: S106
    "feed.agency_feed": AccessRule(Action.EXPORT, token="lich"),  # noqa: S106
    # signing in, and the own account
    "work.show_sign_in": OPEN,
    "work.receive_sign_in": OPEN,
    "work.show_second_step": OPEN,
    "work.receive_second_step": OPEN,
    "work.leave_for_provider": OPEN,
    "work.return_from_provider": OPEN,
    "work.sign_out": OPEN,
    "work.show_account": OWN_PASSWORD,
    "work.show_factor_setup": SIGNED_IN,
    "work.show_administration": AccessRule(Action.ADMINISTER),
    "work.show_one_account": AccessRule(Action.ADMINISTER),
    # the trail
    "work.show_trail": AccessRule(Action.READ_TRAIL),
    "work.export_trail": AccessRule(Action.READ_TRAIL),
    # two steps: the pages show what the viewer proposed or may decide
    "work.show_waiting": SIGNED_IN,
    "work.show_proposal": SIGNED_IN,
    "work.show_proposed_file": SIGNED_IN,
    # how the installation is doing
    "work.show_operation": AccessRule(Action.RUN),
}
# Dash pages by the template of their address.
PAGES: dict[str, AccessRule] = {
    "/": VIEW,
    "/tinh": VIEW,
    "/tinh/<slug>": AccessRule(Action.VIEW, whose.part("slug")),
    "/chi-tieu": VIEW,
    "/chi-tieu/<code>": VIEW,
    "/bieu-do/chi-tieu/<code>": VIEW,
    "/bieu-do/cam-ket/<programme>/<code>": VIEW,
    "/nhiem-vu": VIEW,
    "/co-quan/<code>": VIEW,
    "/giai-trinh": VIEW,
    "/kien-nghi": VIEW,
    "/htx": VIEW,
    "/htx/theo-xa": VIEW,
    "/htx/<number>": AccessRule(Action.VIEW, whose.organization),
    "/xep-loai": VIEW,
    "/can-xu-ly": VIEW,
    "/phuong-phap": VIEW,
    "/khong-tim-thay": VIEW,
}
# Callbacks by their output. Dash's own callback that draws pages asks for the rule of the page.
CALLBACKS: dict[str, AccessRule] = {
    "register-grid.getRowsResponse": VIEW,
    "register-summary.children": VIEW,
}
