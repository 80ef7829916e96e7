"""Pages of search, one file an address."""
