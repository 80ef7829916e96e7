"""Words typed into a form that is refused are shown once more, to be copied; never a password, never a stranger's."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

WRONG = "/bao-so-lieu-sai"
PAGE = f"{WRONG}?dia-ban=thanh-hoa&chi-tieu=htx_count"
TYPED = "Số đúng là 1.376 theo báo cáo quý.\nXem trang 4 <b>phụ lục</b>."


def boxes(answer: Any) -> list[str]:
    """What stands in the boxes of an answer."""
    page = answer.get_data(as_text=True)
    return [unescape(text).strip() for text in re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)]


def test_a_refused_form_gives_the_typed_words_back(browser: Any) -> None:
    answer = browser.send(PAGE, WRONG, noi_dung=TYPED, nguoi_ghi="")
    assert answer.status_code == 403 and "Chưa ghi tên" in answer.get_data(as_text=True)
    assert TYPED in boxes(answer)


def test_a_form_of_an_ended_session_gives_the_typed_words_back(browser: Any) -> None:
    answer = browser.client.post(WRONG, data={"noi-dung": TYPED, "nguoi-ghi": "Ai đó"})
    assert answer.status_code == 403 and boxes(answer) == [TYPED]


def test_words_that_another_site_sends_are_not_shown(browser: Any) -> None:
    strange = {"Sec-Fetch-Site": "cross-site"}
    answer = browser.send(PAGE, WRONG, headers=strange, noi_dung=TYPED, nguoi_ghi="Ai đó")
    assert answer.status_code == 403 and boxes(answer) == []


def test_what_is_typed_about_accounts_is_not_shown(browser: Any) -> None:
    typed = "một câu dài làm mật khẩu"
    for address in ("/tai-khoan/mat-khau", "/quan-tri/tai-khoan"):
        answer = browser.client.post(address, data={"moi": typed, "ten-hien-thi": typed})
        assert typed not in answer.get_data(as_text=True)


def test_a_refusal_leads_back_to_the_page_of_the_form(browser: Any) -> None:
    answer = browser.send(PAGE, WRONG, headers={"Referer": f"http://localhost{PAGE}"}, noi_dung=TYPED, nguoi_ghi="")
    assert f'href="{PAGE.replace("&", "&amp;")}"' in answer.get_data(as_text=True)
