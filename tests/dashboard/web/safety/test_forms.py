"""Real forms of real pages with one field forged at a time: refused or taken with a sentence, never a failure."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from random import Random

import pytest
from flask.testing import FlaskClient

from tests.dashboard.web.safety import forged
from tests.dashboard.web.safety.test_fuzz import check

PAGES = (
    "/hop",
    "/nhap-so",
    "/chot-so?dia-ban=thanh-hoa&chi-tieu=htx_count&nam-so=2025",
    "/bao-so-lieu-sai?dia-ban=thanh-hoa&chi-tieu=htx_count",
    "/can-xu-ly/1",
    "/viec/thanh-hoa-922-2023/I/1",
    "/nhap-lieu",
    "/hop/1?trang=2",
    "/doi-soat?muc=phan-anh",
)
GOOD = {
    "nguoi-ghi": "Nguyễn Thị Thử", "gia-tri": "12", "han": "2026-12-20", "loai": "actual", "dia-ban": "thanh-hoa",
    "trang": "2", "them": "", "them-cam-ket": "", "duong-dan": "",
}  # fmt: skip
COSTLY = ("/hop/mo", "/hop/tai-lieu", "/hop/1/tai-lieu")  # each opens a meeting or starts making papers
ROUNDS = 4


class _Forms(HTMLParser):
    """The forms of a page with the names and first values of their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self.fields: dict[str, str] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.fields = self.forms.setdefault(said.get("action", ""), {})
        elif tag in ("input", "textarea", "select", "button") and said.get("name"):
            self.select = said["name"] if tag == "select" else ""
            self.fields.setdefault(said["name"], said.get("value", ""))
        elif tag == "option" and self.select and not self.fields[self.select]:
            self.fields[self.select] = said.get("value", "")


def forms_of(client: FlaskClient, page: str) -> dict[str, dict[str, str]]:
    reader = _Forms()
    reader.feed(client.get(page).text)
    return {unescape(action): fields for action, fields in reader.forms.items() if "ma-bieu-mau" in fields}


def filled(fields: dict[str, str]) -> dict[str, str]:
    """What an officer would write: every empty field has something that fits."""
    return {
        name: GOOD.get(name) or value or ("2026-11-20" if "ngay" in name else GOOD.get(name, "Nội dung thử"))
        for name, value in fields.items()
    }


@pytest.fixture(scope="module")
def held(client: FlaskClient) -> FlaskClient:
    """A meeting is open, so that its forms are there."""
    answer = client.post("/hop/mo", data=filled(forms_of(client, "/hop")["/hop/mo"]))
    assert answer.status_code == 303, answer.text
    return client


@pytest.mark.parametrize("page", PAGES)
def test_a_form_with_a_forged_field_never_fails(held: FlaskClient, page: str) -> None:
    chance = Random(page)
    for action, fields in list(forms_of(held, page).items())[:3]:
        good = filled(fields)
        if action in COSTLY or re.search(r"/(huy|dang-xuat)$", action):
            continue
        for name in sorted(good.keys() - {"ma-bieu-mau"}):
            for text in chance.sample(forged.TEXTS, ROUNDS):
                sent = {**good, name: text.encode("utf-8", "surrogatepass")}
                check(held.post(action, data=sent), (action, name, text[:40]))
    assert check(held.get(page), page).status_code == 200


def test_pages_still_answer_after_all_of_it(held: FlaskClient) -> None:
    for page in ("/", "/tinh/thanh-hoa", "/nhiem-vu", "/doi-soat", "/giai-trinh", "/hop/1", "/api/v1/gaps.json"):
        assert check(held.get(page), page).status_code == 200
