"""Which known organisation a row speaks of: tax code first, then name and commune; doubt becomes a pair to decide."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.importers.draft import Decisions, Pair
from etl.parsing.name_forms import bare_commune, form_key
from etl.parsing.text import folded_key, name_key, nearest
from models.register.organization import Organization, PairDecision

PROPOSED = 3
SEVERAL = "tên này có ở nhiều tổ chức"


@dataclass(frozen=True, slots=True)
class KnownOrganization:
    """One organisation as far as matching needs it."""

    id: int
    tax_code: str | None
    legacy_number: str | None
    name: str
    commune: str

    @property
    def mark(self) -> str:
        """The mark that a row has which says the same of who it is."""
        return Candidate(self.tax_code, self.legacy_number, self.name, self.commune).mark


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a row says about who it is. `commune` is the code, else the folded name, else empty."""

    tax_code: str | None
    legacy_number: str | None
    name: str
    commune: str

    @property
    def number(self) -> str:
        """The tax code, else the number of before; empty where there is neither."""
        return self.tax_code or self.legacy_number or ""

    @property
    def mark(self) -> str:
        """A short mark under which decisions about this row are remembered."""
        said = "|".join((self.number, name_key(self.name), self.commune))
        return hashlib.sha256(said.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Match:
    """The organisation found, or pairs that must be decided first, or neither: new."""

    organization_id: int | None = None
    pairs: tuple[Pair, ...] = ()
    why: str = ""


class Matcher:
    """Knows the organisations of one place (demo and official apart) and every decision made so far.

    `settled` are the pairs, by their keys, that were found to be decided by this very load.
    """

    def __init__(self, session: Session, places: Iterable[str], decisions: Decisions, *, is_demo: bool) -> None:
        self._fresh = _plain_decisions(decisions)
        self._decided = _read_decisions(session) | self._fresh
        self._reasons = {pair.replace("=", "/"): words for pair, words in decisions.reasons}
        self.settled: dict[str, Pair] = {}
        self._by_id: dict[int, KnownOrganization] = {}
        self._by_form: dict[str, list[int]] = defaultdict(list)
        self._by_code: dict[str, int] = {}
        self._by_legacy: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        chosen = set(places)
        self.foreign_codes: set[str] = set()
        for row_id, is_other, code, legacy, name, place, commune_code, commune_name in session.execute(_statement()):
            if is_other is not is_demo:
                self.foreign_codes |= {code} if code else set()
                continue
            known = KnownOrganization(row_id, code, legacy, name, commune_code or folded_key(commune_name or ""))
            if code:
                self._by_code[code] = row_id
            if place in chosen:
                self._by_id[row_id] = known
                self._by_name[folded_key(name)].append(row_id)
                if legacy:
                    self._by_legacy[legacy].append(row_id)

    def match(self, candidate: Candidate) -> Match:
        """Find the organisation: equal codes are certain; equal name and commune while no code speaks against it."""
        if candidate.tax_code and candidate.tax_code in self._by_code:
            return Match(self._by_code[candidate.tax_code], why="mã số")
        if candidate.legacy_number and len(self._by_legacy[candidate.legacy_number]) == 1:
            return Match(self._by_legacy[candidate.legacy_number][0], why="số đăng ký cũ")
        alike = self._alike(candidate)
        if not alike:
            return Match()
        decided, open_pairs = self._decide(candidate, alike)
        if decided is not None:
            return Match(decided, why="đã quyết định")
        exact = [known for known in alike if _is_exact(known, candidate) and not self._is_denied(known, candidate)]
        if len(exact) == 1:
            return Match(exact[0].id, why="tên và xã")
        return Match(pairs=tuple(open_pairs) or tuple(_pair(known, candidate, SEVERAL) for known in exact))

    def other_named(self, candidate: Candidate, organization_id: int | None) -> tuple[str, str] | None:
        """Where the number says one known organisation and the name another: both, as a reader knows them.

        A new name of the one that the number says is no contradiction while nobody else bears it there.
        """
        found = self._by_id.get(organization_id or 0)
        if found is None or folded_key(found.name) == folded_key(candidate.name):
            return None
        if form_key(found.name) == form_key(candidate.name):
            return None
        same = [self._by_id[row_id] for row_id in self._by_name.get(folded_key(candidate.name), ())]
        other = next((known for known in same if not known.commune or _may_be_there(known, candidate)), None)
        return None if other is None else (_told(found), _told(other))

    def _alike(self, candidate: Candidate) -> list[KnownOrganization]:
        """Those of the same name without accents, then those whose name may be a short or long form of it."""
        if not self._by_name:
            return []
        if not self._by_form:
            for row_id, known in self._by_id.items():
                self._by_form[form_key(known.name)].append(row_id)
        same = self._by_name.get(folded_key(candidate.name), [])
        forms = self._by_form.get(form_key(candidate.name), [])
        return [self._by_id[row_id] for row_id in dict.fromkeys((*same, *forms))]

    def _decide(self, candidate: Candidate, alike: list[KnownOrganization]) -> tuple[int | None, list[Pair]]:
        open_pairs = []
        for known in alike:
            is_same = self._known_decision(known, candidate)
            if is_same:
                return known.id, []
            if is_same is None and (evidence := _evidence(known, candidate)):
                open_pairs.append(_pair(known, candidate, evidence))
        return None, open_pairs

    def _is_denied(self, known: KnownOrganization, candidate: Candidate) -> bool:
        return self._known_decision(known, candidate) is False

    def _known_decision(self, known: KnownOrganization, candidate: Candidate) -> bool | None:
        key = pair_key(known.id, candidate)
        if key in self._fresh:
            self._settle(_pair(known, candidate, _evidence(known, candidate)))
        return self._first_of([key, *_both_ways(known.mark, candidate.mark)])

    def decision(self, pair: Pair, candidate: Candidate) -> bool | None:
        """What was decided about two rows of a file, their key holding both marks; None while it is open.

        A decision about a row and an organisation that says the same of itself as the other row is one about both.
        """
        if pair.key in self._fresh:
            self._settle(pair)
        first, second = pair.key.split("/")
        marks = {first: second, second: first}
        alike = [self._by_id[row_id] for row_id in self._by_name.get(folded_key(candidate.name), ())]
        by_id = [f"{known.id}/{marks[known.mark]}" for known in alike if known.mark in marks]
        return self._first_of([*_both_ways(first, second), *by_id])

    def _settle(self, pair: Pair) -> None:
        is_same, reason = self._fresh[pair.key], self._reasons.get(pair.key, "")
        self.settled[pair.key] = replace(pair, is_decided=True, is_same=is_same, reason=reason)

    def _first_of(self, keys: Iterable[str]) -> bool | None:
        return next((self._decided[key] for key in keys if key in self._decided), None)

    def proposals(self, candidate: Candidate) -> list[str]:
        """Names of known organisations that look like this one, for the officer."""
        near = (row for row in self._by_id.values() if not candidate.commune or row.commune == candidate.commune)
        names = {known.name for known in near}
        return nearest(candidate.name, names, limit=PROPOSED, cutoff=0.6)


def _may_be_there(known: KnownOrganization, candidate: Candidate) -> bool:
    return not candidate.commune or _in_one_commune(known, candidate)


def _told(known: KnownOrganization) -> str:
    return f'"{known.name}" ({known.tax_code or known.legacy_number or "không có mã số"})'


def _pair(known: KnownOrganization, candidate: Candidate, evidence: str) -> Pair:
    right = f"{candidate.name} ({candidate.tax_code or 'không có mã số'})"
    left = f"{known.name} ({known.tax_code or 'không có mã số'})"
    return Pair(pair_key(known.id, candidate), left, right, evidence)


def pair_key(organization_id: int | str, candidate: Candidate) -> str:
    """Under which a decision about a pair is kept: "<id>/<mark of the row>"."""
    return f"{organization_id}/{candidate.mark}"


def _both_ways(one: str, other: str) -> tuple[str, ...]:
    """The keys of a pair of marks, whichever came first; equal marks tell nobody apart."""
    return (f"{one}/{other}", f"{other}/{one}") if one != other else ()


def _statement() -> Any:
    return select(
        col(Organization.id),
        col(Organization.is_demo),
        col(Organization.tax_code),
        col(Organization.legacy_number),
        col(Organization.name),
        col(Organization.place),
        col(Organization.commune_code),
        col(Organization.commune_name),
    )


def _read_decisions(session: Session) -> dict[str, bool]:
    kept = select(col(PairDecision.key), col(PairDecision.is_same)).where(col(PairDecision.superseded_at).is_(None))
    return {key: is_same for key, is_same in session.execute(kept)}  # noqa: C416


def _plain_decisions(decisions: Decisions) -> dict[str, bool]:
    same = {pair.replace("=", "/"): True for pair in decisions.same}
    return same | {pair.replace("=", "/"): False for pair in decisions.different}


def _is_exact(known: KnownOrganization, candidate: Candidate) -> bool:
    same_commune = not (known.commune and candidate.commune) or _in_one_commune(known, candidate)
    no_conflict = not (known.tax_code and candidate.tax_code)
    return name_key(known.name) == name_key(candidate.name) and same_commune and no_conflict


def _in_one_commune(known: KnownOrganization, candidate: Candidate) -> bool:
    return bool(candidate.commune) and bare_commune(known.commune) == bare_commune(candidate.commune)


def _evidence(known: KnownOrganization, candidate: Candidate) -> str:
    """Why two entries may be one, empty when they may not; names already agree without accents or in a short form."""
    same_commune = _in_one_commune(known, candidate)
    is_open = same_commune or not (known.commune and candidate.commune)
    both_coded = bool(known.tax_code and candidate.tax_code)
    if folded_key(known.name) != folded_key(candidate.name):
        return "" if both_coded or not is_open else "tên viết tắt và viết đủ giống nhau"
    if both_coded:
        return "cùng tên, cùng xã, khác mã số" if same_commune else ""
    if name_key(known.name) != name_key(candidate.name):
        return "tên chỉ khác dấu, cùng xã" if same_commune else ""
    return "" if same_commune or not is_open else "cùng tên, khác xã, một bên không có mã số"
