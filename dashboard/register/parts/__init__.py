"""What pages of register are put together from."""
