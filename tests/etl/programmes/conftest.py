"""A desk with the reviewed data, and short ways to workbooks of programmes."""

from __future__ import annotations

from tests.etl.loading.conftest import any_desk, desk
from tests.etl.loading.conftest import postgres_desk as postgres_desk

__all__ = ["any_desk", "desk", "postgres_desk"]
