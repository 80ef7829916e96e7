"""What comes in of a request: texts that no database keeps are refused before anything reads them.

The body of a form is read only once the right to send it was asked for (dashboard/web/authorize.py).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Request
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser

from models.base.fitting import UNFIT_TEXT, is_fit

IN_MEMORY = 500_000  # bytes of a form that never touch the disk, however it is sent


class CheckedForms(FormDataParser):
    """Reads forms; raises BadRequest for a text that no database keeps, and OSError where the disk takes no file."""

    def parse(self, *args: Any, **options: Any) -> Any:
        """See FormDataParser."""
        stream, form, files = super().parse(*args, **options)
        names = [file.filename or "" for _, file in files.items(multi=True)]
        refuse_unfit("Biểu mẫu", *form.keys(), *files.keys(), *(text for _, text in form.items(multi=True)))
        refuse_unfit("Tên tệp", *names)
        return stream, form, files


class CheckedRequest(Request):
    """A request whose forms are looked at whoever reads them first."""

    form_data_parser_class = CheckedForms


def check_address(request: Request) -> None:
    """Look at path, query, headers and cookies; raises BadRequest."""
    refuse_unfit("Địa chỉ", request.path, *_query_texts(request))
    refuse_unfit("Phần đầu của yêu cầu", *(value for _, value in request.headers), *request.cookies.values())


def refuse_unfit(what: str, *texts: str) -> None:
    """Raise BadRequest where one of the texts is none that every database keeps."""
    if not is_fit("".join(texts)):
        raise BadRequest(f"{what} {UNFIT_TEXT}.")


def _query_texts(request: Request) -> list[str]:
    """The query as it was sent, for letters that are none are replaced before anybody sees them."""
    try:
        return [unquote_to_bytes(request.query_string).decode()]
    except UnicodeDecodeError:
        return ["\0"]
