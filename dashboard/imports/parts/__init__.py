"""What pages of imports are put together from."""
