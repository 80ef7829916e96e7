"""On the page a file is loaded by answering its questions; answers are listed, taken back and used in the next file."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.accounts.trail import TrailEntry
from models.base.database import make_engine
from models.base.kept_answer import KeptAnswer
from models.config.settings import ROOT, Settings
from models.register.organization import Organization, OrganizationState

LIST = ROOT / "tests" / "files" / "cases" / "L16.xlsx"
PLACE, OFFICER = "thanh-hoa", "Nguyễn Thị Thử"


def rows(settings: Settings, model: Any) -> list[Any]:
    with Session(make_engine(settings.database_url)) as session:
        return list(session.scalars(select(model)))


def asked(browser: Any, address: str) -> dict[str, dict[str, str]]:
    """The questions of a preview: per sentence the name of its field and its first proposal."""
    page = unescape(browser.client.get(address).get_data(as_text=True))
    found = {}
    for group in re.findall(r"<fieldset.*?</fieldset>", page, re.DOTALL):
        sentence = re.search(r"<legend>(.*?)</legend>", group)
        choices = re.findall(r'<input[^>]*name="(hoi-[^"]+)"[^>]*value="([^"]*)"', group)
        assert sentence and choices
        found[sentence[1]] = {"name": choices[0][0], "first": choices[0][1]}
    return found


def answer(browser: Any, address: str, **fields: Any) -> Any:
    return browser.send(address, f"{address.split('?')[0]}/tra-loi", nguoi_ghi=OFFICER, **fields)


def next_address(response: Any) -> str:
    found = re.search(r'href="(/nhap-lieu/[^"]+)"', response.get_data(as_text=True))
    assert found, response.get_data(as_text=True)
    return unescape(found[1])


def first_of_each(browser: Any, address: str) -> dict[str, str]:
    said = {question["name"]: question["first"] for question in asked(browser, address).values()}
    return {name: "-" if value == "#khac" else value for name, value in said.items()}


def test_a_list_is_loaded_by_answering_its_questions(browser: Any, settings: Settings) -> None:
    address = browser.preview(LIST.read_bytes(), "register", PLACE, 2024)
    text = browser.read(address)
    assert "Đồng ý để ngoài 3 cột chưa trả lời" in text and 'Cột "Tình hình" là cột nào?' in text
    assert browser.send(address, f"{address.split('?')[0]}/nap", nguoi_ghi=OFFICER).status_code == 403
    address = next_address(answer(browser, address, **first_of_each(browser, address)))
    assert 'Đã chấm dứt" ở cột tình trạng nghĩa là gì?' in browser.read(address)
    assert rows(settings, Organization) == []
    address = next_address(answer(browser, address, **first_of_each(browser, address)))
    assert "theo câu trả lời" in browser.read(address)
    assert browser.send(address, f"{address.split('?')[0]}/nap", nguoi_ghi=OFFICER).status_code == 303
    assert sorted(row.state for row in rows(settings, OrganizationState)) == ["active"] * 4 + ["dissolved"]
    assert {row.actor for row in rows(settings, KeptAnswer)} == {f"{OFFICER} (chưa xác thực)"}
    told = str([entry.details for entry in rows(settings, TrailEntry)])
    assert "Tình hình = Tình trạng hoạt động" in told
    again = browser.preview(LIST.read_bytes(), "register", PLACE, 2024)
    assert asked(browser, again) == {} and "không có gì để nạp" in browser.read(again)


def test_answers_are_kept_though_the_file_is_given_up(browser: Any, settings: Settings) -> None:
    address = browser.preview(LIST.read_bytes(), "register", PLACE, 2024)
    address = next_address(answer(browser, address, **first_of_each(browser, address)))
    browser.send(address, f"{address.split('?')[0]}/huy")
    assert rows(settings, KeptAnswer)
    assert len(asked(browser, browser.preview(LIST.read_bytes(), "register", PLACE, 2024))) == 1


def test_another_answer_is_chosen_from_the_list_and_a_contradiction_is_refused(browser: Any) -> None:
    address = browser.preview(LIST.read_bytes(), "register", PLACE, 2024)
    name = asked(browser, address)['Cột "Tình hình" là cột nào?']["name"]
    other = name.replace("hoi-", "khac-")
    both = answer(browser, address, **{name: "operating_state", other: "legal_status"})
    assert both.status_code == 403 and "có hai câu trả lời" in both.get_data(as_text=True)
    none = answer(browser, address, **{name: "#khac"})
    assert none.status_code == 403 and "chưa ghi câu nào" in none.get_data(as_text=True)
    forged = answer(browser, address, **{name: "robots"})
    assert forged.status_code == 403 and "không phải là một câu trả lời" in forged.get_data(as_text=True)
    assert answer(browser, address).status_code == 403
    after = next_address(answer(browser, address, **{other: "legal_status"}))
    assert "Tình trạng pháp lý" in browser.read(after) and len(asked(browser, after)) >= 1


def test_answers_are_listed_taken_back_and_asked_again(browser: Any, settings: Settings) -> None:
    address = browser.preview(LIST.read_bytes(), "register", PLACE, 2024)
    answer(browser, address, **first_of_each(browser, address))
    assert 'href="/nhap-lieu/tra-loi"' in browser.client.get("/nhap-lieu").text
    text = browser.read("/nhap-lieu/tra-loi")
    assert "Tình hình" in text and "Tình trạng hoạt động" in text and OFFICER in text
    (kept,) = [row for row in rows(settings, KeptAnswer) if row.text == "Tình hình"]
    done = browser.send("/nhap-lieu/tra-loi", f"/nhap-lieu/tra-loi/{kept.id}/thu-hoi", nguoi_ghi=OFFICER)
    assert done.status_code == 303 and "Đã thu hồi" in browser.read("/nhap-lieu/tra-loi")
    again = browser.preview(LIST.read_bytes(), "register", PLACE, 2024)
    assert 'Cột "Tình hình" là cột nào?' in asked(browser, again)


def test_the_answers_of_another_form_or_file_are_refused(browser: Any) -> None:
    address = browser.preview(LIST.read_bytes(), "register", PLACE, 2024)
    refused = answer(browser, address, **first_of_each(browser, address), tep="0" * 64)
    assert refused.status_code == 403
