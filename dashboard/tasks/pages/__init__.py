"""The addresses of tasks: one file each."""
