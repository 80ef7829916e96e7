"""Every figure and every status before and after a load, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.register.measures import read_measures
from models.targets.reading import Moment, read_gaps, read_indicators

Picture = Mapping[tuple[str, str, str], tuple[float | None, str]]
REGISTER, PROMISE = "register", "promise"


@dataclass(frozen=True, slots=True)
class Effect:
    """One figure or promise before and after. `source` is register (counted) or promise (with a status)."""

    source: str
    indicator: str
    name: str
    key: str
    before: float | None
    after: float | None
    status_before: str
    status_after: str

    @property
    def is_changed(self) -> bool:
        """Whether the load moves it."""
        return (self.before, self.status_before) != (self.after, self.status_after)


def read_picture(session: Session, place: str, year: int, *, is_demo: bool, as_of: date) -> Picture:
    """Every counted figure of the place and year, and every promise of the place with its status."""
    picture: dict[tuple[str, str, str], tuple[float | None, str]] = {}
    for code, measure in read_measures(session, place, year, demo=is_demo).items():
        picture[REGISTER, code, f"{place}/{year}"] = (measure.value, "")
    try:
        gaps = read_gaps(session, Moment(as_of=as_of, known_on=as_of))
    except LookupError:  # no thresholds loaded: nothing is promised yet
        gaps = []
    for view in gaps:
        if view.place == place:
            picture[PROMISE, view.indicator, view.key] = (view.gap.value, view.gap.status.value)
    return picture


def effects_of(
    session: Session, act: Callable[[Session], object], place: str, year: int, *, is_demo: bool, as_of: date
) -> Sequence[Effect]:
    """What a change would move: it is carried out, looked at and rolled back. Raises what `act` raises."""
    try:
        before = read_picture(session, place, year, is_demo=is_demo, as_of=as_of)
        act(session)
        session.flush()
        return compare(session, before, read_picture(session, place, year, is_demo=is_demo, as_of=as_of))
    finally:
        session.rollback()


def compare(session: Session, before: Picture, after: Picture) -> Sequence[Effect]:
    """Before and after side by side, in the order of the indicators; figures known neither time are left out."""
    names = {code: (index, row.name) for index, (code, row) in enumerate(read_indicators(session).items())}
    effects = []
    for source, code, key in {**before, **after}:
        old, status_before = before.get((source, code, key), (None, ""))
        new, status_after = after.get((source, code, key), (None, ""))
        name = names.get(code, (0, code))[1]
        effects.append(Effect(source, code, name, key, old, new, status_before, status_after))
    known = [e for e in effects if (e.before, e.after) != (None, None) or e.status_before or e.status_after]
    return sorted(known, key=lambda e: (e.source != PROMISE, names.get(e.indicator, (999, ""))[0], e.key))
