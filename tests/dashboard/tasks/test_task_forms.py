"""What is written through the forms is checked, named, kept with its history, and shown at once."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ONCE, YEARLY = "/viec/thanh-hoa-922-2023/II/4.3", "/viec/thanh-hoa-922-2023/IV/8"
REPORT = {
    "ket-qua": "not_done",
    "ngay-bao-cao": "05/02/2026",
    "tinh-hinh": "còn thiếu điều lệ",
    "ly-do": "theo báo cáo",
}


def send(client: FlaskClient, form_page: str, address: str, **fields: str) -> TestResponse:
    """Fill in the form of a page as a reader would."""
    text = client.get(form_page).get_data(as_text=True)
    token = re.search(r'name="ma-bieu-mau" value="([^"]+)"', text)
    seen = re.search(r'name="luot-da-xem" value="(\d+)"', text)
    assert token and seen, text[:400]
    data = {"ma-bieu-mau": token[1], "luot-da-xem": seen[1], "nguoi-ghi": "Nguyễn Văn Thử", **fields}
    return client.post(address, data=data, headers={"Origin": "http://localhost"})


def text_of(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def test_a_report_that_it_is_unfinished_makes_a_task_overdue_and_names_who_said_so(client: FlaskClient) -> None:
    assert send(client, ONCE, f"{ONCE}/bao-cao", **REPORT).status_code == 303
    text = text_of(client, ONCE)
    assert "Quá hạn chưa hoàn thành" in text and "Nguyễn Văn Thử" in text and "tên chưa xác thực" in text
    assert "1 quá hạn chưa hoàn thành" in text_of(client, "/nhiem-vu?dia-ban=thanh-hoa")


def test_closing_without_a_document_is_refused_and_nothing_is_written(client: FlaskClient) -> None:
    answer = send(client, ONCE, f"{ONCE}/bao-cao", **(REPORT | {"ket-qua": "done", "ngay-xong": "01/12/2023"}))
    assert answer.status_code == 403 and "số, ký hiệu văn bản" in answer.get_data(as_text=True)
    assert "Chưa ai ghi gì" in text_of(client, ONCE)


def test_closing_with_a_document_shows_it_as_evidence(client: FlaskClient) -> None:
    done = {
        "ket-qua": "done",
        "ngay-xong": "10/12/2025",
        "so-van-ban": "12/BC-STC",
        "ngay-van-ban": "04/02/2026",
        "nam": "2025",
    }
    assert send(client, YEARLY, f"{YEARLY}/bao-cao", **(REPORT | done)).status_code == 303
    text = text_of(client, "/nhiem-vu?dia-ban=thanh-hoa&nam-viec=2025&tinh-trang=dung-han&xem=muc-luc")
    assert "12/BC-STC, 04/02/2026" in text


def test_a_correction_keeps_the_replaced_report_in_the_history(client: FlaskClient) -> None:
    for told in ("còn thiếu điều lệ", "còn thiếu quyết định"):
        send(client, ONCE, f"{ONCE}/bao-cao", **(REPORT | {"tinh-hinh": told}))
    text = text_of(client, ONCE)
    assert "đã thay" in text and "còn thiếu điều lệ" in text and "còn thiếu quyết định" in text


def test_a_reason_is_always_asked_for(client: FlaskClient) -> None:
    answer = send(client, ONCE, f"{ONCE}/bao-cao", **(REPORT | {"ly-do": " "}))
    assert answer.status_code == 403 and "lý do" in answer.get_data(as_text=True)


def test_an_explanation_overdue_stands_first_until_it_is_answered_and_judged(client: FlaskClient) -> None:
    asked = {"ve-viec": "thanh-hoa-922-2023/III/6", "co-quan": "so-tai-chinh", "noi-dung": "Vì sao chưa xong?",
             "nguoi-yeu-cau": "Trưởng ban thử", "ngay": "01/10/2026"}  # fmt: skip
    send(client, ONCE, "/giai-trinh/ghi", **asked, han="31/12/2026")
    send(client, ONCE, "/giai-trinh/ghi", **(asked | {"noi-dung": "Câu hỏi đã quá hạn"}), han="01/11/2026")
    text = text_of(client, "/giai-trinh")
    assert "2 yêu cầu giải trình: 2 chưa trả lời, trong đó 1 quá hạn" in text and "quá hạn 20 ngày" in text
    assert text.index("Câu hỏi đã quá hạn") < text.index("Vì sao chưa xong?")
    answered = {"tra-loi": "Đã trình", "ngay": "20/11/2026", "ly-do": "nhận văn bản"}
    page = "/giai-trinh/gt-0002"
    assert send(client, page, f"{page}/tra-loi", **answered).status_code == 303
    judged = {"ket-luan": "accepted", "ngay": "21/11/2026", "ly-do": "đủ căn cứ"}
    assert send(client, page, f"{page}/ket-luan", **judged).status_code == 303
    assert "1 chưa trả lời<" in text_of(client, "/giai-trinh") and "Chấp nhận" in text_of(client, page)


def test_a_verdict_needs_an_answer(client: FlaskClient) -> None:
    asked = {"ve-viec": "thanh-hoa-922-2023/htx_count/2030", "co-quan": "so-tai-chinh", "noi-dung": "Vì sao?",
             "nguoi-yeu-cau": "Trưởng ban thử", "ngay": "01/10/2026", "han": "31/12/2026"}  # fmt: skip
    assert send(client, "/giai-trinh/moi", "/giai-trinh/ghi", **asked).status_code == 303
    judged = {"ket-luan": "accepted", "ngay": "21/11/2026", "ly-do": "x"}
    assert send(client, "/giai-trinh/gt-0001", "/giai-trinh/gt-0001/ket-luan", **judged).status_code == 403
    assert "Cam kết 2030: " in text_of(client, "/giai-trinh")


def test_a_petition_is_raised_assigned_answered_and_counted_by_month(client: FlaskClient) -> None:
    raised = {"dia-ban": "thanh-hoa", "loai": "organisation", "nguoi-neu": "HTX thử", "ngay": "05/10/2026",
              "linh-vuc": "đất đai", "noi-dung": "Chưa được thuê đất"}  # fmt: skip
    assert send(client, "/kien-nghi/moi", "/kien-nghi/ghi", **raised).status_code == 303
    page = "/kien-nghi/kn-0001"
    assigned = {
        "co-quan": "so-nong-nghiep-va-moi-truong",
        "ngay": "06/10/2026",
        "han": "31/10/2026",
        "ly-do": "đúng việc",
    }
    assert send(client, page, f"{page}/giao", **assigned).status_code == 303
    text = text_of(client, "/kien-nghi")
    assert "1 khó khăn, kiến nghị: 1 chưa trả lời, trong đó 1 quá hạn" in text and "10/2026" in text
    answer = {"tra-loi": "Đã giao đất", "ngay": "20/11/2026", "ly-do": "nhận văn bản"}
    assert send(client, page, f"{page}/tra-loi", **answer).status_code == 303
    assert "0 chưa trả lời" in text_of(client, "/kien-nghi")
    assert text_of(client, page).count("Nguyễn Văn Thử") == 3


def test_a_yearly_count_of_a_product_stands_with_its_source(client: FlaskClient) -> None:
    page = "/viec/ninh-thuan-2023/I/1"
    count = {"san-pham": "Lớp, hội nghị", "nam": "2024", "so": "1.052", "nguon": "Báo cáo thử 01/BC"}
    assert send(client, page, f"{page}/san-pham", **count).status_code == 303
    text = text_of(client, page)
    assert "1.052" in text and "Báo cáo thử 01/BC" in text
    assert send(client, page, f"{page}/san-pham", **(count | {"so": "nhiều"})).status_code == 403


def test_without_the_token_of_our_own_form_nothing_is_written(client: FlaskClient) -> None:
    answer = client.post(f"{ONCE}/bao-cao", data=REPORT | {"nguoi-ghi": "Nguyễn Văn Thử"})
    assert answer.status_code == 403 and "Chưa ai ghi gì" in text_of(client, ONCE)


def test_one_office_of_two_never_closes_the_task_and_both_do(client: FlaskClient) -> None:
    done = {"ket-qua": "done", "ngay-xong": "10/12/2025", "ngay-van-ban": "04/02/2026"}
    task = "/viec/thanh-hoa-922-2023/III/6"
    finance = REPORT | done | {"so-van-ban": "15/BC-STC", "don-vi": "so-tai-chinh"}
    assert send(client, task, f"{task}/bao-cao", **(finance | {"don-vi": ""})).status_code == 403
    assert send(client, task, f"{task}/bao-cao", **(finance | {"don-vi": "so-y-te"})).status_code == 403
    for number in ("15/BC-STC", "16/BC-STC"):  # the same office twice is one office
        assert send(client, task, f"{task}/bao-cao", **(finance | {"so-van-ban": number})).status_code == 303
    page = text_of(client, task)
    assert "Mới báo cáo một phần" in page and "Hoàn thành quá hạn" not in page
    assert "16/BC-STC, 04/02/2026" in page and "1 trên 2 đã báo cáo hoàn thành" in page
    assert "Giao Liên minh Hợp tác xã tỉnh; Sở Tài chính" in page
    assert "Chưa báo cáo hoàn thành: Liên minh Hợp tác xã tỉnh." in page
    listed = text_of(client, "/nhiem-vu?dia-ban=thanh-hoa&tinh-trang=mot-don-vi&xem=muc-luc")
    assert "1 báo cáo hoàn thành; giao 2 đơn vị" in listed and "1 trên 2 đã báo cáo hoàn thành" in listed
    assert "1 mới báo cáo một phần, chưa tính là hoàn thành" in listed
    assert "0 trên 1</strong> nhiệm vụ đến hạn đã có báo cáo" in listed
    assert "mới báo cáo một phần" in text_of(client, "/nhiem-vu?dia-ban=thanh-hoa&xem=lich")
    assert client.get("/nhiem-vu.csv?dia-ban=thanh-hoa&tinh-trang=mot-don-vi").text.count("in_part") == 1
    other = finance | {"so-van-ban": "31/BC-LMHTX", "don-vi": "lien-minh-hop-tac-xa-tinh"}
    assert send(client, task, f"{task}/bao-cao", **other).status_code == 303
    page = text_of(client, task)
    assert "Hoàn thành quá hạn" in page and "16/BC-STC" in page and "31/BC-LMHTX, 04/02/2026" in page


def test_an_office_of_a_group_without_a_list_is_said_to_be_one_of_a_group(client: FlaskClient) -> None:
    done = {"ket-qua": "done", "ngay-xong": "10/12/2025", "ngay-van-ban": "04/02/2026", "so-van-ban": "12/BC-STC"}
    task = "/viec/thanh-hoa-922-2023/IV/7.1"
    assert send(client, task, f"{task}/bao-cao", **(REPORT | done | {"nam": "2025"})).status_code == 303
    page = text_of(client, task)
    assert "Ủy ban nhân dân huyện, thị xã, thành phố thuộc tỉnh (chưa có danh sách đơn vị)" in page
    assert "năm 2025" in page and "Mới báo cáo một phần" in page


def test_the_ids_of_form_fields_are_the_same_each_time_and_stand_once(client: FlaskClient) -> None:
    seen = [re.findall(r'id="(f-[^"]+)"', text_of(client, ONCE)) for _ in range(2)]
    assert seen[0] == seen[1] and len(seen[0]) == len(set(seen[0])) > 5
    assert "f-ly-do" in seen[0] and any(ident.endswith("-2") for ident in seen[0])
