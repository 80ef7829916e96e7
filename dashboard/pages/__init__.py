"""One file per address; the application imports them once it exists."""
