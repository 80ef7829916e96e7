"""`/van-ban`: the documents ordered, by agency and day, with filters and a file."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient


def test_every_document_not_issued_yet_stands_there_over_all_provinces(client: FlaskClient) -> None:
    page = client.get("/van-ban").text
    assert "chưa ban hành đủ</h1>" in page
    assert all(place in page for place in ("Ninh Thuận", "Thanh Hóa", "Gia Lai", "Đồng Nai"))
    assert "Nghị quyết của HĐND tỉnh" in page and "chưa có danh sách đơn vị" in page


def test_the_filters_narrow_and_the_file_holds_the_same_rows(client: FlaskClient) -> None:
    query = "dia-ban=ninh-thuan&loai=Nghị quyết"
    text = client.get(f"/van-ban.csv?{query}").data.decode().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows and {row["place"] for row in rows} == {"ninh-thuan"} and {row["kind"] for row in rows} == {"Nghị quyết"}
    assert f"<h1>{len(rows)} trên {len(rows)} văn bản" in client.get(f"/van-ban?{query}").text
    issued = client.get("/van-ban?tinh-trang=da-ban-hanh").text
    assert "văn bản giao việc ghi đã hoàn thành" in issued and "chưa có báo cáo ban hành<" not in issued


def test_a_filter_that_names_nothing_is_told(client: FlaskClient) -> None:
    assert client.get("/van-ban?dia-ban=khong-co").status_code == 404
    assert client.get("/van-ban.csv?tinh-trang=khac").status_code == 404
