"""Every kind of mistake in data/ is named with its file, its line and what to do."""

import unicodedata

import pytest

from etl.facts.checks.known import means_alike

TH = "programmes/thanh-hoa-922-2023.yaml"
NT = "programmes/ninh-thuan-2023.yaml"
DN = "programmes/dong-nai-01-2023.yaml"


def test_the_reviewed_data_has_no_problem(data) -> None:
    assert data.issues() == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (NT, "place: ninh-thuan", "place: ninh-thuann", 'không có địa bàn "ninh-thuann"'),
        (NT, "indicator: lhhtx_count", "indicator: lhhtx_kount", 'không có chỉ tiêu "lhhtx_kount"'),
        (NT, "definition: with_enterprises_chain", "definition: chain", 'không có định nghĩa "chain"'),
        (NT, "horizon: 2030", "horizon: 2022", "mốc 2022 không sau ngày ban hành 2023-02-28"),
        (NT, "low: 21000", 'low: "21000"', 'trường "low"'),
        (NT, 'clause: "II.2.a, 2030, gạch 2"', 'clause: ""', "để trống"),
        (NT, 'wording: "ít nhất 01 LHHTX"', "worded: 1", "không có trong mẫu"),
        (NT, 'unit: "LHHTX"', 'unit: "HTX"', 'đơn vị "HTX" khác đơn vị "LHHTX"'),
        (NT, "comparator: range", "comparator: between", "không nhận giá trị"),
        (NT, "issued_on: 2023-02-28", "issued_on: 2023-02-27", "không phải ngày cuối tháng"),
        (NT, "last_day: 30", "last_day: 31", "một ngày không có trong tháng"),
        (NT, "checked: true", "checked: yes", "không nhận giá trị"),
        ("agencies.csv", "so-y-te,Sở Y tế,Sở Y tế,province", "so-y-te,Sở Y tế,Sở Y tế,tỉnh", "không nhận giá trị"),
        ("agencies.csv", "so-y-te,Sở Y tế", "so-cong-thuong,Sở Y tế", "đã có ở trên"),
        ("agencies.csv", "so-y-te,Sở Y tế,", "so-y-te,", "dòng có 7 ô, bảng có 8 cột"),
        ("agency_successions.csv", "so-tai-chinh,2025-03-01", "so-tai-chinh,2025-04-01", "không liền sau ngày cuối"),
        ("agency_successions.csv", "so-tai-chinh,2025-03-01", "so-tai-chin,2025-03-01", "không có cơ quan"),
        ("provinces.csv", "02,Hà Giang,08", "02,Hà Giang,8", "không nhận giá trị"),
        (
            TH,
            "leads: [so-ke-hoach-va-dau-tu, ubnd-cap-huyen]",
            "leads: [ubnd-cap-huyen]",
            "leads không có so-ke-hoach-va-dau-tu",
        ),
        (
            "programmes/gia-lai-2020.yaml",
            "leads: [ban-chi-dao-kttt]",
            "leads: [ban-chi-dao-kttt, so-ke-hoach-va-dau-tu]",
            "vừa chủ trì vừa phối hợp",
        ),
        ("thresholds.yaml", "value: 0.60", "value: 0.96", "dưới on_track_ratio"),
    ],
)
def test_a_mistake_is_refused(data, name: str, old: str, new: str, says: str) -> None:
    data.replace(name, old, new)
    found = data.issues()
    assert any(issue.file == name and says in issue.what for issue in found), "\n".join(map(str, found))
    assert all(issue.remedy for issue in found)


@pytest.mark.parametrize(
    ("name", "old", "new", "field"),
    [
        (NT, "issued_on: 2023-02-28", "issued_on: 0223-02-28", "document.issued_on"),
        ("programmes/gia-lai-2020.yaml", "due_on: 2022-12-31", "due_on: 2202-12-31", "due_on"),
        ("agency_successions.csv", "so-tai-chinh,2025-03-01", "so-tai-chinh,0025-03-01", "effective_on"),
        ("figures.csv", "unstated,2025-12-26", "unstated,2125-12-26", "period_start"),
        ("thresholds.yaml", "valid_from: 20", "valid_from: 10", "valid_from"),
    ],
)
def test_a_day_outside_the_limits_is_refused_by_file_line_and_field(
    data, name: str, old: str, new: str, field: str
) -> None:
    data.replace(name, old, new)
    found = [issue for issue in data.issues() if "ngoài khoảng 01/01/1900 đến 31/12/2100" in issue.what]
    assert found and found[0].file == name and f'trường "{field}' in found[0].what
    assert found[0].line == data.line_of(name, new)


def test_a_yaml_mistake_is_named_at_its_own_line(rejects) -> None:
    rejects(NT, "definition: with_enterprises_chain", "definition: chain", says="không có định nghĩa")


def test_a_csv_mistake_is_named_at_its_own_line(rejects) -> None:
    rejects("agencies.csv", "so-y-te,Sở Y tế,Sở Y tế,province", "so-y-te,Sở Y tế,Sở Y tế,tỉnh", says="không nhận")


