"""Pure functions from plain values to components."""
