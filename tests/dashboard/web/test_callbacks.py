"""What we rely on of Dash's wire: its router's names, and that every callback is declared with a right."""

from __future__ import annotations

import pytest

from dashboard.access.access import AccessRule
from dashboard.app import LivePages
from dashboard.web import callbacks
from dashboard.web.routes import DECLARED, page
from dashboard.web.rules import CALLBACKS


@pytest.fixture(autouse=True)
def asked(application: LivePages) -> None:
    """Dash declares its own callbacks on the first request."""
    application.server.test_client().get("/health")


def test_dashs_router_is_declared_as_we_read_it(application: LivePages) -> None:
    with application.server.test_request_context():
        router = callbacks.declared_callbacks(application)[callbacks.ROUTER]
    names = [(item["id"], item["property"]) for item in router["inputs"]]
    assert names == [(callbacks.ADDRESS, "pathname"), (callbacks.ADDRESS, "search")] and router["state"] == []


def test_every_callback_that_runs_here_has_a_right(application: LivePages) -> None:
    with application.server.test_request_context():
        assert {*callbacks.declared_callbacks(application)} == {callbacks.ROUTER, *CALLBACKS}


def test_a_page_without_a_right_fails_when_it_is_imported() -> None:
    with pytest.raises(TypeError, match="right"):
        page("/khong-quyen", title="Không quyền")(lambda snapshot, view: None)  # type: ignore[call-arg]


@pytest.mark.parametrize("name", ["right", "path", "layout"])
def test_every_declared_page_is_whole(application: LivePages, name: str) -> None:
    assert len(DECLARED) > 30 and all(getattr(page, name) for page in DECLARED.values())
    assert all(isinstance(page.right, AccessRule) for page in DECLARED.values())
