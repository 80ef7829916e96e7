"""How much of a decision `etl read-decision` finds, of the four that were entered, where their texts are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.report import Line
from etl.documents.decision_draft import DecisionDraft, read_decision
from models.base.text import fold
from models.config.settings import ROOT

TEXTS = ROOT.parent / "shared" / "documents"
PROGRAMMES = {
    "ninh_thuan_2023": "ninh-thuan-2023",
    "thanh_hoa_922_2023": "thanh-hoa-922-2023",
    "dong_nai_01_2023": "dong-nai-01-2023",
    "gia_lai_2020": "gia-lai-2020",
}
DAMAGED = "dong_nai_01_2023"
PROMISE = ("indicator", "horizon", "comparator", "low", "high")


def decisions(_folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    """Promises found and false ones, and rows of the annex with number, lead and deadline as printed."""
    for name, slug in PROGRAMMES.items():
        path = TEXTS / f"{name}.txt"
        if not path.is_file():
            yield Line(f"{slug}: the text is not shipped and not beside this folder", "not measured")
            continue
        entered = yaml.safe_load((ROOT / "data" / "programmes" / f"{slug}.yaml").read_text("utf-8"))
        draft = read_decision(path.read_text("utf-8"))
        if entered["targets"]:
            yield _promises(slug, draft, entered["targets"])
        yield _rows(slug, draft, entered["tasks"]["rows"], "0.8" if name == DAMAGED else "0.95")


def _promises(slug: str, draft: DecisionDraft, targets: list[dict[str, Any]]) -> Line:
    wanted = {tuple(target[name] for name in PROMISE) for target in targets}
    found = {tuple(getattr(promise, name) for name in PROMISE) for promise in draft.promises}
    right, false = len(found & wanted), len(draft.promises) - len(found & wanted)
    measured = f"{right} of {len(wanted)} found, {false} false"
    return Line(f"{slug}: promises", measured, ratio=f"{right / len(wanted):.3f}", expected="ratio >= 0.95")


def _rows(slug: str, draft: DecisionDraft, rows: list[dict[str, str]], least: str) -> Line:
    found = {(row.section, row.number, _plain(row.leads_text), _plain(row.deadline_text)) for row in draft.tasks}
    wanted = {(row["section"], row["number"], _plain(row["leads_text"]), _plain(row["deadline_text"])) for row in rows}
    numbers = {(row["section"], row["number"]) for row in rows}
    false = sum((row.section, row.number) not in numbers for row in draft.tasks)
    measured = f"{len(found & wanted)} of {len(wanted)} as printed, {false} false"
    ratio = f"{len(found & wanted) / len(wanted):.3f}"
    return Line(f"{slug}: rows of the annex", measured, ratio=ratio, expected=f"ratio >= {least}")


def _plain(text: str) -> str:
    return fold(text).replace(";", ",").strip(". ")
