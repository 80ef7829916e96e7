"""The addresses of operation: one file each."""
