"""What the load test says: answers by kind, and whether the expectation held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from benchmarks.load_clients import Sample

SEEN = ("page", "callback", "rows", "list", "asset")  # what a viewer waits for
KINDS = (
    *SEEN, "import: form", "import: read and preview", "import: preview page", "import: confirm", "bare page",
)  # fmt: skip
EXPECTED_MS = 500
NAMED_FAULTS = 10
NAMED_SLOW = 8


@dataclass(frozen=True, slots=True)
class LoadRun:
    """One database's run. `load_before` is the machine's load before anybody worked.

    `worked` are the processor seconds of the product's servers and imports (PostgreSQL's own not among them).
    """

    database: str
    samples: list[Sample]
    seconds: float
    load_before: float
    worked: float

    @property
    def failures(self) -> list[str]:
        """What went wrong."""
        return [sample.fault for sample in self.samples if sample.fault]

    def milliseconds(self, *kinds: str) -> list[float]:
        """How long good answers of some kinds took, in order."""
        return sorted(sample.seconds * 1000 for sample in self.samples if sample.kind in kinds and not sample.fault)


def report(head: list[str], runs: list[LoadRun]) -> str:
    """The whole paper."""
    lines = ["# Results of `make load`", "", *head, ""]
    for run in runs:
        lines += [
            f"## {'PostgreSQL' if run.database == 'postgresql' else 'SQLite'}",
            "",
            *_table(run),
            "",
            *_slowest(run),
            "",
            *_verdict(run),
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _table(run: LoadRun) -> list[str]:
    rows = ["| answers | count | errors | p50 | p95 | p99 | longest |", "|---|---|---|---|---|---|---|"]
    rows.append(_row("**all that a viewer asks**", run, *SEEN))
    return rows + [_row(kind, run, kind) for kind in KINDS if any(s.kind == kind for s in run.samples)]


def _slowest(run: LoadRun) -> list[str]:
    """The addresses that a viewer waits for longest, by what the slowest twentieth takes."""
    paths = {(s.kind, s.path) for s in run.samples if s.kind in SEEN and s.kind != "asset"}
    times = {key: sorted(s.seconds * 1000 for s in run.samples if (s.kind, s.path) == key) for key in paths}
    worst = sorted(times, key=lambda key: -at(times[key], 0.95))[:NAMED_SLOW]
    rows = [
        f"| {kind} `{path}` | {len(found)} | {at(found, 0.5):.0f} ms | {at(found, 0.95):.0f} ms |"
        for kind, path in worst
        for found in (times[kind, path],)
    ]
    return ["| slowest | count | p50 | p95 |", "|---|---|---|---|", *rows]


def _row(name: str, run: LoadRun, *kinds: str) -> str:
    times = run.milliseconds(*kinds)
    wrong = sum(sample.kind in kinds and bool(sample.fault) for sample in run.samples)
    shown = [f"{value:.0f} ms" for value in (at(times, 0.5), at(times, 0.95), at(times, 0.99), at(times, 1.0))]
    return f"| {name} | {len(times) + wrong} | {wrong} | {' | '.join(shown if times else ['-'] * 4)} |"


def at(times: list[float], share: float) -> float:
    """The value below which this share of the sorted times lies; 0 for none."""
    return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0


def _verdict(run: LoadRun) -> list[str]:
    seen = at(run.milliseconds(*SEEN), 0.95)
    imports = len(run.milliseconds("import: confirm"))
    rate = len(run.milliseconds(*SEEN)) / run.seconds
    held = "held" if seen < EXPECTED_MS and not run.failures else "NOT held"
    told = [
        f"Expectation {held}: p95 of a viewer's answers {seen:.0f} ms (under {EXPECTED_MS} ms), "
        f"{len(run.failures)} errors. {rate:.1f} answers a second, {imports} imports confirmed; "
        f"load of the machine before: {run.load_before:.1f}. Servers and imports took {run.worked:.0f} s of processor "
        f"time in {run.seconds:.0f} s."
    ]
    common = Counter(run.failures).most_common(NAMED_FAULTS)
    return told + [f"- {count} times: {fault}" for fault, count in common]
