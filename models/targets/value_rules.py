"""What a value of an indicator can never be, one rule for reviewed files, received files and forms."""

from __future__ import annotations

MOST_PERCENT = 100
COUNTED = ("stock", "flow")


def value_problem(kind: str, decimals: int, value: float) -> tuple[str, str] | None:
    """Why a value in the indicator's unit cannot be, and what to do; None when it can.

    A count (no decimals) is whole; only growths and amounts of money may be below zero; a share ends at 100.
    """
    shown = f"{value:.15g}".replace(".", ",")
    if decimals == 0 and kind in COUNTED and value != int(value):
        return f"giá trị {shown} có phần lẻ trong khi chỉ tiêu là số đếm", "Ghi số nguyên, không có phần lẻ"
    if kind not in ("growth", "amount") and value < 0:
        return f"giá trị {shown} âm", "Sửa giá trị; chỉ tiêu này không thể âm"
    if kind == "share" and value > MOST_PERCENT:
        return f"tỷ lệ {shown} vượt 100%", "Ghi tỷ lệ từ 0 đến 100"
    return None
