"""Reads what pip-audit found: 1 when a vulnerability is known, 0 otherwise, and says what was not checked at all."""

import json
import sys
from pathlib import Path

NOT_CHECKED = "*** NOT CHECKED (không kiểm được): {} ***"


def main(found: Path, said: Path) -> int:
    """Print the verdict; pip-audit itself calls a package it cannot look up "skipped" and still ends with 0."""
    try:
        packages = json.loads(found.read_text(encoding="utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError):
        lines = said.read_text(encoding="utf-8").strip().splitlines() if said.exists() else []
        print(NOT_CHECKED.format("the source of vulnerabilities could not be reached"), *lines[-1:], sep="\n")
        return 0
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    known = [(package, fault) for package in packages for fault in package.get("vulns", [])]
    for package, fault in known:
        mended = ", ".join(fault.get("fix_versions", [])) or "none yet"
        print(f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}")
    if skipped:
        print(NOT_CHECKED.format(f"{len(skipped)} of {len(packages)} packages are not known to the source"))
    print(f"{len(packages) - len(skipped)} packages checked, {len(known)} known vulnerabilities")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
