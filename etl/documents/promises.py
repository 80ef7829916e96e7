"""Promises with figures as a document prints them: who, how much, by when, how strongly, and in which words. Pure.

What a figure measures is read by the words beside it; a figure of no known measure stays in the draft without a
code, for a person to name. Nothing here is taken for true before a person has confirmed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from etl.documents.figures_in_text import STRENGTHS, PrintedFigure, figures
from etl.documents.measures import Measured, count_measure, growth_measures, share_measure
from etl.documents.sentences import DocumentSentence, horizons, sentences
from models.gaps.promise import Comparator, PromiseKind

EVERY_YEAR = re.compile(r"(?<!bình quân )(?<!trung bình )\b(?:hằng|hàng|mỗi) năm\b", re.I)
ON_AVERAGE = re.compile(r"\b(?:trung bình|bình quân) (?:mỗi|hằng|hàng|một) năm\b|\bbình quân .{0,20}/năm", re.I)
NO_PROMISE = re.compile(
    r"^\W*(?:căn cứ|theo đề nghị|xét đề nghị|nơi nhận)\b|\bgiao\b[^.]{0,90}\b(?:chủ trì|phối hợp|triển khai)\b", re.I
)
PAST = re.compile(
    r"\b(?:hiện nay|hiện có|hiện tại|hiện,|tính đến|đến nay|tại thời điểm|đã (?:có|đạt|thành lập))\b", re.I
)
COMPARED = re.compile(r"\bso với (?:năm|cùng kỳ)\b", re.I)
AIMED = re.compile(r"\b(?:phấn đấu|phần đấu|mục tiêu|đặt ra|chỉ tiêu|sẽ|dự kiến|nhằm|hướng tới)\b", re.I)
ACTS = re.compile(r"\b(?:có|đạt|phát triển|thành lập|duy trì|thu hút|bảo đảm|đảm bảo)\b", re.I)
MULTIPLE = re.compile(
    rf"(?:(?P<strength>{'|'.join(STRENGTHS)})\s+)?gấp\s+(?:khoảng\s+|hơn\s+)?(?:đôi|(?P<times>\d+(?:,\d+)?)\s+lần)",
    re.I,
)
NONE_LEFT = re.compile(r"không còn\s+(?:các\s+)?(?:hợp tác xã|htx)[^,;.]{0,40}?yếu(?: kém)?", re.I)
ALL_TECHNOLOGY = re.compile(
    r"các\s+(?P<who>hợp tác xã|htx|tổ chức kinh tế tập thể|tổ chức kttt)\s+đều\s+áp dụng\s+công nghệ", re.I
)


@dataclass(frozen=True, slots=True)
class DraftPromise:
    """One promise as read; `text[start:end]` is its wording, `sentence` the sentence that holds it.

    Without `low` the figure can be read two ways, which `note` names, and a person has to say which.
    """

    indicator: str | None
    definition: str | None
    horizon: int
    comparator: Comparator
    kind: PromiseKind
    low: float | None
    high: float | None
    unit: str
    clause: str
    wording: str
    nested_in: str | None
    sentence: str
    start: int
    end: int
    note: str | None = None


def read_promises(document: str, issued_year: int | None = None) -> list[DraftPromise]:
    """Every promise with a figure, in printed order; a year that had passed at the issue is a fact, no promise."""
    found: list[DraftPromise] = []
    named: int | None = None
    for sentence in sentences(document):
        if NO_PROMISE.search(sentence.text) or not sentence.is_aim:
            continue
        promises = list(_SentenceReader(sentence, named).promises())
        found += [item for item in promises if issued_year is None or item.horizon >= issued_year]
        if promises and sentence.horizon is None:
            named = promises[-1].horizon
    return found


def promises_of(sentence: DocumentSentence) -> Iterator[DraftPromise]:
    """The promises of one sentence; offsets count from its start."""
    return _SentenceReader(sentence, None).promises()


def kind_of_words(text: str) -> PromiseKind | None:
    """What kind of promise words are about; None where they speak of no year's rhythm."""
    if ON_AVERAGE.search(text):
        return PromiseKind.ANNUAL_AVERAGE
    return PromiseKind.ANNUAL if EVERY_YEAR.search(text) else None


