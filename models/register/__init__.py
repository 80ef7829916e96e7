"""Organisations and what is counted from them."""
