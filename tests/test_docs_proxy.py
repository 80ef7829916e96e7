"""The proxy that is documented takes what the application takes, in the time that it gives."""

from __future__ import annotations

import re

from dashboard.web.refusals import MANY_BYTES
from dashboard.worker.connection import FIRST_SECONDS
from dashboard.worker.incoming import LARGEST_BODY
from dashboard.worker.web_worker import HEAD_SECONDS
from models.config.settings import ROOT

CONFIGURATION = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
WORDS = (ROOT / "docs" / "proxy.md").read_text(encoding="utf-8")


def said(directive: str) -> list[str]:
    return re.findall(rf"^\s*{directive} +([^;]+);", CONFIGURATION, re.MULTILINE)


def test_the_proxy_takes_the_largest_body_that_the_application_takes() -> None:
    assert LARGEST_BODY == MANY_BYTES
    assert said("client_max_body_size") == ["21m"]
    assert 21 * 1024 * 1024 >= MANY_BYTES > 20 * 1024 * 1024


def test_the_proxy_buffers_both_ways() -> None:
    assert said("proxy_request_buffering") == ["on"] and said("proxy_buffering") == ["on"]


def test_the_proxy_gives_the_time_that_the_server_gives() -> None:
    assert said("client_header_timeout") == [f"{HEAD_SECONDS:.0f}s"]
    assert said("client_body_timeout") == [f"{FIRST_SECONDS:.0f}s"]


def test_only_the_proxy_says_where_a_request_came_from() -> None:
    told = dict(value.split(maxsplit=1) for value in said("proxy_set_header"))
    assert told["X-Forwarded-For"] == "$remote_addr" and told["X-Forwarded-Proto"] == "$scheme"
    assert told["Host"] == told["X-Forwarded-Host"] == "$host"


def test_the_limits_are_told_where_the_proxy_is_described() -> None:
    for limit in ("10 s", "15 s", "21 MB", "30 s", "100, then 429", "256 MB", "300 s"):
        assert limit in WORDS
