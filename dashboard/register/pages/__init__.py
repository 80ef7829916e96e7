"""The addresses of register: one file each."""
