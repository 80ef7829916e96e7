"""What only lists of organisations need of the importers."""
