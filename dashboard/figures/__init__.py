"""Pure functions from plain values to figures (plain dicts: ten times faster than graph objects)."""
