"""Pages of own work, one file an address."""
