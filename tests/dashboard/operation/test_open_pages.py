"""Pages are open in a browser while somebody else changes what may be seen: the next request already obeys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.accounts.account import Account
from models.base.database import make_engine
from models.base.source import Run

Open = Callable[..., Callable[[str], Any]]
HERE = ("/tinh/thanh-hoa", "/htx?dia-ban=thanh-hoa", "/tinh/thanh-hoa?biet-den=2026-11-20")
GAPS = "/api/v1/gaps.json"
FIGURE = {
    "dia_ban": "thanh-hoa", "chi_tieu": "htx_count|unstated", "gia_tri": "1.399", "ngay": "31/10/2026",
    "don_vi": "Sở Tài chính", "nguon": "Báo cáo thử", "loai": "actual",
}  # fmt: skip
SHUT = (303, 401, 403, 404)


@pytest.fixture
def private(open_for: Open) -> Callable[[str], Any]:
    """Browsers on the installation where everybody signs in."""
    return open_for(public_view=False)


@pytest.fixture
def stored(settings: Any) -> Any:
    """How many rows of a table there are, or the number of an account, read beside the application."""
    engine = make_engine(settings.database_url)

    def read(what: str) -> int:
        with Session(engine) as session:
            statement = (
                select(func.count()).select_from(Run)
                if what == "runs"
                else select(Account.id).where(Account.username == what)  # type: ignore[arg-type]
            )
            return int(session.scalars(statement).one() or 0)

    yield read
    engine.dispose()


def open_twice(browser: Any, *addresses: str) -> None:
    """Ask twice, so that an answer that may be kept is kept."""
    for address in addresses:
        assert [browser.get(address).status_code for _ in range(2)] == [200, 200], address


def change(admin: Any, account: int, *end: str, **fields: str) -> None:
    """Send the forms of an account's page that end so, as an administrator sees them."""
    page = f"/quan-tri/tai-khoan/{account}"
    for action in [form for form in admin.forms(page) if form.startswith(page) and form.endswith(end)]:
        assert admin.send(page, action, **fields).status_code == 303, action


def shut(browser: Any, *addresses: str) -> None:
    """Nothing of these pages is given any more."""
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code in SHUT, (address, answer.status_code)
        assert "1.376" not in answer.text and "1376" not in answer.text, address


def test_a_locked_account_is_given_nothing_of_the_pages_it_has_open(private: Any, stored: Any, workbook: bytes) -> None:
    ha, an = private("ha"), private("an")
    open_twice(an, *HERE, GAPS, "/duyet")
    preview = an.preview(workbook)
    form, before = an.forms(preview), stored("runs")
    change(ha, stored("an"), "/khoa")
    shut(an, *HERE, GAPS, "/duyet", "/nhap-lieu", preview)
    for action, fields in form.items():
        assert an.client.post(action, data=fields).status_code in SHUT, action
    assert stored("runs") == before
    assert private("dung").get(HERE[0]).status_code == 200  # others of the same place read on


def test_a_locked_account_on_a_public_installation_is_a_stranger_at_once(open_for: Open, stored: Any) -> None:
    browsers = open_for()
    ha, an = browsers("ha"), browsers("an")
    open_twice(an, HERE[0])
    assert "Trần Văn An" in an.read(HERE[0]) and "/nhap-so" in an.forms("/nhap-so")
    change(ha, stored("an"), "/khoa")
    assert "Trần Văn An" not in an.read(HERE[0])
    shut(an, "/duyet", "/tai-khoan")
    assert "/nhap-so" not in an.forms("/nhap-so")


def test_a_role_taken_back_closes_its_forms_and_leaves_what_the_other_role_reads(
    private: Any, stored: Any, workbook: bytes
) -> None:
    ha, dung = private("ha"), private("dung")
    account = stored("dung")
    open_twice(dung, *HERE, "/nhap-lieu", "/nhap-so")
    preview = dung.preview(workbook)
    form, before = dung.forms(preview), stored("runs")
    change(ha, account, "/vai-tro", vai_tro="viewer", dia_ban="thanh-hoa")
    officer = next(a for a in ha.forms(f"/quan-tri/tai-khoan/{account}") if a.endswith("/thu-hoi"))
    assert ha.send(f"/quan-tri/tai-khoan/{account}", officer).status_code == 303
    assert [dung.get(address).status_code for address in HERE] == [200, 200, 200]
    shut(dung, preview)
    assert "/nhap-so" not in dung.forms("/nhap-so") and "/nhap-lieu" not in dung.forms("/nhap-lieu")
    for action, fields in form.items():
        if action != "/dang-xuat":
            assert dung.client.post(action, data=fields).status_code in SHUT, action
    assert stored("runs") == before


def test_a_place_taken_away_is_gone_from_the_next_answer_and_the_new_one_is_there(private: Any, stored: Any) -> None:
    ha, an = private("ha"), private("an")
    open_twice(an, *HERE, GAPS)
    shut(an, "/tinh/gia-lai")
    change(ha, stored("an"), "/thu-hoi")
    change(ha, stored("an"), "/vai-tro", vai_tro="viewer", dia_ban="gia-lai")
    shut(an, *HERE)
    assert an.get("/tinh/gia-lai").status_code == 200
    assert "thanh-hoa" not in an.get(GAPS).text


def test_what_is_approved_stands_on_the_next_request_of_everybody_who_has_the_page_open(
    as_person: Callable[[str], Any],
) -> None:
    readers = [as_person(name) for name in ("an", "dung", "")]
    addresses = ("/tinh/thanh-hoa", "/chi-tieu/htx_count", "/", GAPS)
    for browser in readers:
        open_twice(browser, *addresses)
    marks = {address: readers[-1].get(address).headers.get("ETag", "*") for address in addresses}
    an, binh = readers[0], as_person("binh")
    proposal = an.send("/nhap-so", "/nhap-so", **FIGURE).headers["Location"]
    for browser in readers:  # proposed is not approved
        assert all("1.399" not in browser.get(a).text and "1399.0" not in browser.get(a).text for a in addresses)
    open_form = binh.forms(proposal)[f"{proposal}/duyet"]
    assert binh.send(proposal, f"{proposal}/duyet").status_code == 303
    for browser in readers:
        for address in addresses:
            answer = browser.client.get(address, headers={"If-None-Match": marks[address]})
            assert answer.status_code == 200, address
            assert "1.399" in answer.text or "1399.0" in answer.text, address
    again = binh.client.post(f"{proposal}/duyet", data=open_form)  # the page that was open all the time
    assert again.status_code == 403 and "Đề nghị này không còn chờ" in again.text
    assert f"{proposal}/duyet" not in binh.forms(proposal)


def test_a_preview_loaded_once_is_not_loaded_again_from_a_tab_left_open(
    open_for: Open, stored: Any, workbook: bytes
) -> None:
    browsers = open_for(two_steps=False)
    an, stranger = browsers("an"), browsers("")
    open_twice(stranger, "/htx?dia-ban=thanh-hoa")
    preview = an.preview(workbook)
    load = f"{preview.split('?')[0]}/nap"
    fields = an.forms(preview)[load]
    assert an.client.post(load, data=fields).status_code == 303
    assert "HTX Lam Sơn" in stranger.read("/htx?dia-ban=thanh-hoa")
    once = stored("runs")
    an.client.post(load, data=fields)
    assert stored("runs") == once
    assert stranger.read("/htx?dia-ban=thanh-hoa").count("HTX Lam Sơn") == 1
