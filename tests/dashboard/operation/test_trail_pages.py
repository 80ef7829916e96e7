"""What people do is noted, and shown only to those who may read the trail, within their territory."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.personal import NAME_MARK, TOKEN_MARK
from etl.commands.cli import main
from models.accounts.changing import write_trail
from models.accounts.trail import COMMAND_LINE, Deed, TrailEntry
from models.base.database import make_engine


@pytest.fixture
def office(settings):
    """The database beside the application."""
    engine = make_engine(settings.database_url)
    yield engine
    engine.dispose()


def entries(office) -> list[TrailEntry]:
    with Session(office) as session:
        found = list(session.scalars(select(TrailEntry).order_by(col(TrailEntry.id))))
    assert (found[0].action, found[0].actor_name) == ("import", COMMAND_LINE)  # the reviewed data, loaded before
    return found[1:]


def note(office, *deeds: Deed) -> None:
    for deed in deeds:
        write_trail(office, deed)


def deed(number: int, place: str | None = "thanh-hoa") -> Deed:
    return Deed("official", "Lê Thị Bình", 2, True, "người chốt số", f"việc số {number:02}", place)


@pytest.mark.parametrize("address", ["/xuat/so-dang-ky.csv", "/xuat/so-dang-ky.xlsx", "/nhiem-vu.csv",
                                     "/api/v1/gaps.csv?place=thanh-hoa"])  # fmt: skip
def test_who_takes_a_list_away_is_noted(as_person, office, address) -> None:
    assert as_person("binh").get(address).status_code == 200
    (entry,) = entries(office)
    assert (entry.action, entry.actor_name, entry.is_verified) == ("export", "Lê Thị Bình", True)
    assert entry.subject == address.partition("?")[0]
    assert entry.place == ("thanh-hoa" if "place" in address else None)
    assert entry.roles == "cán bộ, người chốt số"


@pytest.mark.parametrize("address", ["/api/v1/gaps.csv?dia-ban=dong-nai&place=thanh-hoa",
                                     "/xuat/so-dang-ky.csv?dia-ban=thanh-hoa&place=dong-nai"])  # fmt: skip
def test_a_parameter_that_filters_nothing_does_not_hide_whose_figures_were_taken(as_person, office, address) -> None:
    assert as_person("giang").get(address).status_code == 200
    (entry,) = entries(office)
    assert entry.place == "thanh-hoa"


def test_readers_without_an_account_and_programs_leave_nothing(as_person, office) -> None:
    assert as_person("").get("/api/v1/gaps.csv").status_code == 200
    assert as_person("binh").get("/api/v1/gaps.json").status_code == 200
    assert as_person("binh").get("/xuat/khong-co.csv").status_code == 404
    assert entries(office) == []


def test_the_same_list_twice_is_noted_twice_although_its_answer_is_kept(as_person, office) -> None:
    binh = as_person("binh")
    assert binh.get("/api/v1/gaps.csv").data == binh.get("/api/v1/gaps.csv").data
    assert [entry.action for entry in entries(office)] == ["export", "export"]


def test_a_list_that_cannot_be_noted_is_not_handed_out(as_person, office) -> None:
    with office.begin() as connection:
        connection.execute(text("DROP TABLE trail"))
    answer = as_person("binh").get("/xuat/so-dang-ky.csv")
    assert answer.status_code == 503
    assert "Tên" not in answer.get_data(as_text=True)


def test_a_refusal_after_the_answer_was_made_names_the_reader_and_not_a_mark(as_person, office) -> None:
    with office.begin() as connection:
        connection.execute(text("DROP TABLE trail"))
    for address in ("/xuat/so-dang-ky.csv", "/api/v1/gaps.csv"):
        told = as_person("binh").client.get(address, headers={"Accept": "text/html"}).get_data(as_text=True)
        assert NAME_MARK not in told and TOKEN_MARK not in told
        assert "Lê Thị Bình" in told or address.startswith("/api/")


def test_a_page_sent_piece_by_piece_names_the_reader_and_is_not_held_back(as_person, workbook, application) -> None:
    an, held = as_person("an"), []
    application.server.after_request_funcs.setdefault(None, []).insert(0, lambda answer: held.append(answer) or answer)
    try:
        an.preview(workbook)
    finally:
        del application.server.after_request_funcs[None][0]
    assert [answer.is_streamed for answer in held] == [False, True]
    told = held[-1].get_data(as_text=True) if not held[-1].is_streamed else an.read("/nhap-lieu")
    assert "Trần Văn An" in told and NAME_MARK not in told


def test_a_failed_sign_in_and_signing_out_are_noted(as_person, office) -> None:
    as_person("").send("/dang-nhap", "/dang-nhap", ten="an", mat_khau="không phải mật khẩu")
    an = as_person("an")
    an.send("/duyet", "/dang-xuat")
    failed, out = entries(office)
    assert (failed.action, failed.actor_name, failed.subject) == ("sign_in_failed", "không đăng nhập", "an")
    assert (out.action, out.actor_name) == ("sign_out", "Trần Văn An")


def test_no_network_address_and_no_token_stands_in_the_trail(as_person, office) -> None:
    for username in ("binh", "an"):
        as_person(username).get("/api/v1/gaps.csv?khoa=bi-mat")
    said = [entry.model_dump_json() for entry in entries(office)]
    assert not [line for line in said if "127.0.0.1" in line or "bi-mat" in line]
    marks = {entry.address_mark for entry in entries(office)}
    assert len(marks) == 1
    assert len(marks.pop()) == 12


def test_the_administrator_reads_everything_and_one_of_a_province_only_its_entries(as_person, office) -> None:
    note(office, deed(1), deed(2, "dong-nai"), deed(3, None))
    everything, own = as_person("ha").read("/nhat-ky"), as_person("khanh").read("/nhat-ky")
    assert all(f"việc số {n:02}" in everything for n in (1, 2, 3))
    assert "việc số 01" in own
    assert not [n for n in (2, 3) if f"việc số {n:02}" in own]
    assert "việc số 02" not in as_person("khanh").get("/nhat-ky.csv").get_data(as_text=True)
    assert "việc số 02" not in as_person("khanh").read("/nhat-ky?tim=02")


@pytest.mark.parametrize("who", ["an", "binh", "dung", "giang", ""])
def test_nobody_else_reads_the_trail(as_person, who) -> None:
    for address in ("/nhat-ky", "/nhat-ky.csv"):
        assert as_person(who).get(address).status_code in (303, 401, 403)


def test_the_filter_stays_in_the_address_and_pages_follow_each_other(as_person, office) -> None:
    note(office, *[deed(number) for number in range(60)], Deed("undo", "An", subject="khác hẳn"))
    ha = as_person("ha")
    page = ha.get("/nhat-ky?viec=official&nguoi=binh").get_data(as_text=True)
    assert "việc số 59" in page
    assert "khác hẳn" not in page
    older = page.split('">Trang cũ hơn')[0].rsplit('href="', 1)[1].replace("&amp;", "&")
    assert "viec=official" in older
    second = ha.read(older)
    assert "việc số 09" in second
    assert "việc số 10" not in second
    assert "Trang mới hơn" in second
    assert "Không có mục nào khớp" in ha.read("/nhat-ky?tu-ngay=01/01/2090")


def test_a_day_that_is_none_is_told_and_not_passed_over_in_silence(as_person) -> None:
    ha = as_person("ha")
    text = ha.read("/nhat-ky?tu-ngay=32/13/2026")
    assert 'value="32/13/2026"' in ha.get("/nhat-ky?tu-ngay=32/13/2026").get_data(as_text=True)
    assert "Từ ngày “32/13/2026” không phải ngày nên chưa lọc theo ngày đó" in text
    assert "không phải ngày" not in ha.read("/nhat-ky?tu-ngay=01/01/2020")


def test_the_list_to_take_away_holds_what_the_filter_leaves_and_is_noted_itself(as_person, office) -> None:
    note(office, deed(1), Deed("update", "=HYPERLINK(1)", subject="việc khác"))
    ha = as_person("ha")
    lines = ha.get("/nhat-ky.csv?viec=official").get_data(as_text=True).splitlines()
    assert len(lines) == 2
    assert "việc số 01" in lines[1]
    last = entries(office)[-1]
    assert (last.action, last.subject, last.actor_name) == ("export", "/nhat-ky.csv", "Bùi Hà")
    assert "'=HYPERLINK" in ha.get("/nhat-ky.csv?viec=update").get_data(as_text=True)


def test_commands_are_noted_as_such_and_never_under_a_name_of_the_operating_system(
    as_person, office, monkeypatch, tmp_path, workbook, capsys
) -> None:
    monkeypatch.setenv("LOGNAME", "tai-khoan-may")
    as_person("ha")  # sets DATABASE_URL
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook)
    order = ["load", str(path), "--as", "register", "--place", "thanh-hoa", "--year", "2023"]
    assert main([*order, "--dry-run"]) == 0
    assert entries(office) == []
    assert main(order) == 0
    assert main(["undo", "2"]) == 0
    assert [(e.action, e.actor_name, e.place) for e in entries(office)] == [
        ("import", COMMAND_LINE, "thanh-hoa"), ("undo", COMMAND_LINE, "thanh-hoa")]  # fmt: skip
    assert main(["trail", "check"]) == 0
    assert "3 mục" in capsys.readouterr().out


def test_checking_the_reviewed_data_needs_no_database_and_says_nothing_of_the_trail(
    monkeypatch, tmp_path, capsys
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'khong-co.sqlite3'}")
    assert main(["check"]) == 0
    assert "nhật ký" not in capsys.readouterr().err
    assert not (tmp_path / "khong-co.sqlite3").exists()


@pytest.mark.parametrize("command", [["undo", "2"], ["load", "so.xlsx", "--as", "figures"]])
def test_where_two_people_are_needed_the_command_line_does_not_do_it_alone(
    as_person, office, monkeypatch, capsys, command
) -> None:
    as_person("ha")
    monkeypatch.setenv("TWO_STEPS", "1")
    assert main(command) == 1
    assert "để người thứ hai duyệt" in capsys.readouterr().err
    assert entries(office) == []


def test_a_broken_chain_is_told_with_its_place(as_person, office, capsys) -> None:
    note(office, deed(1), deed(2), deed(3))
    as_person("ha")
    with office.begin() as connection:
        connection.execute(text("DROP TRIGGER trail_no_update"))
        connection.execute(text("UPDATE trail SET actor_name = 'Người Khác' WHERE id = 2"))
    assert main(["trail", "check"]) == 1
    assert "mục 3 không nối với mục 2" in capsys.readouterr().err
