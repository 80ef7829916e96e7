"""What the address of `/nhat-ky` says, read strictly: a day or number that cannot be understood is left out."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dashboard.access.trail_words import ACTION_WORDS
from dashboard.ui.arguments import read_day, read_id
from models.accounts.trail import TrailFilter

PATH, FILE = "/nhat-ky", "/nhat-ky.csv"
NAMES = ("tu-ngay", "den-ngay", "nguoi", "viec", "dia-ban", "tim")
LONGEST = 80


def read_trail_filter(args: Mapping[str, str]) -> TrailFilter:
    """The filter that the address asks for."""
    action = args.get("viec", "")
    return TrailFilter(
        first_day=read_day(args.get("tu-ngay", "")),
        last_day=read_day(args.get("den-ngay", "")),
        actor=args.get("nguoi", "").strip()[:LONGEST],
        action=action if action in ACTION_WORDS else "",
        place=args.get("dia-ban", "").strip()[:LONGEST],
        words=args.get("tim", "").strip()[:LONGEST],
    )


def unread_days(args: Mapping[str, str]) -> str:
    """What to tell of days that were typed and cannot be understood; empty when there are none."""
    typed = {"Từ ngày": args.get("tu-ngay", ""), "Đến hết ngày": args.get("den-ngay", "")}
    wrong = [f"{label} “{text[:LONGEST]}”" for label, text in typed.items() if text.strip() and read_day(text) is None]
    said = f"{' và '.join(wrong)} không phải ngày nên chưa lọc theo ngày đó. Ghi ngày/tháng/năm, ví dụ 21/11/2026."
    return said if wrong else ""


def trail_link(path: str, chosen: TrailFilter, **key: int | None) -> str:
    """An address with the same filter; `truoc` and `sau` are entry numbers to go on from."""
    values = (chosen.first_day, chosen.last_day, chosen.actor, chosen.action, chosen.place, chosen.words)
    asked = {name: str(value) for name, value in zip(NAMES, values, strict=True) if value}
    asked |= {name: str(number) for name, number in key.items() if number is not None}
    return path + (f"?{urlencode(asked)}" if asked else "")


def key_of(text: str | None) -> int | None:
    """An entry number of the address; None when there is none."""
    return read_id(text)
