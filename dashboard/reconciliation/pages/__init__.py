"""The addresses of reconciliation: one file each."""
