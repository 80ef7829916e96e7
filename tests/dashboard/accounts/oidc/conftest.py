"""An OpenID provider in a process of its own, and an installation that offers it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
import requests

from models.accounts.rights import Grant, Role
from models.config.role_map import read_role_map
from tests.patience import PATIENCE

USERS = (
    {"sub": "u-1", "preferred_username": "Lan.Tran", "name": "Trần Thị Thử", "roles": ["cb-gia-lai"]},
    {"sub": "u-2", "preferred_username": "quan.tri", "name": "Kẻ trùng tên", "roles": ["admin"]},
    {"sub": "u-3", "name": "Không tên đăng nhập"},
    {
        "sub": "u-4",
        "preferred_username": "nhieu.lop",
        "name": "Nhiều lớp",
        "amr": ["pwd", "mfa"],
        "roles": "cb-gia-lai",
    },
)
ROLES = read_role_map('{"cb-gia-lai": [{"role": "officer", "place": "gia-lai"}], "admin": [{"role": "admin"}]}')


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def provider_process(*options: str) -> Iterator[str]:
    """A provider that runs until the block ends; gives its address."""
    port = free_port()
    claims = [word for user in USERS for word in ("--user-claims", json.dumps(user))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *claims, *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=PATIENCE)
                break
            except requests.ConnectionError:
                assert process.poll() is None, "the provider ended"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture(scope="session")
def start_provider() -> Callable[..., AbstractContextManager[str]]:
    """Start one more OpenID provider, with the options a test asks for."""
    return provider_process


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """The address of an OpenID provider in a process of its own."""
    with provider_process() as address:
        yield address


@pytest.fixture
def offering() -> Callable[[str], dict[str, Any]]:
    """The settings that offer a provider."""

    def settings(issuer: str) -> dict[str, Any]:
        return {"oidc_issuer": issuer, "oidc_client_id": "cam-ket", "oidc_client_secret": "giu-kin",
                "oidc_name": "tài khoản của tỉnh", "oidc_role_map": ROLES}  # fmt: skip

    return settings


@pytest.fixture
def province(install: Callable[..., Any], provider: str, offering: Any) -> Any:
    """An installation that takes people from the provider and makes accounts for them."""
    found = install(**offering(provider), oidc_auto_create=True)
    found.add("quan.tri", Grant(Role.ADMIN))
    return found
