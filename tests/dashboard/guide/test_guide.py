"""The guide stands inside the product, every picture and address in it is there, and it names no path of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.guide.pages.guide import FOLDER, ORDER
from dashboard.guide.parts.markdown import read_paper
from dashboard.ui.render import to_html

Visit = Callable[[str], Any]


def test_every_paper_is_listed_with_what_it_is_for(visit: Visit) -> None:
    page = visit("/huong-dan")
    assert {path.stem for path in FOLDER.glob("*.md")} == set(ORDER)
    assert [link for link in page.links if link.startswith("/huong-dan/")] == [f"/huong-dan/{name}" for name in ORDER]
    assert "/huong-dan" in visit("/").links


@pytest.mark.parametrize("name", ORDER)
def test_a_paper_is_read_whole_with_its_pictures(visit: Visit, client: FlaskClient, name: str) -> None:
    page, text = visit(f"/huong-dan/{name}"), (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert page.status == 200 and page.heading == text.splitlines()[0].removeprefix("# ")
    assert not re.search(r"\*\*|\]\(|`|^#|!\[", page.text), "a mark of the paper stands on the page"
    pictures = [image.attributes["src"] for image in page.view.all("img")]
    assert len(pictures) == text.count("![") > 0
    for address in pictures:
        assert client.get(address).mimetype == "image/png"
    assert all(image.attributes["alt"] for image in page.view.all("img"))


@pytest.mark.parametrize("name", ORDER)
def test_every_address_in_a_paper_is_a_page_of_ours(client: FlaskClient, name: str) -> None:
    """Pages that ask for a right answer 403 here; one that does not exist answers 404."""
    paper = read_paper((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    for address in re.findall(
        r'href="([^"]+)"', "".join(to_html(item) for part in paper.parts for item in part.elements)
    ):
        assert client.get(address).status_code in (200, 303, 403), address


def test_an_unknown_paper_or_picture_answers_404(client: FlaskClient) -> None:
    for address in ("/huong-dan/khong-co", "/huong-dan/hinh/khong-co.png", "/huong-dan/hinh/..%2Fchot-so.md"):
        assert client.get(address).status_code == 404


def test_paper_marks_become_elements() -> None:
    paper = read_paper("# Tên\n\nMở **đầu**.\n\n## Phần\n\n1. Một `lệnh`\n   tiếp\n2. [Hai](chot-so.md)\n\n- Ba\n")
    assert (paper.title, paper.lead, paper.parts[0].title) == ("Tên", "Mở **đầu**.", "Phần")
    numbered, plain = map(to_html, paper.parts[0].elements)
    assert numbered == '<ol><li>Một <code>lệnh</code> tiếp</li><li><a href="/huong-dan/chot-so">Hai</a></li></ol>'
    assert plain == "<ul><li>Ba</li></ul>"


def test_a_table_of_a_paper_is_a_table() -> None:
    paper = read_paper("# Tên\n\nMở đầu.\n\n| trong văn bản | Mức |\n|---|---|\n| trên | **trên** |\n")
    shown = to_html(paper.parts[0].elements[0])
    assert shown.count("<tr>") == 2 and "<strong>trên</strong>" in shown and "---" not in shown
