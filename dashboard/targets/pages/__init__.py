"""The addresses of targets: one file each."""
