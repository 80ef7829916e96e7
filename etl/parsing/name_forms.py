"""Short and long forms of organisations' names as one key, to propose pairs and never enough to merge two.

"HTX DVNN Tân Mẫu" may be "Hợp tác xã Dịch vụ Nông nghiệp Tân Mẫu".
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.parsing.text import folded_key

_FORMS = (  # long words and their usual letters; the longer first
    ("nuoi trong thuy san", "ntts"),
    ("xuat nhap khau", "xnk"),
    ("cong nghe cao", "cnc"),
    ("tieu thu cong nghiep", "ttcn"),
    ("nong nghiep", "nn"),
    ("lam nghiep", "ln"),
    ("cong nghiep", "cn"),
    ("chan nuoi", "cn"),
    ("dich vu", "dv"),
    ("san xuat", "sx"),
    ("thuong mai", "tm"),
    ("kinh doanh", "kd"),
    ("xay dung", "xd"),
    ("van tai", "vt"),
    ("thuy san", "ts"),
    ("tong hop", "th"),
    ("du lich", "dl"),
)
_DOTTED = {  # "N.nghiệp", "D.vụ": the first word as its letter
    f"{first[0]} {rest}": short for long, short in _FORMS for first, _space, rest in [long.partition(" ")]
}
_SHORT_OF = _DOTTED | dict(_FORMS)
_LONG = re.compile(rf"\b(?:{'|'.join(_SHORT_OF)})\b")
_LETTERS_APART = re.compile(r"\b[a-z](?: [a-z])+\b")
_LETTERS = "|".join(sorted({short for _long, short in _FORMS}, key=len, reverse=True))
_RUN = re.compile(rf"(?:{_LETTERS})+")
_PART = re.compile(_LETTERS)
_KINDS = (
    (re.compile(r"^h t x\b"), "htx"),
    (re.compile(r"^(?:to ht|t h t)\b"), "tht"),
    (re.compile(r"^(?:lh htx|lh h t x|lien hiep)\b"), "lhhtx"),
    (re.compile(r"^(?:quy tdnd|quy tin dung nd|quy tin dung|qtd nd|qtd)\b"), "qtdnd"),
    (re.compile(r"^(htx|tht)(?=(?:" + _LETTERS + r")+\b)"), r"\1 "),
)
_PLAIN_KINDS = frozenset(("htx", "tht", "lhhtx", "qtdnd"))
_COMMUNE = re.compile(r"^(?:xa|phuong|thi tran|dac khu|x|p|tt) (?=\S)")


@lru_cache(maxsize=8192)
def short_name(name: str) -> str:
    """The name without accents, its kind as one word and usual words as letters ("htx dv nn tan mau")."""
    key = folded_key(name)
    for form, kind in _KINDS if key.split(" ", 1)[0] not in _PLAIN_KINDS else ():
        key = form.sub(kind, key)
    return _LETTERS_APART.sub(_together, _LONG.sub(lambda found: _SHORT_OF[found[0]], key))


def _together(found: re.Match[str]) -> str:
    """Letters that stood apart ("d v n n") as one word where they stand for usual words."""
    word = found[0].replace(" ", "")
    return word if _RUN.fullmatch(word) else found[0]


@lru_cache(maxsize=8192)
def form_key(name: str) -> str:
    """The key under which two spellings of one name meet, in whatever order they name what it does."""
    kind, *words = short_name(name).split(" ")
    does = sorted(part for word in words if _RUN.fullmatch(word) for part in _PART.findall(word))
    rest = [word for word in words if not _RUN.fullmatch(word) and word != "va"]
    return f"{kind}|{' '.join(does)}|{' '.join(rest)}"


def bare_commune(key: str) -> str:
    """A commune's folded name without its kind: "xa ia mau" is "ia mau"; a code stays as it is."""
    return _COMMUNE.sub("", key)
