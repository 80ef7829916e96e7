"""Cross-checks of the reviewed files: everything that one shape alone cannot tell."""

from __future__ import annotations

from datetime import date

from etl.facts.checks import (
    figures,
    indicators,
    meaning,
    programmes,
    references,
    targets,
    tasks,
)
from etl.facts.checks.known import know
from etl.facts.facts_reader import Facts
from etl.parsing.issues import Issue


def check_facts(facts: Facts, today: date = date.max) -> list[Issue]:
    """Find every problem at once, sorted by file and line, those of shape included.

    What is dated after `today` would be shown nowhere, and is refused.
    """
    known = know(facts)
    found = list(facts.issues)
    for check in (
        references.check,
        indicators.check,
        figures.check,
        programmes.check,
        meaning.check,
    ):
        found += check(facts, known)
    for programme in facts.programmes:
        found += targets.check(programme, known)
        found += tasks.check(programme, known)
    found += meaning.check_days(facts, today)
    return sorted(set(found))
