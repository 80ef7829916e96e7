"""Checks of the decisions themselves: who, where, when, and which older promise they amend."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from etl.facts.checks.known import DefinedCodes, repeated
from etl.facts.facts_reader import Facts, ProgrammeFacts
from etl.facts.programme_schema import ProgrammeHead, TargetEntry
from etl.facts.shape import Located
from etl.parsing.issues import Issue

LEAP_YEAR = 2024
LAST_OF_YEAR = (12, 31)


def check(facts: Facts, known: DefinedCodes) -> Iterator[Issue]:
    """Yield what is wrong with the heads of the decisions and with amendments between them."""
    heads = [(programme.head.value.slug, programme.head) for programme in facts.programmes]
    yield from repeated(heads, "mã chương trình", "slug")
    for programme in facts.programmes:
        yield from _head(programme.head, known)
        for target in programme.targets:
            yield from _amendment(programme, target, known)
    amending = [(t.value.amends, t) for programme in facts.programmes for t in programme.targets if t.value.amends]
    yield from repeated(amending, "cam kết được sửa đổi", "amends")


def _head(row: Located[ProgrammeHead], known: DefinedCodes) -> Iterator[Issue]:
    head = row.value
    yield from known.places.check(row, "place", head.place)
    yield from known.check_life(row, head.place, head.document.issued_on, "ngày ban hành", "place")
    yield from known.agencies.check(row, "document", head.document.issuer)
    if (path := PurePosixPath(row.file)).suffix == ".yaml" and path.stem != head.slug:
        yield row.issue(f'tên tệp khác mã chương trình "{head.slug}"', f"Đặt tên tệp là {head.slug}.yaml", "slug")
    issued = head.document.issued_on
    if head.document.issued_precision == "month" and issued.day != monthrange(issued.year, issued.month)[1]:
        what = f"chỉ biết tháng ban hành nhưng ngày {issued} không phải ngày cuối tháng"
        yield row.issue(what, "Ghi ngày cuối tháng", "document")
    if head.document.issued_precision == "year" and (issued.month, issued.day) != LAST_OF_YEAR:
        yield row.issue(f"chỉ biết năm ban hành nhưng ghi ngày {issued}", "Ghi ngày 31/12 của năm", "document")
    for reference in (*head.implements, *head.replaces):
        if reference.issued_on and reference.issued_on > issued:
            what = f'văn bản "{reference.number}" ngày {reference.issued_on} sau ngày ban hành chương trình'
            yield row.issue(what, "Sửa ngày của văn bản", "implements")
    if head.reporting is not None:
        yield from known.agencies.check(row, "reporting", head.reporting.to)
        if head.reporting.last_day > monthrange(LEAP_YEAR, head.reporting.month)[1]:
            yield row.issue("hạn báo cáo là một ngày không có trong tháng", "Sửa month hoặc last_day", "reporting")


def _amendment(programme: ProgrammeFacts, target: Located[TargetEntry], known: DefinedCodes) -> Iterator[Issue]:
    amends = target.value.amends
    if amends is None:
        return
    yield from known.targets.check(target, "amends", amends)
    older = known.heads.get(amends.split("/")[0])
    if older is None:
        return
    if _issued(older) >= _issued(programme.head.value):
        yield target.issue(f'cam kết được sửa "{amends}" không cũ hơn', "Chỉ sửa đổi cam kết ban hành trước", "amends")
    if amends.split("/")[1:] != [target.value.indicator, str(target.value.horizon)]:
        what = f'cam kết được sửa "{amends}" thuộc chỉ tiêu hoặc mốc khác'
        yield target.issue(what, "Ghi cam kết cùng chỉ tiêu và cùng mốc", "amends")


def _issued(head: ProgrammeHead) -> date:
    return head.document.issued_on
