"""What pages of operation are put together from."""