class _SentenceReader:
    """Reads one sentence; remembers the count and the share before, which later words lean on."""

    def __init__(self, sentence: DocumentSentence, named: int | None) -> None:
        self.sentence = sentence
        self.named = horizons(sentence.text)
        self.horizon = sentence.horizon or named
        self.last: tuple[PrintedFigure, Comparator, Measured] | None = None
        self.counted: list[Measured] = []

    def promises(self) -> Iterator[DraftPromise]:
        text = self.sentence.text
        for figure in figures(text):
            if not self._is_past(figure):
                yield from self._of_figure(figure)
        yield from self._multiples()
        yield from self._without_figure(NONE_LEFT, "htx_weak_count", 0, "HTX")
        for found in ALL_TECHNOLOGY.finditer(text):
            code = "htx_technology_share" if found["who"].lower() in ("hợp tác xã", "htx") else "ktt_technology_share"
            is_printed = bool(re.search(r"\d\s*%\s*(?:số\s*)?$", text[: found.start()]))
            if not is_printed:
                yield from self._without_figure(ALL_TECHNOLOGY, code, 100, "%")

    def _is_past(self, figure: PrintedFigure) -> bool:
        """Whether the figure tells what was: by the words of its part of the sentence, or of its bracket."""
        text = self.sentence.text
        bracket = self._bracket(figure)
        if bracket is not None and PAST.search(bracket):
            return True
        is_past = False
        start = 0
        for end in [*(found.start() for found in re.finditer(r";\s", text)), len(text)]:
            part = text[start:end]
            if AIMED.search(part) or (start and horizons(part)):
                is_past = False
            elif PAST.search(re.sub(r"\([^()]*\)", "", part)) or (
                COMPARED.search(part) and not self.horizon and not self.named
            ):
                is_past = True
            if figure.start < end:
                break
            start = end
        return is_past

    def _of_figure(self, figure: PrintedFigure) -> Iterator[DraftPromise]:
        horizon = self._horizon_at(figure.start)
        measures = self._measures(figure)
        if horizon is None or not measures:
            return
        comparator = self._comparator(figure)
        for measured in measures:
            yield self._promise(figure, measured, comparator, horizon)
        self.last = (figure, comparator, measures[-1])
        self.counted = [*self.counted, measures[-1]][-2:]

    def _measures(self, figure: PrintedFigure) -> list[Measured]:
        if growth := growth_measures(figure):
            return growth
        if figure.is_percent:
            parent = self.last[2].code if self.last and self._is_part(figure) else None
            return [share_measure(figure, parent, self._following(figure))]
        measured = count_measure(figure, self.counted, self._following(figure))
        return [measured] if measured else []

    def _is_part(self, figure: PrintedFigure) -> bool:
        last_end = self.last[0].end if self.last else 0
        return bool(re.search(r"trong (?:đó|số đó)", self.sentence.text[last_end : figure.start], re.I))

    def _following(self, figure: PrintedFigure) -> str:
        """The words to the end of the clause, the figures after it included: they say what both are for."""
        return re.split(r"[;.](?:\s|$)", self.sentence.text[figure.end :])[0]

    def _horizon_at(self, offset: int) -> int | None:
        named = [year for at, year in self.named if at <= offset] or [year for _, year in self.named]
        if self.named and self.named[0][0] > offset:
            named = [self.named[0][1]]
        return named[-1] if named else self.horizon

    def _comparator(self, figure: PrintedFigure) -> Comparator:
        """The words beside the figure; "khoảng" is printed once before a list; parts stand as their whole."""
        if figure.comparator is not None or figure.is_percent or self.last is None:
            return figure.comparator or Comparator.EQUAL
        between = self.sentence.text[self.last[0].end : figure.start]
        if self._is_in_bracket(figure):
            return self.last[1]
        is_list = not ACTS.search(between) and "." not in between.strip(" .")
        return (
            Comparator.ABOUT if is_list and self.last[1] in (Comparator.ABOUT, Comparator.RANGE) else Comparator.EQUAL
        )

    def _is_in_bracket(self, figure: PrintedFigure) -> bool:
        """Whether the figure stands in a bracket that says what the whole before it is made of."""
        return bool(re.match(r"\s*(?:gồm|bao gồm|trong đó)\b", self._bracket(figure) or "", re.I))

    def _bracket(self, figure: PrintedFigure) -> str | None:
        """What stands in the bracket around a figure, None where there is none."""
        before = self.sentence.text[: figure.start]
        opened = before.rfind("(")
        return re.split(r"\)", self.sentence.text[opened + 1 :])[0] if opened > before.rfind(")") else None

    def _kind(self, figure: PrintedFigure) -> PromiseKind:
        head = re.sub(r"\([^()]*\)", "", self.sentence.text[: figure.start])
        if ON_AVERAGE.search(re.split(r"[;.]\s", head)[-1]):
            return PromiseKind.ANNUAL_AVERAGE
        is_yearly = EVERY_YEAR.search(head) or re.match(r"\s*(?:/\s*[\w ]+?)*/\s*năm", figure.after)
        return PromiseKind.ANNUAL if is_yearly else PromiseKind.BY

    def _promise(self, figure: PrintedFigure, measured: Measured, comparator: Comparator, horizon: int) -> DraftPromise:
        start = self.sentence.start + figure.start
        end = self.sentence.start + figure.end + len(figure.after[: measured.length].rstrip())
        is_equal = comparator is Comparator.EQUAL
        kind = self._kind(figure)
        return DraftPromise(
            indicator=measured.code,
            definition=measured.definition,
            horizon=horizon,
            comparator=comparator,
            kind=PromiseKind.ANNUAL if measured.is_growth else kind,
            low=_scaled(figure.low, measured),
            high=_scaled(figure.low if is_equal else figure.high, measured),
            unit=measured.unit,
            clause=self.sentence.clause,
            wording=self.sentence.text[figure.start : end - self.sentence.start],
            nested_in=measured.nested_in,
            sentence=" ".join(self.sentence.text.split()),
            start=start,
            end=end,
            note=_note(figure, measured),
        )

    def _multiples(self) -> Iterator[DraftPromise]:
        """As "gấp đôi" and "gấp 2,5 lần": how many times as much, of what a person has to say."""
        for found in MULTIPLE.finditer(self.sentence.text):
            times = 2.0 if found["times"] is None else float(found["times"].replace(",", "."))
            word = STRENGTHS.get((found["strength"] or "").lower().strip(), Comparator.EQUAL)
            figure = PrintedFigure(times, None, False, word, found.start(), found.end(), "", "")
            horizon = self._horizon_at(found.start())
            if horizon is not None and not self._is_past(figure):
                yield self._promise(figure, Measured(None, "lần", definition=None), word, horizon)

    def _without_figure(self, words: re.Pattern[str], code: str, value: float, unit: str) -> Iterator[DraftPromise]:
        found = words.search(self.sentence.text)
        horizon = self._horizon_at(found.start()) if found else None
        if found is None or horizon is None:
            return
        figure = PrintedFigure(value, None, unit == "%", Comparator.EQUAL, found.start(), found.end(), "", "")
        promise = self._promise(figure, Measured(code, unit), Comparator.EQUAL, horizon)
        yield replace(promise, wording=found.group())


def _scaled(value: float | None, measured: Measured) -> float | None:
    return None if value is None else value * measured.factor


def _note(figure: PrintedFigure, measured: Measured) -> str | None:
    if figure.readings:
        return f"đọc được hai cách: {' hoặc '.join(map(_shown, figure.readings))}"
    if measured.is_new and measured.code is None:
        return "số mới thành lập, không phải tổng số"
    return "đã đổi ra triệu đồng" if measured.factor != 1 else None


def _shown(value: float) -> str:
    return f"{value:,.15g}".translate({ord(","): ".", ord("."): ","})
