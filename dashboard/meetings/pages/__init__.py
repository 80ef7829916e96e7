"""The addresses of meetings: one file each."""
