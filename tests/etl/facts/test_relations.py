"""A mistake in relations.yaml is named with its line and what to do."""

import pytest

FILE = "relations.yaml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("whole: htx_count", "whole: htx_kount", 'không có chỉ tiêu "htx_kount"'),
        ("parts: [htx_agri_count, htx_nonagri_count]", "parts: [htx_agri_count]", "chỉ có một phần"),
        ("parts: [htx_agri_count, htx_nonagri_count]", "parts: [htx_agri_count, htx_count]", "hai lần"),
        ("parts: [htx_agri_count, htx_nonagri_count]", "parts: [htx_agri_count, lhhtx_count]", "đơn vị khác nhau"),
        (
            "parts: [htx_agri_count, htx_nonagri_count]",
            "parts: [htx_agri_count, htx_good_fair_share]",
            "không cộng được",
        ),
        ("parts: [htx_count]", "parts: [htx_count, htx_agri_count]", "không có đúng một số chia"),
        ("code: members_per_tht", "code: members_per_htx", "đã có ở trên"),
        ("kind: sum", "kind: product", "không nhận giá trị"),
        ("later: effective_share", "later: effective_chare", 'không có chỉ tiêu "effective_chare"'),
        ("share_of: population_average", "share_of: null", "đúng một trong hai"),
        ("[tht_member_count]]", "[tht_members]]", 'không có chỉ tiêu "tht_members"'),
    ],
)
def test_a_mistake_is_refused(data, old: str, new: str, says: str) -> None:
    data.replace(FILE, old, new)
    found = data.issues()
    named = [issue for issue in found if issue.file == FILE and says in issue.what and issue.remedy]
    assert named, "\n".join(map(str, found))


def test_a_missing_file_is_a_problem_not_a_crash(data) -> None:
    (data.folder / FILE).unlink()
    assert [(issue.file, issue.what) for issue in data.issues()] == [(FILE, "không có tệp này")]
