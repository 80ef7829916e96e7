"""Sessions that read, bounds of what a reader may see, and what is cached of the database."""
