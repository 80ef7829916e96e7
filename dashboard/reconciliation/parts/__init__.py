"""What pages of reconciliation are put together from."""
