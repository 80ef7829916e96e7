"""Own work is what a grant of the account names: its places and agencies, never what everybody may read."""

from __future__ import annotations

import pytest

from dashboard.db.snapshot_values import Snapshot
from dashboard.inbox.mine import OwnWork, build_own_work
from models.accounts.rights import PUBLIC_GRANT, Grant, Role, Viewer

PLACE, OTHER = "thanh-hoa", "ninh-thuan"


def work_of(snapshot: Snapshot, *grants: Grant) -> OwnWork:
    return build_own_work(snapshot, Viewer(1, "Lan", True, (*grants, PUBLIC_GRANT)))


def keys(found: OwnWork) -> set[str]:
    return {line.task.key for line in found.attention}


@pytest.fixture(scope="module")
def of_place(snapshot: Snapshot) -> OwnWork:
    return work_of(snapshot, Grant(Role.OFFICER, PLACE))


def test_an_officer_of_a_place_sees_the_tasks_of_that_place_alone(snapshot: Snapshot, of_place: OwnWork) -> None:
    assert of_place.attention and {line.task.place for line in of_place.attention} == {PLACE}
    other = work_of(snapshot, Grant(Role.OFFICER, OTHER))
    assert {line.task.place for line in (*other.attention, *other.soon)} <= {OTHER}


def test_a_grant_for_an_agency_narrows_to_what_it_leads_or_supports(snapshot: Snapshot, of_place: OwnWork) -> None:
    agency = of_place.attention[0].task.leads[0]
    few = work_of(snapshot, Grant(Role.OFFICER, PLACE, agency))
    assert few.attention and keys(few) <= keys(of_place)
    assert all(agency in (*line.task.leads, *line.task.coordinators) for line in few.attention)


def test_what_everybody_may_read_is_nobodys_own_work(snapshot: Snapshot) -> None:
    found = work_of(snapshot)
    assert not (found.attention or found.soon or found.requests or found.petitions or found.is_everywhere)


def test_a_grant_for_everywhere_brings_every_place(snapshot: Snapshot) -> None:
    found = work_of(snapshot, Grant(Role.ADMIN))
    assert found.is_everywhere and len({line.task.place for line in found.attention}) > 1


def test_what_is_done_wants_no_attention(of_place: OwnWork, snapshot: Snapshot) -> None:
    as_of = snapshot.moment.as_of
    assert all(line.item and line.item.wants_attention(as_of) for line in of_place.attention)
