"""The clients of the load test: viewers who walk real pages as a browser does, and officers who import for real."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from json import dumps
from random import Random
from threading import Lock
from urllib.parse import urlencode, urlsplit

from benchmarks.load_people import Officer

TIMEOUT_SECONDS = 60
COOKIE = "phien-lam-viec"
CALLBACK = "/_dash-update-component"
FORM = re.compile(r'name="ma-bieu-mau"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="ma-bieu-mau"')
PREVIEW = re.compile(r'href="(/nhap-lieu/[^"]+)"')
REFUSAL = re.compile(r'class="empty[^"]*"[^>]*>(.*?)</(?:div|section)>', re.DOTALL)
ASSET = re.compile(r'(?:src|href)="(/(?:assets|_dash-component-suites)/[^"]+)"')
# what a leader opens, the more often the more times it stands here
WALK = (
    "/", "/", "/", "/tinh", "/tinh/thanh-hoa", "/tinh/ninh-thuan", "/tinh/dong-nai-truoc-2025-07", "/chi-tieu",
    "/chi-tieu/htx_count", "/nhiem-vu", "/nhiem-vu?dia-ban=thanh-hoa", "/htx", "/htx", "/htx?dia-ban=thanh-hoa",
    "/htx?tim=binh+minh", "/xep-loai", "/can-xu-ly", "/doi-soat", "/doi-soat?dia-ban=thanh-hoa", "/hop", "/phuong-phap",
    "/api/v1/gaps.json", "/nhiem-vu.csv?dia-ban=thanh-hoa",
)  # fmt: skip
SEARCHES = ("binh minh", "dong tam", "hoa", "nong nghiep", "99", "vận tải")
LIVE = ("/htx",)  # what Dash draws a part of


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer: its kind, seconds from sending to the last byte, and what was wrong (empty when nothing)."""

    kind: str
    seconds: float
    fault: str = ""
    path: str = ""


@dataclass
class Crowd:
    """What all clients share."""

    address: str
    think: float
    rest: float
    stop_at: float
    samples: list[Sample] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def is_over(self) -> bool:
        """Whether nobody begins anything new."""
        return time.monotonic() >= self.stop_at

    def add(self, sample: Sample) -> None:
        """Keep a sample."""
        with self.lock:
            self.samples.append(sample)

    def wait(self, seconds: float) -> None:
        """Do nothing for a while, or until the end."""
        time.sleep(max(0.0, min(seconds, self.stop_at - time.monotonic())))


@dataclass
class Client:
    """One browser: a session's cookie and the cookies it was given."""

    crowd: Crowd
    token: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        kind: str,
        path: str,
        *,
        body: bytes | None = None,
        content: str = "",
        expected: int = 200,
        label: str = "",
    ) -> str:
        """One request on a connection of its own; gives the text and notes how long it took and what was wrong."""
        began = time.perf_counter()
        text, fault = "", ""
        try:
            status, text = self._send(path, body, content)
            fault = "" if status == expected else f"{path} answers {status}: {_said(text)}"
        except (OSError, HTTPException) as error:
            fault = f"{path}: {error!r}"
        self.crowd.add(Sample(kind, time.perf_counter() - began, fault, label or path))
        return text if not fault else ""

    def _send(self, path: str, body: bytes | None, content: str) -> tuple[int, str]:
        connection = HTTPConnection(urlsplit(self.crowd.address).netloc, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("GET" if body is None else "POST", path, body, self._headers(content))
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            text = answer.read().decode("utf-8", "replace")
            return answer.status, answer.headers.get("Location") or text
        finally:
            connection.close()

    def _headers(self, content: str) -> dict[str, str]:
        kept = {**self.cookies, **({COOKIE: self.token} if self.token else {})}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in kept.items())}
        if content:
            headers |= {"Content-Type": content, "Origin": self.crowd.address, "Sec-Fetch-Site": "same-origin"}
        return headers


