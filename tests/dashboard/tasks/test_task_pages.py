"""The task pages answer who has to do what by when, under old and new names, and never accuse."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from dashboard.ui import words


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.get_data(as_text=True)


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 118),
        ("?dia-ban=thanh-hoa", 43),
        ("?tinh-trang=chua-bao-cao", 20),
        ("?tinh-trang=cho-dieu-kien", 9),
        ("?han=hang-nam", 45),
        ("?han=60-ngay", 45),
        ("?dia-ban=thanh-hoa&muc=IV", 13),
        ("?co-quan=so-tai-chinh&dia-ban=thanh-hoa", 2),
        ("?nam-viec=2025&tinh-trang=chua-bao-cao", 65),
    ],
)
def test_each_filter_of_the_address_counts_what_it_names(client: FlaskClient, query: str, count: int) -> None:
    assert heading(page(client, f"/nhiem-vu{query}")).startswith(f"{count} nhiệm vụ")


@pytest.mark.parametrize("query", ["?dia-ban=x", "?co-quan=x", "?tinh-trang=x", "?han=x", "?xem=x"])
def test_a_filter_that_names_nothing_answers_404(client: FlaskClient, query: str) -> None:
    page(client, f"/nhiem-vu{query}", 404)


def test_nobody_is_called_overdue_on_any_view_without_a_report(client: FlaskClient) -> None:
    for address in ("/nhiem-vu", "/nhiem-vu?xem=lich", "/nhiem-vu?nam-viec=2024", "/co-quan/ubnd-cap-huyen"):
        assert 'class="mark risk"' not in page(client, address)


def test_the_calendar_shows_tasks_born_late_as_a_drafting_matter_and_not_as_missing_reports(
    client: FlaskClient,
) -> None:
    text = page(client, "/nhiem-vu?xem=lich&dia-ban=thanh-hoa")
    drafting = text[text.index("Vấn đề soạn thảo") :]
    assert drafting.count("Quý IV/2022") == 2
    asked = text[text.index("Cần báo cáo") : text.index("Dòng thời gian")]
    assert "31/12/2022" not in asked


def test_both_shares_stand_with_what_they_are_counted_from(client: FlaskClient) -> None:
    text = page(client, "/nhiem-vu?dia-ban=gia-lai-truoc-2025-07")
    assert "Hoàn thành trong tổng số" in text and "Hoàn thành trong số đến hạn" in text
    assert "<strong>3 trên 8</strong> nhiệm vụ (37,5%)" in text
    assert text.count("8 đến hạn chưa có báo cáo đứng ngoài tỷ lệ") == 2


def test_an_agency_page_names_the_old_and_the_new_agency_with_the_text_that_decided(client: FlaskClient) -> None:
    text = page(client, "/co-quan/so-ke-hoach-va-dau-tu")
    assert heading(text).startswith("Sở Kế hoạch và Đầu tư (nay: Sở Tài chính): chủ trì")
    assert "Nghị định 45/2025/NĐ-CP" in text and "01/3/2025" in text
    assert "Nhận từ cơ quan trước đây" in page(client, "/co-quan/so-tai-chinh")


def test_a_district_task_says_who_took_over_and_that_the_province_must_decide(client: FlaskClient) -> None:
    text = page(client, "/co-quan/ubnd-cap-huyen")
    assert "Ủy ban nhân dân xã, phường, đặc khu" in text and "cần quyết định của tỉnh" in text
    assert "cần quyết định của tỉnh" in page(client, "/viec/ninh-thuan-2023/III/1")


def test_an_unknown_agency_or_task_answers_404(client: FlaskClient) -> None:
    for address in ("/co-quan/x", "/viec/x", "/giai-trinh/gt-1", "/kien-nghi/kn-1", "/lich/tinh/x.ics"):
        assert client.get(address).status_code == 404, address


def test_every_task_and_duty_has_a_page_of_its_own(client: FlaskClient) -> None:
    keys = set(re.findall(r'href="/viec/([^"?]+)"', page(client, "/nhiem-vu?xem=muc-luc")))
    assert len(keys) == 118 + 106
    for key in sorted(keys)[::12]:
        page(client, f"/viec/{key}")


def test_a_standing_task_is_never_told_as_done_once(client: FlaskClient) -> None:
    rows = re.findall(r"<tr>.*?</tr>", page(client, "/viec/dong-nai-01-2023/I/1"), re.DOTALL)
    (standing,) = [row for row in rows if "không có ngày cuối" in row]
    assert "một lần" not in standing and ">thường xuyên</th>" in standing


def test_the_csv_holds_the_filtered_tasks_with_their_state(client: FlaskClient) -> None:
    text = page(client, "/nhiem-vu.csv?dia-ban=thanh-hoa&tinh-trang=chua-bao-cao")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 8 and {row["state"] for row in rows} == {"no_report"}


def test_the_workbook_holds_the_tasks_and_duties_under_old_and_new_names(client: FlaskClient) -> None:
    import python_calamine

    content = client.get("/nhiem-vu.xlsx?dia-ban=ninh-thuan").data
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 29 + 27
    assert {"Sở Kế hoạch và Đầu tư"} & {row[5] for row in rows} and {"Sở Tài chính"} & {row[6] for row in rows}


def test_a_task_of_a_merged_province_says_that_someone_must_decide(client: FlaskClient) -> None:
    assert "Địa bàn đã sáp nhập" in page(client, "/viec/dong-nai-01-2023/II/2")


GIA_LAI = "dia-ban=gia-lai-truoc-2025-07"


@pytest.mark.parametrize(
    ("agency", "count"),
    [("so-khoa-hoc-va-cong-nghe", 6), ("so-cong-thuong", 4), ("ngan-hang-nha-nuoc-chi-nhanh-tinh", 2)],
)
def test_duties_of_the_body_are_never_told_as_nothing(client: FlaskClient, agency: str, count: int) -> None:
    page = client.get(f"/nhiem-vu?{GIA_LAI}&co-quan={agency}").text
    assert f"<h1>{count} việc ngoài bảng nhiệm vụ của " in page
    assert f"({count} việc ngoài bảng nhiệm vụ)" in page[page.index("Chọn cơ quan") :]


def test_an_office_is_not_said_to_lead_nothing_while_duties_of_the_body_are_not_in(client: FlaskClient) -> None:
    door = client.application.extensions["repository"]
    with door.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE programme SET is_body_entered = false")
    page = client.get(f"/nhiem-vu?{GIA_LAI}&co-quan=hoi-lien-hiep-phu-nu-tinh").text
    assert "Chưa thấy nhiệm vụ nào" in page and "Không có nhiệm vụ nào của" not in page
    assert "chưa nhập đủ nhiệm vụ trong thân văn bản" in page
    agency = client.get("/co-quan/so-y-te").text
    assert "chưa thấy việc chủ trì trong phần đã nhập" in agency and "không được giao chủ trì" not in agency
    assert "Chưa nhập đủ nhiệm vụ trong thân văn bản" in client.get("/tinh/gia-lai-truoc-2025-07").text


def test_once_everything_is_entered_an_office_may_be_said_to_lead_nothing(client: FlaskClient) -> None:
    door = client.application.extensions["repository"]
    with door.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE programme SET is_body_entered = true, is_annex_entered = true")
    assert "không được giao chủ trì dưới tên này" in client.get("/co-quan/so-y-te").text
    page = client.get(f"/nhiem-vu?{GIA_LAI}&co-quan=hoi-lien-hiep-phu-nu-tinh").text
    assert "Không có nhiệm vụ nào của" in page and "Chưa nhập đủ" not in page


def test_the_method_page_tells_every_state_of_a_task(client: FlaskClient) -> None:
    page = client.get("/phuong-phap").text
    assert all(word in page for word in words.TASK_STATE_WORDS.values())
    assert "chưa tính là hoàn thành" in page
