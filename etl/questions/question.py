"""One thing that the program does not know, asked once for all the rows it decides, and what somebody answered."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from etl.parsing.text import folded_key, name_key

SKIPPING = ("để trống", "không lấy", "không nhận", "bỏ qua", "chưa rõ")  # said instead of SKIP
SKIP = "-"  # the answer "leave this unknown", "do not take this column"
LONGEST_TEXT = 200
MOST_PROPOSALS, MOST_EXAMPLES = 3, 3


class QuestionKind(StrEnum):
    """What is asked about."""

    HEADING = "heading"
    WORD = "word"
    COMMUNE = "commune"
    PROVINCE = "province"
    SHEET = "sheet"
    SECOND_TABLE = "second_table"
    UNIT = "unit"
    PERCENT = "percent"
    GROUP_ROW = "group_row"
    TITLE = "title"
    SAME_ORGANIZATION = "same_organization"


KIND_WORDS = {
    QuestionKind.HEADING: "Tiêu đề cột",
    QuestionKind.WORD: "Từ trong ô",
    QuestionKind.COMMUNE: "Xã, phường, đặc khu",
    QuestionKind.PROVINCE: "Tỉnh, thành phố",
    QuestionKind.SHEET: "Trang tính",
    QuestionKind.SECOND_TABLE: "Bảng thứ hai",
    QuestionKind.UNIT: "Đơn vị tính",
    QuestionKind.PERCENT: "Phần trăm",
    QuestionKind.GROUP_ROW: "Dòng nhóm, dòng cộng",
    QuestionKind.TITLE: "Tiêu đề bảng",
    QuestionKind.SAME_ORGANIZATION: "Một hay hai tổ chức",
}


class Unanswered(StrEnum):
    """What stays out while nobody has answered: the file, a column (to be agreed to), the rows it decides, a field."""

    FILE = "file"
    COLUMN = "column"
    ROWS = "rows"
    FIELD = "field"


class QuestionKey(NamedTuple):
    """Under what an answer is kept and found again in other files: kind, field and the folded text (see `key_of`)."""

    kind: QuestionKind
    field: str
    text: str


@lru_cache(maxsize=8192)
def key_of(kind: QuestionKind, field_name: str, text: str) -> QuestionKey:
    """The key of a text as written: case, spaces, marks and tone places do not count, accents do."""
    return QuestionKey(kind, field_name, name_key(text) or text.strip())


@dataclass(frozen=True, slots=True)
class ProposedAnswer:
    """One likely answer: its value, the words that a reader sees, and why it is proposed."""

    value: str
    words: str
    reason: str = ""


@dataclass(slots=True)
class ImportQuestion:
    """One question. `asked` is the whole sentence; `choices` are the words of every answer by its value.

    `field` is one of our columns, or whatever tells two questions of one text apart; `text` stands as in the file.
    `may_skip` offers SKIP, told in the words of `skip_words`. `rows` counts how many rows it decides.
    """

    kind: QuestionKind
    field: str
    text: str
    asked: str
    proposals: tuple[ProposedAnswer, ...] = ()
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    unanswered: Unanswered = Unanswered.FIELD
    may_skip: bool = True
    skip_words: str = "Để trống, chưa rõ"
    where: str = ""
    rows: int = 0
    examples: list[str] = dataclasses.field(default_factory=list)

    @property
    def key(self) -> QuestionKey:
        """Under what its answer is kept."""
        return key_of(self.kind, self.field, self.text)

    def words_of(self, value: str) -> str:
        """An answer in the words of a reader."""
        if value == SKIP:
            return self.skip_words
        proposed = (answer.words for answer in self.proposals if answer.value == value)
        return self.choices.get(value) or next(proposed, value)

    def value_of(self, said: str) -> str | None:
        """The answer that somebody gave by its value or in words, with or without accents; None for anything else."""
        words = {answer.value: answer.words for answer in self.proposals} | dict(self.choices)
        if said in words:
            return said
        if self.may_skip and folded_key(said) in {"", *map(folded_key, (self.skip_words, *SKIPPING))}:
            return SKIP
        for key in (name_key, folded_key):
            found = {value for value, text in words.items() if key(text) == key(said)}
            if len(found) == 1:
                return found.pop()
        return None


@dataclass(frozen=True, slots=True)
class ImportAnswer:
    """What somebody answered. `words` says the value to a reader; `is_everywhere`: for all places, not one."""

    kind: QuestionKind
    field: str
    text: str
    value: str
    words: str = ""
    is_everywhere: bool = False

    @property
    def key(self) -> QuestionKey:
        """Under what it is found."""
        return key_of(self.kind, self.field, self.text)


@dataclass(slots=True)
class TakenAs:
    """What the file says and what it was taken for, with the number of rows; `is_answered`: somebody said so."""

    kind: QuestionKind
    field: str
    text: str
    words: str
    is_answered: bool = False
    rows: int = 0
