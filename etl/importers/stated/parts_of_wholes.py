"""Values of one file held against each other: a part must not pass its whole (data/relations.yaml)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.importers.draft import Content, Context
from etl.parsing.parsed import Problem
from etl.tables.findings import Findings
from models.targets.consistency import ConsistencyRule, RuleKind, rules_of
from models.targets.reading import Moment, read_thresholds


@dataclass(frozen=True, slots=True)
class CellReference:
    """Where a value stands: sheet, row and cell."""

    sheet: str
    row: int
    cell: str


Sign = tuple[str, date, str, str]
Stated = dict[str, list[tuple[str, float, CellReference]]]


class StatedValues:
    """The values of a file by indicator, each with where it stands; wholes of several definitions are all kept."""

    def __init__(self, context: Context) -> None:
        now = Moment(context.load_date, context.load_date)
        rules = rules_of(read_thresholds(context.session, now).content)
        self._rules = [rule for rule in rules if rule.kind is not RuleKind.AVERAGE]
        self._codes = {code for rule in self._rules for code in (rule.whole, *rule.parts)}
        self._indicators = context.indicators
        self._found: dict[Sign, Stated] = defaultdict(lambda: defaultdict(list))

    def add(self, row: Content, spot: CellReference) -> None:
        """Keep what a row says exactly; values meet by place, day, kind and publisher."""
        if row["indicator"] in self._codes and row["qualifier"] == "exact":
            sign = (row["place"], row["period_end"], row["value_kind"], row["publisher"])
            self._found[sign][row["indicator"]].append((row["key"], row["value"], spot))

    def stop_parts(self, findings: Findings) -> set[str]:
        """Stop every row whose value is above that of its whole in the same file, and give the keys of these."""
        stopped = set()
        for values in self._found.values():
            for rule in self._rules:
                for key, problem, spot, value in self._above(rule, values):
                    findings.stop_row(problem, spot.sheet, spot.row, spot.cell, value)
                    stopped.add(key)
        return stopped

    def _above(self, rule: ConsistencyRule, values: Stated) -> Iterator[tuple[str, Problem, CellReference, float]]:
        _key, total, at = max(values.get(rule.whole, ()), key=lambda item: item[1], default=("", math.inf, None))
        for code in rule.parts if at is not None else ():
            for key, value, spot in values.get(code, ()):
                if at is not None and value > total:
                    part, whole = self._indicators[code].name, self._indicators[rule.whole].name
                    what = f'"{part}" là {_shown(value)}, nhiều hơn "{whole}" là {_shown(total)} ở ô {at.cell}'
                    remedy = "Sửa một trong hai số: phần không thể hơn tổng"
                    yield key, Problem("figure.part_above_whole", what, remedy), spot, value


def _shown(value: float) -> str:
    return f"{value:.15g}".replace(".", ",")
