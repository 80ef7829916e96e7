"""Accounts, rights, approvals, trail."""
