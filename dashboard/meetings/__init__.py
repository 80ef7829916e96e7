"""Meetings and what they hand out (all of /hop)."""
