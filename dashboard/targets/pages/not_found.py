"""Any address that is not ours: HTTP 404 and a page that helps."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.routes import page
from dashboard.web.rules import VIEW


@page("/<path:path>", title="Không tìm thấy", right=VIEW)
def layout(snapshot: Snapshot, view: View, **_: object) -> Element:
    """What was looked for is not here; where else to go."""
    return errors.not_found(
        view, "Địa chỉ này không có trong hệ thống.", "Kiểm tra lại địa chỉ, hoặc chọn một trang dưới đây."
    )
