"""A received file from upload to load: keep, read, check, preview, write, undo."""