def test_the_line_counts_records_that_run_over_several_lines(data) -> None:
    data.replace("agencies.csv", "Sở Y tế,Sở Y tế,", '"Sở\nY tế",Sở Y tế,')
    data.replace("agencies.csv", "so-cong-thuong,Sở Công Thương,Sở Công Thương,province", "so-cong-thuong,x,x,y")
    (issue,) = data.issues()
    assert issue.line == data.line_of("agencies.csv", "so-cong-thuong")


@pytest.mark.parametrize(
    ("typed", "code", "is_close"),
    [
        ("htx_cuont", "htx_count", True),
        ("so-tai-chin", "so-tai-chinh", True),
        ("tht_capital_growth", "htx_capital_growth", False),
        ("htx_nonagri_count", "htx_agri_count", False),
        ("htx_agri_count", "htx_count", False),
    ],
)
def test_a_code_is_proposed_only_where_it_is_close_in_meaning(typed: str, code: str, is_close: bool) -> None:
    assert means_alike(typed, code) is is_close


def test_an_unknown_code_comes_with_the_nearest_known_one(data) -> None:
    data.replace(NT, "place: ninh-thuan", "place: ninh-thuann")
    assert any('Có phải "ninh-thuan"?' in issue.remedy for issue in data.issues())


def test_every_problem_is_found_at_once(data) -> None:
    data.replace(NT, "horizon: 2030", "horizon: 2022")
    data.replace(TH, "checked: true", "checked: 1")
    data.replace("figures.csv", ",actual,", ",real,")
    assert {issue.file for issue in data.issues()} >= {NT, TH, "figures.csv"}


@pytest.mark.parametrize(
    ("comparator", "low", "high", "says"),
    [
        ("range", "21000", "null", "khoảng phải có low nhỏ hơn high"),
        ("range", "22000", "21000", "khoảng phải có low nhỏ hơn high"),
        ("equal", "21000", "22000", "low bằng high"),
        ("at_most", "21000", "null", "chỉ có high"),
        ("less_than", "null", "null", "chỉ có high"),
        ("about", "21000", "22000", "chỉ có low"),
        ("more_than", "null", "21000", "chỉ có low"),
    ],
)
def test_a_comparator_needs_its_own_figures(rejects, comparator: str, low: str, high: str, says: str) -> None:
    old = "comparator: range\n    kind: by\n    low: 21000\n    high: 22000"
    new = f"comparator: {comparator}\n    kind: by\n    low: {low}\n    high: {high}"
    rejects(NT, old, new, says=says)


def test_a_wording_of_13_words_is_too_long(rejects) -> None:
    rejects(NT, "ít nhất 01 LHHTX", "một hai ba bốn năm sáu bảy tám chín mười mười một hai", says="dài quá 12 từ")


def test_a_nested_share_needs_its_group_in_the_same_programme(rejects) -> None:
    rejects(DN, "nested_in: ktt_good_fair_share", "nested_in: htx_good_fair_share", says="không có cam kết nào")


def test_the_parts_of_a_promise_must_add_up(data) -> None:
    data.replace(TH, "low: 825", "low: 826")
    assert "các nhóm cộng lại là 1281, tổng cam kết là 1280" in [issue.what for issue in data.issues()]


def test_an_indicator_with_a_promise_must_say_which_way_is_better(data) -> None:
    data.replace("indicators.yaml", "direction: higher", "direction: none")
    assert any("không khai chiều nào là tốt" in issue.what for issue in data.issues())


@pytest.mark.parametrize("kind", ["continuous", "none", "unreadable"])
def test_a_deadline_without_a_day_must_not_name_one(data, kind: str) -> None:
    data.replace(TH, "deadline_kind: year\n", f"deadline_kind: {kind}\n")
    assert any(f'thời hạn "{kind}" không có ngày cuối' in issue.what for issue in data.issues())


@pytest.mark.parametrize("kind", ["yearly", "plan"])
def test_what_recurs_may_end_on_a_day_but_only_where_the_words_say_so(data, kind: str) -> None:
    data.replace(TH, "deadline_kind: year\n", f"deadline_kind: {kind}\n")
    found = [issue.what for issue in data.issues()]
    assert any("có nghĩa là year" in what for what in found)
    assert not any("không có ngày cuối" in what for what in found)


def test_a_deadline_of_a_year_needs_its_last_day(data) -> None:
    data.replace(TH, "deadline_kind: yearly", "deadline_kind: year")
    (issue,) = data.issues()
    assert issue.what == 'thời hạn "year" cần ngày cuối'


def test_a_sub_row_needs_its_parent(data) -> None:
    data.replace(TH, 'parent: "4"', 'parent: "40"')
    assert any('thuộc dòng "40" không có' in issue.what for issue in data.issues())


def test_a_heading_needs_rows_below_it(data) -> None:
    data.replace(TH, 'parent: "7"', "parent: null", 20)
    assert any('dòng tiêu đề "7" không có dòng con' in issue.what for issue in data.issues())


