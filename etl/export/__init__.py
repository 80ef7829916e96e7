"""Flat rows out: every table that pages, files and the API hand out."""
