"""From a figure to the organisations behind it: the explorer leads to the names that the register holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

Read = Callable[..., str]


def test_a_picked_figure_leads_to_as_many_names_as_it_tells(read: Read) -> None:
    page = read("/xem?dia-ban=ninh-thuan&chi-tieu=htx_count&chon-dia-ban=ninh-thuan&chon-chi-tieu=htx_count")
    (way,) = re.findall(r'<a href="(/htx\?[^"]*)">([\d.]+) tổ chức có tên', page)
    address, number = unescape(way[0]), way[1]
    assert "loai=htx" in address and f"{number} HTX" in re.findall(r"<h1>(.*?)</h1>", read(address))[0]
