"""Why an organisation is to be settled: three reasons, from its reported state, its legal status and the law."""

from __future__ import annotations

from datetime import date

from dashboard.register.values import OrganizationLine
from models.register.organization import LegalStatus, OperatingState

STOPPED, DISSOLVING, NOT_CONVERTED = "ngung", "cho-giai-the", "chua-chuyen-doi"
REASONS = (STOPPED, DISSOLVING, NOT_CONVERTED)


def reasons_of(line: OrganizationLine) -> list[tuple[str, date | None]]:
    """Why an organisation is to be settled, and since when each reason is known to hold."""
    found: dict[str, date | None] = {}
    state, legal = line.operating_state, line.legal_status
    if state == OperatingState.STOPPED:
        found[STOPPED] = line.operating_state_on
    if state == OperatingState.AWAITING_DISSOLUTION:
        found[DISSOLVING] = line.operating_state_on
    if legal in (LegalStatus.DISSOLVING, LegalStatus.BANKRUPTCY):
        days = [day for day in (found.get(DISSOLVING), line.legal_status_on) if day is not None]
        found[DISSOLVING] = min(days, default=None)
    if state == OperatingState.NOT_CONVERTED or line.is_law_compliant is False:
        found[NOT_CONVERTED] = line.operating_state_on if state == OperatingState.NOT_CONVERTED else None
    return list(found.items())


def is_told(line: OrganizationLine, reason: str) -> bool:
    """Whether the reported state already says this reason, so that it need not be said twice."""
    told = {
        OperatingState.STOPPED: STOPPED,
        OperatingState.AWAITING_DISSOLUTION: DISSOLVING,
        OperatingState.NOT_CONVERTED: NOT_CONVERTED,
    }
    return line.operating_state is not None and told.get(OperatingState(line.operating_state)) == reason
