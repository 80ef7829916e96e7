"""What a meeting assigns is a task wherever tasks are, and what becomes of it is told wherever it is named."""

from __future__ import annotations

from datetime import date

TITLE = "Rà soát thành viên từng HTX"


def assign(site, due: str = "15/12/2026") -> str:
    meeting: str = site.open_meeting()
    asked = {"co_quan": "so-tai-chinh", "han": due, "trang": "3"}
    assert site.send(meeting + "/ghi", loai="assignment", noi_dung=TITLE, **asked).status_code == 303
    return meeting


def test_an_assignment_stands_where_tasks_stand(site) -> None:
    assign(site)
    for address in (
        "/nhiem-vu?xem=muc-luc",
        "/nhiem-vu?xem=muc-luc&dia-ban=thanh-hoa",
        "/nhiem-vu?xem=muc-luc&co-quan=so-tai-chinh",
        "/co-quan/so-tai-chinh",
    ):
        words = site.words(address)
        assert TITLE in words and "Việc giao tại phiên họp" in words, address
    assert TITLE in site.words("/nhiem-vu?dia-ban=thanh-hoa&co-quan=so-tai-chinh")
    calendar = site.get("/lich/co-quan/so-tai-chinh.ics").text.replace("\r\n ", "")
    assert TITLE in calendar and "20261215" in calendar
    assert TITLE in site.words("/tinh/thanh-hoa") and "Kết luận các phiên họp" in site.words("/tinh/thanh-hoa")


def test_the_api_gives_it_among_the_tasks_and_not_among_the_duties(site) -> None:
    before = len(site.get("/api/v1/tasks.json").json)
    assign(site)
    for query in ("", "?as-of=2026-11-21"):
        (row,) = [row for row in site.get(f"/api/v1/tasks.json{query}").json if row["origin"] == "meeting"]
        assert (row["title"], row["due_on"], row["state"], row["leads"]) == (
            TITLE,
            "2026-12-15",
            "open",
            ["so-tai-chinh"],
        )
    assert len(site.get("/api/v1/tasks.json").json) == before + 1
    assert all(row["origin"] != "meeting" for row in site.get("/api/v1/duties.json").json)
    assert TITLE in site.get("/nhiem-vu.csv").text


def test_an_assignment_is_not_counted_with_the_annex_rows(site) -> None:
    before = site.words("/nhiem-vu").split("nhiệm vụ")[0]
    assign(site)
    assert site.words("/nhiem-vu").split("nhiệm vụ")[0] == before


def test_what_is_reported_on_its_own_page_is_told_by_the_next_meeting(site) -> None:
    assign(site)
    page = "/viec/kl-0001"
    assert TITLE in site.words(page) and "Phiên họp quý IV" in site.words(page)
    said = {"ket_qua": "under_way", "ngay_bao_cao": "21/11/2026", "tinh_hinh": "đã xong 120 HTX", "ly_do": "báo cáo"}
    assert site.send(page + "/bao-cao", form_on=page, **said).status_code == 303
    second = site.words(site.open_meeting(ten="Phiên hai"))
    assert "đang thực hiện (báo cáo ngày 21/11/2026: đã xong 120 HTX)" in second


def test_what_the_meeting_notes_as_done_closes_the_task(site) -> None:
    assign(site)
    sent = site.send("/hop/ket-luan/kl-0001/xong", ngay="20/11/2026", van_ban="12/BC-STC")
    assert sent.status_code == 303
    (row,) = [row for row in site.get("/api/v1/tasks.json").json if row["origin"] == "meeting"]
    assert (row["state"], row["done_on"], row["document_number"]) == ("done_on_time", "2026-11-20", "12/BC-STC")
    assert "đã xong ngày 20/11/2026 theo 12/BC-STC" in site.words("/tinh/thanh-hoa")


def test_what_is_still_open_is_told_by_every_later_meeting_also_one_on_all_places(site) -> None:
    assign(site)
    site.open_meeting(ten="Phiên hai")
    assert TITLE in site.words(site.open_meeting(ten="Phiên ba"))
    assert TITLE in site.words(site.open_meeting(ten="Phiên chung", dia_ban=""))
    assert TITLE not in site.words(site.open_meeting(ten="Ninh Thuận", dia_ban="ninh-thuan"))


def test_an_earlier_day_does_not_know_the_assignment(site) -> None:
    assign(site)
    assert TITLE not in site.words("/nhiem-vu?biet-den=2026-11-20")
    assert site.door.settings.as_of == date(2026, 11, 21)


FAR = date(9999, 12, 31)


def test_a_day_outside_the_limits_is_refused_at_its_field(site) -> None:
    meeting = site.open_meeting()
    asked = {"co_quan": "so-tai-chinh", "trang": "3", "loai": "assignment", "noi_dung": TITLE}
    for day in ("31/12/9999", "9999-12-31", "01/01/2101"):
        answer = site.send(meeting + "/ghi", **asked, han=day)
        assert answer.status_code == 403
        assert "Hạn:" in answer.text and "ngoài khoảng 01/01/1900 đến 31/12/2100" in answer.text


def test_a_day_outside_the_limits_that_is_stored_already_breaks_nothing(site) -> None:
    assign(site)
    with site.door.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE conclusion SET due_on = ?", (FAR.isoformat(),))
    for address in (
        "/lich/co-quan/so-tai-chinh.ics",
        "/lich/tinh/thanh-hoa.ics",
        "/nhiem-vu",
        "/nhiem-vu.xlsx",
        "/co-quan/so-tai-chinh",
        "/tinh/thanh-hoa",
        "/viec/kl-0001",
        "/api/v1/tasks.csv",
        "/hop/1?trang=2",
    ):
        assert site.get(address).status_code == 200, address
    assert "99991231" in site.get("/lich/co-quan/so-tai-chinh.ics").text
