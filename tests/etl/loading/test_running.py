"""The imports under way are shown without writing anything: pages are read on where the disk takes nothing."""

from __future__ import annotations

import os
from pathlib import Path

from etl.loading.running import RunningImports

CHECKSUM = "0" * 64


def test_showing_imports_makes_no_folder(tmp_path: Path) -> None:
    assert RunningImports(tmp_path / "imports", 2).under_way() == []
    assert list(tmp_path.iterdir()) == []


def test_showing_imports_writes_nothing(tmp_path: Path) -> None:
    imports = RunningImports(tmp_path, 2)
    imports.begin(CHECKSUM, "cũ.xlsx", None, kept="").end()
    with imports.begin(CHECKSUM, "so.xlsx", 7, kept=""):
        dead = tmp_path / f"{'x' * 32}.json"
        dead.write_text("{}", encoding="utf-8")
        kept = [*tmp_path.iterdir(), tmp_path]
        for path in kept:
            os.utime(path, (0, 0))
        assert [(about.label, about.account) for about in imports.under_way()] == [("so.xlsx", 7)]
        assert [path.stat().st_mtime for path in kept] == [0] * len(kept)
    with imports.begin(CHECKSUM, "moi.xlsx", None, kept=""):  # the next one takes away what nobody holds
        assert not dead.exists() and [about.label for about in imports.under_way()] == ["moi.xlsx"]
