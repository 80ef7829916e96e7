"""The addresses of imports: one file each."""
