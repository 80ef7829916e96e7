"""What the titles of a table say it is about, who published it, and what they call it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlmodel import col

from etl.importers.cross.asked import LOCAL_OFFICES, TableQuestions, as_subject
from etl.importers.cross.subjects import FigureSubject, Subjects
from etl.importers.draft import Context
from etl.importers.source_of_table import is_agency, sentence
from etl.importers.stated.form_sections import KINDS, NARROW, kinds_in
from etl.parsing.text import clean, folded_key
from etl.questions.question import SKIP, Unanswered
from models.base.text import fold
from models.targets.observation import Observation

_NUMBERED = re.compile(r"^(?:(?:bieu|bang|phu luc)(?: so)?\s*)?[0-9]+(?:[.\-][0-9]+)*\s*[.:)/-]?\s*(?=\D)")
_AFTER = re.compile(
    r"[\s,(-]*\b(?:phan theo|chia theo|theo (?:huyen|xa|dia phuong|tinh|don vi|nganh|linh vuc|loai hinh|khu vuc|nam)"
    r"|tai thoi diem|thoi diem|tinh den|co den|den (?:ngay|het|nam|cuoi)|giai doan|qua cac nam|nam (?:19|20)[0-9]{2}"
    r"|tren dia ban|cua tinh|tinh|cua thanh pho|thanh pho|ca nuoc|cac nam)\b.*"
)
_TAIL = frozenset(  # words of a title's end that narrow nothing: how it is broken down, where, when
    fold(
        "phân chia theo huyện thị xã thành phố tỉnh thuộc quận phường đặc khu trấn và các địa bàn trên ngành kinh tế"
        " lĩnh vực loại hình tại thời điểm đến ngày tháng giai đoạn qua năm cả nước của từ số bộ ước kế hoạch thực hiện"
        " có hết hằng cuối đơn vị hành chính cấp ở trong việt"
    ).split()
)
_AND = re.compile(r"\bva\b|,|;")
_SOURCE = re.compile(r"\s*\(?nguồn(?: số liệu)?\s*:?\s*([^()]+)", re.IGNORECASE)
_NATIONAL = re.compile(r"(?:cong hoa xa hoi chu nghia|doc lap - tu do).*")
_NOT_A_TITLE = re.compile(r"(?:don vi|dvt|\(|phu luc [0-9ivx]+$|bieu (?:so )?[0-9.]+$|mau )")
_NEUTRAL = frozenset(
    folded_key(
        "về các phát triển tình hình hoạt động kết quả chỉ tiêu số liệu đối với biểu bảng thực hiện của kinh tế tập thể"
        " trong trên địa bàn năm toàn chung hiện trạng KTTT xếp loại đánh giá phân loại tổng hợp thống kê số lượng"
        " báo cáo một chủ yếu cấp kế hoạch dự kiến ước"
    ).split()
)


def titles_of_cross(titles: Iterable[str]) -> list[str]:
    """The titles that may say what a table is about."""
    return [
        text
        for text in titles
        if not (is_agency(text) or _NATIONAL.fullmatch(fold(text)) or _NOT_A_TITLE.match(fold(text)))
    ]


def subject_of(titles: Sequence[str], subjects: Subjects, asked: TableQuestions) -> tuple[FigureSubject | None, bool]:
    """What a table is about (None: what its rows and columns say alone), and whether the table is taken.

    A title that narrows to something nobody reviewed is asked about: its figures must not pass for those of all.
    """
    places = {word for place in asked.context.places.values() for word in folded_key(place.name).split()}
    phrases = {text: phrase_of(text, places) for text in titles}
    for phrase in phrases.values():
        if phrase and (found := subjects.find(phrase) or subjects.find(_telling(phrase))) is not None:
            return found, True
    for text, phrase in phrases.items():
        if kinds_in(text) and not _is_open(phrase, subjects):
            answer = asked.indicator(clean(text), unanswered=Unanswered.FILE)
            return as_subject(answer, asked.context), answer not in (None, SKIP)
    return None, True


def _is_open(phrase: str, subjects: Subjects) -> bool:
    """Whether a title narrows nothing: it lists several things that are reviewed each, or names kinds alone."""
    pieces = [_telling(folded_key(piece)) for piece in _AND.split(phrase)]
    branch = any(narrow in phrase for narrow in NARROW)
    return not branch and all(not set(piece.split()) - set(KINDS) or subjects.find(piece) for piece in pieces)


def phrase_of(title: str, places: Collection[str]) -> str:
    """The words of a title that say what is counted: without number, place, time and how it is broken down.

    A title whose end says more than these is left whole: "Số HTX năm 2023 có sản phẩm OCOP" is of some only.
    """
    whole = _NUMBERED.sub("", fold(clean(title)))
    kept = _AFTER.sub("", whole)
    tail = folded_key(whole[len(kept) :]).split()
    is_plain = all(word in _TAIL or word in places or word.isdigit() for word in tail)
    return kept if is_plain else whole


def _telling(phrase: str) -> str:
    """The key of a phrase without words at its ends that say nothing of what is counted."""
    words = folded_key(phrase).split()
    while words and words[0] in _NEUTRAL:
        words.pop(0)
    while words and words[-1] in _NEUTRAL:
        words.pop()
    return " ".join(words)


def publisher_of(texts: Sequence[str], asked: TableQuestions) -> str | None:
    """Who published the table: an office over it, the source named below it, else asked; None while it is open."""
    sources = [clean(found[1]).strip(" .") for text in texts if (found := _SOURCE.match(text))]
    office = next((text for text in (*texts, *sources) if is_agency(text)), "")
    return sentence(office, [place.name for place in asked.context.places.values()]) or asked.publisher()


def full_name_of(publisher: str, place: str, context: Context) -> str:
    """The name of an office that was answered, with its province: as stored values already have it, where they do."""
    if publisher == SKIP:
        return f"Chưa rõ cơ quan ({context.label})"
    if publisher not in LOCAL_OFFICES or not place:
        return publisher
    statement = select(col(Observation.publisher)).where(col(Observation.superseded_at).is_(None)).distinct()
    named = [name for name in context.session.scalars(statement) if name.startswith(publisher) and name.endswith(place)]
    return named[0] if len(named) == 1 else f"{publisher} tỉnh {place}"
