"""The browser and the workbooks of the tests of imports: reconciliation is seen on what was loaded."""

from tests.dashboard.imports.conftest import browser, make_workbook, open_browser, settings

__all__ = ["browser", "make_workbook", "open_browser", "settings"]
