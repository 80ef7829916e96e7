"""The kept corpus is what its script builds, and the samples are the published ones."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

FILES = Path(__file__).resolve().parents[2] / "files"
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"


def test_the_corpus_is_what_its_script_builds(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(FILES / "build.py"), str(tmp_path)], check=True)
    built = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert len(built) > 40
    assert [str(name) for name, content in built.items() if (FILES / name).read_bytes() != content] == []


@pytest.mark.parametrize("name", ["bieu-1-gia-lai-2023.xlsx", "so-dang-ky-gia-lai-2023-mo-phong.xlsx"])
def test_the_kept_samples_are_the_published_ones(name: str) -> None:
    if not SAMPLES.is_dir():
        pytest.skip("needs the samples of the shared folder")
    kept, published = ((folder / name).read_bytes() for folder in (FILES / "good", SAMPLES))
    assert hashlib.sha256(kept).digest() == hashlib.sha256(published).digest()
