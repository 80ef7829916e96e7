"""The options of the commands around received workbooks."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from etl.loading.recipe import KINDS

LOAD, RUNS, UNDO, SAMPLE = "load", "runs", "undo", "sample"
TEXTS = {
    LOAD: "nạp một tệp nhận được: đọc, kiểm tra, xem trước, ghi tất cả hoặc không gì",
    RUNS: "danh sách các lượt nạp",
    UNDO: "hoàn tác trọn một lượt nạp, lịch sử vẫn giữ",
    SAMPLE: "tạo sổ đăng ký mô phỏng để dùng thử",
}


def add_load(parser: argparse.ArgumentParser, options: Any) -> None:
    """Options of `load`."""
    parser.add_argument_group("tệp").add_argument("file", type=Path, metavar="tệp", help=".xlsx, .xls, .ods hoặc .csv")
    options.add_argument("--as", dest="kind", choices=tuple(KINDS), required=True, help="loại tệp")
    options.add_argument("--place", metavar="ĐỊA BÀN", help="mã địa bàn, ví dụ gia-lai; năm chọn đúng ranh giới")
    options.add_argument("--year", type=int, metavar="NĂM", help="năm của số liệu")
    options.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
    options.add_argument("--yes", action="store_true", help="đồng ý để ngoài các dòng phải dừng")
    options.add_argument("--demo", action="store_true", help="nạp như dữ liệu mô phỏng, không tính chính thức")
    options.add_argument("--marked", type=Path, metavar="TỆP.xlsx", help="ghi bản sao có đánh dấu các ô có vấn đề")
    options.add_argument(
        "--questions", type=Path, metavar="TỆP", help="ghi các câu hỏi còn mở ra tệp .xlsx hoặc .csv để điền"
    )
    options.add_argument("--answers", type=Path, metavar="TỆP", help="đọc câu trả lời từ tệp đã điền")
    pair = {"action": "append", "default": [], "metavar": "A=B"}
    options.add_argument("--same", **pair, help="hai mục là một tổ chức (lặp lại được)")
    options.add_argument("--different", **pair, help="hai mục là hai tổ chức (lặp lại được)")
    options.add_argument(
        "--commune", action="append", default=[], metavar="CÁCH VIẾT=MÃ", help="xác nhận mã xã cho một cách viết"
    )


def add_runs(options: Any) -> None:
    """Options of `runs`."""
    options.add_argument("--place", metavar="ĐỊA BÀN", help="chỉ các lượt của một địa bàn")
    options.add_argument("--format", choices=("text", "json"), default="text", help="mặc định text")


def add_undo(parser: argparse.ArgumentParser) -> None:
    """Options of `undo`."""
    parser.add_argument_group("lượt").add_argument("run", type=int, metavar="lượt", help="số của lượt nạp")


def add_sample(options: Any) -> None:
    """Options of `sample`."""
    options.add_argument("--organizations", type=int, default=500, metavar="SỐ", help="số tổ chức; mặc định 500")
    options.add_argument("--seed", type=int, default=1, metavar="SỐ", help="cùng số thì cùng dữ liệu; mặc định 1")
    options.add_argument("--out", type=Path, metavar="TỆP.xlsx", help="ghi một sổ đăng ký ra tệp")
    options.add_argument("--load", action="store_true", help="nạp vào cơ sở dữ liệu mô phỏng (cần DEMO=1)")
