"""The product's own lists are recognised when they come back: what they hold is there already."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.operation.pages.trail import HEADER
from dashboard.register.data.register_rows import COMMUNE_HEADER, LIST_HEADER, NAMED_HEADER, TWO_HEADER, WORK_HEADER
from etl.files.readers import Row
from etl.importers.organizations import HEADINGS
from etl.tables.columns import read_headings
from etl.tables.findings import Findings
from etl.tables.own_exports import own_export
from etl.tables.reading.workbook import read_tables
from etl.tables.tables import TableShape
from models.config.settings import ROOT


@pytest.mark.parametrize("header", [LIST_HEADER, WORK_HEADER, NAMED_HEADER, COMMUNE_HEADER, TWO_HEADER])
def test_every_list_to_take_away_is_known_by_its_headings(header: tuple[str, ...]) -> None:
    problem = own_export([Row(1, ("ghi chú",)), Row(2, header)])
    assert problem and "do chính hệ thống xuất ra" in problem.what


@pytest.mark.parametrize("name", ["so-dang-ky.csv", "so-dang-ky.xlsx", "can-xu-ly.csv"])
def test_a_list_that_comes_back_is_refused_with_what_it_is(client: FlaskClient, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(client.get(f"/xuat/{name}").get_data())
    findings = Findings()
    read_tables(path, TableShape(read_headings(ROOT / "data", *HEADINGS), ("name",)), findings)
    assert [finding.rule for finding in findings.items] == ["file.own_export"]


@pytest.mark.parametrize("address", ["/nhiem-vu.csv", "/nhiem-vu.xlsx"])
def test_the_tasks_that_come_back_are_refused_by_name(client: FlaskClient, tmp_path: Path, address: str) -> None:
    path, answer = tmp_path / address[1:], client.get(address)
    assert answer.status_code == 200
    path.write_bytes(answer.get_data())
    findings = Findings()
    read_tables(path, TableShape(read_headings(ROOT / "data", "tasks"), ()), findings)
    assert [finding.rule for finding in findings.items] == ["file.own_export"]
    assert "đây là danh sách nhiệm vụ do chính hệ thống xuất ra" in str(findings.items[0])


def test_the_trail_that_comes_back_is_refused_by_name() -> None:
    problem = own_export([Row(1, HEADER)])
    assert problem and "đây là nhật ký do chính hệ thống xuất ra" in problem.what


@pytest.mark.parametrize("table", ["observations", "tasks", "targets"])
def test_an_open_table_that_comes_back_is_refused(client: FlaskClient, tmp_path: Path, table: str) -> None:
    path = tmp_path / f"{table}.csv"
    path.write_bytes(client.get(f"/api/v1/{table}.csv").get_data())
    findings = Findings()
    read_tables(path, TableShape(read_headings(ROOT / "data", "figures"), ()), findings)
    assert [finding.rule for finding in findings.items] == ["file.own_export"]
