"""What papers there are and for whom; light, so that pages may ask without loading what makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.targets.programme import Programme

FORMATS = ("docx", "pptx", "xlsx", "pdf")
NOTICE = "thong-bao"  # the conclusions of a meeting, beside the four formats

FORMAT_WORDS: dict[str, str] = {
    "docx": "Word: báo cáo tình hình thực hiện",
    "pptx": "PowerPoint: trình chiếu",
    "xlsx": "Excel: cam kết với công thức, sổ đăng ký",
    "pdf": "PDF: trang của tỉnh",
    NOTICE: "Word: thông báo kết luận",
}


class UnknownFormatError(ValueError):
    """There is no such kind of paper; the message is for the reader."""


def known_formats(asked: Iterable[str], among: Iterable[str] = FORMATS) -> tuple[str, ...]:
    """The kinds of paper asked for, each once, in our order; raises UnknownFormatError for one that is not `among`."""
    wanted, known = set(asked), tuple(among)
    if strange := sorted(wanted.difference(known)):
        raise UnknownFormatError(f"Không có loại tài liệu “{strange[0][:20]}” ở đây: chọn trong {', '.join(known)}.")
    return tuple(name for name in known if name in wanted)


def places_with_programmes(programmes: Mapping[str, Programme]) -> list[str]:
    """The places that papers can be made for, each once."""
    return list(dict.fromkeys(programme.place for programme in programmes.values()))