def test_agencies_cannot_succeed_each_other_in_a_circle(data) -> None:
    path = data.folder / "agency_successions.csv"
    row = "so-tai-chinh,so-ke-hoach-va-dau-tu,2025-03-01,,Nghị định thử\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert any("vòng tròn" in issue.what for issue in data.issues())


def test_two_rows_with_one_key_are_refused(data) -> None:
    path = data.folder / "figures.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:2], lines[1], *lines[2:]]), encoding="utf-8")
    (issue,) = data.issues()
    assert (issue.file, issue.line) == ("figures.csv", 3)
    assert "đã có ở trên" in issue.what


def test_figures_must_be_sorted_by_key(data) -> None:
    path = data.folder / "figures.csv"
    header, first, second, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, second, first, *rest]), encoding="utf-8")
    (issue,) = data.issues()
    assert (issue.line, issue.remedy) == (3, "Xếp các dòng theo cột key")


def change_first_figure(data, **cells: str) -> list[str]:
    data.change_figure(data.figures()[0]["key"], **cells)
    return [issue.what for issue in data.issues() if issue.line == 2]


def test_a_value_cannot_be_about_a_day_after_its_publication_unless_it_is_an_estimate(data) -> None:
    days = {"period_start": "2023-08-16", "period_end": "2023-08-16"}
    assert any("trước ngày cuối kỳ" in what for what in change_first_figure(data, **days))
    assert change_first_figure(data, **days, value_kind="estimate") == []


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"value": "1.28"}, "có phần lẻ"),
        ({"value": "1,28"}, "không nhận giá trị"),
        ({"value": "nan"}, "không nhận giá trị"),
        ({"unit": "người"}, "khác đơn vị"),
        ({"definition": "vca"}, "không có định nghĩa"),
        ({"period_kind": "year"}, "dài 1 ngày"),
        ({"place": "binh-dinhh"}, "không có địa bàn"),
        ({"period_end": "31/12/2022"}, "không nhận giá trị"),
    ],
)
def test_a_wrong_figure_is_refused_at_its_line(data, cells: dict[str, str], says: str) -> None:
    assert any(says in what for what in change_first_figure(data, **cells))


def test_a_break_must_name_a_known_place(rejects) -> None:
    rejects("series.yaml", "place: dong-nai-truoc-2025-07", "place: dong-nai-cu", says='không có địa bàn "dong-nai-cu"')


def test_a_judgement_must_name_known_definitions(data) -> None:
    data.replace("series.yaml", "definitions: [unstated]", "definitions: [unsaid]")
    (issue,) = data.issues()
    assert issue.line == data.line_of("series.yaml", "definitions: [unsaid]")


def test_a_key_written_twice_is_refused_instead_of_the_last_one_winning(rejects) -> None:
    twice = "  checked: true\n  checked: true"
    rejects(NT, "  checked: true", twice, says="ghi hai lần", at="  checked: true\n  remark")


def test_a_day_that_no_calendar_has_is_refused_at_its_line(rejects) -> None:
    rejects(NT, "issued_on: 2023-02-28", "issued_on: 2023-02-30", says='không nhận giá trị "2023-02-30"')


def test_broken_yaml_is_refused_at_its_line(data) -> None:
    data.replace(NT, "targets:", "targets: [")
    assert any(issue.file == NT and "không đọc được YAML" in issue.what for issue in data.issues())


def test_a_missing_file_is_a_problem_not_a_crash(data) -> None:
    (data.folder / "figures.csv").unlink()
    (issue,) = data.issues()
    assert (issue.file, issue.what) == ("figures.csv", "không có tệp này")


def test_a_folder_without_programmes_is_a_problem(data) -> None:
    for path in (data.folder / "programmes").iterdir():
        path.unlink()
    assert [issue.what for issue in data.issues()] == ["không có tệp chương trình nào"]


def test_a_file_that_would_be_passed_over_is_a_problem(data) -> None:
    (data.folder / "programmes" / "khac.yml").write_text("x")
    assert [issue.file for issue in data.issues()] == ["programmes/khac.yml"]


def test_text_in_decomposed_unicode_is_refused(data) -> None:
    data.replace("agencies.csv", "Sở Y tế,Sở Y tế", unicodedata.normalize("NFD", "Sở Y tế") + ",Sở Y tế")
    (issue,) = data.issues()
    assert issue.what == 'trường "name" viết bằng Unicode tổ hợp (NFD)'


def test_a_file_in_another_encoding_is_refused(data) -> None:
    path = data.folder / "figures.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert any(issue.file == "figures.csv" and "UTF-8" in issue.what for issue in data.issues())


def test_two_values_of_one_thing_under_two_keys_are_refused(data) -> None:
    rows = data.figures()
    data.write_figures([*rows, rows[0] | {"key": f"{rows[0]['key']}-lai", "value": "20"}])
    assert any("và nơi công bố" in issue.what and "đã có ở trên" in issue.what for issue in data.issues())
