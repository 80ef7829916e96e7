"""What papers there are and for whom; light, so that pages may ask without loading what makes them."""

from __future__ import annotations

from collections.abc import Mapping

from models.programme import Programme

FORMATS = ("docx", "pptx", "xlsx", "pdf")
NOTICE = "thong-bao"  # the conclusions of a meeting, beside the four formats

FORMAT_WORDS: dict[str, str] = {
    "docx": "Word: báo cáo tình hình thực hiện",
    "pptx": "PowerPoint: trình chiếu",
    "xlsx": "Excel: cam kết với công thức, sổ đăng ký",
    "pdf": "PDF: trang của tỉnh",
    NOTICE: "Word: thông báo kết luận",
}


def places_with_programmes(programmes: Mapping[str, Programme]) -> list[str]:
    """The places that papers can be made for, each once."""
    return list(dict.fromkeys(programme.place for programme in programmes.values()))
