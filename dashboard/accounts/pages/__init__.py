"""The addresses of accounts: one file each."""
