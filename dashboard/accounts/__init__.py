"""Signing in, the own account, administration."""
