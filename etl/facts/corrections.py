"""A published figure that is plainly wrong is mended beside its row, never in it, and says so on every page.

`data/figures.csv` keeps what the source says. A correction holds only while the source says that: once the
publisher mends its figure, `etl check` asks for the correction to go (etl/facts/checks/corrections.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.facts.schema import CorrectionRow, FigureRow


def corrected(figures: Iterable[FigureRow], corrections: Iterable[CorrectionRow]) -> Iterator[FigureRow]:
    """The figures with the value that we use; the note of a corrected one tells both values, why and who says so."""
    by_key = {correction.key: correction for correction in corrections}
    for figure in figures:
        correction = by_key.get(figure.key)
        yield figure if correction is None else _mended(figure, correction)


def _mended(figure: FigureRow, correction: CorrectionRow) -> FigureRow:
    said = (
        f"Nguồn ghi {_plain(correction.source_says)}, ở đây dùng {_plain(correction.we_use)}: {correction.reason} "
        f"({correction.corrected_by}, {correction.corrected_on:%d/%m/%Y}; {correction.source_title})."
    )
    note = f"{figure.note} {said}" if figure.note else said
    return figure.model_copy(update={"value": correction.we_use, "note": note})


def _plain(value: float) -> str:
    """A number as Vietnamese text reads it, without grouping."""
    return f"{value:.12g}".replace(".", ",")
