"""The same form sent twice, and a form that would write over what was written since it was shown."""

from __future__ import annotations

from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.dashboard.tasks.test_task_forms import send, text_of

PAGE = "/kien-nghi/kn-0001"
RAISED = {"dia-ban": "thanh-hoa", "loai": "organisation", "nguoi-neu": "HTX thử", "ngay": "05/10/2026",
          "linh-vuc": "đất đai", "noi-dung": "Chưa được thuê đất"}  # fmt: skip
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
