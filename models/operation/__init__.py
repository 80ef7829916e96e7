"""The state of the installation: last loads, backups, what is to be done."""
