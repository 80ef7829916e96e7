"""What pages of accounts are put together from."""
