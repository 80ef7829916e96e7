"""What no browser of ours would send: bodies, addresses and fields of wrong shapes."""

from __future__ import annotations

import json
import string
from typing import Any

from hypothesis import strategies as st

DEEP = "[" * 900 + "]" * 900
TOO_DEEP = "[" * 100_000 + "]" * 100_000
TEXTS = (
    "", "0", "-1", "1", "9" * 4000, "99999999999", "1e309", "NaN", "\x00", "a\x00b", "\ud800", "%00",
    "../../etc/passwd", "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "=1+1", "ninh-thuan", "htx_count",
    "2026-11-21", "0000-00-00", "0000", "9999", "31/02/2026", "\u202e", "a" * 5000, "２０２６", "²",
    "None", "null", "true", "[]", "{}",
)  # fmt: skip
NUMBERS = (0, -1, 2**31, 2**63, 2**64, -(2**63) - 1, 10**400, 1e308, -0.5, float("nan"), float("inf"))
RAW = (
    b"", b"{", b"null", b"[]", b"0", b'"a"', b"\xff\xfe\x00", b"\x00", b"{}" * 50, DEEP.encode(), TOO_DEEP.encode(),
    b'{"output": NaN}', b'{"output": "\\ud800.children"}', b'{"a":' * 2000 + b"1" + b"}" * 2000,
)  # fmt: skip

texts = st.sampled_from(TEXTS) | st.text(max_size=20)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.sampled_from(NUMBERS) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
words = st.text(string.ascii_lowercase + "-_.", min_size=1, max_size=12)


def body_for(output: str, inputs: list[dict[str, str]], states: list[dict[str, str]], draw: Any) -> dict[str, Any]:
    """What Dash's script would send for a callback, with forged values in the right places."""

    def filled(ids: list[dict[str, str]]) -> list[dict[str, Any]]:
        return [{**known, "value": draw(values)} for known in ids]

    body: dict[str, Any] = {
        "output": output,
        "outputs": outputs_of(output),
        "inputs": filled(inputs),
        "state": filled(states),
        "changedPropIds": [f"{known['id']}.{known['property']}" for known in inputs],
    }
    return body


def outputs_of(output: str) -> Any:
    """The `outputs` that go with an output: one, or a list for "..a.b...c.d..": as Dash's script sends them."""
    if not output.startswith(".."):
        ident, _, name = output.rpartition(".")
        return {"id": ident, "property": name}
    parts = output[2:-2].split("...")
    return [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts]


def as_json(value: Any) -> bytes:
    """JSON as a hostile program writes it: NaN and lone surrogates go out as they are."""
    return json.dumps(value).encode()
