"""What pages of tasks are put together from."""
