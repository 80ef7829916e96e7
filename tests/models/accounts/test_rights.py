"""What grants allow: deny by default, more grants never less, equal rights equal keys, predecessors included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.accounts.rights import (
    ACTION_WORDS,
    NOBODY,
    OF_ONE_AGENCY,
    PUBLIC_GRANT,
    ROLE_ACTIONS,
    ROLE_WORDS,
    WHOLE_INSTALLATION,
    Action,
    Grant,
    Role,
    Viewer,
    with_predecessors,
)
from models.places.place import COUNTRY

PLACES = ("gia-lai", "binh-dinh", "thanh-hoa", COUNTRY)
AGENCIES = ("so-tai-chinh", "lien-minh-htx")
grants = st.builds(
    Grant,
    role=st.sampled_from(Role),
    place=st.sampled_from([None, *PLACES]),
    agency=st.sampled_from([None, *AGENCIES]),
    sees_persons=st.booleans(),
)
several = st.lists(grants, max_size=5).map(tuple)
QUESTIONS = [(action, place, agency) for action in Action for place in (None, *PLACES) for agency in (None, *AGENCIES)]


def viewer(*held: Grant) -> Viewer:
    return Viewer(1, "Thử", True, held)


def allowed(held: tuple[Grant, ...]) -> set[tuple[Action, str | None, str | None]]:
    return {question for question in QUESTIONS if viewer(*held).may(*question)}


def test_without_a_grant_nothing_is_allowed() -> None:
    assert allowed(()) == set()
    assert NOBODY.places == frozenset()


@given(several, grants)
def test_one_more_grant_never_takes_a_right_away(held: tuple[Grant, ...], more: Grant) -> None:
    assert allowed(held) <= allowed((*held, more))
    before, after = viewer(*held).places, viewer(*held, more).places
    assert after is None or (before is not None and before <= after)


@given(several, several)
def test_the_key_is_equal_exactly_where_the_rights_are(first: tuple[Grant, ...], second: tuple[Grant, ...]) -> None:
    same = allowed(first) == allowed(second) and viewer(*first).places == viewer(*second).places
    assert (viewer(*first).rights_key == viewer(*second).rights_key) == same


@given(several)
def test_neither_order_nor_repetition_nor_the_name_changes_the_key(held: tuple[Grant, ...]) -> None:
    other = Viewer(2, "Người khác", False, (*reversed(held), *held), session_id=7)
    assert other.rights_key == viewer(*held).rights_key


@given(several)
def test_what_may_be_seen_is_what_view_allows(held: tuple[Grant, ...]) -> None:
    places = viewer(*held).places
    for place in PLACES:
        assert viewer(*held).may(Action.VIEW, place) == (places is None or place in places)


def test_a_role_at_a_place_ends_at_its_border() -> None:
    officer = viewer(Grant(Role.OFFICER, "gia-lai"))
    assert officer.may(Action.IMPORT, "gia-lai") and not officer.may(Action.IMPORT, "thanh-hoa")
    assert officer.may(Action.VIEW, COUNTRY) and not officer.may(Action.ENTER, COUNTRY)
    assert officer.may(Action.IMPORT) and not officer.may(Action.CLOSE)


def test_only_a_grant_without_a_place_changes_national_data() -> None:
    assert viewer(Grant(Role.CLOSER)).may(Action.CLOSE, COUNTRY)
    assert not viewer(Grant(Role.CLOSER, "gia-lai")).may(Action.CLOSE, COUNTRY)


@pytest.mark.parametrize("action", sorted(WHOLE_INSTALLATION))
def test_a_grant_for_one_place_runs_and_administers_nothing(action: Action) -> None:
    assert not viewer(Grant(Role.ADMIN, "gia-lai")).may(action)
    assert viewer(Grant(Role.ADMIN)).may(action)


def test_an_office_narrows_updates_and_nothing_else() -> None:
    officer = viewer(Grant(Role.OFFICER, "gia-lai", agency="so-tai-chinh"))
    assert officer.may(Action.UPDATE, "gia-lai", "so-tai-chinh")
    assert not officer.may(Action.UPDATE, "gia-lai", "lien-minh-htx")
    assert officer.may(Action.IMPORT, "gia-lai", "lien-minh-htx")
    assert frozenset({Action.UPDATE}) == OF_ONE_AGENCY


def test_persons_are_seen_only_where_a_grant_says_so() -> None:
    assert not any(viewer(Grant(role)).may(Action.SEE_PERSONS) for role in Role)
    seeing = viewer(Grant(Role.VIEWER, "gia-lai", sees_persons=True))
    assert seeing.may(Action.SEE_PERSONS, "gia-lai") and not seeing.may(Action.SEE_PERSONS, "thanh-hoa")


def test_whoever_enters_figures_does_not_close_or_approve_them() -> None:
    assert not ROLE_ACTIONS[Role.OFFICER] & {Action.CLOSE, Action.APPROVE}
    assert not ROLE_ACTIONS[Role.CLOSER] & {Action.IMPORT, Action.ENTER, Action.UPDATE}
    assert not ROLE_ACTIONS[Role.ADMIN] & {Action.IMPORT, Action.ENTER, Action.UPDATE, Action.CLOSE, Action.APPROVE}


def test_what_is_public_is_looking_and_exporting() -> None:
    public = NOBODY.with_grant(PUBLIC_GRANT)
    assert {action for action in Action if public.may(action)} == {Action.VIEW, Action.EXPORT}
    assert public.places is None


def test_every_role_and_action_has_a_vietnamese_word() -> None:
    assert set(ROLE_WORDS) == set(ROLE_ACTIONS) == set(Role)
    assert set(ACTION_WORDS) == set(Action)


BEFORE = {"gia-lai": ["gia-lai-cu", "binh-dinh"], "binh-dinh": ["nghia-binh"], "nghia-binh": ["gia-lai"]}


def test_a_grant_holds_for_the_places_that_its_place_succeeded() -> None:
    held = with_predecessors((Grant(Role.OFFICER, "gia-lai", sees_persons=True), Grant(Role.ADMIN)), BEFORE)
    officer = [grant for grant in held if grant.role is Role.OFFICER]
    assert {grant.place for grant in officer} == {"gia-lai", "gia-lai-cu", "binh-dinh", "nghia-binh"}
    assert all(grant.sees_persons for grant in officer)
    assert [grant.place for grant in held if grant.role is Role.ADMIN] == [None]


@given(several)
def test_predecessors_only_add(held: tuple[Grant, ...]) -> None:
    assert allowed(held) <= allowed(with_predecessors(held, BEFORE))
