"""Secrets come from the environment or are made once; they are never shown."""

from __future__ import annotations

import multiprocessing
import stat
import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.config.production import UnsafeSettingsError, refuse_unsafe
from models.config.secret import kept_secret, secret_key, weakness
from models.config.settings import Settings, read_settings

GOOD = "h7Qw-2kLz_9XcVb4NmRt6YpAs1Df8GjKe3UiO0"
HIDDEN = {
    "DATABASE_URL": "postgresql://web:hidden-one@example.org/x",
    "MIGRATION_DATABASE_URL": "postgresql://owner:hidden-two@example.org/x",
    "SECRET_KEY": "hidden-three-" + GOOD,
    "OIDC_CLIENT_SECRET": "hidden-four",
}


def settings(**changes: object) -> Settings:
    """Settings with which production starts, but for the changes."""
    found = read_settings({"PRODUCTION": "1", "SECRET_KEY": GOOD, "TRUSTED_HOSTS": "cam-ket.example.org"})
    return replace(found, **changes)


def test_settings_printed_by_mistake_hold_no_secret() -> None:
    found = read_settings(HIDDEN)
    assert "hidden" not in repr(found) and "hidden" not in str(found)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"secret_key": ""}, "SECRET_KEY chưa đặt"),
        ({"secret_key": GOOD[:31]}, "SECRET_KEY ngắn hơn 32"),
        ({"secret_key": "changeme" * 5}, "SECRET_KEY là chuỗi mặc định"),
        ({"secret_key": "a" * 64}, "SECRET_KEY là chuỗi mặc định"),
        ({"allow_writes": True}, "ALLOW_WRITES"),
        ({"is_demo": True}, "DEMO"),
        ({"today": date(2026, 11, 21)}, "AS_OF"),
        ({"trusted_hosts": ()}, "TRUSTED_HOSTS"),
        ({"database_url": "postgresql+psycopg://u:password@h/x"}, "DATABASE_URL"),
        ({"database_url": "oracle://h/x"}, "DATABASE_URL"),
        ({"database_url": "not an address"}, "DATABASE_URL"),
    ],
)
def test_production_is_refused_with_one_sentence_that_names_the_variable(
    changes: dict[str, object], named: str
) -> None:
    with pytest.raises(UnsafeSettingsError) as refused:
        refuse_unsafe(settings(**changes))
    said = str(refused.value)
    assert named in said and "\n" not in said
    assert GOOD[:31] not in said and "password" not in said


def test_production_starts_when_everything_is_set() -> None:
    refuse_unsafe(settings())


@pytest.mark.parametrize("is_production", [True, False])
def test_a_provider_needs_the_names_it_may_lead_back_to(is_production: bool) -> None:
    provider = {"oidc_issuer": "https://login.example.org", "oidc_client_id": "cam-ket", "is_production": is_production}
    refuse_unsafe(settings(**provider))
    with pytest.raises(UnsafeSettingsError, match="OIDC_ISSUER đã đặt nhưng TRUSTED_HOSTS chưa đặt"):
        refuse_unsafe(settings(**provider, trusted_hosts=()))
    refuse_unsafe(settings(**provider | {"oidc_client_id": "", "is_production": False}, trusted_hosts=()))


def test_outside_production_a_trial_may_have_all_of_it() -> None:
    refuse_unsafe(settings(is_production=False, secret_key="", allow_writes=True, is_demo=True, trusted_hosts=()))


@pytest.mark.parametrize(
    ("name", "value"),
    [("TRUSTED_PROXIES", "-1"), ("TRUSTED_PROXIES", "many"), ("TRUSTED_HOSTS", "a b"), ("TRUSTED_HOSTS", "http://a"),
     ("PRODUCTION", "yes")],
)  # fmt: skip
def test_a_setting_that_cannot_be_understood_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        read_settings({name: value})


def test_without_production_a_secret_is_made_once_that_only_its_owner_reads(tmp_path: Path) -> None:
    found = settings(secret_key="", is_production=False, database_url=f"sqlite:///{tmp_path / 'new' / 'a.sqlite3'}")
    first = secret_key(found)
    kept = tmp_path / "new" / "secret-key"
    assert weakness(first) == "" and first == kept.read_text() == secret_key(found)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]


def test_each_installation_has_a_secret_of_its_own(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "one") != kept_secret(tmp_path / "two")


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(6) as pool:
        found = pool.map(kept_secret, [tmp_path / "together"] * 24)
    assert len(set(found)) == 1


def test_production_never_falls_back_to_a_made_secret(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SECRET_KEY"):
        secret_key(settings(secret_key="", database_url=f"sqlite:///{tmp_path / 'a.sqlite3'}"))
    assert list(tmp_path.iterdir()) == []


def test_a_kept_secret_that_was_cut_short_is_named_and_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("short")
    with pytest.raises(ValueError, match="secret-key"):
        kept_secret(tmp_path)


@given(st.text(string.ascii_letters + string.digits, max_size=31))
def test_no_short_secret_will_do(text: str) -> None:
    assert weakness(text)
