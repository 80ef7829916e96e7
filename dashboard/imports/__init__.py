"""A received file from upload to load, and the second person who approves."""
