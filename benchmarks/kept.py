"""What each part found, kept as it comes, so that a run that was ended loses only the part it was in."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.report import BenchmarkPart, Line


def default_folder() -> Path:
    """Below the temporary folder, beside nothing of the installation's own."""
    return Path(tempfile.gettempdir()) / "bench-parts"


def keep(folder: Path, name: str, part: BenchmarkPart) -> None:
    """Write one part; an earlier one of the same name is replaced whole."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{name}.new"
    fresh.write_text(json.dumps(asdict(part), ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(folder / f"{name}.json")


def kept(folder: Path, name: str) -> BenchmarkPart | None:
    """The part as it was kept, None where it was not measured."""
    try:
        found = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return BenchmarkPart(**{**found, "lines": [Line(**line) for line in found["lines"]]})


def forget(folder: Path) -> None:
    """Before everything is measured anew."""
    for file in folder.glob("*.json"):
        file.unlink()
