"""Cross-checks of the reviewed files: everything that one shape alone cannot tell."""

from __future__ import annotations

from etl.checks import corrections, figures, indicators, programmes, references, relations, targets, tasks
from etl.checks.known import know
from etl.facts_reader import Facts
from etl.issues import Issue


def check_facts(facts: Facts) -> list[Issue]:
    """Find every problem at once, sorted by file and line, those of shape included."""
    known = know(facts)
    found = list(facts.issues)
    for check in (
        references.check,
        indicators.check,
        relations.check,
        figures.check,
        corrections.check,
        programmes.check,
    ):
        found += check(facts, known)
    for programme in facts.programmes:
        found += targets.check(programme, known)
        found += tasks.check(programme, known)
    return sorted(set(found))
