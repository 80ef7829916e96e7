"""The way from a promise to its sentence in the document of its programme."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element, Piece
from models.gaps.promise import TargetRecord

SEE = "Xem câu trong văn bản"


def sentence_id(target: TargetRecord) -> str:
    """The fragment of a promise's sentence on the page of its document."""
    return f"{target.indicator}-{target.horizon}-{target.definition}"


def document_address(place: str, programme: str, view: View, target: TargetRecord | None = None) -> str:
    """Where the document of a programme is shown, at the sentence of a promise where one is given."""
    address = view.link(f"/tinh/{place}/van-ban", chuong_trinh=programme)
    return f"{address}#{sentence_id(target)}" if target else address


def sentence_links(targets: Sequence[TargetRecord], view: View) -> list[Piece]:
    """A link to the sentence of a promise, or one a horizon where several stand on one card."""
    links = [_link(target, view, SEE if len(targets) == 1 else str(target.horizon)) for target in targets]
    before = [f" {SEE}: "] if len(links) > 1 else [" "]
    return [*before, *[piece for at, link in enumerate(links) for piece in ((", ", link) if at else (link,))]]


def _link(target: TargetRecord, view: View, label: str) -> Element:
    return html.A(label, href=document_address(target.place, target.programme, view, target))
