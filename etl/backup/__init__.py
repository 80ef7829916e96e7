"""Copy, backup and restore of a whole installation, and the rights of the web role."""
