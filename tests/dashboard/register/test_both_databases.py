"""What the register answers does not hang on the kind of database."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

ADDRESSES = (
    "/htx?tim=hop+tac+xa+bau+truc",
    "/htx?tim=01000",
    "/htx?tim=100%25",
    "/htx?co=cong-nghe-cao&sau=2",
    "/htx?linh-vuc=none",
    "/htx/1",
    "/xep-loai",
    "/xep-loai?ky=2023&linh-vuc=agriculture",
    "/can-xu-ly?vi=cho-giai-the",
    "/xuat/so-dang-ky.csv?loai=htx&tim=htx",
    "/xuat/xep-loai-chuyen-loai.csv",
)


@pytest.fixture
def answers(show: Callable[[str], FlaskClient], small_register: str) -> dict[str, set[str]]:
    """The organisations each address names on SQLite."""
    client = show(small_register)
    return {address: named(client, address) for address in ADDRESSES}


def named(client: FlaskClient, address: str) -> set[str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = answer.get_data(as_text=True)
    return set(re.findall(r"(?:Hợp tác xã|HTX|Tổ hợp tác|Liên hiệp HTX) (?:[A-ZĐ1][^<,:]*)", text))


def test_both_databases_name_the_same_organisations(
    answers: dict[str, set[str]], show: Callable[[str], FlaskClient], small_on_postgres: str
) -> None:
    assert any(answers.values())
    client = show(small_on_postgres)
    assert {address: named(client, address) for address in ADDRESSES} == answers
