"""Numbers of persons inside texts are found; codes, decisions and money are left."""

from __future__ import annotations

import pytest

from etl.parsing.name_forms import form_key
from etl.parsing.personal import without_personal

PHONE, CARD = "0900" + "123456", "064080" + "000011"  # nobody's


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Nguyễn Văn Mẫu ({PHONE})", "Nguyễn Văn Mẫu"),
        ("Trần Mẫu - 0900 123 457", "Trần Mẫu"),
        ("Lê Mẫu; CMND 230800011", "Lê Mẫu"),
        (f"Lê Mẫu, CCCD: {CARD}", "Lê Mẫu"),
        ("Mẫu ĐT: 0900.123.456", "Mẫu"),
        ("Mẫu +84 900 123 456", "Mẫu"),
        ("Mẫu 064.080.000.011, mau@example.invalid", "Mẫu"),
        ("900123456", ""),
        ("HTX Mẫu (MST 5900100006)", "HTX Mẫu (MST 5900100006)"),
        ("HTX Mẫu, GCN số 390100123456", "HTX Mẫu, GCN số 390100123456"),
        ("HTX 30/4 Mẫu", "HTX 30/4 Mẫu"),
    ],
)
def test_a_cell_of_names_keeps_only_the_name(text: str, kept: str) -> None:
    assert without_personal(text, is_name=True) == kept


@pytest.mark.parametrize(
    "text",
    [
        "kinh phí 230.800.011 đồng",
        "Quyết định số 123456789/QĐ-UBND",
        "giao 912.500.000, năm 2024",
        "QĐ 12/QĐ-UB ngày 5/6/2019",
        "doanh thu 1.234.567.890 đồng",
    ],
)
def test_running_text_keeps_money_and_decisions(text: str) -> None:
    assert without_personal(text, is_name=False) == text


def test_running_text_loses_telephones_and_identity_cards() -> None:
    assert without_personal("gọi 0900.123.456 để hỏi", is_name=False) == "gọi để hỏi"
    assert without_personal(f"ông Mẫu, số CCCD {CARD}", is_name=False) == "ông Mẫu"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("HTX DVNN Tân Mẫu", "Hợp tác xã Dịch vụ Nông nghiệp Tân Mẫu"),
        ("HTX NN&DV Tân Mẫu", "HTX dịch vụ nông nghiệp Tân Mẫu"),
        ("HTX SX-TM-DV Đồi Mẫu", "Hợp tác xã Sản xuất Thương mại Dịch vụ Đồi Mẫu"),
        ("HTXNN Mẫu", "HTX Nông nghiệp Mẫu"),
        ("LH HTX Mẫu", "Liên hiệp các hợp tác xã Mẫu"),
        ("QTD ND Mẫu", "Quỹ tín dụng nhân dân Mẫu"),
    ],
)
def test_short_and_long_names_have_one_key(short: str, long: str) -> None:
    assert form_key(short) == form_key(long)


@pytest.mark.parametrize("other", ["HTX Vận tải Tân Mẫu", "HTX Nông nghiệp Tân Mẫu 2", "THT Nông nghiệp Tân Mẫu"])
def test_other_work_other_names_and_other_kinds_have_other_keys(other: str) -> None:
    assert form_key(other) != form_key("HTX Nông nghiệp Tân Mẫu")
