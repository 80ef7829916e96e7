"""What protects a reader: headers, a policy without inline code, nothing from outside, no heavy imports."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from models.config.settings import ROOT

Visit = Callable[[str], Any]
PAGES = ["/", "/tinh/thanh-hoa", "/chi-tieu/htx_count", "/nhiem-vu", "/khong-co", "/bieu-do/chi-tieu/htx_count"]
LIVE = {"/bieu-do/chi-tieu/htx_count"}
EVERYTHING = [*PAGES, "/api/v1/gaps.json", "/api/v1/gaps.csv", "/health", "/assets/10-tokens.css", "/_dash-layout"]


def policy_of(page: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in page.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize("address", PAGES)
def test_scripts_need_no_unsafe_permission(visit: Visit, address: str) -> None:
    policy = policy_of(visit(address))
    assert policy["default-src"] == ["'self'"]
    for source in policy["script-src"]:
        assert source == "'self'" or source.startswith("'sha256-")
    assert policy["object-src"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["connect-src"] == policy["base-uri"] == policy["form-action"] == ["'self'"]


@pytest.mark.parametrize("address", PAGES)
def test_every_inline_script_is_one_the_policy_knows(visit: Visit, address: str) -> None:
    page = visit(address)
    allowed = policy_of(page)["script-src"]
    inline = [script for script in page.document.all("script") if "src" not in script.attributes]
    assert bool(inline) is (address in LIVE)
    for script in inline:
        if script.attributes.get("type") != "application/json":
            digest = hashlib.sha256("".join(str(child) for child in script.children).encode()).digest()
            assert f"'sha256-{base64.b64encode(digest).decode()}'" in allowed


@pytest.mark.parametrize("address", PAGES)
def test_nothing_of_a_page_comes_from_outside(visit: Visit, address: str) -> None:
    page = visit(address)
    for node in page.document.walk():
        for name in ("src", "srcset", "data", "poster"):
            assert not urlsplit(node.attributes.get(name, "")).netloc, node
        if node.tag == "link":
            assert not urlsplit(node.attributes["href"]).netloc, node
        assert not any(name.startswith("on") for name in node.attributes), node


def test_no_asset_of_ours_names_another_server() -> None:
    for path in (ROOT / "dashboard" / "assets").iterdir():
        if path.suffix == ".woff2":
            continue
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text and "https://" not in text and "//cdn" not in text, path.name
        assert "@import" not in text, path.name


COMMAND = re.compile(r"python -m|\bgunicorn |\bmake [a-z]+\b|\bpip ")
FOR_THE_MACHINE = {"__main__.py", "gunicorn_conf.py"}  # said on the machine itself
FOR_THE_ADMINISTRATOR = {"operation/pages/operation.py"}


def test_no_page_tells_its_reader_to_run_a_command() -> None:
    room, found = ROOT / "dashboard", set()
    for path in room.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)]
        silent = {ast.get_docstring(node, clean=False) for node in documented}
        said = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        if any(COMMAND.search(text) for text in said if text not in silent):
            found.add(path.relative_to(room).as_posix())
    assert found <= FOR_THE_MACHINE | FOR_THE_ADMINISTRATOR


@pytest.mark.parametrize("address", EVERYTHING)
def test_every_answer_carries_the_protecting_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_page_is_asked_for_again_and_an_asset_is_kept(client: FlaskClient) -> None:
    assert "no-cache" in client.get("/").headers["Cache-Control"]
    assert "max-age=31536000" in client.get("/assets/10-tokens.css").headers["Cache-Control"]


def test_pages_are_sent_compressed_to_a_browser_that_can_unpack(client: FlaskClient) -> None:
    answer = client.get("/nhiem-vu", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.get_data()) < len(client.get("/nhiem-vu").get_data()) / 4


def test_no_cookie_goes_along_from_another_site(client: FlaskClient) -> None:
    cookies = [value for address in EVERYTHING for value in client.get(address).headers.getlist("Set-Cookie")]
    assert all("SameSite=Strict" in value or "SameSite=Lax" in value for value in cookies)


def test_the_debugging_tools_of_dash_are_off(visit: Visit) -> None:
    config = json.loads("".join(map(str, visit("/bieu-do/chi-tieu/htx_count").document.by_id("_dash-config").children)))
    assert config["ui"] is False and config["show_undo_redo"] is False


def test_a_web_worker_imports_nothing_heavy_that_it_does_not_use(tmp_path: Path) -> None:
    code = (
        "import sys; from dashboard.app import create_app; app = create_app()\n"
        "client = app.server.test_client()\n"
        "[client.get(path) for path in ('/', '/tinh/thanh-hoa', '/chi-tieu/htx_count', '/api/v1/gaps.csv')]\n"
        "heavy = ('plotly.express', 'matplotlib', 'authlib', 'requests', 'alembic')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}", "PATH": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr[-2000:]
