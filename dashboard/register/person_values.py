"""What the register keeps of persons, as plain values for the one page that shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of one year; None = not reported."""

    role: str
    year: int
    name: str | None
    is_female: bool | None
    birth_year: int | None
    education: str | None


@dataclass(frozen=True, slots=True)
class PersonsPage:
    """The persons of an organisation."""

    organization: int
    name: str
    place: str
    lines: tuple[PersonLine, ...]
    is_demo: bool
