"""The same form sent twice, and a form that would write over what was written since it was shown."""

from __future__ import annotations

from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access.sent_once import MARK
from tests.dashboard.tasks.test_task_forms import send, text_of

PAGE = "/kien-nghi/kn-0001"
RAISED = {"dia-ban": "thanh-hoa", "loai": "organisation", "nguoi-neu": "HTX thử", "ngay": "05/10/2026",
          "linh-vuc": "đất đai", "noi-dung": "Chưa được thuê đất"}  # fmt: skip
HIDDEN = ("ma-bieu-mau", "luot-da-xem", MARK)
ANSWER = {"tra-loi": "Đã giao đất theo quyết định", "ngay": "20/11/2026", "ly-do": "nhận văn bản"}


def raised(client: FlaskClient) -> str:
    """A petition, and the newest run that a form shown right after it knows."""
    assert send(client, "/kien-nghi/moi", "/kien-nghi/ghi", **RAISED).status_code == 303
    return text_of(client, PAGE).partition('name="luot-da-xem" value="')[2].partition('"')[0]


def answer(client: FlaskClient, seen: str, **fields: str) -> TestResponse:
    return send(client, PAGE, f"{PAGE}/tra-loi", **{"luot-da-xem": seen, **ANSWER, **fields})


def test_an_answer_sent_twice_is_written_once_and_answered_alike(client: FlaskClient) -> None:
    seen = raised(client)
    first, second = (answer(client, seen) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303) and first.location == second.location
    assert text_of(client, PAGE).count("nhận văn bản") == 1  # the history has one entry for it


def test_who_changed_it_is_said_truly_and_both_versions_are_shown(client: FlaskClient) -> None:
    seen = raised(client)
    answer(client, seen)
    for name, says, not_says in (
        ("Nguyễn Văn Thử", "Chính bạn đã ghi", "người khác"),
        ("Phạm Thị Mẫu", "đã có người khác ghi", "Chính bạn"),
    ):
        told = answer(client, seen, **{"nguoi-ghi": name, "tra-loi": "Chưa giao đất được năm nay"})
        page = unescape(told.get_data(as_text=True))
        assert told.status_code == 409 and says in page and not_says not in page
        assert "Đã giao đất theo quyết định" in page and "Chưa giao đất được năm nay" in page
        assert "20/11/2026" in page and "nhận văn bản" in page
    assert "Chưa giao đất được năm nay" not in text_of(client, PAGE)


def test_a_code_is_shown_in_words_where_it_stands_in_the_way(client: FlaskClient) -> None:
    seen = raised(client)
    assigned = {"co-quan": "so-nong-nghiep-va-moi-truong", "ngay": "06/10/2026", "han": "31/10/2026", "ly-do": "a"}
    assert send(client, PAGE, f"{PAGE}/giao", **assigned).status_code == 303
    told = unescape(answer(client, seen).get_data(as_text=True))
    assert "Sở Nông nghiệp và Môi trường" in told and "so-nong-nghiep" not in told.partition("Bản đang lưu")[2]


def shown(client: FlaskClient) -> dict[str, str]:
    """The hidden fields of a form for a new petition, and what is typed into it."""
    page = text_of(client, "/kien-nghi/moi")
    hidden = {name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in HIDDEN}
    assert all(hidden.values())
    return hidden | RAISED | {"nguoi-ghi": "Nguyễn Văn Thử"}


def test_a_form_makes_one_petition_however_often_it_is_sent(client: FlaskClient) -> None:
    form, later = shown(client), shown(client)
    assert form[MARK] != later[MARK]
    places = [client.post("/kien-nghi/ghi", data=sent).location for sent in (form, form, later, form, later)]
    assert places == [f"/kien-nghi/kn-{number}" for number in ("0001", "0001", "0002", "0001", "0002")]


def test_other_words_in_a_form_that_was_sent_make_another_petition(client: FlaskClient) -> None:
    form = shown(client)
    other = form | {"noi-dung": "Chưa được vay vốn"}
    assert [client.post("/kien-nghi/ghi", data=sent).location[-4:] for sent in (form, other)] == ["0001", "0002"]
    assert "Chưa được vay vốn" in text_of(client, "/kien-nghi/kn-0002")


def test_forms_without_a_mark_are_never_taken_for_each_other(client: FlaskClient) -> None:
    form = {name: value for name, value in shown(client).items() if name != MARK}
    assert [client.post("/kien-nghi/ghi", data=form).location[-4:] for _ in range(2)] == ["0001", "0002"]
