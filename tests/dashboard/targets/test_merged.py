"""What the parts of a merged province add up to, each part named, and what is missing where they do not."""

from __future__ import annotations

import pytest

from dashboard.targets.data.merged import Merged
from dashboard.targets.parts.merged import merged_block
from dashboard.ui.html import Element


@pytest.fixture
def text(client) -> str:
    return client.get("/tinh/gia-lai").get_data(as_text=True)


def test_a_sum_names_the_value_of_each_part(text: str) -> None:
    block = text[text.index("tổng của các địa bàn cũ") :]
    row = block[block.index("(thống kê)") :].split("</tr>")[0]
    assert "365" in row
    assert "203" in row
    assert "162" in row
    assert "31/12/2022" in row


def test_what_cannot_be_summed_names_the_part_that_is_silent(text: str) -> None:
    block = text[text.index("Chưa cộng được") :]
    assert "Bình Định (đến 30/6/2025) không có số cùng ngày, cùng cách tính" in block


def test_shares_and_promises_are_never_added(text: str) -> None:
    assert "Tỷ lệ, bình quân và cam kết không được cộng" in text
    block = text[text.index("tổng của các địa bàn cũ") : text.index("không được cộng. Tổng này")]
    assert "Tỷ lệ HTX" not in block


def test_a_place_that_was_not_merged_has_no_such_block(client) -> None:
    nothing: Element | None = merged_block(Merged(()), None)  # type: ignore[arg-type]
    assert nothing is None
    assert "tổng của các địa bàn cũ" not in client.get("/tinh/thanh-hoa").get_data(as_text=True)
