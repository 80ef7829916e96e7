"""Programmes, promises and published values, and how they are read together."""
