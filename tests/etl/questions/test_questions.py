"""One question however many rows ask it, and what was answered is found again however it is written."""

from __future__ import annotations

from etl.questions.question import SKIP, ImportAnswer, ImportQuestion, QuestionKind, Unanswered
from etl.questions.questions import MOST, ImportQuestions

STATES = {"active": "Đang hoạt động", "stopped": "Ngừng hoạt động"}


def state_question(text: str = "HĐ", unanswered: Unanswered = Unanswered.FIELD) -> ImportQuestion:
    return ImportQuestion(QuestionKind.WORD, "operating_state", text, f"{text}?", (), STATES, unanswered)


def state_answer(text: str, value: str) -> ImportAnswer:
    return ImportAnswer(QuestionKind.WORD, "operating_state", text, value, STATES.get(value, ""))


def ask(questions: ImportQuestions, text: str, **more: object) -> str | None:
    return questions.ask(QuestionKind.WORD, "operating_state", text, lambda: state_question(text), **more)  # type: ignore[arg-type]


def test_a_question_is_kept_once_with_the_rows_it_decides_and_the_first_examples() -> None:
    questions = ImportQuestions()
    for row in range(1000):
        assert ask(questions, "HĐ" if row % 2 else " hđ ", example=f"dòng {row}") is None
    (question,) = questions.open.values()
    assert question.rows == 1000 and question.examples == ["dòng 0", "dòng 1", "dòng 2"]


def test_an_answer_serves_the_same_words_in_another_case_and_never_other_accents() -> None:
    questions = ImportQuestions.knowing([state_answer("Hoạt động tốt", "active")])
    assert ask(questions, "HOẠT  ĐỘNG TỐT") == "active" and ask(questions, "Hoạt động tột") is None
    assert [(line.words, line.rows, line.is_answered) for line in questions.taken.values()] == [
        ("Đang hoạt động", 1, True)
    ]


def test_left_unknown_is_an_answer_too() -> None:
    questions = ImportQuestions.knowing([state_answer("??", SKIP)])
    assert ask(questions, "??") == SKIP and questions.open == {}


def test_an_answer_that_may_not_be_given_any_more_is_asked_anew() -> None:
    questions = ImportQuestions.knowing([state_answer("HĐ", "gone")])
    assert ask(questions, "HĐ", among=STATES) is None and len(questions.open) == 1


def test_of_two_answers_the_later_counts() -> None:
    assert ask(ImportQuestions.knowing([state_answer("HĐ", "stopped"), state_answer("hđ", "active")]), "HĐ") == "active"


def test_however_many_words_a_file_holds_few_are_kept_and_the_rest_is_counted() -> None:
    questions = ImportQuestions()
    for number in range(3 * MOST):
        ask(questions, f"từ {number}")
    assert len(questions.open) == MOST and questions.more == 2 * MOST


def test_only_questions_about_the_whole_file_stop_it() -> None:
    questions = ImportQuestions()
    for text, unanswered in (("a", Unanswered.FIELD), ("b", Unanswered.ROWS), ("c", Unanswered.FILE)):
        questions.ask(
            QuestionKind.WORD, "x", text, lambda text=text, unanswered=unanswered: state_question(text, unanswered)
        )
    assert [question.text for question in questions.stopping] == ["c"]
