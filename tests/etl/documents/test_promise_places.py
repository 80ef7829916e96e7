"""A promise's place in a text is given where it is sure, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from etl.documents.promise_places import PromisePlace, promise_places
from models.config.settings import ROOT
from models.gaps.promise import Comparator, PromiseKind, TargetRecord
from tests.etl.documents.test_read_decision import DECISION, SHARED

PROGRAMMES = {
    "ninh_thuan_2023": "ninh-thuan-2023",
    "thanh_hoa_922_2023": "thanh-hoa-922-2023",
    "dong_nai_01_2023": "dong-nai-01-2023",
}
HTX = TargetRecord(
    place="mau-son",
    indicator="htx_count",
    definition="unstated",
    horizon=2030,
    comparator=Comparator.RANGE,
    kind=PromiseKind.BY,
    low=520,
    high=560,
    unit="HTX",
    clause="II.2.a, 2030, gạch 1",
    wording="khoảng 520-560 HTX",
    programme="mau-son-2024",
    issued_on=date(2024, 4, 5),
)


def place_of(text: str, target: TargetRecord = HTX) -> PromisePlace | None:
    (found,) = promise_places(text, [target])
    return found


def targets_of(slug: str) -> list[TargetRecord]:
    facts = yaml.safe_load((ROOT / "data" / "programmes" / f"{slug}.yaml").read_text("utf-8"))
    return [
        replace(
            HTX,
            **{
                **target,
                "comparator": Comparator(target["comparator"]),
                "kind": PromiseKind(target["kind"]),
            },
        )
        for target in facts["targets"]
    ]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_promise_of_the_shipped_programmes_opens_its_sentence(name: str) -> None:
    path = SHARED / f"{name}.txt"
    if not path.is_file():
        pytest.skip("the texts of the four programmes are not shipped")
    text, targets = path.read_text("utf-8"), targets_of(PROGRAMMES[name])
    for target, found in zip(targets, promise_places(text, targets), strict=True):
        assert found is not None, target.wording
        wording, sentence = text[found.start : found.end], text[slice(*found.sentence)]
        assert wording in sentence
        digits = f"{target.low:g}" if target.low is not None else ""
        if found.figure:
            assert digits in text[slice(*found.figure)].replace(".", "")
        else:
            assert target.low in (0, 100), "only “không còn” and “đều” are printed without a figure"
        is_strong = target.comparator in (Comparator.MORE_THAN, Comparator.AT_LEAST, Comparator.ABOUT)
        parts = ("825 HTX", "455 HTX")  # of "1.280 trở lên", printed before the bracket
        assert found.strength or not is_strong or target.wording.startswith(parts)


def test_the_figure_the_strength_and_the_clause_are_given() -> None:
    found = place_of(DECISION)
    assert found
    assert DECISION[found.start : found.end] == "520-560 hợp tác xã"
    assert found.figure and DECISION[slice(*found.figure)] == "520-560"
    assert found.strength and DECISION[slice(*found.strength)] == "khoảng"
    assert found.clause == "II.2.a, 2030, gạch 1"


def test_what_is_not_sure_has_no_place() -> None:
    assert place_of(DECISION, replace(HTX, low=530, high=570)) is None
    assert place_of(DECISION, replace(HTX, horizon=2045)) is None
    assert place_of("Báo cáo của tỉnh: hiện nay có 520-560 hợp tác xã.") is None


UNKNOWN = replace(
    HTX,
    indicator="digital_model_count",
    comparator=Comparator.EQUAL,
    low=15,
    high=15,
    unit="mô hình",
    wording="15 mô hình chuyển đổi số",
)


def test_a_promise_of_an_indicator_that_no_rule_knows_is_found_by_its_words_once() -> None:
    text = "Đến năm 2030, xây dựng 15 mô hình hợp tác xã chuyển đổi số. Đến năm 2030, có 15 lớp học nghề."
    found = place_of(text, UNKNOWN)
    assert found and text[slice(*found.sentence)].startswith("Đến năm 2030, xây dựng 15 mô hình")
    assert place_of(f"{text} Đến năm 2030, hỗ trợ 15 mô hình chuyển đổi số khác.", UNKNOWN) is None
    assert place_of(text.replace("2030", "2035"), UNKNOWN) is None


def test_the_texts_of_the_programmes_are_not_shipped() -> None:
    assert not [path for path in Path(ROOT).rglob("*ninh_thuan_2023.txt") if ".git" not in path.parts]
