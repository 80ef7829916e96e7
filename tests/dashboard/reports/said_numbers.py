"""Every number that a text holds, and every number that the API gives: what is in the first must be in the second."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from dashboard.reports.office_charts import year_end
from dashboard.ui import words
from models.rows import EXPORTS

Row = Mapping[str, Any]
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
DAY = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
SHORTENED = 30  # letters that tell which title a shortened one was
# numbering of the paper itself, as it is written there and nowhere else
STRUCTURE = re.compile(
    r"^\d{1,2}\. |\((\d+)/\d+\)|Trang \d+/\d+|^\d{1,3}$|\(\d+\)|31/12|tháng 11|365,25|"
    r"bằng 0\b|bởi 0\b|coi là 0\b|tính là 0\b|6 tháng|quy về 1 |1 mốc|mới 1 số|\d+/\d+ năm"
)


def values_of(rows: Iterable[Row]) -> Iterator[Any]:
    """Every single value of the rows, lists taken apart."""
    for row in rows:
        for value in row.values():
            yield from value if isinstance(value, list) else (value,)


class Known:
    """What the API says at one moment about one place: numbers, days, texts, and counts of its rows."""

    def __init__(self, tables: Mapping[str, list[Row]], place: str, more: Iterable[Any] = ()) -> None:
        own = {name: [row for row in rows if row.get("place") == place] for name, rows in tables.items()}
        self.own = own
        found = [*values_of(row for rows in own.values() for row in rows), *more]
        self.numbers = {float(v) for v in found if isinstance(v, int | float) and not isinstance(v, bool)}
        self.numbers |= {-n for n in self.numbers} | set(changes(own["observations"]))
        self.days = {v if not isinstance(v, datetime) else v.date() for v in found if isinstance(v, date)}
        # the longest first: a title may hold a shorter name
        said = {" ".join(v.split()) for v in found if isinstance(v, str) and re.search(r"\d", v)}
        said |= {f"{row['section']}.{row['number']}" for row in own["tasks"] if row["number"]}
        self.days |= {date.fromisoformat(v) for v in said if re.fullmatch(r"\d{4}-\d{2}-\d{2}", v)}
        self.texts = sorted(said, key=len, reverse=True)
        self.written = {text for n in self.numbers for text in written(n)} | {str(day.year) for day in self.days}
        self.written |= {str(n) for n in counts(own)} | {str(row["horizon"]) for row in own["gaps"] if row["horizon"]}

    def holds(self, value: float) -> bool:
        """Whether a bare number (a cell, a point of a chart) is a value, a count or a day on a time axis."""
        near = (n for n in self.numbers if abs(n - value) <= 1e-9 * max(1.0, abs(n)))
        on_axis = (day for day in self.days if round(year_end(day), 3) == round(value, 3))
        rounded = (n for n in self.numbers if value in (round(n, 2), round(n, 1), round(n)))
        return any(True for found in (near, on_axis, rounded) for _ in found) or value in counts(self.own)

    def leftover(self, lines: Iterable[str]) -> list[tuple[str, str]]:
        """Every number of the lines that nothing of the API explains, with its line."""
        return [(number, line) for line in lines for number in self._unexplained(line)]

    def _unexplained(self, line: str) -> Iterator[str]:
        rest = " ".join(line.split())
        for text in self.texts:
            if "…" in rest and text[:SHORTENED] in rest:  # a slide shows the beginning of a long title
                start = rest.index(text[:SHORTENED])
                shown = rest[start:].partition("…")[0]
                rest = rest.replace(shown + "…", " ") if text.startswith(shown) else rest
            if text in rest:  # whole words only: "252" explains nothing of "252.000"
                rest = re.sub(rf"(?<![\w.,/]){re.escape(text)}(?!\w|[.,/]\d)", " ", rest)
        for day in DAY.findall(rest):
            if datetime.strptime(day, "%d/%m/%Y").date() not in self.days:
                yield day
        rest = STRUCTURE.sub(" ", DAY.sub(" ", rest))
        for number in NUMBER.findall(rest):
            if number.rstrip(".") not in self.written:
                yield number


def written(value: float) -> Iterator[str]:
    """How the screen may write a value: with its own decimals, or rounded to none, one, two or three."""
    for decimals in (None, 0, 1, 2, 3):
        yield words.number(abs(value), decimals)


def changes(observations: Iterable[Row]) -> Iterator[float]:
    """The yearly changes between any two values of one indicator, as the workbook computes them."""
    by_code: dict[str, list[Row]] = {}
    for row in observations:
        by_code.setdefault(str(row["indicator"]), []).append(row)
    for rows in by_code.values():
        ordered = sorted(rows, key=lambda row: row["period_end"])
        pairs = [(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :]] or list(pairwise(ordered))
        for before, after in pairs:
            if days := (after["period_end"] - before["period_end"]).days:
                yield (after["value"] - before["value"]) / (days / 365.25)


def counts(own: Mapping[str, list[Row]]) -> set[int]:
    """How many rows there are of each status, state and kind, by horizon and in all."""
    found: set[int] = {0}
    for name, keys in (("gaps", ("status",)), ("tasks", ("state",)), ("observations", ("indicator",))):
        rows = own[name]
        found.add(len(rows))
        for horizon in {row.get("horizon") for row in rows}:
            here = [row for row in rows if row.get("horizon") == horizon]
            found |= {len(here), sum(row.get("value") is None for row in here), sum(
                row.get("value") is not None for row in here)}  # fmt: skip
            for key in keys:
                found |= {sum(row[key] == value for row in here) for value in {row[key] for row in here}}
        found.add(sum(row.get("value") is None for row in rows))
    found.add(len({row["task"] for row in own["tasks"] if not row["is_heading"]}))
    silent = [row for row in own["tasks"] if row["state"] in ("no_report", "overdue")]
    found.add(len({row["task"] for row in silent}))
    return found


def api_tables(ask: Callable[[str], list[Row]]) -> dict[str, list[Row]]:
    """Every table of the API."""
    return {name: ask(name) for name in EXPORTS}
