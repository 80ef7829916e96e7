"""Every address of the application with real and forged values, for its own province, for another and for none."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from dash import Dash
from sqlalchemy import Engine, text

from dashboard.web import callbacks
from dashboard.web.callbacks import ROUTER
from dashboard.web.routes import DECLARED
from dashboard.web.rules import CALLBACKS, ENDPOINTS
from tests.dashboard.access.two_provinces import CHECKSUM, MINE, OTHER

SHELLS = ("/", "/<path:path>", "/_dash-update-component")
NUMBERS = ("1", "2", "999999")
VALUES: dict[str, tuple[str, ...]] = {
    "slug": (MINE, OTHER, "khong-co"),
    "code": ("htx_count", "so-tai-chinh", "khong-co"),
    "programme": ("thanh-hoa-922-2023", "khong-co"),
    "number": NUMBERS,
    "run_id": (*NUMBERS, "3"),
    "remark_id": NUMBERS,
    "grant_id": NUMBERS,
    "key_id": NUMBERS,
    "checksum": (CHECKSUM[MINE], CHECKSUM[OTHER], "f" * 64),
    "extension": ("csv", "xlsx", "json"),
    "name": ("gaps", "targets", "tasks", "observations", "official", "khong-co"),
    "filename": ("20-base.css",),
    "path": ("khong-co",),
    "package_name": ("dcc",),
    "fingerprinted_path": ("khong-co.js",),
}
KINDS = {
    "/xuat/": ("yeu", "chuyen-loai"),
    "/nhap-lieu/": ("register", "task_updates"),
    "/<any": ("giai-trinh", "kien-nghi"),
}
KEYS = {"giai-trinh": "gt", "kien-nghi": "kn", "ket-luan": "kl"}


def missing_rules(app: Dash) -> list[str]:
    """What may be asked for without anybody having said who may: there must be nothing."""
    endpoints = {rule.endpoint for rule in app.server.url_map.iter_rules()} - {*ENDPOINTS, *SHELLS}
    with app.server.test_request_context():
        outputs = {*callbacks.declared_callbacks(app)} - {*CALLBACKS, ROUTER}
    return sorted(endpoints) + sorted(outputs)


class Places:
    """The addresses, once for each application and database; `tokens` are previews of both provinces."""

    def __init__(self, app: Dash, engine: Engine, tokens: dict[str, str]) -> None:
        self.app = app
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT place, min(key) FROM task WHERE NOT is_heading GROUP BY place"))
            self.tasks = {place: key for place, key in rows}  # noqa: C416
        self.tokens = (tokens[MINE], tokens[OTHER], "x" * 32)

    def pages(self) -> list[str]:
        """Every page, live or plain."""
        return [address for page in DECLARED.values() for address in self._filled(page.path)]

    def reads(self, *, again: bool) -> list[str]:
        """Every address that answers GET; `again` adds everything once more with a filter for another province."""
        rules = [rule.rule for rule in self.app.server.url_map.iter_rules() if "GET" in (rule.methods or ())]
        found = [address for rule in rules for address in self._filled(rule)]
        plain = list(dict.fromkeys(found))
        elsewhere = [f"{address}?dia-ban={OTHER}&place={OTHER}" for address in plain if "assets" not in address]
        return [*plain, *elsewhere] if again else plain

    def one_each(self) -> list[str]:
        """One address for each rule and page that answers GET."""
        rules = [rule.rule for rule in self.app.server.url_map.iter_rules() if "GET" in (rule.methods or ())]
        return list(dict.fromkeys(next(self._filled(rule)) for rule in rules if "assets" not in rule))

    def posts(self) -> list[str]:
        """Every address that takes a form."""
        rules = [r.rule for r in self.app.server.url_map.iter_rules() if "POST" in (r.methods or ())]
        return [a for rule in rules if not rule.startswith("/_dash") for a in self._filled(rule)]

    def _filled(self, rule: str) -> Iterator[str]:
        names = re.findall(r"<(?:[^:<>]*:)?(\w+)>", rule)
        for values in itertools.product(*(self._values(rule, name) for name in names)):
            parts = dict(zip(names, values, strict=True))
            yield re.sub(r"<(?:[^:<>]*:)?(\w+)>", lambda found, parts=parts: quote(parts[found[1]]), rule)

    def _values(self, rule: str, name: str) -> tuple[str, ...]:
        """The values of one part; a part that nobody thought of stops the walk."""
        if name == "token":
            return self.tokens
        if name == "kind":
            return next(values for start, values in KINDS.items() if rule.startswith(start))
        if name == "key":
            if rule.startswith("/viec/"):
                return (self.tasks[f"{MINE}-truoc-2025-07"], self.tasks[OTHER], "khong-co")
            prefix = next((code for word, code in KEYS.items() if f"/{word}/" in rule), "gt")
            return (f"{prefix}-0001", f"{prefix}-0002", "moi", "kn-0002")
        return VALUES[name]


def bodies(places: Places) -> list[dict[str, Any]]:
    """What may be posted to the callbacks: every page, rows and counts of another province, and forged ones."""
    found = [router(address) for address in [*places.pages(), "/khong-co", f"/tinh/{OTHER}/", f"//tinh/{OTHER}"]]
    found += [router("/htx", f"?dia-ban={OTHER}"), router("/nhiem-vu", f"?dia-ban={OTHER}&dia-ban={MINE}")]
    request = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}, "context": {"place": OTHER}}
    rows = {"id": "register-grid", "property": "getRowsRequest", "value": request}
    typed = {"id": "register-typed", "property": "data", "value": OTHER}
    options = {"id": "register-grid", "property": "dashGridOptions", "value": {"context": {"place": OTHER}}}
    found += [_body("register-grid.getRowsResponse", [rows]), _body("register-summary.children", [typed], [options])]
    forged = [
        found[0] | {"output": output} for output in ("", "x.children", "..a.b...c.d..", "register-typed.data", None)
    ]
    forged += [found[0] | {"inputs": inputs} for inputs in ([], None, [{"id": {"type": "x"}, "property": "y"}], "x")]
    return found + forged + [{}, {"output": ROUTER}]


def router(path: Any, search: str = "") -> dict[str, Any]:
    """The body of Dash's own callback that draws a page."""
    inputs = [("pathname", path), ("search", search)]
    sent = [{"id": "_pages_location", "property": name, "value": value} for name, value in inputs]
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    return {"output": ROUTER, "outputs": outputs, "inputs": sent, "changedPropIds": ["_pages_location.pathname"]}


def _body(output: str, inputs: list[Any], state: list[Any] | None = None) -> dict[str, Any]:
    ident, name = output.split(".")
    return {"output": output, "outputs": {"id": ident, "property": name}, "inputs": inputs, "state": state or [],
            "changedPropIds": []}  # fmt: skip
