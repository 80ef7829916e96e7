"""How communes are written in lists: short forms of their kind, and the district or province put behind the name."""

from __future__ import annotations

import re
from collections.abc import Collection

from etl.parsing.text import clean, name_key

_SHORT = (
    (re.compile(r"^x\s*[.:]\s*|^x\s+(?=\S)", re.IGNORECASE), "Xã "),
    (re.compile(r"^p\s*[.:]\s*|^p\s+(?=\S)", re.IGNORECASE), "Phường "),
    (re.compile(r"^t\.?t\s*[.:]\s*|^tt\s+(?=\S)", re.IGNORECASE), "Thị trấn "),
)
_BEHIND = re.compile(r"^(.+?)\s*(?:[,;]|\s[-–]\s|\()\s*([^,;()]+?)\)?$")
_DISTRICT = re.compile(r"^(?:huyện|thị xã|thành phố|quận|h\.|tx\.?|tp\.?|q\.)\s*\S", re.IGNORECASE)
_PROVINCE = re.compile(r"^(?:tỉnh|thành phố|tp\.?|t\.)\s+", re.IGNORECASE)


def spelled_commune(text: str, district: str, provinces: Collection[str]) -> tuple[str, str]:
    """The name with its kind written out and without the district or the own province behind it, and the district.

    Anything else behind the name, and another district than the column says, leaves the text as it is: it is asked.
    """
    name, found = clean(text), district
    own = {name_key(province) for province in provinces}
    while behind := _BEHIND.fullmatch(name):
        rest = behind[2]
        if name_key(_PROVINCE.sub("", rest)) in own:
            name = behind[1]
        elif _DISTRICT.match(rest) and not found and "(" not in name:
            name, found = behind[1], rest
        elif found and name_key(rest) == name_key(found):
            name = behind[1]
        else:
            return clean(text), district
    for form, kind in _SHORT:
        name = form.sub(kind, name, count=1)
    return name, found
