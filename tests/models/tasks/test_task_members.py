"""A task of many is done when each has reported: members of the place and day, each for itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.places.commune import Commune
from models.targets.views import Moment
from models.tasks.task_members import GroupLists, MemberLife, read_members
from models.tasks.task_parts import Parts, ReportingOffice, product_meant
from models.tasks.task_rules import Answer, Duty, instances, state_of
from models.tasks.task_state import DONE, DeadlineKind, ReportOutcome, TaskState

ISSUED, DUE, TODAY = date(2023, 3, 21), date(2025, 12, 31), date(2026, 11, 21)
OFFICES = tuple(ReportingOffice(f"ubnd/{number}", f"UBND xã {number}") for number in range(12))
GROUP = Parts(groups=("ubnd-cap-xa",), members=(("ubnd-cap-xa", OFFICES),))
PAPERS = ("Nghị quyết của HĐND tỉnh", "Quyết định của UBND tỉnh")


def state(parts: Parts, *answers: Answer) -> TaskState:
    duty = Duty(DeadlineKind.PERIOD, ISSUED, DUE, parts=parts)
    (item,) = instances(duty, TODAY.year)
    return state_of(duty, item, sorted(answers, key=lambda answer: answer.reported_on), TODAY)


def done(office: str | None = None, product: str | None = None, on: date = DUE) -> Answer:
    return Answer(ReportOutcome.DONE, on + timedelta(days=1), on, office=office, product=product)


def unfinished(office: str, on: date = DUE + timedelta(days=40)) -> Answer:
    return Answer(ReportOutcome.NOT_DONE, on, office=office)


def test_three_of_twelve_do_not_finish_what_twelve_must_do_and_the_twelfth_does() -> None:
    reports = [done(office.code) for office in OFFICES]
    assert state(GROUP, *reports[:3]) is TaskState.IN_PART
    assert state(GROUP, *reports[:11]) is TaskState.IN_PART
    assert state(GROUP, *reports) is TaskState.DONE_ON_TIME


def test_the_last_of_twelve_decides_whether_it_was_in_time() -> None:
    reports = [done(office.code) for office in OFFICES[1:]]
    assert state(GROUP, *reports, done(OFFICES[0].code, on=DUE + timedelta(days=1))) is TaskState.DONE_LATE


def test_a_stated_share_is_enough_and_less_is_not() -> None:
    share = Parts(groups=GROUP.groups, members=GROUP.members, share=80)
    reports = [done(office.code) for office in OFFICES]
    assert share.needed == 10
    assert state(share, *reports[:9]) is TaskState.IN_PART
    assert state(share, *reports[:10]) is TaskState.DONE_ON_TIME


def test_one_office_that_says_after_the_day_that_it_is_not_finished_makes_it_overdue() -> None:
    reports = [done(office.code) for office in OFFICES[1:]]
    assert state(GROUP, *reports, unfinished(OFFICES[0].code)) is TaskState.OVERDUE
    assert state(GROUP, unfinished(OFFICES[0].code), *reports) is TaskState.OVERDUE


def test_a_resolution_and_a_decision_are_both_needed() -> None:
    parts = Parts(offices=("so-ke-hoach-va-dau-tu",), products=PAPERS)
    assert state(parts, done(product=PAPERS[0])) is TaskState.IN_PART
    assert state(parts, done(product=PAPERS[0]), done(product=PAPERS[0])) is TaskState.IN_PART
    assert state(parts, done(product=PAPERS[0]), done(product=PAPERS[1])) is TaskState.DONE_ON_TIME


@pytest.mark.parametrize(
    ("number", "product"),
    [
        ("12/2024/NQ-HĐND", PAPERS[0]),
        ("12/NQ-HĐND", PAPERS[0]),
        ("45/QĐ-UBND", PAPERS[1]),
        ("45/2024/QĐ-UBND", PAPERS[1]),
        ("45/KH-UBND", None),
        ("45", None),
        ("", None),
    ],
)
def test_a_number_says_which_of_two_documents_it_is(number: str, product: str | None) -> None:
    assert product_meant(number, PAPERS) == product


def test_a_kind_that_two_documents_have_is_not_guessed() -> None:
    assert product_meant("4/QĐ-UBND", ("Quyết định của tỉnh", "Quyết định của huyện")) is None


answers = st.lists(
    st.builds(
        Answer,
        st.sampled_from(list(ReportOutcome)),
        st.dates(ISSUED, TODAY),
        office=st.sampled_from([None, *(office.code for office in OFFICES[:4])]),
        product=st.sampled_from([None, *PAPERS]),
        is_by_lead=st.booleans(),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(answers)
def test_where_a_list_is_missing_no_number_of_reports_closes_it(told: list[Answer]) -> None:
    assert state(Parts(groups=("ubnd-cap-xa", "cac-so-ban-nganh"), members=GROUP.members), *told) not in DONE


@settings(deadline=None)
@given(answers, st.integers(1, 4))
def test_it_is_done_only_when_as_many_offices_as_needed_say_so(told: list[Answer], size: int) -> None:
    parts = Parts(groups=GROUP.groups, members=((GROUP.groups[0], OFFICES[:size]),))
    named = {a.office for a in told if a.outcome is ReportOutcome.DONE and a.is_by_lead}
    codes = {office.code for office in OFFICES[:size]}
    if state(parts, *told) in DONE:
        assert codes <= named


@settings(deadline=None)
@given(answers)
def test_reports_of_offices_that_were_not_asked_change_nothing(told: list[Answer]) -> None:
    parts = Parts(groups=GROUP.groups, members=((GROUP.groups[0], OFFICES[:2]),))
    stranger = done("ubnd/none", on=DUE)
    assert (state(parts, *told) in DONE) == (state(parts, *told, stranger) in DONE)


def test_members_are_those_of_the_day_and_of_the_last_day_of_a_place_that_ended() -> None:
    end = date(2025, 6, 30)
    old, new = ReportingOffice("ubnd/a", "UBND xã A"), ReportingOffice("ubnd/b", "UBND xã B")
    lives = [MemberLife(old, None, date(2024, 12, 31)), MemberLife(new, date(2025, 1, 1), end)]
    lists = GroupLists({("ninh-thuan", "ubnd-cap-xa"): lives}, {"ninh-thuan": end})
    assert lists.of("ninh-thuan", "ubnd-cap-xa", date(2024, 6, 1)) == (old,)
    assert lists.of("ninh-thuan", "ubnd-cap-xa", TODAY) == (new,)
    assert lists.of("thanh-hoa", "ubnd-cap-xa", TODAY) == ()
    filled = lists.fill(Parts(groups=("ubnd-cap-xa", "dia-phuong")), "ninh-thuan", TODAY)
    assert filled.asked_offices == ("ubnd/b",) and filled.unlisted == ("dia-phuong",) and filled.needed is None


def test_a_loaded_list_of_communes_names_the_offices_of_communes_and_districts(loaded: Engine) -> None:
    old, new = date(2025, 6, 30), date(2025, 7, 1)
    rows = [
        Commune(code="1", name="Xã Một", district_name="Thị xã An Khê", valid_from=date.min, valid_to=old),
        Commune(code="2", name="Phường Hai", district_name="Thị Xã An Khê", valid_from=date.min, valid_to=old),
        Commune(code="3", name="Xã Ba", valid_from=new),
    ]
    with Session(loaded) as session:
        for row in rows:
            row.place, row.name_norm, row.run_id = "thanh-hoa", row.name.lower(), 1
            session.add(row)
        session.flush()
        lists = read_members(session, Moment(TODAY, TODAY), ["thanh-hoa"])
        session.rollback()
    assert [o.name for o in lists.of("thanh-hoa", "ubnd-cap-xa", TODAY)] == ["UBND xã Ba"]
    assert [o.name for o in lists.of("thanh-hoa", "ubnd-cap-xa", old)] == ["UBND xã Một", "UBND phường Hai"]
    assert [o.name for o in lists.of("thanh-hoa", "ubnd-cap-huyen", TODAY)] == ["UBND thị xã An Khê"]
