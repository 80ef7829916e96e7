"""The reviewed facts of data/: their shapes, checks and load."""
