"""Reads the text of a received document in a process of its own, with bounds of memory and time.

`python -m etl.documents.text_process PARENT FILE NAME`: the child writes one JSON object, `text` or `refused`. It opens
nothing by a name found inside the file.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from etl.documents.document_text import read_document_text
from etl.files.process_limits import Bounds, end_with, keep_within
from etl.parsing.issues import LoadError
from models.config.settings import ROOT

log = logging.getLogger(__name__)
BOUNDS = Bounds(seconds=120)
GRACE_SECONDS = 10
UNREADABLE = "Không đọc được {name}: tệp hỏng, quá lớn hoặc cần quá nhiều bộ nhớ. Lưu lại thành .docx hoặc .txt rồi gắn"


def read_text_apart(path: Path, name: str) -> str:
    """The text of a file kept under another name; raises LoadError with a sentence for what cannot be read."""
    command = [sys.executable, "-m", "etl.documents.text_process", str(os.getpid()), str(path.absolute()), name]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, capture_output=True, timeout=BOUNDS.seconds + GRACE_SECONDS, check=False
        )
        told: dict[str, str] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        log.warning("a document could not be read: %s", error)
        raise LoadError(UNREADABLE.format(name=name)) from error
    if "text" not in told:
        raise LoadError(told["refused"])
    return told["text"]


def main(arguments: list[str]) -> None:
    """Read the file and write what came of it."""
    parent, path, name = arguments
    end_with(int(parent))
    keep_within(BOUNDS)
    try:
        told = {"text": read_document_text(Path(path), name)}
    except LoadError as error:
        told = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(told).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
