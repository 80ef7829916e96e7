"""The wire between the browser's Dash and ours: the one place that names it.

Dash itself believes a posted body: a missing key, a forged output or a number for a list ends in an exception. Here
every body is held against the callback's own declaration, as Dash hands it out at `/_dash-dependencies`, before Dash
sees it. So a callback gets the right number of values under the right names; what the values are, each checks itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dash import Dash
from flask import current_app, request
from werkzeug.exceptions import HTTPException

from dashboard import CALLBACKS
from models.base.fitting import check_values

ENDPOINT = CALLBACKS
ROUTER = ".._pages_content.children..._pages_store.data.."  # Dash's own callback: what stands at an address
ADDRESS = "_pages_location"  # its inputs: both are texts
Declared = Mapping[str, Mapping[str, Any]]


class ForgedBodyError(ValueError):
    """The body is not one that our pages send."""


def declared_callbacks(app: Dash) -> Declared:
    """The callbacks that run here, by their output; those of the browser alone are none of ours."""
    listed: list[dict[str, Any]] = app.dependencies().get_json()
    return {item["output"]: item for item in listed if not item.get("clientside_function")}


def read_body(raw: bytes) -> dict[str, Any]:
    """The body as JSON; raises ForgedBodyError for anything else, for NaN, for NUL, for half letters and depth."""
    try:
        body = json.loads(raw, parse_constant=_no_number)
        json.dumps(body, ensure_ascii=False).encode()
        check_values("json", [body])
    except (ValueError, RecursionError) as error:
        raise ForgedBodyError("not JSON") from error
    if not isinstance(body, dict):
        raise ForgedBodyError("not an object")
    return body


def check_body(body: Mapping[str, Any], callbacks: Declared) -> str:
    """Give the output that is asked for; raises ForgedBodyError when the rest does not fit its declaration."""
    output = body.get("output")
    declared = callbacks.get(output) if isinstance(output, str) else None
    if declared is None:
        raise ForgedBodyError("no such output")
    inputs, states = declared["inputs"], declared["state"]
    _check_values(body.get("inputs"), inputs)
    _check_values(body.get("state", []), states)
    if body.get("outputs") != _outputs(str(output)):
        raise ForgedBodyError("other outputs")
    names = {f"{known['id']}.{known['property']}" for known in (*inputs, *states)}
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) and name in names for name in changed):
        raise ForgedBodyError("other inputs changed")
    return str(output)


def routed_endpoint(body: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The page that Dash's own callback draws, as endpoint and parts of its address; None for other callbacks."""
    if body.get("output") != ROUTER:
        return None
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return None
    try:
        endpoint, parts = adapter.match(str(body["inputs"][0]["value"]), method="GET")
    except HTTPException:
        return None
    return endpoint, dict(parts)


def _check_values(posted: Any, declared: list[Mapping[str, str]]) -> None:
    if not isinstance(posted, list) or len(posted) != len(declared):
        raise ForgedBodyError("another number of values")
    for item, known in zip(posted, declared, strict=True):
        if not isinstance(item, dict) or (item.get("id"), item.get("property")) != (known["id"], known["property"]):
            raise ForgedBodyError("values of other names")
        if known["id"] == ADDRESS:
            _check_address(known["property"], item.get("value"))


def _check_address(part: str, value: Any) -> None:
    if part == "search" and value is None:
        return
    if not isinstance(value, str) or not value.startswith("/" if part == "pathname" else ("", "?")):
        raise ForgedBodyError("not an address")


def _outputs(output: str) -> Any:
    """The `outputs` that belong to an output: one, or a list for "..a.b...c.d..", as Dash sends them."""
    if not output.startswith(".."):
        return _output(output)
    return [_output(part) for part in output[2:-2].split("...")]


def _output(text: str) -> dict[str, str]:
    ident, _, name = text.rpartition(".")
    return {"id": ident, "property": name.split("@")[0]}


def _no_number(_text: str) -> float:
    raise ValueError("NaN and infinity are no numbers")
