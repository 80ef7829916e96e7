"""What pages of targets are put together from."""