def viewer(crowd: Crowd, token: str, seed: int) -> None:
    """Walk from page to page until the end, reading each for a while; the first page brings the assets too."""
    chance, client = Random(seed), Client(crowd, token)
    crowd.wait(chance.uniform(0, 2 * crowd.think))
    is_first = True
    while not crowd.is_over:
        path = chance.choice(WALK)
        text = client.ask("page" if not path.startswith("/api") and ".csv" not in path else "list", path)
        if is_first:
            for asset in ASSET.findall(text):
                client.ask("asset", unescape(asset))
            is_first = not text
        if path.startswith(LIVE):
            client.ask("callback", CALLBACK, body=_router(path), content="application/json", label=path)
            client.ask("rows", CALLBACK, body=_rows(chance.choice(SEARCHES)), content="application/json")
        crowd.wait(chance.uniform(0.5, 1.5) * crowd.think)


def _router(path: str) -> bytes:
    """What Dash's script sends when a page is opened."""
    parts = urlsplit(path)
    values = {"pathname": parts.path, "search": f"?{parts.query}" if parts.query else ""}
    outputs = ("_pages_content", "children"), ("_pages_store", "data")
    return dumps(
        {
            "output": "..".join(("", "...".join(".".join(pair) for pair in outputs), "")),
            "outputs": [{"id": ident, "property": name} for ident, name in outputs],
            "inputs": [{"id": "_pages_location", "property": name, "value": value} for name, value in values.items()],
            "changedPropIds": ["_pages_location.pathname"],
        }
    ).encode()


def _rows(words: str) -> bytes:
    """What the grid of the register sends while somebody types."""
    asked = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}, "context": {"text": words}}
    return dumps(
        {
            "output": "register-grid.getRowsResponse",
            "outputs": {"id": "register-grid", "property": "getRowsResponse"},
            "inputs": [{"id": "register-grid", "property": "getRowsRequest", "value": asked}],
            "changedPropIds": ["register-grid.getRowsRequest"],
        }
    ).encode()


def officer(crowd: Crowd, who: Officer, seed: int) -> None:
    """Upload a workbook, read the preview, confirm it, rest; until the end or the last workbook."""
    chance, client = Random(seed), Client(crowd, who.token)
    crowd.wait(chance.uniform(0, crowd.rest))
    for path, year in who.books:
        if crowd.is_over:
            return
        _import(client, who.place, year, path.name, path.read_bytes())
        crowd.wait(chance.uniform(0.5, 1.5) * crowd.rest)


def _import(client: Client, place: str, year: int, name: str, content: bytes) -> None:
    fields = {"ma-bieu-mau": _token(client.ask("import: form", "/nhap-lieu")), "loai": "register"}
    kind, body = _multipart({**fields, "dia-ban": place, "nam-so": str(year)}, name, content)
    said = client.ask("import: read and preview", "/nhap-lieu", body=body, content=kind)
    found = PREVIEW.search(said)
    if not found:
        client.crowd.add(Sample("import: read and preview", 0.0, f"no preview: {_words(said)[-200:]}"))
        return
    address = unescape(found[1])
    page = client.ask("import: preview page", address)
    sent = urlencode({"ma-bieu-mau": _token(page), "de-ngoai": "1"}).encode()
    form = "application/x-www-form-urlencoded"
    client.ask("import: confirm", f"{address.split('?')[0]}/nap", body=sent, content=form, expected=303)


def _token(text: str) -> str:
    found = FORM.search(text)
    return unescape(found[1] or found[2]) if found else ""


def _said(text: str) -> str:
    """The sentence of a refusal; a refusal page holds it in the frame of an empty state."""
    found = REFUSAL.search(text)
    return _words(found[1] if found else text)[:200]


def _words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def _multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[str, bytes]:
    edge = "----load-test"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="tep"; filename="{name}"\r\n\r\n'.encode()
    return f"multipart/form-data; boundary={edge}", b"".join([*parts, head, content, f"\r\n--{edge}--\r\n".encode()])


def page_meter(crowd: Crowd, address: str) -> None:
    """Ask the bare page twice a second: what it waits is the machine."""
    meter = Client(Crowd(address, 0, 0, crowd.stop_at))
    while not crowd.is_over:
        meter.ask("bare page", "/")
        crowd.wait(0.5)
    for sample in meter.crowd.samples:
        crowd.add(sample)
