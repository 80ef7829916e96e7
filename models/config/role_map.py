"""What a claim of the OpenID provider gives here: the setting OIDC_ROLE_MAP, read strictly."""

from __future__ import annotations

import json
from collections.abc import Iterable

from models.accounts.rights import Grant, Role

RoleMap = tuple[tuple[str, tuple[Grant, ...]], ...]
_FIELDS = frozenset({"role", "place", "agency", "sees_persons"})
_EXAMPLE = '{"cb-gia-lai": [{"role": "officer", "place": "gia-lai"}]}'


def read_role_map(text: str | None) -> RoleMap:
    """The grants by claim value; raises ValueError naming OIDC_ROLE_MAP when a value cannot be understood."""
    if not text:
        return ()
    try:
        content = json.loads(text)
        return tuple((str(value), tuple(_grant(item) for item in items)) for value, items in content.items())
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"OIDC_ROLE_MAP: cần JSON như {_EXAMPLE} ({error})") from error


def grants_for(role_map: RoleMap, claim: object) -> tuple[Grant, ...]:
    """What the values of a claim give together; values that the map does not name give nothing."""
    values = {claim} if isinstance(claim, str) else set(map(str, claim)) if isinstance(claim, Iterable) else set()
    return tuple(dict.fromkeys(grant for value, grants in role_map if value in values for grant in grants))


def _grant(item: dict[str, object]) -> Grant:
    if unknown := set(item) - _FIELDS:
        raise ValueError(f"không có mục {', '.join(sorted(unknown))}")
    sees = item.get("sees_persons", False)
    if not isinstance(sees, bool):
        raise ValueError("sees_persons là true hoặc false")
    return Grant(Role(str(item["role"])), _word(item, "place"), _word(item, "agency"), sees)


def _word(item: dict[str, object], name: str) -> str | None:
    value = item.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise ValueError(f"{name} là chữ")
