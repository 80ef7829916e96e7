"""What pages of meetings are put together from."""
