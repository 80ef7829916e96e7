"""What LibreOffice makes of our CSV, whichever separator its reader ticks: no formula."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.ui.list_file import csv_lines
from models.base.row_text import to_csv

Convert = Callable[..., Path]
NASTY = (
    "=1+1", "x;=1+1;y", "x; =1+1", "x\t=1+1\ty", "x|=1+1|y", "a\n=1+1\nb", 'x";=1+1', 'x;"=1+1;y', "x; \"' =1+1",
    "  =1+1", "\t=1+1", "＝1+1",
    "+1+1", "-1-1", "@SUM(1)", "a;b\n;=1+1",
)  # fmt: skip
OURS = (
    to_csv([{"first": text, "second": text, "third": [text, text]} for text in NASTY]),
    "".join(csv_lines(["=1+1"], NASTY, [NASTY, [*NASTY][::-1]])),
)
LIVE = 'a,"x;=1+1;y"\n'


def formulas(convert: Convert, text: str, separator: str) -> int:
    """How many live formulas the sheet holds that LibreOffice reads with this separator, formulas evaluated."""
    reading = f"CSV:{ord(separator)},34,76,1,,0,false,true,false,false,false,0,true"
    sheet = convert(text.encode(), "csv", "fods", f"--infilter={reading}")
    return sheet.read_text(encoding="utf-8").count("table:formula=")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_text_of_our_csv_becomes_a_formula(convert: Convert, separator: str) -> None:
    assert [formulas(convert, text, separator) for text in OURS] == [0, 0]


def test_the_same_text_unguarded_does(convert: Convert) -> None:
    assert formulas(convert, LIVE, ";") == 1
